"""Reminders before the last day of a licence, each once (DA 9(1))."""

import datetime as dt
import uuid

import pytest

from casework.cases.models import Case
from casework.cases.services import open_case
from casework.notices.models import Message, Notice
from licenses.models import Licence
from licenses.services import terminate_licence
from licenses.services.reminders import remind_of_expiry
from licenses.statuses import Basis
from tests.licenses.people import body, entity, granted, moment, person, representative


def held(number: str, name: str, login: str, **changes) -> Licence:
    """A licence with the case it came from and somebody who acts for its holder."""
    party = entity(number, name)
    representative(login, party)
    licence = granted(party, **changes)
    case = open_case(
        kind=Case.Kind.APPLICATION, form="1", sub_kind=licence.sub_kind, party=party, body=body(),
        created_by=person(login), at=moment("2026-02-01 12:00"),
    )  # fmt: skip
    Licence.objects.filter(pk=licence.pk).update(case_id=case.pk)
    return Licence.objects.get(pk=licence.pk)


@pytest.mark.django_db
def test_sixty_thirty_and_seven_days_before_the_end_each_once():
    licence = held("150140000002", "ТОО «Алтын Майнинг»", "aigerim", at="2026-03-02 12:00")
    assert licence.expires_on == dt.date(2029, 3, 2)
    sent = {}
    for day in range(70, -3, -1):
        at = moment(f"{licence.expires_on - dt.timedelta(days=day)} 10:00")
        sent[day] = remind_of_expiry(at=at) + remind_of_expiry(at=at)
    assert {day for day, count in sent.items() if count} == {60, 30, 7}
    assert Message.objects.filter(kind="licence.expires_soon").count() == 3
    assert {notice.person.login for notice in Notice.objects.all()} == {"aigerim"}


@pytest.mark.django_db
def test_a_week_without_a_job_loses_no_reminder_and_an_ended_licence_gets_none():
    licence = held("150140000002", "ТОО «Алтын Майнинг»", "aigerim", at="2026-03-02 12:00")
    assert remind_of_expiry(at=moment("2029-02-22 10:00")) == 1  # eight days before: the one of thirty days
    terminate_licence(
        licence_id=licence.pk, since=dt.date(2029, 2, 23), basis=Basis.TERMINATE_ON_REQUEST,
        act_id=uuid.uuid4(), actor_id=uuid.uuid4(), at=moment("2029-02-23 10:00"),
    )  # fmt: skip
    assert remind_of_expiry(at=moment("2029-02-24 10:00")) == 0


@pytest.mark.django_db
def test_a_licence_from_before_the_portal_has_no_case_and_is_reminded_of_too():
    party = entity("150140000002", "ТОО «Алтын Майнинг»")
    representative("aigerim", party)
    licence = granted(party, at="2026-03-02 12:00")
    Licence.objects.filter(pk=licence.pk).update(case_id=None)
    assert remind_of_expiry(at=moment("2029-02-23 10:00")) == 1
    told = Notice.objects.get(message__kind="licence.expires_soon")
    assert told.person.login == "aigerim"
    assert "02.03.2029" in told.message.text("ru")
