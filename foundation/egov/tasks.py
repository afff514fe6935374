"""Three-line task: sweep the answers of registers whose day is over."""

from celery import shared_task

from foundation.egov import services
from foundation.kernel.clock import legal_now


@shared_task(name="foundation.egov.tasks.sweep")
def sweep() -> int:
    return services.sweep(at=legal_now())
