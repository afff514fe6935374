"""Suspension by the authority: opened, heard, ordered (DA 9(4), 9(5); Rules 18-1; APPC 73), and what closes each step."""

import datetime as dt

import pytest

from casework.cases.models import Case
from casework.decisions.models import Act, Hearing
from casework.documents.models import OfficialDocument
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal, NotFound, NotPermitted
from licenses.models import Licence, Proceeding
from licenses.proceedings import services
from licenses.selectors import as_of
from licenses.services import expire_due, undo_order
from sandbox.proceedings import ASSESSED, SUSPENSION
from tests.applications.stages import nothing_changes
from tests.licenses.people import moment

pytestmark = pytest.mark.django_db
# opened on Monday 2 November 2026: the decision is due on the 23rd
OPENED, NOTIFIED, RECORDED, PREPARED, SIGNED = (
    moment("2026-11-02 11:00"),
    moment("2026-11-03 10:00"),
    moment("2026-11-06 09:30"),
    moment("2026-11-06 11:00"),
    moment("2026-11-06 12:00"),
)


def opened(docket, licence, annexes=()):
    return docket.begin(
        licence.number, "suspend", OPENED, who="executor", annexes=annexes, content=SUSPENSION
    )


def prepared(docket, licence, annexes=()):
    case = opened(docket, licence, annexes)
    docket.signed(case, "notify_hearing", NOTIFIED, who="executor")
    docket.act("record_hearing", case, RECORDED, who="executor")
    docket.act("prepare", case, PREPARED, who="executor", content={"grounds": ASSESSED})
    return case


def standing(licence, day):
    return as_of(Licence.objects.get(pk=licence.pk), dt.date.fromisoformat(day)).standing


def test_opened_heard_and_ordered(docket, licence):
    case = opened(docket, licence)
    row = Case.objects.get(pk=case)
    assert (row.kind, row.form, row.status_code, row.incoming_no) == (
        "proceeding", "suspend", "opened", "DM-2026-000001"
    )  # fmt: skip
    assert (row.next_due_code, row.next_due_at.date()) == ("proceeding", dt.date(2026, 11, 23))
    assert row.executor.login == "executor"

    docket.signed(case, "notify_hearing", NOTIFIED, who="executor")
    hearing = Hearing.objects.get(case_id=case)
    assert hearing.refusal_not_before == dt.date(2026, 11, 6)
    docket.act("record_hearing", case, RECORDED, who="executor")
    docket.act("prepare", case, PREPARED, who="executor", content={"grounds": ASSESSED})
    docket.decide(case, SIGNED)

    row.refresh_from_db()
    assert (row.status_code, row.is_open, row.next_due_code) == ("done", False, "")
    found = standing(licence, "2026-11-06")
    assert (found.status, found.until, found.basis) == ("suspended", dt.date(2027, 2, 6), "suspend")
    assert standing(licence, "2026-11-05").status == "active"
    order = Act.objects.get(case_id=case, kind="suspension_order")
    assert (order.number, order.prepared_by.login, order.signed_by.login) == (
        "DM-2026-000001/ПРИ1", "executor", "head"
    )  # fmt: skip


def test_the_order_says_grounds_term_and_the_way_of_appeal_in_both_languages(docket, licence):
    docket.play.deliver()
    case = prepared(docket, licence)
    docket.decide(case, SIGNED)
    docket.play.deliver()
    texts = {
        row.language: bytes(row.final.content).decode()
        for row in OfficialDocument.objects.filter(case_id=case, kind="suspension_order")
    }
    assert sorted(texts) == ["kk", "ru"]
    assert "на 3 мес.: с 06.11.2026 по 06.02.2027 включительно" in texts["ru"]
    assert "подпункт 2) пункта 4 статьи 9 Закона о цифровых активах" in texts["ru"]
    assert "3 айға тоқтатыла тұрады: 06.11.2026 бастап 06.02.2027 қоса алғанға дейін" in texts["kk"]
    assert "Порядок обжалования" in texts["ru"]
    assert "Шағымдану тәртібі" in texts["kk"]
    states = set(OfficialDocument.objects.filter(case_id=case).values_list("state", flat=True))
    assert states == {"published"}


def test_one_annex_alone_is_suspended(docket, licence):
    case = prepared(docket, licence, annexes=["002"])
    docket.decide(case, SIGNED)
    assert standing(licence, "2026-11-06").status == "active"
    first, second = licence.annexes.order_by("number")
    assert (first.status, second.status) == ("active", "suspended")
    assert second.periods.get(known_to=None, status="suspended").until == dt.date(2027, 2, 6)


def test_signed_after_hours_it_works_from_the_day_it_bears(docket, licence):
    case = prepared(docket, licence)
    docket.decide(case, moment("2026-11-06 19:00"))
    assert standing(licence, "2026-11-08").status == "active"
    assert standing(licence, "2026-11-09").status == "suspended"
    assert standing(licence, "2026-11-09").until == dt.date(2027, 2, 9)


def test_no_order_without_a_hearing_nor_before_the_third_day(docket, licence):
    case = opened(docket, licence)
    with nothing_changes(), pytest.raises(LawRefusal) as unheard:
        docket.act("prepare", case, PREPARED, who="executor", content={"grounds": ASSESSED})
    assert unheard.value.code == "WRONG_STATE"
    docket.signed(case, "notify_hearing", NOTIFIED, who="executor")
    docket.signed(
        case, "answer_hearing", moment("2026-11-03 12:00"), who="aigerim", text="Пул сменён.", final=True
    )
    docket.act("record_hearing", case, moment("2026-11-03 14:00"), who="executor")
    docket.act("prepare", case, moment("2026-11-03 15:00"), who="executor", content={"grounds": ASSESSED})
    with nothing_changes(), pytest.raises(LawRefusal) as early:
        docket.decide(case, moment("2026-11-05 18:00"))
    assert early.value.code == "REFUSAL_TOO_EARLY"


