"""A host's licence changes: who stands in its centre, and their executor, hear of it; nothing else happens."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from casework.cases.models import Case
from casework.cases.services import open_case
from casework.notices.models import Message, Notice
from foundation.journal.models import Fact
from foundation.journal.services import deliver_open, record
from licenses import events, handlers
from licenses.models import Licence
from licenses.services import expire_due, revoke_licence, suspend_licence, terminate_licence
from licenses.statuses import Basis
from tests.licenses.people import CENTRE, entity, entrepreneur, granted, moment, officer, representative

pytestmark = pytest.mark.django_db
WHEN = "2026-05-04 12:00"


@pytest.fixture
def host() -> Licence:
    return granted()


@pytest.fixture
def hosted(host: Licence) -> Licence:
    """A licence of sub-kind II in the host's centre; another stands elsewhere."""
    elsewhere = replace(
        CENTRE, power_source="", host_name="ТОО «Другой»", host_licence_number="KZ00ELC00000001"
    )
    granted(entity("031241000109", "ТОО «Сосед»"), sub_kind="II", centres=[elsewhere])
    inside = replace(elsewhere, host_name="ТОО «Алтын Майнинг»", host_licence_number=host.number)
    return granted(entrepreneur(), sub_kind="II", centres=[inside])


def deliver() -> list[Message]:
    while deliver_open():
        pass
    return list(Message.objects.filter(dedupe_key__startswith="licence:").order_by("pk"))


def change(service, licence, **more):
    act = {"act_id": uuid.uuid4(), "actor_id": uuid.uuid4(), "at": moment(WHEN)}
    return service(licence_id=licence.pk, since=date(2026, 5, 4), **act, **more)


def test_a_termination_is_told_to_the_hosted_licensee_and_nothing_else_changes(host, hosted):
    someone = representative("dana", hosted.party)
    change(terminate_licence, host, basis=Basis.TERMINATE_ON_REQUEST)
    [told] = deliver()
    assert list(Notice.objects.filter(message=told).values_list("person", flat=True)) == [someone.pk]
    assert f"Лицензия № {host.number} прекращена." in told.text_ru
    assert "по форме 2" in told.text_ru
    assert Licence.objects.get(pk=hosted.pk).status == "active"
    assert Case.objects.count() == 0
    handlers.alert_hosted(Fact.objects.get(kind=events.TERMINATED))
    assert deliver() == [told]  # delivered twice, told once


def test_whoever_has_an_open_case_of_the_hosted_licensee_hears_of_it(host, hosted):
    """Annex 11/2(1): beside the executor who issued the licence; of closed cases and of sub-kind I nobody."""
    dana = representative("dana", hosted.party)
    for login, sub_kind, is_open in (
        ("executor", "II", True),
        ("executor2", "I", True),
        ("executor3", "II", False),
    ):
        made = open_case(
            kind=Case.Kind.APPLICATION,
            form="2",
            sub_kind=sub_kind,
            party=hosted.party,
            body=hosted.body,
            created_by=dana,
            at=moment("2026-02-01 12:00"),
        )
        Case.objects.filter(pk=made.pk).update(executor=officer(login), is_open=is_open)
    change(terminate_licence, host, basis=Basis.TERMINATE_ON_REQUEST)
    [told] = deliver()
    assert set(told.notices.values_list("person__login", flat=True)) == {"dana", "executor"}


@pytest.mark.parametrize("service", [terminate_licence, revoke_licence])
def test_the_executor_of_the_hosted_licensee_hears_of_it_too(host, hosted, service):
    case = open_case(
        kind=Case.Kind.APPLICATION,
        form="2",
        sub_kind="II",
        party=hosted.party,
        body=hosted.body,
        created_by=representative("dana", hosted.party),
        at=moment("2026-02-01 12:00"),
    )
    executor = officer("executor")
    Case.objects.filter(pk=case.pk).update(executor=executor)
    Licence.objects.filter(pk=hosted.pk).update(case_id=case.pk)
    basis = {"basis": Basis.TERMINATE_ON_REQUEST} if service is terminate_licence else {}
    change(service, host, **basis)
    [told] = deliver()
    assert set(told.notices.values_list("person__login", flat=True)) == {"dana", "executor"}
    assert told.case_id == case.pk
    assert Licence.objects.get(pk=hosted.pk).status == "active"


def test_suspended_and_expired_are_told_each_in_its_words(host, hosted):
    representative("dana", hosted.party)
    change(suspend_licence, host, months=1, basis=Basis.SUSPEND)
    [told] = deliver()
    assert "приостановлена" in told.text_ru
    Licence.objects.filter(pk=hosted.pk).update(expires_on=date(2030, 1, 1))
    expire_due(at=moment("2029-03-03 00:05"))
    [later] = [message for message in deliver() if message.pk != told.pk]
    assert "за истечением срока" in later.text_ru


@pytest.mark.parametrize(("succeeded", "told"), [(False, 0), (True, 1)])
def test_a_new_edition_is_told_only_when_the_licence_changed_hands(host, hosted, succeeded, told):
    representative("dana", hosted.party)
    with transaction.atomic():
        record(
            kind=events.REISSUED,
            stream=host.stream,
            at=moment(WHEN),
            subject_id=host.pk,
            payload={"number": host.number, "succeeded": succeeded},
        )
    messages = deliver()
    assert len(messages) == told
    assert all("перешла к другому лицу" in message.text_ru for message in messages)
