"""A cancelled order: the register is again what it was, whatever the day is asked about (APPC 84, 96, 100)."""

import datetime as dt
import uuid

import pytest

from casework.cases.models import Case
from casework.decisions.models import Act, Cancellation
from foundation.journal.models import Fact
from foundation.kernel.refusals import LawRefusal
from licenses.models import Annex, Licence, LicencePeriod
from licenses.selectors import as_of, check_number
from licenses.services import (
    end_stay,
    expire_due,
    resume_licence,
    stay_suspension,
    suspend_licence,
    terminate_licence,
    undo_order,
)
from licenses.statuses import Basis
from tests.licenses.people import CENTRE, granted, moment, officer, there

pytestmark = pytest.mark.django_db
DAY = dt.date


def act(service, licence, day, **more):
    more.setdefault("act_id", uuid.uuid4())
    at = moment(f"{day} 12:00")
    service(licence_id=licence.pk, actor_id=uuid.uuid4(), since=at.date(), at=at, **more)
    return more["act_id"]


def suspend(licence, day, **more):
    return act(suspend_licence, licence, day, months=3, basis=Basis.SUSPEND, **more)


def terminate(licence, day, **more):
    return act(terminate_licence, licence, day, basis=Basis.TERMINATE_BY_EVENT, **more)


def undo(order, day, since="", **more):
    return undo_order(
        act_id=order,
        since=DAY.fromisoformat(since or day),
        number="ЖТ-7",
        actor_id=uuid.uuid4(),
        at=moment(f"{day} 12:00"),
        **more,
    )


def states(licence, *days):
    return [there(as_of(licence, DAY.fromisoformat(day))).standing.status for day in days]


def answer(number, day):
    return str(check_number(number, moment(f"{day} 13:00"), "ru").answer)


def facts(licence):
    return list(Fact.objects.filter(stream=licence.stream).order_by("seq").values_list("kind", flat=True))


def test_a_cancelled_suspension_ends_with_its_day_and_the_earlier_rows_are_kept():
    licence = granted()
    order, by = suspend(licence, "2026-05-04"), uuid.uuid4()
    done = there(undo(order, "2026-06-01", by_act_id=by))
    assert (done.status, Licence.objects.get().status) == ("active", "active")
    assert states(licence, "2026-05-03", "2026-05-04", "2026-05-31", "2026-06-01", "2029-03-02") == [
        "active", "suspended", "suspended", "active", "active",
    ]  # fmt: skip
    view = there(as_of(licence, DAY(2026, 6, 1))).standing
    assert (view.basis, view.since) == ("order_cancelled", DAY(2026, 6, 1))
    assert LicencePeriod.objects.filter(act_id=order).exclude(known_to=None).count() == 1
    assert LicencePeriod.objects.get(basis="order_cancelled").act_id == by
    told = Fact.objects.get(stream=licence.stream, kind="licence.reinstated").payload
    assert (told["order"], told["cancelled_by"], told["status"], told["act"]) == (
        str(order), "ЖТ-7", "active", str(by),
    )  # fmt: skip


def test_a_cancelled_termination_puts_the_licence_in_force_until_its_last_day():
    licence = granted()
    order = terminate(licence, "2026-05-04")
    assert undo(order, "2026-06-01") is not None
    assert states(licence, "2026-05-04", "2026-05-31", "2026-06-01", "2029-03-02", "2029-03-03") == [
        "terminated", "terminated", "active", "active", "expired",
    ]  # fmt: skip
    assert expire_due(at=moment("2029-03-03 00:10")) == 1


def test_a_licence_suspended_before_its_termination_is_suspended_again():
    licence = granted()
    first = suspend(licence, "2026-05-04")
    last = terminate(licence, "2026-06-01")
    undo(last, "2026-07-01")
    view = there(as_of(licence, DAY(2026, 7, 1))).standing
    assert (view.status, view.until, view.basis) == ("suspended", DAY(2026, 8, 4), "suspend")
    assert Licence.objects.get().status == "suspended"
    assert Fact.objects.get(kind="licence.reinstated").payload["status"] == "suspended"
    undo(first, "2026-07-10")
    assert states(licence, "2026-05-04", "2026-06-30", "2026-07-09", "2026-07-10") == [
        "suspended", "terminated", "suspended", "active",
    ]  # fmt: skip


