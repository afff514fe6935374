"""Three-line task: personal data of abandoned drafts goes after a set time."""

from celery import shared_task

from applications.services.drafting import sweep_drafts as sweep
from foundation.kernel.clock import legal_now


@shared_task(name="applications.tasks.sweep_drafts")
def sweep_drafts() -> int:
    return sweep(at=legal_now())
