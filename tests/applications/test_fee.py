"""Annex 3/7, TC 616: the fee blocks the licence, never the filing; a payment serves one application."""

import time
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from applications import services
from applications.models import Payment
from casework.cases.models import Case
from casework.notices.models import Message
from foundation.kernel.refusals import LawRefusal, Unavailable
from sandbox.cast import COMPANY_BIN
from tests.applications.stages import Stages, moment, nothing_changes, perform

pytestmark = pytest.mark.django_db
FEE = Decimal("8650000.00")  # 2,000 MRP of 4,325 tenge


def at(text: str):
    return moment(f"2026-11-{text}")


@pytest.fixture
def gateway(gateway):
    """Nobody has paid yet; what a test pays is there and nothing else."""
    gateway.control.autopay([COMPANY_BIN], [])
    with gateway.state.changing():
        gateway.state.payments.clear()
    return gateway


def look_up(stages: Stages, case, when: str = "05T10:00") -> Payment:
    return services.look_up_payment(case, person=stages.play.people["executor"], at=at(when))


def pay(gateway, amount: str = "8650000.00", **more) -> None:
    gateway.control.pay(COMPANY_BIN, amount, **{"paid_at": "2026-11-01T12:00:00+05:00", **more})


def test_unpaid_it_is_filed_examined_and_not_issued(stages, gateway):
    case = stages.examined()
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        perform(stages.play, "prepare_issue", case, at("05T10:00"))
    assert refused.value.code == "FEE_NOT_PAID"
    assert "7" in str(refused.value.citation)
    assert "8\u202f650\u202f000" in str(refused.value.detail)
    pay(gateway)
    found = look_up(stages, case)
    assert (found.amount, found.due, found.state) == (FEE, FEE, "reserved")
    perform(stages.play, "prepare_issue", case, at("05T10:05"))
    assert stages.play.fresh(case).status == "signing"


def test_used_by_the_licence(stages, gateway):
    pay(gateway)
    case = stages.issued()
    assert [row.state for row in Payment.objects.filter(application=case)] == ["used"]


@pytest.mark.parametrize("end", ["withdraw", "discontinue"])
def test_free_again_when_no_licence_came_of_it_and_it_serves_the_next(stages, gateway, end):
    pay(gateway)
    case = stages.examined()
    look_up(stages, case)
    perform(stages.play, end, case, at("05T11:00"))
    if end == "discontinue":
        perform(stages.play, "open_signing", case, at("05T12:00"))
        perform(stages.play, "sign", case, at("05T12:05"))
    assert Payment.objects.get(application=case).state == "released"
    stages.play.deliver()
    second = stages.examined()
    assert look_up(stages, second, "06T10:00").state == "reserved"
    assert (
        Payment.objects.get(application=second).reference == Payment.objects.get(application=case).reference
    )


def test_a_look_up_that_comes_after_the_end_takes_nothing(stages, gateway):
    """The delivery of the filing may be late: the payment stays free for the next application."""
    pay(gateway)
    case = stages.filed()
    perform(stages.play, "withdraw", case, at("02T12:00"))
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        look_up(stages, case)
    assert refused.value.code == "WRONG_STATE"
    stages.play.deliver()
    assert not Payment.objects.exists()


def test_one_payment_serves_one_of_two_applications(stages, gateway):
    pay(gateway)
    first, second = stages.filed(), stages.filed()
    look_up(stages, first)
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        look_up(stages, second)
    assert refused.value.code == "PAYMENT_NOT_FOUND"


def test_the_database_refuses_it_twice_too(stages, gateway):
    pay(gateway)
    first, second = stages.filed(), stages.filed()
    held = look_up(stages, first)
    held.pk, held.application_id = None, second
    with pytest.raises(IntegrityError, match="applications_payment_serves_one"), transaction.atomic():
        held.save(force_insert=True)


@pytest.mark.parametrize(
    ("paid", "why"),
    [
        ({"amount": "8649999.99"}, "8649999.99"),
        ({"state": "used"}, ""),
        ({"state": "returned"}, ""),
        ({"kbk": "105999"}, ""),
    ],
)
def test_what_does_not_cover_the_fee_or_is_spent_is_not_taken(stages, gateway, paid, why):
    case = stages.filed()
    pay(gateway, **paid)
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        look_up(stages, case)
    assert refused.value.code == "PAYMENT_NOT_FOUND"
    assert why in str(refused.value.detail)


