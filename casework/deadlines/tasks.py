"""Three-line tasks: read the clock, call the service."""

from celery import shared_task

from casework.deadlines import services
from foundation.kernel.clock import legal_now


@shared_task(name="casework.deadlines.tasks.watch")
def watch() -> int:
    return services.watch(legal_now()).passed


@shared_task(name="casework.deadlines.tasks.keep_month_tallies")
def keep_month_tallies() -> int:
    return services.keep_month_tallies(legal_now())