def test_four_eyes_and_nothing_beyond_the_notice(docket, licence):
    case = opened(docket, licence)
    docket.signed(case, "notify_hearing", NOTIFIED, who="executor")
    docket.act("record_hearing", case, RECORDED, who="executor")
    other = [{**ASSESSED[0], "code": "4"}]
    for said in ({"grounds": other}, {"grounds": ASSESSED, "months": 4}):
        with nothing_changes(), pytest.raises(LawRefusal) as beyond:
            docket.act("prepare", case, PREPARED, who="executor", content=said)
        assert beyond.value.code == "GROUND_NOT_HEARD"
    docket.act("prepare", case, PREPARED, who="executor", content={"grounds": ASSESSED})
    with nothing_changes(), pytest.raises(NotPermitted):
        docket.decide(case, SIGNED, head="executor")


def test_what_is_said_is_checked_by_place(docket, licence):
    case = docket.begin(licence.number, "suspend", OPENED, who="executor")
    ground = SUSPENSION["grounds"][0]
    bad = {
        "months": ({"months": 7, "grounds": [ground]}, ["months"]),
        "ground": ({"months": 3, "grounds": [{**ground, "code": "5"}]}, ["grounds.0.code"]),
        "facts": ({"months": 3, "grounds": [{**ground, "facts_kk": ""}]}, ["grounds.0.facts_kk"]),
    }
    for said, fields in bad.values():
        with nothing_changes(), pytest.raises(BadInput) as refused:
            docket.ask(case, "notify_hearing", NOTIFIED, who="executor", **said)
        assert sorted(refused.value.fields) == fields
    with pytest.raises(LawRefusal) as differ:
        said = {"months": 3, "grounds": [{**ground, "facts_ru": "Акт от 13 октября 2026 года № 15."}]}
        docket.ask(case, "notify_hearing", NOTIFIED, who="executor", **said)
    assert differ.value.code == "TEXTS_DIFFER"


def test_who_may_open_it_and_on_what(docket, licence):
    for who, refusal in (("aigerim", NotPermitted), ("head", NotPermitted), ("dana", NotFound)):
        with nothing_changes(), pytest.raises(refusal):
            docket.begin(licence.number, "suspend", OPENED, who=who)
    case = prepared(docket, licence)
    with nothing_changes(), pytest.raises(Conflict) as twice:
        docket.begin(licence.number, "suspend", SIGNED, who="executor2")
    assert twice.value.code == "PROCEEDING_OPEN"
    docket.decide(case, SIGNED)
    with nothing_changes(), pytest.raises(LawRefusal) as suspended:
        docket.begin(licence.number, "suspend", moment("2026-11-09 10:00"), who="executor")
    assert suspended.value.code == "TARGET_STATE"


def test_sent_back_and_dropped_with_a_reason(docket, licence):
    case = prepared(docket, licence)
    docket.act("send_back", case, SIGNED, who="head", reason="Уточните срок.")
    assert Proceeding.objects.get(pk=case).status == "heard"
    with nothing_changes(), pytest.raises(BadInput):
        docket.act("drop", case, SIGNED, who="executor", reason=" ")
    docket.act("drop", case, SIGNED, who="executor", reason="Нарушение устранено до решения.")
    row = Proceeding.objects.get(pk=case)
    assert (row.status, row.ended_why, row.case.is_open) == (
        "dropped", "Нарушение устранено до решения.", False
    )  # fmt: skip
    assert standing(licence, "2026-11-10").status == "active"


def test_whatever_goes_on_is_void_when_the_licence_expires(docket, licence):
    case = opened(docket, licence)
    docket.play.deliver()
    expire_due(at=moment("2029-03-03 00:10"))
    docket.play.deliver()
    row = Proceeding.objects.get(pk=case)
    assert (row.status, row.ended_why, row.case.status_code) == ("void", "left_force", "void")
    told = row.case.messages.order_by("sent_at").last()
    assert told.text_ru.startswith(
        "Дело № DM-2026-000001 (приостановление действия лицензии) не продолжается"
    )


def test_services_that_do_not_belong_are_refused_by_name(docket, licence):
    case = opened(docket, licence)
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        docket.act("file_suit", case, PREPARED, who="executor", court="", date="", number="", scan="")
    assert refused.value.code == "NOT_OF_THIS_KIND"
    assert services.load(case).status == "opened"


@pytest.mark.parametrize("annexes", [(), ("002",)])
def test_what_hangs_on_a_cancelled_suspension_is_void(docket, licence, annexes):
    """APPC 84, 100: the suit and the request to resume lost their object; what is about others goes on."""
    case = prepared(docket, licence, annexes)
    docket.decide(case, SIGNED)
    cure = docket.begin(
        licence.number, "resume_after_cure", moment("2026-11-10 10:00"), who="aigerim", annexes=annexes
    )
    other = None
    if annexes:
        other = docket.begin(
            licence.number,
            "suspend",
            moment("2026-11-10 11:00"),
            who="executor",
            annexes=("001",),
            content=SUSPENSION,
        )
    order = Act.objects.get(case_id=case, kind="suspension_order")
    undo_order(
        act_id=order.pk,
        since=dt.date(2026, 11, 12),
        number="ЖТ-7",
        actor_id=docket.play.people["head"].pk,
        at=moment("2026-11-12 12:00"),
    )
    docket.play.deliver()
    row = Proceeding.objects.get(pk=cure)
    assert (row.status, row.ended_why) == ("void", "order_cancelled")
    assert other is None or Proceeding.objects.get(pk=other).status == "opened"
    assert standing(licence, "2026-11-12").status == "active"
