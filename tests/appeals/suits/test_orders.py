"""Suits against orders on a licence: the register follows the court act from its day in force (APPC 84, 100; Rules 23).

The order works from Friday 6 November 2026; the suit comes on the 12th.
"""

from typing import Any
from uuid import UUID

import pytest

from appeals.models import Complaint, Suit
from appeals.suits.selectors import contestable
from casework.decisions.models import Act, Cancellation
from foundation.journal.anchors import faults
from licenses.models import LicencePeriod
from sandbox.suits import Suits
from tests.appeals.test_orders import SIGNED, Orders, on, order_of

pytestmark = pytest.mark.django_db
IN_FORCE = "2026-11-20"


@pytest.fixture
def orders(quiet: Any) -> Orders:
    return Orders(quiet)


def decided(orders: Orders, case: UUID, outcome: str) -> Suit:
    """Recorded, answered after a complaint that the authority knows of, and the court act signed on the 24th."""
    suits = Suits(orders.play)
    suit = suits.record(case, on("12T15:00"), complained_first=True, demands="Отменить приказ.")
    suits.prepare_response(suit.pk, on("12T15:30"))
    suits.open_and_sign(suit.pk, on("12T16:00"))
    suits.record_court_act(suit.pk, on("24T10:00"), outcome, in_force_on=IN_FORCE)
    return suits.open_and_sign(suit.pk, on("24T11:00"))


@pytest.mark.parametrize("annex", ["", "002"], ids=["licence", "annex"])
@pytest.mark.parametrize(
    ("outcome", "after"), [("cancelled", "in_force"), ("dismissed", "suspended"), ("ended", "suspended")]
)
def test_a_suspension_contested_in_court(orders, outcome, after, annex):
    case = orders.suspended(annexes=(annex,) if annex else ())
    done = decided(orders, case, outcome)
    assert orders.answers(SIGNED, "2026-11-19", IN_FORCE, "2026-11-24", annex=annex) == [
        "suspended", "suspended", after, after,
    ]  # fmt: skip
    cancelled = Cancellation.objects.filter(act=order_of(case))
    assert [(one.basis, f"{one.since}", one.by_act.case_id) for one in cancelled] == (
        [("court_act", IN_FORCE, done.pk)] if outcome == "cancelled" else []
    )
    assert list(faults()) == []


def test_a_court_act_cancels_what_a_complaint_stays_and_the_end_of_the_complaint_leaves_it_so(orders):
    case = orders.suspended()
    pk = orders.complained(case)
    decided(orders, case, "cancelled")
    assert orders.answers("2026-11-09", "2026-11-10", "2026-11-19", IN_FORCE) == [
        "suspended", "in_force_stayed", "in_force_stayed", "in_force",
    ]  # fmt: skip
    before = list(LicencePeriod.objects.values_list("pk", "known_to"))
    orders.complaints.withdraw(pk, on("25T10:00"))
    assert not Complaint.objects.get(pk=pk).case.is_open
    assert list(LicencePeriod.objects.values_list("pk", "known_to")) == before
    assert orders.answers("2026-11-25") == ["in_force"]


def test_what_the_licensee_asked_for_and_got_is_no_act_to_contest(orders):
    case = orders.docket.begin(
        orders.licence.number, "suspend_on_request", on("02T10:00"), who="aigerim", content={"months": 2}
    )
    orders.docket.signed(case, "submit", on("02T10:05"), who="aigerim", months=2)
    orders.docket.assign(case, on("02T11:00"))
    orders.docket.act("prepare", case, on("02T12:00"), who="executor")
    orders.signed(case, "02T13:00")
    assert contestable(case) == []
    assert Act.objects.filter(case_id=case, state="signed").exists()
