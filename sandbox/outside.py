"""The outside world for a play: a gateway and a mail server of its own, on loopback, for as long as it lasts."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.test.utils import override_settings

from foundation.accounts.models import Party
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules import Service, fee_due
from sandbox.gateway import SandboxGateway
from sandbox.mail import MailServer

TOKEN = "sandbox-token"


@contextmanager
def outside_world(today: date) -> Iterator[SandboxGateway]:
    """Every party has paid whatever fee of the day may be asked; letters are kept as files where the demo's mail server keeps them."""
    with SandboxGateway(token=TOKEN) as gateway, MailServer(settings.VAR_DIR / "mail", 0) as mail:
        # references must differ from those of the demo's own gateway
        gateway.state.counter = secrets.randbelow(10**8) + 10**6
        pack = rulebook.pack(today)
        kinds = [
            (service, sub_kind) for service in (Service.REISSUE, Service.NEW) for sub_kind in ("II", "I")
        ]
        fees = [fee_due(service, sub_kind, today, pack) for service, sub_kind in kinds]
        payers = list(Party.objects.values_list("number", flat=True))
        gateway.control.autopay(payers, [str(fee.amount) for fee in fees if fee.due])
        with override_settings(
            GATEWAY={**settings.GATEWAY, "URL": gateway.url, "TOKEN": TOKEN},
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=mail.port,
        ):
            yield gateway
