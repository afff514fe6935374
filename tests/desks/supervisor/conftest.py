"""A board of cases in every bucket, officers, people of each role, and a browser on the test's own clock."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from casework.cases.models import Case
from casework.deadlines.models import Heartbeat, Term
from casework.deadlines.rules import ALMATY
from foundation.accounts.models import Party, Person, Role
from foundation.kernel.clock import legal_time, machine_now
from tests.casework.deadlines.term_people import make_person, the_body

TODAY = date(2026, 3, 11)  # a Wednesday
AT = datetime(2026, 3, 11, 12, 0, tzinfo=ALMATY)


@pytest.fixture(autouse=True)
def _place(db: None, settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns where the collected files are missing
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def people() -> dict[str, Person]:
    made = {str(role): make_person(str(role), role) for role in Role}
    made["second"] = make_person("second", Role.SUPERVISOR)
    made["executor2"] = make_person("executor2", Role.EXECUTOR)
    for person in made.values():
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    made["applicant"] = make_person("aigerim")
    return made


@pytest.fixture
def make_case(people: dict[str, Person]) -> Callable[..., Case]:
    party = Party.objects.create(
        kind=Party.Kind.ENTITY, number="150140000002", name_ru="ТОО «Кен»", name_kk="«Кен» ЖШС"
    )
    numbers = iter(range(1, 1_000_000))

    def make(registered_on: date = TODAY, **fields: Any) -> Case:
        number = next(numbers)
        moment = datetime(registered_on.year, registered_on.month, registered_on.day, 12, tzinfo=ALMATY)
        values = {
            "kind": "application",
            "form": "1",
            "party": party,
            "body": the_body(),
            "draft_no": f"D-{number}",
            "incoming_no": f"DM-{number}",
            "created_by": people["applicant"],
            "created_at": moment,
            "received_at": moment,
            "registered_at": moment,
            "registered_on": registered_on,
            "status_code": "review",
            **fields,
        }
        return Case.objects.create(**values)

    return make


def add_term(case: Case, code: str, due_at: datetime, state: str = "open", **fields: Any) -> Term:
    """A term as some act left it."""
    passed = {"passed_at": due_at} if state in {"breached", "missed", "elapsed", "due"} else {}
    return Term.objects.create(
        case=case,
        code=code,
        track="new",
        start=case.registered_on or due_at.date(),
        n=1,
        unit="working_days",
        calendar_revision=1,
        due_on=due_at.date(),
        due_at=due_at,
        opened_at=case.created_at,
        state=state,
        **passed,
        **fields,
    )


def half_past_six(day: str) -> datetime:
    """When an officer's term passes on a day."""
    return datetime.fromisoformat(f"{day}T18:30").replace(tzinfo=ALMATY)


@pytest.fixture
def filled(make_case: Callable[..., Case], people: dict[str, Person]) -> list[Case]:
    """Sixty open cases over all buckets, officers, stages and forms; ended terms over many months."""
    days = ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-20", "2026-03-16"]
    officers = [people["executor"], people["executor2"], None]
    cases = []
    for number in range(60):
        case = make_case(
            registered_on=date(2026, 1, 12) + timedelta(days=number),
            executor=officers[number % 3],
            form=["1", "1", "9", "2"][number % 4],
        )
        due = half_past_six(days[number % 6])
        late = due < AT
        add_term(case, "service", due, "breached" if late else "open")
        if number % 5 == 0:
            add_term(case, "review", due, "missed" if late else "open")
        if number % 7 == 0:
            add_term(case, "hearing_objections", due, "elapsed" if late else "open")
        cases.append(case)
    for month in range(14):
        first = date(2025 + (month + 1) // 12, (month + 1) % 12 + 1, 10)
        if first > AT.date():
            break
        for index in range(month % 4 + 1):
            done = make_case(
                registered_on=first, executor=officers[index % 2], is_open=False, status_code="issued"
            )
            due = datetime(first.year, first.month, first.day, 18, 30, tzinfo=ALMATY)
            done.closed_at = due + timedelta(days=3)
            done.save(update_fields=["closed_at"])
            if index == 1:
                add_term(done, "service", due, "breached", met_at=due + timedelta(days=3))
            else:
                add_term(done, "service", due, "met", met_at=due - timedelta(hours=2))
            add_term(
                done,
                "completeness",
                due,
                "met" if index else "breached",
                **({"met_at": due} if index else {}),
            )
    # the first minutes of a month in Almaty are the last hours of the month before in UTC
    edge = make_case(registered_on=date(2025, 12, 31), is_open=False, status_code="issued")
    moment = datetime(2026, 1, 1, 0, 30, tzinfo=ALMATY)
    add_term(edge, "service", half_past_six("2026-01-05"), "met", met_at=moment)
    Heartbeat.objects.create(name="watch", beat_at=machine_now(), looked_at=AT)
    return cases


@pytest.fixture
def browser(people: dict[str, Person]) -> Callable[..., Client]:
    """Somebody's browser, signed in once."""
    kept: dict[tuple[str | None, str], Client] = {}

    def run(who: str | None, language: str = "en") -> Client:
        if (who, language) not in kept:
            client = kept[who, language] = Client(headers={"accept-language": language})
            if who is not None:
                client.force_login(people[who], backend="django.contrib.auth.backends.ModelBackend")
        return kept[who, language]

    return run


@pytest.fixture
def open_page(browser: Callable[..., Client]) -> Callable[..., Any]:
    """Ask for or post to a page as somebody, at a moment of legal time."""

    def run(
        url: str,
        who: str | None = "supervisor",
        *,
        at: datetime = AT,
        post: dict[str, Any] | None = None,
        language: str = "en",
        follow: bool = False,
    ) -> Any:
        client = browser(who, language)
        with legal_time(at):
            if post is not None:
                return client.post(url, post, follow=follow)
            return client.get(url, follow=follow)

    return run
