"""The notice of a hearing in cabinet and by mail, over a real SMTP server of ours: each person once, bounces kept."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from applications import events
from casework.decisions.models import Hearing
from casework.notices.models import Notice
from casework.notices.selectors import deliveries_of
from casework.notices.services import mail
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from tests.applications.stages import QuietPlay, Stages, moment

pytestmark = pytest.mark.django_db


OFFICE = "office@sandbox-mining.example"  # the official contact address of the application
EACH = ["aigerim@portal.example", "bolat@portal.example", OFFICE]


class Post:
    """Takes every letter but those to one address, which it does not know."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, Any]] = []
        self.unknown = ""

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it by this name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd calls it by this name
        self.letters += [(address, message_from_bytes(envelope.content)) for address in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    handler = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", False, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_PORT = port
    try:
        yield handler
    finally:
        controller.stop()


def told(post: Post) -> list[str]:
    """To whom the notice of the hearing went."""
    return sorted(
        address
        for address, letter in post.letters
        if "заслушивание" in str(make_header(decode_header(letter["Subject"])))
        or "тыңдау" in str(make_header(decode_header(letter["Subject"])))
    )


def test_the_notice_reaches_each_person_of_the_party_once(quiet: QuietPlay, post: Post):
    case = Stages(quiet).hearing()
    with legal_time(moment("2026-11-05T10:05")):
        quiet.deliver()
        quiet.deliver()
    assert told(post) == EACH
    rows = list(deliveries_of(case, events.HEARING_NOTIFIED))
    assert {(row.mail_to, row.mail_state, row.mail_error) for row in rows} == {
        (one, "sent", "") for one in EACH
    }
    assert {row.person and row.person.login for row in rows} == {"aigerim", "bolat", None}
    at = Hearing.objects.get(case=case).notified_at
    assert {row.in_cabinet_at for row in rows} == {at}
    assert all(row.mailed_at is not None for row in rows)
    # asked again, by hand or by a worker that did not know, nobody is mailed twice
    assert mail(str(rows[0].message_id), at=moment("2026-11-05T10:10")) == 0
    assert told(post) == EACH
    sent = Fact.objects.filter(kind="notice.sent", subject_id=case)
    assert [fact.payload["kind"] for fact in sent].count(events.HEARING_NOTIFIED) == 1


def test_an_address_the_server_does_not_know_is_kept_as_a_bounce_and_the_cabinet_counts(
    quiet: QuietPlay, post: Post
):
    post.unknown = "bolat@portal.example"
    case = Stages(quiet).hearing()
    with legal_time(moment("2026-11-05T10:05")):
        quiet.deliver()
    assert told(post) == ["aigerim@portal.example", OFFICE]
    bounced = Notice.objects.get(
        message__case=case, message__kind=events.HEARING_NOTIFIED, person__login="bolat"
    )
    assert (bounced.mail_state, "550" in bounced.mail_error) == ("failed", True)
    told_executor = Notice.objects.get(message__dedupe_key=f"not-mailed:{bounced.pk}")
    assert told_executor.person == quiet.people["executor"]
    assert bounced.in_cabinet_at == Hearing.objects.get(case=case).notified_at
