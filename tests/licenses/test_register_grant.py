"""Numbers and the grant: nothing twice, nothing left of the loser."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection, transaction

from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal
from licenses.models import Annex, AnnexPeriod, Licence, LicenceEdition, LicenceNumber, LicencePeriod
from licenses.rules import CentreText, number_is_valid
from licenses.services import AnnexText, Change, SignedBy, change_licence, release_number, reserve_number
from tests.licenses.people import CENTRE, SIGNER, entity, granted, moment, there

NOON = moment("2026-03-02 12:00")


@pytest.mark.django_db
def test_a_licence_with_an_annex_per_centre():
    second = CentreText("Абай облысы", "область Абай", "10", "off_grid_producer")
    licence = granted(centres=[CENTRE, second])
    assert number_is_valid(licence.number)
    assert (licence.first_issued_on, licence.issued_on, licence.expires_on) == (
        dt.date(2026, 3, 2), dt.date(2026, 3, 2), dt.date(2029, 3, 2),
    )  # fmt: skip
    assert (licence.status, licence.edition, licence.regions, licence.public_from) == (
        "active",
        1,
        ["10", "55"],
        NOON,
    )
    assert list(licence.annexes.order_by("number").values_list("number", "expires_on")) == [
        ("001", dt.date(2029, 3, 2)), ("002", dt.date(2029, 3, 2)),
    ]  # fmt: skip
    period = licence.periods.get()
    assert (period.period.lower, period.period.upper, period.basis) == (
        dt.date(2026, 3, 2),
        dt.date(2029, 3, 3),
        "grant",
    )
    assert LicenceNumber.objects.get(number=licence.number).state == "used"
    fact = Fact.objects.get(stream=licence.stream)
    assert fact.kind == "licence.issued"
    assert fact.payload == {
        "act": str(licence.editions.get().act_id),
        "annexes": ["001", "002"],
        "case": str(licence.case_id),
        "expires_on": "2029-03-02",
        "issued_on": "2026-03-02",
        "number": licence.number,
        "party": str(licence.party_id),
        "public_from": "2026-03-02T12:00:00+05:00",
        "sub_kind": "I",
    }


@pytest.mark.django_db
def test_a_grant_that_fails_leaves_nothing():
    with pytest.raises(Conflict) as refused:
        granted(case_id=uuid.uuid4())  # the number is reserved for another case
    assert refused.value.code == "NUMBER_NOT_RESERVED"
    assert [
        model.objects.count() for model in (Licence, LicenceEdition, LicencePeriod, Annex, AnnexPeriod, Fact)
    ] == [0] * 6
    assert LicenceNumber.objects.get().state == "reserved"


@pytest.mark.django_db
def test_a_licence_without_a_centre_is_refused():
    with pytest.raises(BadInput) as refused:
        granted(centres=[])
    assert refused.value.code == "NO_DATA_CENTRE"
    assert Licence.objects.count() == 0


@pytest.mark.django_db
def test_a_number_serves_one_licence():
    licence = granted()
    with pytest.raises(Exception, match=r"unique|already exists"):
        granted(entity("031241000109"), number=licence.number)
    assert Licence.objects.count() == 1


def signed_on(day, at):
    return SignedBy(uuid.uuid4(), uuid.uuid4(), day, SIGNER, uuid.uuid4(), at)


@pytest.mark.django_db
def test_annexes_are_numbered_on_and_bear_the_licences_term():
    licence = granted()
    with transaction.atomic():
        change_licence(
            licence_id=licence.pk,
            change=Change(annexes=(AnnexText(CentreText("a", "b", "11")),)),
            signed=signed_on(dt.date(2027, 1, 11), moment("2027-01-11 10:00")),
        )
    added = Annex.objects.filter(number="002")
    assert [(annex.number, annex.issued_on, annex.expires_on) for annex in added] == [
        ("002", dt.date(2027, 1, 11), dt.date(2029, 3, 2))
    ]
    assert Licence.objects.get().regions == ["11", "55"]


@pytest.mark.django_db
def test_no_annex_to_a_licence_past_its_term():
    licence = granted()
    with pytest.raises(LawRefusal) as refused, transaction.atomic():
        change_licence(
            licence_id=licence.pk,
            change=Change(annexes=(AnnexText(CENTRE),)),
            signed=signed_on(dt.date(2029, 3, 5), moment("2029-03-05 10:00")),
        )
    assert refused.value.code == "LICENCE_NOT_IN_FORCE"
    assert Annex.objects.count() == 1


@pytest.mark.django_db
def test_a_case_keeps_its_number_and_a_released_one_serves_the_next():
    first, second, third = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    number = reserve_number(case_id=first, at=NOON)
    assert reserve_number(case_id=first, at=NOON) == number
    other = reserve_number(case_id=second, at=NOON)
    assert other != number
    assert release_number(first)
    assert not release_number(first)
    assert reserve_number(case_id=third, at=NOON) == number
    assert LicenceNumber.objects.count() == 2


@pytest.mark.django_db
def test_a_used_number_is_not_released():
    licence = granted()
    assert not release_number(there(licence.case_id))
    assert LicenceNumber.objects.get().state == "used"


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_no_number_twice_and_released_ones_reused():
    early = [uuid.uuid4() for _ in range(10)]
    released = {reserve_number(case_id=case, at=NOON) for case in early}
    for case in early:
        release_number(case)
    numbers, failures, start = [], [], threading.Barrier(50)

    def reserve():
        try:
            start.wait(timeout=30)
            numbers.append(reserve_number(case_id=uuid.uuid4(), at=NOON))
        except Exception as failure:  # noqa: BLE001 -- the thread's failure is the test's
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=reserve) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(numbers)) == len(numbers) == 50
    assert released <= set(numbers)
    assert all(number_is_valid(number) for number in numbers)
    assert LicenceNumber.objects.exclude(state="released").count() == 50