def test_an_earlier_suspension_that_was_cancelled_meanwhile_does_not_come_back():
    licence = granted()
    person = officer("executor")
    case = Case.objects.create(
        kind="proceeding", form="suspend", sub_kind="I", party=licence.party, body=licence.body,
        created_by=person, created_at=moment("2026-05-01 10:00"),
    )  # fmt: skip
    order = Act.objects.create(
        case=case, kind="suspension_order", state="signed", prepared_by=person,
        prepared_at=moment("2026-05-04 10:00"), content={}, four_eyes=True, number="1/ПРИ1",
        act_date=DAY(2026, 5, 4), signed_by=officer("head"), signed_at=moment("2026-05-04 10:10"),
    )  # fmt: skip
    suspend(licence, "2026-05-04", act_id=order.pk)
    last = terminate(licence, "2026-06-01")
    Cancellation.objects.create(
        act=order, basis="complaint", number="1", dated=DAY(2026, 6, 10), by="Орган",
        since=DAY(2026, 6, 10), recorded_at=moment("2026-06-10 12:00"),
    )  # fmt: skip
    assert undo(order.pk, "2026-06-10") is None
    undo(last, "2026-07-01")
    assert states(licence, "2026-06-30", "2026-07-01") == ["terminated", "active"]


@pytest.mark.parametrize("after", ["resumed", "terminated", "undone", "unknown"])
def test_what_a_later_entry_replaced_is_not_undone(after):
    licence = granted()
    order = suspend(licence, "2026-05-04")
    if after == "resumed":
        act(resume_licence, licence, "2026-05-20", basis=Basis.RESUME)
    elif after == "terminated":
        terminate(licence, "2026-05-20")
    elif after == "undone":
        undo(order, "2026-05-20")
    else:
        order = uuid.uuid4()
    before = list(LicencePeriod.objects.values_list("pk", "known_to")), facts(licence)
    assert undo(order, "2026-06-01") is None
    assert before == (list(LicencePeriod.objects.values_list("pk", "known_to")), facts(licence))


def test_what_expired_meanwhile_stays_expired():
    licence = granted()
    order = terminate(licence, "2029-02-01")
    assert undo(order, "2029-03-03") is None
    assert states(licence, "2029-03-02", "2029-03-03") == ["terminated", "terminated"]


def test_the_term_that_ran_out_before_the_entry_of_a_court_act_keeps_the_licence_expired():
    licence = granted()
    order = suspend(licence, "2029-02-01")
    expire_due(at=moment("2029-03-03 00:10"))
    undo(order, "2029-03-10", since="2029-02-15")
    assert Licence.objects.get().status == "expired"
    assert states(licence, "2029-02-14", "2029-02-15", "2029-03-10") == ["suspended", "active", "expired"]


def test_a_day_before_the_order_undoes_it_from_its_first_day():
    licence = granted()
    order = suspend(licence, "2026-05-04")
    undo(order, "2026-06-01", since="2026-04-01")
    assert states(licence, "2026-05-03", "2026-05-04", "2026-06-01") == ["active", "active", "active"]
    assert there(as_of(licence, DAY(2026, 5, 10))).known_then.status == "suspended"


def test_single_annexes_are_stayed_unstayed_and_reinstated():
    licence = granted(centres=[CENTRE, CENTRE])
    order = suspend(licence, "2026-05-04", annexes=("002",))
    number = f"{licence.number}/002"
    with pytest.raises(LawRefusal) as refused:
        act(stay_suspension, licence, "2026-05-10", act_id=order, annexes=("001",))
    assert refused.value.code == "NO_SUSPENSION"
    act(stay_suspension, licence, "2026-05-10", act_id=order, annexes=("002",))
    assert [answer(number, "2026-05-10"), answer(licence.number, "2026-05-10")] == [
        "in_force_stayed", "in_force",
    ]  # fmt: skip
    act(end_stay, licence, "2026-05-20", act_id=order, annexes=("002",))
    assert answer(number, "2026-05-20") == "suspended"
    assert Annex.objects.get(number="002").periods.get(known_to=None, basis="stay_ended").until == DAY(
        2026, 8, 4
    )
    undo(order, "2026-06-01")
    assert [answer(number, "2026-06-01"), answer(f"{licence.number}/001", "2026-06-01")] == ["in_force"] * 2
    assert list(Annex.objects.order_by("number").values_list("status", flat=True)) == ["active", "active"]
    assert facts(licence)[-4:] == [
        "licence.annexes_suspended", "licence.annexes_suspension_stayed",
        "licence.annexes_suspension_stay_ended", "licence.annexes_reinstated",
    ]  # fmt: skip


def test_terminated_annexes_come_back_each_as_it_was():
    licence = granted(centres=[CENTRE, CENTRE])
    suspend(licence, "2026-05-04", annexes=("001",))
    order = terminate(licence, "2026-05-20", annexes=("001", "002"))
    undo(order, "2026-06-01")
    assert list(Annex.objects.order_by("number").values_list("status", flat=True)) == ["suspended", "active"]
    assert [answer(f"{licence.number}/{no}", "2026-06-01") for no in ("001", "002")] == [
        "suspended", "in_force",
    ]  # fmt: skip
    told = Fact.objects.get(kind="licence.annexes_reinstated").payload
    assert (told["annexes"], told["suspended"]) == (["001", "002"], ["001"])
