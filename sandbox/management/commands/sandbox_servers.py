"""`manage.py sandbox_servers`: the outside world of the demo on loopback: gateway, mail, monitoring."""

import logging
import signal
import threading
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from foundation.accounts.models import Party
from foundation.kernel.clock import legal_now
from foundation.rulebook import selectors
from foundation.rulebook.rules import NoRule, Service, fee_due
from sandbox.gateway import SandboxGateway
from sandbox.mail import MailServer
from sandbox.monitoring import MonitoringReceiver

_REFRESH_S = 10
_log = logging.getLogger(__name__)
S = TypeVar("S")


class Command(BaseCommand):
    """Run until SIGTERM or Ctrl-C."""

    help = "Demo only: serves the sandbox gateway, mail server and monitoring receiver until it is ended."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("sandbox_servers runs in the demo only (PORTAL_DEMO)")
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: ended.set())
        with _gateway() as gateway, _mail() as mail, _monitoring() as monitoring:
            self.stdout.write(f"gateway {gateway.url}, mail port {mail.port}, monitoring {monitoring.url}")
            self.stdout.flush()
            while not ended.is_set():
                _let_demo_payers_pay(gateway)
                ended.wait(_REFRESH_S)


def _gateway() -> SandboxGateway:
    port = _port(settings.GATEWAY["URL"], "GATEWAY_URL")
    path = settings.VAR_DIR / "sandbox" / "gateway.json"
    return _start(lambda: SandboxGateway(port, path=path, token=settings.GATEWAY["TOKEN"]), port)


def _mail() -> MailServer:
    return _start(lambda: MailServer(settings.VAR_DIR / "mail", settings.EMAIL_PORT), settings.EMAIL_PORT)


def _monitoring() -> MonitoringReceiver:
    port = _port(settings.MONITORING_FEED_URL, "MONITORING_FEED_URL")
    path = settings.VAR_DIR / "monitoring" / "events.jsonl"
    secret = settings.MONITORING_FEED_SECRET
    return _start(lambda: MonitoringReceiver(port, secret=secret, path=path), port)


def _start(make: Callable[[], S], port: int) -> S:
    try:
        return make()
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; is another demo running?"
        raise CommandError(message) from error


def _port(url: str, name: str) -> int:
    port = urlsplit(url).port
    if port is None:
        raise CommandError(f"{name} names no port: '{url}'")
    return port


def _let_demo_payers_pay(gateway: SandboxGateway) -> None:
    """The parties of the demo, new ones too, always have a payment of each fee of the day at hand."""
    close_old_connections()
    try:
        payers = list(Party.objects.values_list("number", flat=True))
        gateway.control.autopay(payers, _fees_of_today())
    except (DatabaseError, NoRule) as error:
        # started beside `migrate`: the servers are up already, payments come with the next round
        _log.warning("no payments for demo payers yet: %s", type(error).__name__)


def _fees_of_today() -> list[str]:
    today = legal_now().date()
    pack = selectors.pack(today)
    kinds = [(service, sub_kind) for service in (Service.NEW, Service.REISSUE) for sub_kind in ("I", "II")]
    fees = [fee_due(service, sub_kind, today, pack) for service, sub_kind in kinds]
    return [str(fee.amount) for fee in fees if fee.due]
