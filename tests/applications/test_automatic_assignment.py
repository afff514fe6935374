"""Assignment under a standing order: by load and absence, at registration, and by hand where there is none (Rules 6)."""

import pytest
from django.test import Client

from casework.cases import services as cases
from casework.cases.models import Absence, Assignment, AutomaticAssignment, Case
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import BadInput, NotPermitted
from tests.applications.stages import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_layout")]
NOW = moment("2026-11-02T09:30")
PAGE = "/admin/absences/"


@pytest.fixture
def ordered(quiet):
    """The supervisor's standing order."""
    return cases.start_automatic_assignment(order="Приказ № 7", by=quiet.people["supervisor"], at=NOW)


def executor_of(case_id):
    found = Case.objects.select_related("executor").get(pk=case_id).executor
    return found.login if found else None


def test_off_unless_ordered(stages, quiet):
    case = stages.filed()
    quiet.pass_time(moment("2026-11-02T12:00"))
    assert (executor_of(case), Assignment.objects.count()) == (None, 0)


def test_each_gets_the_least_loaded_and_who_is_away_gets_none(stages, quiet, ordered):
    first, second = stages.filed(), stages.filed(who="dana")
    quiet.pass_time(moment("2026-11-02T12:00"))
    assert {executor_of(first), executor_of(second)} == {"executor", "executor2"}
    row = Assignment.objects.get(case_id=first)
    assert (row.assigned_by, row.assigned_at) == (
        quiet.people["supervisor"],
        Case.objects.get(pk=first).registered_at,
    )
    assert row.reason == "Автоматически, основание: Приказ № 7; меньше всего открытых дел (0)."
    Absence.objects.create(
        officer=quiet.people["executor"],
        first_day=NOW.date(),
        last_day=NOW.date(),
        order="№ 1",
        entered_by=quiet.people["supervisor"],
    )
    third = stages.filed()
    quiet.pass_time(moment("2026-11-02T12:10"))
    assert executor_of(third) == "executor2"


def test_after_hours_it_is_assigned_when_it_is_registered(stages, quiet, ordered):
    case = stages.filed(at="2026-11-02T18:31")
    quiet.pass_time(moment("2026-11-02T18:40"))
    assert executor_of(case) is None
    quiet.pass_time(moment("2026-11-03T09:00:30"))
    assert executor_of(case) is not None


def test_with_nobody_free_it_waits_for_a_hand(stages, quiet, ordered):
    for login in ("executor", "executor2"):
        Absence.objects.create(
            officer=quiet.people[login], first_day=NOW.date(), last_day=NOW.date(), order="№ 1"
        )
    case = stages.filed()
    quiet.pass_time(moment("2026-11-02T12:00"))
    assert executor_of(case) is None
    assert Fact.objects.filter(subject_id=case, kind="application.assigned").count() == 0


def test_turned_on_and_off_by_a_page_with_an_order_and_by_whom_it_belongs_to(stages, quiet):
    supervisor, executor = Client(), Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    supervisor.force_login(quiet.people["supervisor"], backend=backend)
    executor.force_login(quiet.people["executor"], backend=backend)
    with legal_time(NOW):
        page = supervisor.post(f"{PAGE}assignment/start/", {"order": " "}, follow=True)
        assert not AutomaticAssignment.objects.exists()
        assert "field--invalid" in page.content.decode()
        assert executor.post(f"{PAGE}assignment/start/", {"order": "№ 7"}).status_code == 403
        page = supervisor.post(f"{PAGE}assignment/start/", {"order": "Приказ № 7"}, follow=True)
        assert "Приказ № 7" in page.content.decode()
        supervisor.post(f"{PAGE}assignment/start/", {"order": "Приказ № 8"})
        assert AutomaticAssignment.objects.get().order == "Приказ № 7"  # one in force
        supervisor.post(f"{PAGE}assignment/end/")
    assert AutomaticAssignment.objects.get().ended_by == quiet.people["supervisor"]
    kinds = Fact.objects.filter(stream="assignment").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["assignment.automatic_on", "assignment.automatic_off"]
    case = stages.filed()
    quiet.pass_time(moment("2026-11-02T12:00"))
    assert executor_of(case) is None


def test_the_services_ask_for_the_role_and_the_order(quiet):
    with pytest.raises(NotPermitted):
        cases.start_automatic_assignment(order="№ 7", by=quiet.people["chancery"], at=NOW)
    with pytest.raises(BadInput):
        cases.start_automatic_assignment(order="", by=quiet.people["head"], at=NOW)
    assert not AutomaticAssignment.objects.exists()