def test_a_payment_of_another_payer_is_found_by_its_number_and_not_taken(stages, gateway):
    case = stages.filed()
    gateway.control.pay(
        "850505400008", "8650000.00", reference="PS-000123", paid_at="2026-11-01T12:00:00+05:00"
    )
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        services.look_up_payment(
            case, person=stages.play.people["executor"], at=at("05T10:00"), reference="PS-000123"
        )
    assert refused.value.code == "PAYMENT_NOT_FOUND"
    assert "850505******" in str(refused.value.detail)


def test_the_index_of_the_day_of_payment_counts(stages, gateway):
    """TC 616: paid in December 2025 it is 2 000 × 3 932, and the same sum paid in 2026 is too little."""
    case = stages.filed()
    pay(gateway, "7864000.00", paid_at="2026-01-02T12:00:00+05:00")
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        look_up(stages, case)
    assert "7864000.00" in str(refused.value.detail)
    assert "8650000.00" in str(refused.value.detail)
    pay(gateway, "7864000.00", paid_at="2025-12-31T12:00:00+05:00")
    found = look_up(stages, case)
    assert (found.amount, found.due, found.derivation["on"]) == (
        Decimal("7864000.00"),
        Decimal("7864000.00"),
        "2025-12-31",
    )


def test_looked_up_twice_it_is_the_same_payment(stages, gateway):
    pay(gateway)
    pay(gateway)
    case = stages.filed()
    assert look_up(stages, case).pk == look_up(stages, case).pk
    assert Payment.objects.filter(application=case).count() == 1


@pytest.mark.parametrize("mode", ["off", "truncate"])
def test_with_a_silent_gateway_filing_works_and_the_look_up_says_so(stages, gateway, mode):
    gateway.control.mode(mode)
    try:
        case = stages.filed()
        stages.play.deliver()
        row = Case.objects.get(pk=case)
        assert (row.status_code, row.incoming_no) == ("completeness", "DM-2026-000001")
        assert {answer.outcome for answer in stages.play.fresh(case).register_answers.all()} & {
            "found"
        } == set()
        with pytest.raises(Unavailable) as refused:
            look_up(stages, case)
        assert refused.value.status == 503
    finally:
        gateway.control.mode("up")
    assert not Payment.objects.exists()


@pytest.mark.parametrize("mode", ["off", "slow", "truncate"])
def test_filing_waits_for_no_register(stages, gateway, mode):
    """integrations.md B: drafted, attached, signed and registered within three seconds whatever the gateway does."""
    gateway.control.mode(mode)
    began = time.monotonic()
    try:
        case = stages.filed()
        taken = time.monotonic() - began
    finally:
        gateway.control.mode("up")
    assert Case.objects.get(pk=case).incoming_no == "DM-2026-000001"
    assert taken <= 3, taken


def test_the_unpaid_fee_is_brought_to_mind_five_and_two_working_days_before_the_last_notice_day(
    stages, gateway
):
    case = stages.examined()  # the last day of a notice is Wednesday the 18th
    told = Message.objects.filter(case_id=case, kind="fee_reminder").order_by("pk")

    def count(when: str) -> int:
        services.remind_of_fees(at=at(when))
        return told.count()

    assert [count("10T18:00"), count("11T09:00"), count("11T10:00"), count("13T09:00")] == [0, 1, 1, 1]
    assert [count("16T09:00"), count("18T18:00"), count("19T09:00")] == [2, 2, 2]
    assert "8\u202f650\u202f000 ₸ до 18.11.2026" in told[0].text_ru
    assert "строки 7 и 10 приложения 3" in told[1].text_ru


def test_who_has_paid_or_asks_for_nothing_that_costs_is_not_reminded(stages, gateway):
    pay(gateway)
    case = stages.examined()
    look_up(stages, case)
    assert services.remind_of_fees(at=at("16T09:00")) == 0
    assert not Message.objects.filter(case_id=case, kind="fee_reminder").exists()
