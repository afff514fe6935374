"""The case file: its numbers, its version, who sees it, who stands in."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casework.cases import services
from casework.cases.models import Absence, Case, Recusal
from casework.cases.selectors import cases_visible_to, substitutes_of
from foundation.kernel.refusals import NotFound, StaleVersion
from sandbox.play import Play
from tests.applications.stages import moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-02T11:00")


@pytest.fixture
def play() -> Play:
    return Play.begin()


@pytest.fixture
def case(play) -> Case:
    return play.draft(AT).case


def locked(case: Case) -> Case:
    return services.lock_case(case.pk)


def test_drafts_and_filings_are_numbered_each_in_its_year(play):
    drafts = [play.draft(AT).case, play.draft(AT).case, play.draft(moment("2027-01-04T10:00")).case]
    assert [row.draft_no for row in drafts] == ["D-2026-000001", "D-2026-000002", "D-2027-000001"]
    for row in drafts[:2]:
        registered = services.register_case(locked(row), registered_at=AT, registered_on=AT.date())
        assert registered.incoming_no == f"DM-2026-{drafts.index(row) + 1:06d}"


def test_night_of_new_year_belongs_to_almaty(play):
    assert play.draft(moment("2027-01-01T01:00")).case.draft_no == "D-2027-000001"


def test_every_touch_counts_the_version_up(case):
    before = case.version
    row = services.touch(services.touch(locked(case)), status_code="review")
    assert (row.version, Case.objects.get(pk=case.pk).status_code) == (before + 2, "review")


def test_an_older_version_is_told_what_changed(case, play):
    with pytest.raises(StaleVersion) as refused:
        services.lock_case(case.pk, version=case.version - 1, reader=play.people["aigerim"], at=AT)
    assert (refused.value.extra["your_version"], refused.value.extra["current_version"]) == (
        case.version - 1,
        case.version,
    )
    services.lock_case(case.pk, version=case.version)
    services.lock_case(case.pk, version=None)


def test_a_case_that_is_not_there(play):
    with pytest.raises(NotFound):
        services.lock_case(uuid.uuid4())


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"incoming_no": "DM-2026-000009"}, "cases_registered_whole"),
        ({"registered_on": date(2026, 11, 2)}, "cases_registered_whole"),
        (
            {
                "incoming_no": "DM-2026-000009",
                "registered_on": date(2026, 11, 2),
                "registered_at": AT,
                "received_at": moment("2026-11-02T12:00"),
            },
            "cases_registered_after_receipt",
        ),
    ],
)
def test_the_database_knows_no_half_registered_case(case, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


# --- who sees it ------------------------------------------------------------------------------------
DRAFT = {"aigerim", "bolat"}
OFFICERS = {"chancery", "executor", "executor2", "head", "head2", "supervisor", "auditor", "reviewer"}


def seen_by(case: Case, play: Play, at=AT) -> set[str]:
    return {
        login
        for login, person in play.people.items()
        if cases_visible_to(person, at).filter(pk=case.pk).exists()
    }


def test_a_draft_is_its_applicant_s_own_and_a_filed_case_the_officers_too(case, play):
    assert seen_by(case, play) == DRAFT
    services.touch(locked(case), received_at=AT)
    assert seen_by(case, play) == DRAFT | OFFICERS  # no stranger, administrator or reviewer of another body


def test_who_is_recused_is_written_down_by_another(case, play):
    recusal = Recusal.objects.create(
        case=case,
        officer=play.people["head"],
        ground="interest",
        reason="x",
        asked_by=play.people["head"],
        asked_at=AT,
    )
    with pytest.raises(IntegrityError, match="cases_recusal_not_by_oneself"), transaction.atomic():
        Recusal.objects.filter(pk=recusal.pk).update(decided_by=play.people["head"])


@pytest.mark.parametrize(("day", "stands_in"), [(4, False), (5, True), (6, True), (7, False)])
def test_a_substitute_stands_in_on_the_days_of_the_order(play, day, stands_in):
    Absence.objects.create(
        officer=play.people["executor"],
        substitute=play.people["executor2"],
        first_day=date(2026, 11, 5),
        last_day=date(2026, 11, 6),
        order="Приказ № 12-к",
    )
    found = substitutes_of(play.people["executor"].pk, date(2026, 11, day))
    assert found.filter(substitute=play.people["executor2"]).exists() is stands_in


@pytest.mark.parametrize("wrong", [{"last_day": date(2026, 11, 4)}, {"substitute": "executor"}])
def test_an_absence_is_in_order(play, wrong):
    facts = {
        "first_day": date(2026, 11, 5),
        "last_day": date(2026, 11, 6),
        "order": "x",
        "substitute": "executor2",
        **wrong,
    }
    facts["substitute"] = play.people[facts["substitute"]]
    with pytest.raises(IntegrityError, match="cases_absence"), transaction.atomic():
        Absence.objects.create(officer=play.people["executor"], **facts)
