"""Absences by pages: entered by a supervisor or head, working by themselves, ended or taken back (process.md, People)."""

from datetime import date

import pytest
from django.test import Client

from casework.cases.models import Absence
from casework.cases.permissions import require_executor
from casework.cases.rules import Fault, Span, absence_faults, end_fault
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import NotPermitted
from tests.applications.conftest import gateway, gateway_server, quiet, without_layout
from tests.applications.stages import Stages, moment

__all__ = ["gateway", "gateway_server", "quiet", "without_layout"]
PAGE = "/admin/absences/"
NOW = moment("2026-11-05T11:00")


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("first", "last", "order", "wrong"),
    [
        (5, 5, "Приказ № 1", {}),
        (9, 20, "Приказ № 1", {}),
        (9, 8, "Приказ № 1", {"last_day": Fault.BEFORE_FIRST}),
        (2, 4, "Приказ № 1", {"last_day": Fault.OVER}),
        (2, 5, " ", {"order": Fault.NO_ORDER}),
    ],
)
def test_days_and_order_of_an_absence(first, last, order, wrong):
    assert absence_faults(Span(day(first), day(last)), order=order, today=day(5)) == wrong


@pytest.mark.parametrize(("last", "wrong"), [(3, Fault.TOO_EARLY), (4, None), (5, None), (30, None)])
def test_an_absence_ends_yesterday_at_the_earliest(last, wrong):
    assert end_fault(Span(day(2), day(10)), day(last), today=day(5)) == wrong


@pytest.fixture
def office(quiet):
    """Pages of somebody, at the moment of the test."""

    def visit(login: str):
        client = Client(headers={"accept-language": "ru"})
        client.force_login(quiet.people[login], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return visit


def entered(client: Client, play, **change):
    data = {
        "officer": str(play.people["executor"].pk),
        "substitute": str(play.people["executor2"].pk),
        "first_day": "2026-11-09",
        "last_day": "2026-11-20",
        "order": "Приказ № 41 от 02.11.2026",
        "next": PAGE,
        **change,
    }
    with legal_time(NOW):
        return client.post("/absences/", data, follow=True)


@pytest.mark.django_db
def test_who_stands_in_acts_from_the_first_day_to_the_last(quiet, office):
    case = quiet.case(Stages(quiet).accepted())
    answer = entered(office("supervisor"), quiet)
    assert "внесено отсутствие с 09.11.2026 по 20.11.2026" in answer.content.decode()
    row = Absence.objects.get()
    assert (row.entered_by, row.order) == (quiet.people["supervisor"], "Приказ № 41 от 02.11.2026")
    substitute = quiet.people["executor2"]
    for when, may in (("08T23:59", False), ("09T00:00", True), ("20T23:59", True), ("21T00:00", False)):
        at = moment(f"2026-11-{when}")
        if may:
            require_executor(substitute, case, at)
        else:
            with pytest.raises(NotPermitted):
                require_executor(substitute, case, at)
    with legal_time(moment("2026-11-12T10:00")):  # back earlier
        office("head").post(f"/absences/{row.pk}/end/", {"last_day": "2026-11-11", "next": PAGE})
    with pytest.raises(NotPermitted):
        require_executor(substitute, case, moment("2026-11-12T10:01"))
    kinds = list(Fact.objects.filter(stream="absences").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["absence.entered", "absence.ended"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"substitute": "SAME"}, "Никто не замещает сам себя"),
        ({"last_day": "2026-11-08"}, "Не раньше первого дня"),
        ({"order": ""}, "Обязательное поле"),
        ({"officer": "NOBODY"}, "Выберите корректный вариант"),
        ({"substitute": "AUDITOR"}, "должна быть та же роль"),
    ],
)
def test_what_cannot_be_entered_says_why_and_stays_in_the_form(quiet, office, change, said):
    people = {
        "SAME": str(quiet.people["executor"].pk),
        "AUDITOR": str(quiet.people["auditor"].pk),
        "NOBODY": str(quiet.people["aigerim"].pk),
    }
    answer = entered(office("supervisor"), quiet, **{k: people.get(v, v) for k, v in change.items()})
    page = answer.content.decode()
    assert said in page
    assert Absence.objects.count() == 0
    assert "2026-11-09" in page


@pytest.mark.django_db
def test_overlaps_strangers_and_taking_back(quiet, office):
    entered(office("supervisor"), quiet)
    assert (
        "уже внесено"
        in entered(office("head"), quiet, first_day="2026-11-20", last_day="2026-11-25").content.decode()
    )
    other = {"officer": str(quiet.people["executor2"].pk), "substitute": str(quiet.people["executor"].pk)}
    assert "отсутствует сам" in entered(office("supervisor"), quiet, **other).content.decode()
    assert Absence.objects.count() == 1
    row = Absence.objects.get()
    for login in ("executor", "chancery", "aigerim", "admin"):
        entered(office(login), quiet, first_day="2026-12-07", last_day="2026-12-08")
        with legal_time(NOW):
            office(login).post(f"/absences/{row.pk}/withdraw/", {"next": PAGE})
    assert Absence.objects.count() == 1
    with legal_time(moment("2026-11-09T10:00")):  # has begun
        page = (
            office("supervisor")
            .post(f"/absences/{row.pk}/withdraw/", {"next": PAGE}, follow=True)
            .content.decode()
        )
    assert "уже началось" in page
    with legal_time(NOW):
        office("supervisor").post(f"/absences/{row.pk}/withdraw/", {"next": PAGE})
    assert Absence.objects.count() == 0


@pytest.mark.django_db
def test_the_page_shows_who_is_away_and_what_waits_for_nobody(quiet, office):
    Stages(quiet).accepted()
    entered(office("supervisor"), quiet, substitute="", first_day="2026-11-05")
    with legal_time(NOW):
        page = office("auditor").get(PAGE).content.decode()
        assert office("aigerim").get(PAGE).status_code in (302, 403, 404)
    assert "сейчас отсутствует" in page
    assert "никто; открытых дел: 1" in page
    assert "Внести отсутствие" not in page  # an auditor looks only
