"""What anybody reads: the service with its fee, the passport, the calculator by the worked examples, the law, help."""

import csv
import re
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from applications.statuses import ACTIONS
from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.deadlines.rules import ALMATY, TERM_RULES
from desks.public import selectors
from foundation.accounts.models import Party, Role
from foundation.kernel.clock import legal_time
from tests.casework.deadlines.term_people import make_person, the_body

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 12, 0, tzinfo=ALMATY)
PAGES = ["/", "/service/", "/calculator/", "/law/", "/verification/", "/open-data/"]
EXAMPLES = Path(__file__).parents[2] / "casework" / "deadlines" / "worked_examples.csv"


@pytest.fixture(autouse=True)
def _place(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns where the collected files are missing
    cache.clear()


def get(url: str, language: str = "en", at: datetime = AT, client: Client | None = None) -> Any:
    with legal_time(at):
        return (client or Client(headers={"accept-language": language})).get(url)


def text_of(html: str) -> str:
    body = html.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_open_to_anybody_without_inline_script_or_style(url, language):
    response = get(url, language)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert html.count("<h1") == 1


@pytest.mark.parametrize("url", PAGES)
def test_few_queries(url):
    with CaptureQueriesContext(connection) as queries:
        assert get(url).status_code == 200
    assert len(queries) <= 15


@pytest.mark.parametrize("url", PAGES)
def test_only_for_reading(url):
    assert Client().post(url).status_code == 405


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (
            AT,
            [
                "2 000 МРП × 4 325 тенге = 8 650 000 тенге",
                "5 МРП × 4 325 тенге = 21 625 тенге",
                "10 % × 2 000 МРП × 4 325 тенге = 865 000 тенге",
                "10 % × 5 МРП × 4 325 тенге = 2 162,50 тенге",
            ],
        ),
        (datetime(2025, 6, 2, 12, tzinfo=ALMATY), ["2 000 МРП × 3 932 тенге = 7 864 000 тенге"]),
    ],
)
def test_the_fee_of_today_with_its_derivation(day, lines):
    shown = text_of(get("/", "ru", day).content.decode()).replace("\u202f", " ")
    for line in lines:
        assert line in shown


def test_before_2024_there_was_no_fee():
    assert (
        text_of(get("/", at=datetime(2023, 12, 21, 12, tzinfo=ALMATY)).content.decode()).count("no fee") == 4
    )


def test_demo_people_are_offered_in_the_demo_only(settings):
    settings.DEMO = True
    assert "Try it as one of these people" in get("/").content.decode()
    settings.DEMO = False
    assert "Try it as one of these people" not in get("/").content.decode()


def test_real_processing_times():
    assert "No decision in the last twelve months yet." in get("/").content.decode()
    # registered Monday 5 October 2026; working days to the decision: 5, 5, 14 and, breached, 16
    for number, (met, state) in enumerate(
        [
            ("2026-10-12T10:00", "met"),
            ("2026-10-11T10:00", "met"),  # a Sunday: the act bears Monday
            ("2026-10-23T18:00", "met"),
            ("2026-10-28T10:00", "breached"),
        ]
    ):
        decided(number, "issued", met, state)
    decided(8, "withdrawn", "2026-10-06T10:00", "met")  # no decision
    decided(9, "issued", "2025-10-31T10:00", "met", date(2025, 10, 1))  # more than a year ago
    (found,) = selectors.times(AT)
    assert (found.form, found.decided, found.median, found.slowest, found.in_time, found.share) == (
        "1",
        4,
        5,
        16,
        3,
        75,
    )
    shown = text_of(get("/").content.decode())
    assert "half within 5 working days, the slowest 16. 4 decisions in a year, 75 % in time." in shown


def decided(number: int, status: str, met: str, state: str, registered: date = date(2026, 10, 5)) -> None:
    party, _made = Party.objects.get_or_create(
        number="150140000002", defaults={"kind": "entity", "name_ru": "X"}
    )
    person = make_person(f"p{number}")
    moment = datetime(registered.year, registered.month, registered.day, 12, tzinfo=ALMATY)
    case = Case.objects.create(
        kind="application",
        form="1",
        party=party,
        body=the_body(),
        draft_no=f"D-{number}",
        incoming_no=f"DM-{number}",
        created_by=person,
        created_at=moment,
        received_at=moment,
        registered_at=moment,
        registered_on=registered,
        status_code=status,
        is_open=False,
    )
    due = datetime(2026, 10, 27, 18, 30, tzinfo=ALMATY)
    Term.objects.create(
        case=case,
        code="service",
        track="new",
        start=registered,
        n=15,
        unit="working_days",
        calendar_revision=1,
        due_on=due.date(),
        due_at=due,
        opened_at=moment,
        state=state,
        met_at=datetime.fromisoformat(met).replace(tzinfo=ALMATY),
        passed_at=due if state == "breached" else None,
    )


def test_the_passport_has_eleven_rows_of_the_day():
    kazakh = get("/service/", "kk").content.decode()
    assert kazakh.count('<li class="card">') == 11
    assert "Қазақстан Республикасының Жасанды интеллект және цифрлық даму министрлігі" in kazakh
    assert "Выдача лицензии" not in text_of(kazakh)
    earlier = text_of(get("/service/?on=2025-12-31", "ru").content.decode())
    assert "Министерство цифрового развития, инноваций и аэрокосмической промышленности" in earlier
    assert "искусственного интеллекта" not in earlier
    oldest = text_of(get("/service/?on=2023-06-01").content.decode())
    assert "Our copy of the Rules begins on 20.12.2023" in oldest
    assert "Russian text is shown" in oldest
    assert get("/service/?on=nonsense").status_code == 200


