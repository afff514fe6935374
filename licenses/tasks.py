"""Three-line tasks: the stored state of licences past their term, suspensions past theirs."""

from celery import shared_task

from foundation.kernel.clock import legal_now
from licenses import services
from licenses.proceedings.services import note_ended_suspensions
from licenses.services import reminders


@shared_task(name="licenses.tasks.expire_due")
def expire_due() -> int:
    """After midnight; no answer of the register waits for it."""
    return services.expire_due(at=legal_now())


@shared_task(name="licenses.tasks.look_at_suspensions")
def look_at_suspensions() -> int:
    """A suspension past its last day: the suit or the reminder that follows (PL 45(4))."""
    return note_ended_suspensions(at=legal_now())


@shared_task(name="licenses.tasks.remind_of_expiry")
def remind_of_expiry() -> int:
    """60, 30 and 7 days before the last day, each once (DA 9(1))."""
    return reminders.remind_of_expiry(at=legal_now())
