"""Three-line task: sweep idempotency answers by age."""

from celery import shared_task

from foundation.kernel import idempotency


@shared_task(name="foundation.kernel.tasks.sweep")
def sweep() -> int:
    return idempotency.sweep()
