"""A licence leaves force: what is pending about it goes before executor and head, who end it; a new application is prefilled."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from applications import events, handlers, services
from applications.models import Application
from casework.notices.models import Notice
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import NotFound
from licenses.models import Licence
from licenses.services import expire_due
from tests.applications.stages import Stages, moment, perform
from tests.applications.test_reissue import NAME, drafted

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 11, 9)
AFTER = moment("2026-11-10T10:00")


@pytest.fixture
def expired(stages: Stages) -> tuple[Licence, UUID]:
    """A licence whose last day passed while a re-issue was under review."""
    stages.issued()
    licence = Licence.objects.get()
    play = stages.play
    case = drafted(stages, licence, NAME).pk
    play.file(case, moment("2026-11-09T10:00"), who="aigerim")
    play.assign(case, moment("2026-11-09T10:10"))
    play.accept(case, moment("2026-11-09T10:20"))
    play.deliver()
    Licence.objects.filter(pk=licence.pk).update(expires_on=LAST_DAY)
    assert expire_due(at=moment("2026-11-10T00:05")) == 1
    play.deliver()
    return Licence.objects.get(pk=licence.pk), case


def signed_in(person: Any) -> Client:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(person)
    return client


def test_a_pending_case_is_put_up_for_discontinuance_and_ended_by_executor_and_head(
    stages: Stages, expired: tuple[Licence, UUID]
) -> None:
    licence, case = expired
    people = stages.play.people
    put_up = Fact.objects.filter(kind=events.TARGET_LEFT_FORCE)
    assert [fact.payload["licence"] for fact in put_up] == [licence.number]
    handlers.put_up_for_discontinuance(Fact.objects.get(kind="licence.expired"))
    assert put_up.count() == 1  # delivered twice, put up once
    told = Notice.objects.filter(message__kind=events.TARGET_LEFT_FORCE)
    logins = set(told.values_list("person__login", flat=True))
    assert {"aigerim", "executor", "head"} <= logins
    assert Application.objects.get(pk=case).status == "review"  # nothing is decided by itself

    with legal_time(AFTER):
        desk = signed_in(people["executor"])
        marked = desk.get(reverse("desks:officer_case", args=[case])).content.decode()
        form = desk.get(reverse("desks:officer_act", args=[case, "discontinue"])).content.decode()
        queue = desk.get(reverse("desks:desk") + "?tab=mine").content.decode()
    assert licence.number in marked.split('class="notice__title">')[1].split("</p>")[0]
    assert '<option value="target" selected>' in form
    assert "истёк 09.11.2026" in form
    assert "лицензия прекратила действие" in queue

    perform(stages.play, "discontinue", case, AFTER, reason="target")
    assert Application.objects.get(pk=case).prepared_outcome == "discontinue"


def test_a_new_application_begins_with_the_centres_of_the_licence_that_ended(
    stages: Stages, expired: tuple[Licence, UUID]
) -> None:
    licence, _case = expired
    people = stages.play.people
    with legal_time(AFTER):
        page = (
            signed_in(people["aigerim"]).get(reverse("desks:licence", args=[licence.number])).content.decode()
        )
    assert f'name="anew_of" value="{licence.number}"' in page
    draft = services.begin_anew(number=licence.number, person=people["aigerim"], at=AFTER)
    assert (draft.form, draft.scope, draft.target_licence) == ("1", "licence", "")
    stated = Application.objects.get(target_licence="", status="issued").data_centres.get()
    [centre] = draft.data_centres.all()
    assert (centre.address, centre.power_source) == (stated.address, stated.power_source)
    with pytest.raises(NotFound):
        services.begin_anew(number=licence.number, person=people["dana"], at=AFTER)
