"""Messages: once a person, in the cabinet at once, by mail after commit; each moment is kept as proof."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage

from casework.cases.models import Case
from casework.notices.handlers import mail_message
from casework.notices.models import Message, Notice
from casework.notices.selectors import notices_of, notices_of_case, unread_count
from casework.notices.services import Words, mail, mark_read, send
from foundation.journal.models import Fact
from foundation.journal.services import NotYet
from sandbox.play import Play
from tests.applications.stages import moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-02T11:00")
WORDS = Words("Тақырып", "Тема", "Мәтін", "Текст {{ 1 }}")


@pytest.fixture
def play() -> Play:
    return Play.begin()


@pytest.fixture
def case(play) -> Case:
    return play.draft(AT).case


def tell(case, *people, key="k1", at=AT) -> Message:
    return send(case=case, kind="x.told", dedupe_key=key, people=people, words=WORDS, at=at)


def test_it_is_in_the_cabinet_at_once_and_owed_by_mail(case, play):
    message = tell(case, play.people["aigerim"], play.people["bolat"])
    rows = Notice.objects.filter(message=message)
    assert {(row.person.login, row.in_cabinet_at, row.mail_state) for row in rows} == {
        ("aigerim", AT, "waiting"),
        ("bolat", AT, "waiting"),
    }
    assert outbox.outbox == []
    assert (unread_count(play.people["aigerim"], AT), notices_of_case(case.pk).count()) == (1, 2)


def test_the_same_message_is_sent_once(case, play):
    first, again = tell(case, play.people["aigerim"]), tell(case, play.people["aigerim"])
    assert (first.pk, Notice.objects.count()) == (again.pk, 1)
    assert Fact.objects.filter(kind="notice.sent", subject_id=case.pk).count() == 1


def test_the_fact_holds_ids_and_no_word_of_it(case, play):
    tell(case, play.people["aigerim"])
    said = bytes(Fact.objects.get(kind="notice.sent").canonical).decode()
    for word in ("Тақырып", "Тема", "Текст", play.people["aigerim"].surname, str(play.people["aigerim"].iin)):
        assert word not in said


def test_each_reads_it_in_their_own_language_and_as_text(case, play):
    message = tell(case, play.people["aigerim"], play.people["dana"])
    assert mail(str(message.pk), at=AT) == 2
    letters = {letter.to[0]: letter for letter in outbox.outbox}
    kazakh, russian = letters["aigerim@portal.example"], letters["dana@portal.example"]
    assert kazakh.subject.endswith("Тақырып")
    assert russian.subject.endswith("Тема")
    assert "Текст {{ 1 }}" in str(russian.body)


def test_mailed_again_nobody_gets_it_twice(case, play):
    message = tell(case, play.people["aigerim"])
    assert (mail(str(message.pk), at=AT), mail(str(message.pk), at=AT)) == (1, 0)
    row = Notice.objects.get()
    assert row.mail_state == "sent"
    assert row.mailed_at is not None
    assert len(outbox.outbox) == 1


def test_a_server_that_is_down_leaves_the_rest_waiting(case, play, monkeypatch):
    message = tell(case, play.people["aigerim"], play.people["bolat"])
    monkeypatch.setattr(EmailMessage, "send", lambda _self: (_ for _ in ()).throw(ConnectionRefusedError()))
    with pytest.raises(OSError, match=r".*"):
        mail_message(Fact.objects.get(kind="notice.sent"))
    assert set(Notice.objects.values_list("mail_state", flat=True)) == {"waiting"}
    assert message.notices.count() == 2


def test_an_address_that_is_refused_is_seen_and_stops_nobody_else(case, play, monkeypatch):
    message = tell(case, play.people["aigerim"], play.people["dana"])
    send_really = EmailMessage.send

    def picky(self, *args):
        if self.to == ["aigerim@portal.example"]:
            raise smtplib.SMTPRecipientsRefused({"aigerim@portal.example": (550, b"unknown")})
        return send_really(self, *args)

    monkeypatch.setattr(EmailMessage, "send", picky)
    assert mail(str(message.pk), at=AT) == 1
    states = {
        row.person.login: (row.mail_state, bool(row.mail_error))
        for row in Notice.objects.select_related("person")
    }
    assert states == {"aigerim": ("failed", True), "dana": ("sent", False)}


@pytest.fixture
def refusing(monkeypatch):
    """The mail server answers so for an address."""
    answers: dict[str, smtplib.SMTPException] = {}
    send_really = EmailMessage.send

    def picky(self, *args):
        if answer := answers.get(self.to[0]):
            raise answer
        return send_really(self, *args)

    monkeypatch.setattr(EmailMessage, "send", picky)
    return answers


def states() -> dict[str, tuple[str, int]]:
    return {row.mail_to.split("@")[0]: (row.mail_state, row.mail_tries) for row in Notice.objects.all()}


def test_an_address_that_is_put_off_is_tried_again_and_stops_nobody_else(case, play, refusing):
    message = tell(case, play.people["aigerim"], play.people["dana"])
    refusing["aigerim@portal.example"] = smtplib.SMTPRecipientsRefused(
        {"aigerim@portal.example": (451, b"greylisted")}
    )
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mail(str(message.pk), at=AT)
    assert states() == {"aigerim": ("waiting", 1), "dana": ("sent", 0)}
    refusing.clear()
    assert mail(str(message.pk), at=AT) == 1
    assert states() == {"aigerim": ("sent", 1), "dana": ("sent", 0)}


@pytest.mark.parametrize(
    "answer",
    [smtplib.SMTPSenderRefused(550, b"no", "portal@portal.example"), smtplib.SMTPDataError(554, b"spam")],
)
def test_any_answer_for_good_fails_that_row_alone_and_the_executor_hears_of_it(case, play, refusing, answer):
    case.executor = play.people["executor"]
    case.save(update_fields=["executor"])
    message = tell(case, play.people["aigerim"], play.people["dana"])
    refusing["aigerim@portal.example"] = answer
    assert mail(str(message.pk), at=AT) == 1
    assert (states()["aigerim"], states()["dana"]) == (("failed", 1), ("sent", 0))
    (told,) = Message.objects.filter(kind="notice.not_mailed")
    assert [row.person for row in told.notices.all()] == [play.people["executor"]]
    assert "aigerim@portal.example" in told.text_kk
    assert "«Тема»" in told.text_ru


def test_put_off_ten_times_it_failed(case, play, refusing):
    message = tell(case, play.people["aigerim"])
    refusing["aigerim@portal.example"] = smtplib.SMTPDataError(452, b"mailbox full")
    for _time in range(9):
        with pytest.raises(smtplib.SMTPDataError):
            mail(str(message.pk), at=AT)
    assert mail(str(message.pk), at=AT) == 0
    assert states() == {"aigerim": ("failed", 10)}


def test_the_official_contact_address_has_a_row_of_its_own_in_both_languages(case, play):
    message = send(
        case=case, kind="x.told", dedupe_key="k1", people=[play.people["aigerim"]], words=WORDS, at=AT,
        also_to="office@miner.example",
    )  # fmt: skip
    row = message.notices.get(person=None)
    assert (row.mail_to, row.mail_state) == ("office@miner.example", "waiting")
    assert mail(str(message.pk), at=AT) == 2
    letter = next(one for one in outbox.outbox if one.to == ["office@miner.example"])
    assert letter.subject.endswith("Тақырып / Тема")
    assert str(letter.body).startswith("Мәтін\n\nТекст")


def test_an_account_with_the_same_address_is_mailed_once(case, play):
    person = play.people["aigerim"]
    message = send(
        case=case, kind="x.told", dedupe_key="k1", people=[person], words=WORDS, at=AT, also_to=person.email.upper()
    )  # fmt: skip
    assert [row.person for row in message.notices.all()] == [person]


def test_who_has_no_address_is_told_in_the_cabinet(case, play):
    person = play.people["bolat"]
    person.email = ""
    person.save(update_fields=["email"])
    message = tell(case, person)
    assert (Notice.objects.get().mail_state, mail(str(message.pk), at=AT)) == ("none", 0)


def test_the_first_opening_counts_and_only_one_s_own(case, play):
    tell(case, play.people["aigerim"])
    row = Notice.objects.get()
    mark_read(person=play.people["dana"], notice_id=row.pk, at=AT)
    assert Notice.objects.get().read_at is None
    mark_read(person=play.people["aigerim"], notice_id=row.pk, at=AT + timedelta(hours=1))
    mark_read(person=play.people["aigerim"], notice_id=row.pk, at=AT + timedelta(hours=2))
    assert Notice.objects.get().read_at == AT + timedelta(hours=1)
    assert unread_count(play.people["aigerim"], AT + timedelta(hours=2)) == 0


def test_what_was_done_at_night_is_shown_and_mailed_in_the_morning(case, play):
    """process.md, People: an act done after hours is shown from 09:00 of the day it bears."""
    message = tell(case, play.people["aigerim"], at=AT + timedelta(hours=12))
    assert (unread_count(play.people["aigerim"], AT), list(notices_of(play.people["aigerim"], AT))) == (0, [])
    with pytest.raises(NotYet):
        mail(str(message.pk), at=AT)
    assert Notice.objects.get().mail_state == "waiting"
    assert mail(str(message.pk), at=AT + timedelta(hours=12)) == 1


def test_the_newest_stands_first(case, play):
    older = tell(case, play.people["aigerim"], key="k1")
    newer = tell(case, play.people["aigerim"], key="k2", at=AT + timedelta(hours=1))
    assert [row.message_id for row in notices_of(play.people["aigerim"], AT + timedelta(hours=2))] == [
        newer.pk,
        older.pk,
    ]
