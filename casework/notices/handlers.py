"""After commit: the mails of a message."""

from casework.notices.services import mail
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_now


def mail_message(fact: Fact) -> None:
    """Send what waits of the message; repeated until the mail server took it."""
    mail(fact.payload["message"], at=legal_now())
