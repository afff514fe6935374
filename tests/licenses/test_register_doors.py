"""Pages and API of the register: open to anyone, rate-limited, masked; own licences for their own only."""

import csv
import datetime as dt
import io
import json
import re
import uuid
from urllib.parse import quote

import pytest
from rest_framework.authtoken.models import Token

from foundation.accounts.models import Role
from foundation.kernel.clock import legal_time
from licenses.services import revoke_licence, suspend_licence
from licenses.statuses import Basis
from tests.licenses.people import entity, entrepreneur, granted, moment, officer, person, representative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with legal_time(moment("2026-06-01 12:00")):
        yield


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path


def token(who):
    return {"HTTP_AUTHORIZATION": f"Token {Token.objects.get_or_create(user=who)[0].key}"}


def test_the_list_and_its_next_page(client):
    numbers = {
        granted(entity(number, f"ТОО «{number}»")).number
        for number in ("150140000002", "031241000109", "110463000001")
    }
    first = client.get("/api/v1/register/", {"limit": 2}).json()
    assert (len(first["results"]), first["as_of"], first["cut"]) == (2, "2026-06-01", False)
    second = client.get(first["next"]).json()
    assert second["next"] is None
    assert {row["number"] for row in (*first["results"], *second["results"])} == numbers


def test_one_line_says_what_the_card_says(client):
    licence = granted(entrepreneur())
    row = client.get("/api/v1/register/", {"q": licence.number}).json()["results"][0]
    assert row == {
        "number": licence.number,
        "sub_kind": "I",
        "standing": {"status": "active", "since": "2026-03-02", "until": None, "stayed": False},
        "holder": {
            "kind": "entrepreneur",
            "name_kk": "ИП Смагулова Айгерим",
            "name_ru": "ИП Смагулова Айгерим",
            "number": "900101******",
        },
        "regions": ["55"],
        "first_issued_on": "2026-03-02",
        "expires_on": "2029-03-02",
        "edition": 1,
        "annexes": 1,
    }
    card = client.get(f"/api/v1/register/{licence.number}/").json()
    assert (card["standing"], card["holder"], card["location"]) == (row["standing"], row["holder"], "")
    assert [annex["number"] for annex in card["annexes"]] == ["001"]
    assert [entry["basis"] for entry in card["history"]] == ["grant"]
    assert "900101300007" not in json.dumps(card)


@pytest.mark.parametrize(
    "query",
    [
        "as_of=2026-13-01",
        "as_of=2026-06-02",
        "region=99",
        "status=lost",
        "sub_kind=III",
        "limit=0",
        "cursor=x",
    ],
)
def test_what_cannot_be_read_is_named(client, query):
    response = client.get(f"/api/v1/register/?{query}")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert list(response.json()["errors"]) == [query.split("=")[0]]
    assert client.get(f"/register/?{query}").status_code == 422


