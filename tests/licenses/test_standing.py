"""The state of a licence on any day, and what the register knew of it then."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.journal.models import Fact
from foundation.kernel.refusals import LawRefusal
from licenses.models import Licence, LicencePeriod
from licenses.selectors import as_of
from licenses.services import (
    end_stay,
    expire_due,
    resume_licence,
    revoke_licence,
    stay_suspension,
    suspend_licence,
    terminate_licence,
)
from licenses.statuses import Basis
from tests.licenses.people import granted, moment, there

pytestmark = pytest.mark.django_db
DAY = dt.date


def act(service, licence, at, **more):
    more.setdefault("since", moment(at).date())
    return service(licence_id=licence.pk, act_id=uuid.uuid4(), actor_id=uuid.uuid4(), at=moment(at), **more)


def states(licence, *days):
    return [
        view.standing.status if (view := as_of(licence, DAY.fromisoformat(day))) else None for day in days
    ]


def test_suspended_and_resumed():
    licence = granted()
    act(suspend_licence, licence, "2026-05-04 12:00", months=2, basis=Basis.SUSPEND)
    act(resume_licence, licence, "2026-06-01 12:00", basis=Basis.RESUME)
    assert states(
        licence,
        "2026-03-01",
        "2026-03-02",
        "2026-05-03",
        "2026-05-04",
        "2026-05-31",
        "2026-06-01",
        "2029-03-02",
        "2029-03-03",
    ) == [None, "active", "active", "suspended", "suspended", "active", "active", "expired"]
    assert Licence.objects.get().status == "active"
    assert list(Fact.objects.filter(stream=licence.stream).order_by("seq").values_list("kind", flat=True)) == [
        "licence.issued", "licence.suspended", "licence.resumed",
    ]  # fmt: skip


def test_the_end_of_a_suspension_resumes_nothing_and_expiry_wins():
    licence = granted()
    act(suspend_licence, licence, "2026-05-29 12:00", months=1, basis=Basis.SUSPEND)
    view = there(as_of(licence, DAY(2026, 12, 1)))
    assert (view.standing.status, view.standing.until) == ("suspended", DAY(2026, 6, 29))
    assert states(licence, "2029-03-02", "2029-03-03") == ["suspended", "expired"]


def test_a_court_act_in_force_before_it_was_recorded():
    licence = granted()
    act(suspend_licence, licence, "2026-05-04 12:00", months=1, basis=Basis.SUSPEND)
    act(revoke_licence, licence, "2026-08-20 15:00", since=DAY(2026, 8, 3))
    assert states(licence, "2026-05-03", "2026-08-02", "2026-08-03", "2026-08-10", "2030-01-01") == [
        "active", "suspended", "revoked", "revoked", "revoked",
    ]  # fmt: skip
    view = there(as_of(licence, DAY(2026, 8, 10)))
    assert (view.standing.status, view.known_then.status) == ("revoked", "suspended")
    view = there(as_of(licence, DAY(2026, 8, 20)))
    assert (view.standing.status, view.known_then) == ("revoked", None)


def test_a_suspension_stayed_by_a_complaint_keeps_its_last_day():
    licence = granted()
    act(suspend_licence, licence, "2026-05-04 12:00", months=3, basis=Basis.SUSPEND)
    act(stay_suspension, licence, "2026-05-20 12:00")
    act(end_stay, licence, "2026-06-10 12:00")
    views = [there(as_of(licence, DAY(2026, *day))).standing for day in ((5, 19), (5, 20), (6, 9), (6, 10))]
    assert [(view.status, view.stayed, view.until, view.since) for view in views] == [
        ("suspended", False, DAY(2026, 8, 4), DAY(2026, 5, 4)),
        ("suspended", True, DAY(2026, 8, 4), DAY(2026, 5, 4)),
        ("suspended", True, DAY(2026, 8, 4), DAY(2026, 5, 4)),
        ("suspended", False, DAY(2026, 8, 4), DAY(2026, 5, 4)),
    ]


@pytest.mark.parametrize("months", [0, 7])
def test_a_suspension_of_no_lawful_length_changes_nothing(months):
    licence = granted()
    with pytest.raises(LawRefusal) as refused:
        act(suspend_licence, licence, "2026-05-04 12:00", months=months, basis=Basis.SUSPEND)
    assert refused.value.code == "SUSPENSION_LENGTH"
    assert unchanged(licence)


def test_what_is_terminated_stays_so():
    licence = granted()
    act(terminate_licence, licence, "2026-05-04 12:00", basis=Basis.TERMINATE_ON_REQUEST)
    before = list(LicencePeriod.objects.values_list("pk", "known_to"))
    with pytest.raises(LawRefusal) as refused:
        act(resume_licence, licence, "2026-05-05 12:00", basis=Basis.RESUME)
    assert refused.value.code == "WRONG_STATE"
    assert list(LicencePeriod.objects.values_list("pk", "known_to")) == before
    assert states(licence, "2026-05-03", "2026-05-04", "2030-01-01") == ["active", "terminated", "terminated"]


@pytest.mark.parametrize("since", [DAY(2026, 3, 1), DAY(2029, 3, 3)])
def test_nothing_befalls_a_licence_outside_its_term(since):
    licence = granted()
    with pytest.raises(LawRefusal) as refused:
        act(terminate_licence, licence, "2029-03-05 12:00", since=since, basis=Basis.TERMINATE_BY_EVENT)
    assert refused.value.code == "OUT_OF_TERM"
    assert unchanged(licence)


def test_the_stored_state_follows_the_date_once():
    licence = granted()
    assert expire_due(at=moment("2029-03-02 23:59")) == 0
    assert expire_due(at=moment("2029-03-03 00:00")) == 1
    assert expire_due(at=moment("2029-03-04 00:00")) == 0
    assert Licence.objects.get().status == "expired"
    assert Fact.objects.filter(stream=licence.stream, kind="licence.expired").count() == 1


def test_two_states_on_one_day_are_refused_by_the_database():
    licence = granted()
    with pytest.raises(IntegrityError, match="licenses_one_state_a_day"), transaction.atomic():
        LicencePeriod.objects.create(
            licence=licence,
            status="suspended",
            period=DateRange(DAY(2026, 4, 1), DAY(2026, 4, 2)),
            basis=Basis.SUSPEND,
            known_from=moment("2026-04-01 10:00"),
            recorded_at=moment("2026-04-01 10:00"),
        )


def unchanged(licence):
    row = Licence.objects.get(pk=licence.pk)
    return (row.status, row.version, row.periods.count(), Fact.objects.filter(stream=licence.stream).count()) == (
        "active", 1, 1, 1,
    )  # fmt: skip
