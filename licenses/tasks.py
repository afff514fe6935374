"""Three-line task: the stored state of licences past their term."""

from celery import shared_task

from foundation.kernel.clock import legal_now
from licenses import services


@shared_task(name="licenses.tasks.expire_due")
def expire_due() -> int:
    """After midnight; no answer of the register waits for it."""
    return services.expire_due(at=legal_now())