def test_a_past_day_is_the_same_in_card_api_and_csv(client):
    licence = granted()
    act = {"act_id": uuid.uuid4(), "actor_id": uuid.uuid4()}
    suspend_licence(
        licence_id=licence.pk,
        since=dt.date(2026, 4, 1),
        months=1,
        basis=Basis.SUSPEND,
        at=moment("2026-04-01 12:00"),
        **act,
    )
    revoke_licence(licence_id=licence.pk, since=dt.date(2026, 5, 4), at=moment("2026-05-20 12:00"), **act)
    for day, status in {
        "2026-03-02": "active",
        "2026-03-31": "active",
        "2026-04-01": "suspended",
        "2026-05-03": "suspended",
        "2026-05-04": "revoked",
        "2026-06-01": "revoked",
    }.items():
        card = client.get(f"/api/v1/register/{licence.number}/", {"as_of": day}).json()
        row = client.get("/api/v1/register/", {"as_of": day}).json()["results"][0]
        line = read_csv(client.get("/api/v1/register.csv", {"as_of": day}))[0]
        assert [card["standing"]["status"], row["standing"]["status"], line["status"]] == [status] * 3
    card = client.get(f"/api/v1/register/{licence.number}/", {"as_of": "2026-05-10"}).json()
    assert (card["standing"]["status"], card["known_then"]["status"]) == ("revoked", "suspended")
    page = client.get(
        f"/register/{licence.number}/", {"as_of": "2026-05-10"}, HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()
    assert "On that day itself the register showed: suspended" in page
    assert client.get(f"/api/v1/register/{licence.number}/", {"as_of": "2026-03-01"}).status_code == 404


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_streams_every_line_and_defuses_formulas(client):
    granted(entity(name="=HYPERLINK(1)"))
    granted(entrepreneur())
    response = client.get("/api/v1/register.csv")
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = read_csv(response)
    assert [line["holder_ru"] for line in lines] == ["'=HYPERLINK(1)", "ИП Смагулова Айгерим"]
    assert [line["holder_number"] for line in lines] == ["150140000002", "900101******"]


def test_json_streams_the_same_lines_as_the_csv(client):
    numbers = [granted(entity()).number, granted(entrepreneur()).number]
    response = client.get("/api/v1/register.json")
    assert response.streaming
    said = json.loads(b"".join(response.streaming_content))
    assert (said["as_of"], sorted(line["number"] for line in said["licences"])) == (
        "2026-06-01",
        sorted(numbers),
    )
    lines = read_csv(client.get("/api/v1/register.csv"))
    as_text = [
        {
            **line,
            "stayed": str(int(line["stayed"])),
            "suspended_until": line["suspended_until"] or "",
            "regions": " ".join(line["regions"]),
            "edition": str(line["edition"]),
            "annexes": str(line["annexes"]),
        }
        for line in said["licences"]
    ]
    assert as_text == lines
    assert "900101300007" not in json.dumps(said)
    empty = client.get("/api/v1/register.json", {"as_of": "2026-03-01"})
    assert json.loads(b"".join(empty.streaming_content)) == {"as_of": "2026-03-01", "licences": []}


def test_the_description_of_the_open_data_names_what_is_exported(client):
    granted()
    header = list(read_csv(client.get("/api/v1/register.csv"))[0])
    [line] = json.loads(b"".join(client.get("/api/v1/register.json").streaming_content))["licences"]
    schema = client.get("/api/schema/", HTTP_ACCEPT="application/json").json()
    page = client.get("/open-data/", HTTP_ACCEPT_LANGUAGE="ru").content.decode()
    described = re.findall(r"<code>([a-z_]+)</code></td>", page)
    assert (
        described
        == header
        == list(line)
        == list(schema["components"]["schemas"]["ExportedShape"]["properties"])
    )
    for address in re.findall(r'href="(/api/v1/[^"]+)"', page):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.parametrize(
    "path",
    ["/api/v1/register/", "/api/v1/register.csv", "/api/v1/register.json", "/api/v1/register/{}/"],
)
def test_an_unchanged_answer_is_304_and_a_changed_one_is_not(client, path):
    path = path.format(granted().number)
    first = client.get(path)
    again = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    granted(entity("031241000109", "ТОО «Жаңа»"))
    changed = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_the_hour_from_which_a_licence_is_shown_changes_the_answer(client):
    granted(at="2026-05-29 19:00", issued_on="2026-06-01")
    with legal_time(moment("2026-06-01 08:59")):
        first = client.get("/api/v1/register/")
        assert first.json()["results"] == []
    with legal_time(moment("2026-06-01 09:00")):
        second = client.get("/api/v1/register/", HTTP_IF_NONE_MATCH=first["ETag"])
        assert len(second.json()["results"]) == 1


def test_an_unknown_number(client):
    response = client.get("/api/v1/register/KZ32DML00000001/")
    assert (response.status_code, response.json()["code"]) == (404, "NOT_FOUND")
    assert client.get("/register/KZ32DML00000001/").status_code == 404


def test_a_number_typed_in_another_way_leads_to_its_card(client):
    licence = granted()
    typed = licence.number.replace("K", "К")  # Cyrillic
    response = client.get(f"/register/{typed}/")
    assert (response.status_code, response["Location"]) == (302, f"/register/{licence.number}/")


def test_the_check_by_api(client):
    licence = granted()
    said = client.get("/api/v1/check/", {"number": licence.number}).json()
    assert (said["answer"], said["number"], said["edition"]) == ("in_force", licence.number, 1)
    assert client.get("/api/v1/check/").status_code == 422
    assert client.get("/api/v1/check/", {"d": "junk"}).json()["answer"] == "unknown"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_for_anyone(client, language):
    licence = granted(entrepreneur())
    for path in (
        "/register/",
        f"/register/?q={quote('Смагулова')}",
        f"/register/?q={quote('нет такого')}&status=active&as_of=2026-05-01",
        f"/register/{licence.number}/",
        f"/register/{licence.number}/?as_of=2026-02-01",
        "/check/",
        f"/check/?number={licence.number}",
        f"/check/?number={licence.number}/001",
        "/check/?number=KZ99DML00000001",
        "/check/?d=junk",
    ):
        response = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
        assert response.status_code == 200, path
        assert "900101300007" not in response.content.decode()


@pytest.mark.parametrize("path", ["/register/", "/check/?number=1", "/api/v1/register/"])
def test_too_many_questions_from_one_address(client, path, monkeypatch):
    from licenses.permissions import PublicRate

    monkeypatch.setattr(PublicRate, "THROTTLE_RATES", {"public": "3/min"})
    assert [client.get(path, HTTP_X_FORWARDED_FOR=f"10.0.0.{turn}").status_code for turn in range(4)] == [
        200,
        200,
        200,
        429,
    ]


def test_own_licences_only(client):
    mine, other = granted(entrepreneur()), granted(entity())
    aigerim = representative("aigerim", entrepreneur())
    listed = client.get("/api/v1/licenses/", **token(aigerim)).json()["results"]
    assert [(row["number"], row["holder"]["number"]) for row in listed] == [(mine.number, "900101300007")]
    card = client.get(f"/api/v1/licenses/{mine.number}/", **token(aigerim)).json()
    assert (card["holder"]["number"], card["location"]) == ("900101300007", "город Астана")
    refused = client.get(f"/api/v1/licenses/{other.number}/", **token(aigerim))
    assert (refused.status_code, refused.json()["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_officers_see_all(client, role):
    numbers = {granted(entrepreneur()).number, granted(entity()).number}
    listed = client.get("/api/v1/licenses/", **token(officer(f"o-{role}", role))).json()["results"]
    assert {row["number"] for row in listed} == numbers


def test_a_stranger_and_the_administrator_see_none(client):
    licence = granted()
    for who in (person("dana", "Сериккызы", "Дана"), officer("adm", Role.ADMINISTRATOR)):
        assert client.get("/api/v1/licenses/", **token(who)).json()["results"] == []
        assert client.get(f"/api/v1/licenses/{licence.number}/", **token(who)).status_code == 404
    assert client.get("/api/v1/licenses/").status_code == 401


def test_what_is_published_for_the_check_without_a_network(client):
    granted()
    said = client.get("/api/v1/status-list/")
    assert set(said.json()) == {"status_list", "anchors"}
    assert client.get("/api/v1/status-list/", HTTP_IF_NONE_MATCH=said["ETag"]).status_code == 304
    published = client.get("/api/v1/verification-keys/").json()["keys"]
    assert [(key["purpose"], key["algorithm"]) for key in published] == [("anchor", "Ed25519")]


def test_a_page_of_the_register_asks_the_database_a_fixed_number_of_times(
    client, django_assert_max_num_queries
):
    for number in ("150140000002", "031241000109", "110463000001", "150140000305"):
        granted(entity(number, f"ТОО «{number}»"))
    for name in ("ТОО", "такого нет"):
        with django_assert_max_num_queries(15):
            client.get("/register/", {"q": name})
    with django_assert_max_num_queries(15):
        client.get("/register/")
