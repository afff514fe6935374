"""`recompute_terms --check`: nothing about a term is known to its row alone."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from casework.cases.models import Case
from casework.deadlines import services
from casework.deadlines.models import Term
from casework.deadlines.replay import differences
from casework.deadlines.rules import Track
from foundation.accounts.models import Role
from foundation.journal import services as journal
from tests.casework.deadlines.term_people import FILED, almaty, make_person

pytestmark = pytest.mark.django_db


def tell(case: Case, kind: str) -> None:
    journal.record(
        kind=kind,
        stream=case.stream,
        at=FILED,
        subject_id=case.pk,
        payload={"terms": services.changes_of(case)},
    )


@pytest.fixture
def lived(case: Case) -> Case:
    services.open_terms_of_application(
        case=case, received_at=FILED, registered_on=FILED.date(), at=FILED, track=Track.NEW
    )
    tell(case, "application.registered")
    services.watch(almaty("2026-03-12 10:00"))
    services.meet_term(case=case, code="completeness", at=almaty("2026-03-12 11:00"))
    services.open_review(case=case, decided_on=date(2026, 3, 12), at=almaty("2026-03-12 11:00"))
    tell(case, "application.accepted")
    return case


def test_a_case_that_lived_by_its_facts_agrees(lived: Case) -> None:
    assert list(differences()) == []
    out = io.StringIO()
    call_command("recompute_terms", "--check", stdout=out)
    assert "4" in out.getvalue()


def test_a_moved_holiday_keeps_them_equal(lived: Case) -> None:
    at = almaty("2026-03-12 12:00")
    row = services.enter_exception(
        day=date(2026, 3, 27),
        kind="day_off",
        act_ru="а",
        act_kk="а",
        by=make_person("saule", Role.SUPERVISOR),
        at=at,
    )
    services.confirm_exception(exception_id=row.pk, by=make_person("marat", Role.HEAD), at=at)
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"due_at": almaty("2026-04-03 18:30")}, "by rule and calendar"),
        ({"due_on": date(2026, 4, 3)}, "by the journal"),
        ({"n": 16}, "16 working_days"),
        ({"start": date(2026, 3, 5)}, "2026-03-05"),
        ({"state": "void", "voided_at": FILED}, "state void, by the journal open"),
    ],
)
def test_a_row_changed_behind_the_journals_back_is_named(
    lived: Case, change: dict[str, object], words: str
) -> None:
    service = Term.objects.get(case=lived, code="service")
    Term.objects.filter(pk=service.pk).update(**change)
    (line,) = differences()
    assert line.startswith(f"term {service.pk} (service, case {lived.pk})")
    assert words in line
    with pytest.raises(CommandError, match="1"):
        call_command("recompute_terms", "--check", stderr=io.StringIO())


def test_a_row_nobody_told_of_and_a_told_one_that_is_gone(lived: Case) -> None:
    Term.objects.get(case=lived, code="review").delete()
    services.open_term(case=lived, code="pool_notice", start=FILED.date(), at=FILED)
    lines = list(differences())
    assert len(lines) == 2
    assert "does not tell of its opening" in lines[0]
    assert "no row" in lines[1]
