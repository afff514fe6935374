"""Three-line tasks: sweep what nobody signed."""

from celery import shared_task

from foundation.accounts import services


@shared_task(name="foundation.accounts.tasks.sweep")
def sweep() -> int:
    return services.sweep_challenges()
