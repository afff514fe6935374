"""A revised calendar: every executor and applicant hears once which dates moved, from when to when, and by which act."""

from collections.abc import Callable
from datetime import date

import pytest

from casework.cases.models import Case
from casework.deadlines import services
from casework.deadlines.rules import Track
from casework.deadlines.services import moved_terms
from casework.notices.models import Message, Notice
from foundation.accounts.models import Representation
from foundation.journal.models import Delivery
from foundation.journal.services import deliver_open
from foundation.kernel.clock import legal_time
from tests.casework.deadlines.term_people import FILED, almaty, make_person

pytestmark = pytest.mark.django_db
AT = almaty("2026-03-12 10:00")


@pytest.fixture
def filed(make_case: Callable[..., Case]) -> Callable[..., Case]:
    executor = make_person("executor", "executor")

    def make(track: Track = Track.NEW) -> Case:
        case = make_case(executor=executor)
        services.open_terms_of_application(
            case=case, received_at=FILED, registered_on=FILED.date(), at=FILED, track=track
        )
        services.meet_term(case=case, code="completeness", at=FILED)
        return case

    return make


def day_off(day: date) -> None:
    row = services.enter_exception(
        day=day,
        kind="day_off",
        act_ru="Акт № 5",
        act_kk="№ 5 акт",
        by=make_person(f"s{day}", "supervisor"),
        at=AT,
    )
    services.confirm_exception(exception_id=row.pk, by=make_person(f"h{day}", "head"), at=AT)


def deliver() -> None:
    with legal_time(AT):
        while deliver_open():
            pass


def test_each_is_told_once_with_old_and_new_date_and_the_act(filed: Callable[..., Case]) -> None:
    case, untouched = filed(), filed(Track.REISSUE)
    Representation.objects.create(
        person=case.created_by, party=case.party, scope="sign", since=FILED, basis="head"
    )
    day_off(date(2026, 3, 27))
    deliver()
    officer = Message.objects.get(kind="term_moved", notices__person__login="executor")
    assert officer.case_id == case.pk
    assert officer.text_ru.splitlines() == [
        "Календарь пересмотрен: 27.03.2026 – выходной день (Акт № 5)",
        f"№ {case} – последний день уведомления о заслушивании: 30.03.2026 → 31.03.2026",
        f"№ {case} – результат государственной услуги: 02.04.2026 → 03.04.2026",
    ]
    applicant = Message.objects.get(kind="term_moved", notices__person__login="aigerim")
    assert applicant.text_kk.splitlines()[1:] == [
        f"№ {case} – мемлекеттік қызмет нәтижесі: 02.04.2026 → 03.04.2026"
    ]
    assert not Message.objects.filter(text_ru__contains=str(untouched)).exists()
    Delivery.objects.filter(handler__endswith="tell_moved_terms").update(state=Delivery.OPEN)
    deliver()
    assert Notice.objects.filter(message__kind="term_moved").count() == 2


def test_a_second_revision_is_told_by_its_own_dates(filed: Callable[..., Case]) -> None:
    filed()
    day_off(date(2026, 3, 27))
    day_off(date(2026, 3, 26))
    deliver()
    lines = [message.text_ru.splitlines()[-1] for message in Message.objects.order_by("dedupe_key")]
    assert [line.split(": ")[-1] for line in lines] == ["02.04.2026 → 03.04.2026", "03.04.2026 → 06.04.2026"]


def test_many_are_told_in_rounds(filed: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved_terms, "AT_ONCE", 1)
    case = filed()
    Representation.objects.create(
        person=case.created_by, party=case.party, scope="sign", since=FILED, basis="head"
    )
    day_off(date(2026, 3, 27))
    assert moved_terms.tell_moved(2, AT) is False
    assert moved_terms.tell_moved(2, AT) is True
    assert Notice.objects.filter(message__kind="term_moved").count() == 2
