"""Three-line tasks: personal data of abandoned drafts goes after a set time; unpaid fees are brought to mind."""

from celery import shared_task

from applications.services import remind_of_fees as remind
from applications.services.drafting import sweep_drafts as sweep
from foundation.kernel.clock import legal_now


@shared_task(name="applications.tasks.sweep_drafts")
def sweep_drafts() -> int:
    return sweep(at=legal_now())


@shared_task(name="applications.tasks.remind_of_fees")
def remind_of_fees() -> int:
    return remind(at=legal_now())
