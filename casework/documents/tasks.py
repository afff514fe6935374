"""Three-line tasks: read the clock, call the service."""

from celery import shared_task

from casework.documents.services import incoming
from foundation.kernel.clock import legal_now


@shared_task(name="casework.documents.tasks.sweep_scans")
def sweep_scans() -> int:
    return incoming.sweep_scans(legal_now())