with EXAMPLES.open(encoding="utf-8") as lines:
    WORKED = list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("row", WORKED, ids=lambda row: row["received"])
def test_the_calculator_shows_the_worked_examples(row):
    page = get(f"/calculator/?received={row['received'][:16].replace(' ', 'T')}&form=1")
    found = page.context["found"]
    expected = [row[name] for name in ("registered", "completeness", "service", "hearing_notice")]
    assert [
        found[name].isoformat() for name in ("registered_on", "completeness", "service", "hearing_notice")
    ] == expected
    assert [term["counted"] for term in found["terms"]] == [2, 15, 3]
    shown = text_of(page.content.decode())
    for day in expected:
        assert f"{date.fromisoformat(day):%d.%m.%Y}" in shown


def test_every_day_is_explained_and_the_link_stays():
    page = get("/calculator/?received=2026-12-15T18:31&form=1", "ru")
    shown = text_of(page.content.decode())
    assert "регистрируется на следующий рабочий день, Чт 17.12.2026, в 09:00" in shown
    assert "Ср 16.12.2026" not in shown  # before registration nothing is counted
    assert "выходной день: православное Рождество (Трудовой кодекс, ст. 84, п. 5)" in shown
    permalink = page.context["permalink"]
    assert permalink.endswith("/calculator/?received=2026-12-15T18%3A31&form=1")
    again = get(permalink.removeprefix("http://127.0.0.1:8000"), "ru")
    assert again.context["found"]["terms"] == page.context["found"]["terms"]


def test_reissue_and_the_long_way():
    short = get("/calculator/?received=2026-03-06T12:00&form=9").context["found"]
    assert (short["completeness"], short["service"], short["hearing_notice"]) == (
        date(2026, 3, 10),
        date(2026, 3, 11),
        None,
    )
    long = get("/calculator/?received=2026-03-06T12:00&form=9&long=on").context["found"]
    assert (long["completeness"], long["service"]) == (date(2026, 3, 11), date(2026, 4, 2))
    # the tick means nothing for a new licence
    assert get("/calculator/?received=2026-03-06T12:00&form=1&long=on").context["found"]["form"] == "1"


def test_an_offset_is_understood():
    page = get("/calculator/?received=2026-03-06T07:00%2B00:00&form=1")
    assert page.context["found"]["received"] == datetime(2026, 3, 6, 12, tzinfo=ALMATY)
    assert page.context["permalink"].endswith("received=2026-03-06T12%3A00&form=1")


@pytest.mark.parametrize(
    "query", ["received=", "received=yesterday&form=1", "received=2019-01-01T10:00&form=1",
              "received=2040-12-31T23:00&form=1", "received=9999-12-31T23:59&form=1",
              "received=2026-03-06T12:00&form=3", "received=0001-01-01T00:00%2B14:00&form=1"]
)  # fmt: skip
def test_what_cannot_be_calculated_is_told(query):
    page = get(f"/calculator/?{query}")
    assert page.status_code == 422
    assert page.context["found"] is None
    assert "Some places need another value" in page.content.decode()


def test_without_a_question_it_answers_for_now():
    page = get("/calculator/")
    assert page.context["found"]["registered_on"] == date(2026, 11, 2)


def test_the_law_page_names_every_rule():
    html = get("/law/").content.decode()
    assert html.count("<tr>") == 2 + len(TERM_RULES) + len(ACTIONS)
    shown = text_of(html)
    assert (
        "para 7 of the Rules (order No. 169/НҚ) completeness of the documents (new licence or annex) 2 working days the executor"
        in shown
    )
    assert "3 working days before the end of the service term" in shown
    with translation.override("kk"):
        assert [line.says for line in selectors.law_of_terms(date(2026, 11, 2))][8] == "15 жұмыс күні"


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.SUPERVISOR, "/admin/dashboard/"),
        (Role.EXECUTOR, "/admin/desk/"),
        (Role.HEAD, "/admin/desk/"),
        (Role.ADMINISTRATOR, "/admin/"),
        (None, "/cabinet/"),
    ],
)
def test_everybody_finds_their_work(role, place):
    person = make_person("somebody", *([role] if role else []))
    person.is_staff = role is not None
    person.save(update_fields=["is_staff"])
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert get("/home/", client=client)["Location"] == place
    assert get("/home/")["Location"] == "/accounts/sign-in/?next=/home/"


def test_the_menu_offers_the_dashboard_to_who_may_see_it():
    for role, offered in (
        (Role.SUPERVISOR, True),
        (Role.AUDITOR, True),
        (Role.EXECUTOR, False),
        (None, False),
    ):
        person = make_person(f"p-{role}", *([role] if role else []))
        person.is_staff = role is not None
        person.save(update_fields=["is_staff"])
        client = Client(headers={"accept-language": "en"})
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert ('href="/admin/dashboard/"' in get("/law/", client=client).content.decode()) is offered, role
