"""The worker is killed between commit and delivery, at every handler of a filing: after restart one PDF, one notice."""

import os
import signal

import pytest
from django.db import connection

from applications import events
from casework.deadlines.models import Term
from casework.documents.models import OfficialDocument
from casework.notices.models import Message, Notice
from foundation.journal import services
from foundation.journal.models import Delivery, Fact
from foundation.kernel.clock import machine_now
from tests.applications.stages import QuietPlay, Stages

pytestmark = pytest.mark.django_db(transaction=True)


def worker_killed_after(handler: str, *, before_its_end: bool = False) -> None:
    """A worker of its own process; SIGKILL comes when this handler has done its work and nobody has noted it yet."""
    pid = os.fork()
    if pid == 0:
        try:
            connection.connection = None  # the parent's own; this process opens another
            find = services.import_string

            def dying(path: str):
                found = find(path)

                def run(fact: Fact) -> None:
                    if not (path.endswith(handler) and before_its_end):
                        found(fact)
                    if path.endswith(handler):
                        os.kill(os.getpid(), signal.SIGKILL)

                return run

            services.import_string = dying
            services.deliver_open()
        finally:
            os._exit(1)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def the_lease_is_over() -> None:
    Delivery.objects.filter(state="open").update(available_at=machine_now())


@pytest.fixture
def filed(transactional_db, gateway, without_layout):
    play = QuietPlay.begin()
    return Stages(play).filed()


HANDLERS = ("look_up_at_filing", "make_receipt", "seal_documents", "write_letter", "mail_message")


def test_after_restart_there_is_one_document_and_one_notice(filed):
    owed = set(Delivery.objects.values_list("handler", flat=True))
    assert {path.rpartition(".")[2] for path in owed} >= {
        "look_up_at_filing",
        "make_receipt",
        "seal_documents",
        "write_letter",
    }
    for handler in HANDLERS:
        worker_killed_after(handler)
        lost = Delivery.objects.get(state="open", attempts__gt=0, available_at__gt=machine_now())
        assert lost.handler.endswith(handler)
        the_lease_is_over()
    QuietPlay.deliver()
    assert not Delivery.objects.exclude(state="done").exists()
    documents = OfficialDocument.objects.filter(case=filed).order_by("kind", "language")
    assert list(documents.values_list("kind", "language", "state")) == [
        ("application_filed", "kk", "published"),
        ("application_filed", "ru", "published"),
        ("receipt", "kk", "published"),
        ("receipt", "ru", "published"),
    ]
    letters = Message.objects.filter(case=filed).order_by("kind")
    assert list(letters.values_list("kind", flat=True)) == [events.REGISTERED, events.SUBMITTED]
    told = Notice.objects.filter(message__in=letters)
    assert told.count() == told.values("message", "person").distinct().count()
    assert set(told.values_list("mail_state", flat=True)) == {"sent"}
    # one payment kept, one look-up of each register, and the facts of documents once each
    facts = Fact.objects.filter(subject_id=filed, kind="document.published")
    assert facts.count() == 4
    assert Term.objects.filter(case=filed).count() == 3


@pytest.mark.parametrize("handler", ["make_receipt", "write_letter"])
def test_killed_before_it_had_begun_nothing_is_lost(filed, handler):
    worker_killed_after(handler, before_its_end=True)
    the_lease_is_over()
    QuietPlay.deliver()
    assert OfficialDocument.objects.filter(case=filed, kind="receipt", state="published").count() == 2
    assert Message.objects.filter(case=filed, kind=events.SUBMITTED).count() == 1
    assert not Delivery.objects.exclude(state="done").exists()
