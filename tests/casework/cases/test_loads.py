"""Who is next to get a case: by load, absence and what the law forbids (Rules 6, APPC 67; process.md, People)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from casework.cases.models import Absence
from casework.cases.rules import Hindered, Load, next_officer
from casework.cases.selectors import loads
from foundation.accounts.models import Person, Role
from foundation.accounts.selectors import people_with
from foundation.kernel.clock import legal_time
from tests.applications.conftest import gateway, gateway_server, quiet, without_layout
from tests.applications.stages import Stages, moment, perform

__all__ = ["gateway", "gateway_server", "quiet", "without_layout"]
EARLY, LATE = moment("2026-11-02T10:00"), moment("2026-11-03T10:00")


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ([], None),
        ([Load("a", 2, EARLY), Load("b", 1, LATE)], "b"),  # the fewest open cases
        ([Load("a", 1, LATE), Load("b", 1, EARLY)], "b"),  # alike: assigned the longest ago
        ([Load("a", 1, EARLY), Load("b", 1, None)], "b"),  # never assigned
        ([Load("a", 0, None, Hindered.AWAY), Load("b", 9, LATE)], "b"),
        ([Load("a", 0, None, Hindered.RECUSED), Load("b", 0, None, Hindered.BARRED)], None),
    ],
)
def test_next_officer(rows, chosen):
    found = next_officer(rows)
    assert (found.officer if found else None) == chosen


@pytest.mark.django_db
def test_loads_of_a_case_are_those_of_its_day(quiet):
    stages = Stages(quiet)
    case = quiet.case(stages.accepted())
    stages.accepted(who="dana")
    names = {person.pk: login for login, person in quiet.people.items()}

    def now(day: str) -> dict[str, tuple[int, str | None]]:
        executors = people_with(Role.EXECUTOR, date(2026, 11, 4))
        found = loads(case, executors, moment(f"2026-11-{day}T10:00"))
        return {names[row.pk]: (load.open_cases, load.hindered) for row, load in found if row.pk in names}

    assert now("04") == {"executor": (2, None), "executor2": (0, None)}
    span = {"first_day": date(2026, 11, 5), "last_day": date(2026, 11, 6)}
    Absence.objects.create(officer=quiet.people["executor2"], order="№ 1", **span)
    assert now("05")["executor2"] == (0, "away")
    assert now("09")["executor2"] == (0, None)
    perform(quiet, "ask_recusal", case.pk, moment("2026-11-04T11:00"))
    perform(quiet, "decide_recusal", case.pk, moment("2026-11-04T12:00"))
    assert now("09")["executor"] == (1, "recused")


@pytest.mark.django_db
def test_the_page_of_assignment_shows_loads_and_proposes(quiet):
    case = Stages(quiet).accepted()
    client = Client(headers={"accept-language": "ru"})
    client.force_login(quiet.people["supervisor"], backend="django.contrib.auth.backends.ModelBackend")
    with legal_time(moment("2026-11-04T10:00")):
        page = client.get(reverse("desks:officer_act", args=[case, "assign"])).content.decode()
    proposed = Person.objects.get(pk=quiet.people["executor2"].pk).full_name
    assert f"{proposed}, открытых дел: 0" in page
    assert f"Предлагается: {proposed}" in page
