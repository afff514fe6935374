"""Every URL x role, object rights, filters, query counts, health, the API's own documents."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from celery import Celery
from django.test import Client
from django.utils import timezone
from rest_framework.authtoken.models import Token

from applications.models import Application, DataCentre, Evidence, GivenConfirmation
from applications.permissions import Situation
from applications.statuses import ACTIONS
from casework.cases.models import Case
from casework.cases.selectors import cases_visible_to
from casework.deadlines.models import Heartbeat
from casework.deadlines.services import watch
from casework.documents.models import StoredFile
from foundation.accounts.models import Body, Party
from foundation.kernel.clock import legal_time
from sandbox.demo_cases import ONE_CENTRE
from tests.api.conftest import Program, moment
from tests.applications.stages import UNTRUE

NOW = moment("2026-11-20T11:00")
APPLICANTS = ("aigerim", "bolat")
OTHER_BODIES = (
    "superior",
    "quality",
)  # see what a complaint brings before them: tests/api/test_complaints.py
STRANGERS = ("dana", "marat", "admin", *OTHER_BODIES)
OFFICERS = ("chancery", "executor", "executor2", "head", "head2", "supervisor", "auditor", "reviewer")
READS = ("", "completeness/", "timeline/", "documents/")


@pytest.fixture
def filed(play: Any) -> str:
    """Aigerim's case in check of completeness, with its executor; papers delivered."""
    with legal_time(NOW):
        draft = play.draft(NOW, centres=ONE_CENTRE)
        play.attach(draft, NOW)
        play.file(draft.pk, NOW)
        play.assign(draft.pk, NOW)
        play.deliver()
    return str(draft.pk)


def test_every_reading_door_for_everybody(filed: str, programs: dict[str, Program]):
    with legal_time(NOW):
        term = programs["executor"].get(f"applications/{filed}/").json()["terms"][0]["id"]
        document = programs["executor"].get(f"applications/{filed}/documents/").json()["results"][0]["id"]
        evidence = Evidence.objects.filter(file__scan_state="clean").first()
        doors = [*READS, f"terms/{term}/", f"documents/{document}/"]
        doors += [f"evidence/{evidence.pk}/file/"] if evidence else []
        for login, program in programs.items():
            wanted = 404 if login in STRANGERS else 200
            for door in doors:
                answer = program.get(f"applications/{filed}/{door}")
                assert answer.status_code == wanted, (login, door)
                assert answer.getvalue()
            listed = [row["id"] for row in program.get("applications/").json()["results"]]
            assert listed == ([] if login in STRANGERS else [filed]), login


def test_drafts_are_nobody_elses_business(play: Any, programs: dict[str, Program]):
    draft = play.draft(NOW, centres=ONE_CENTRE)
    with legal_time(NOW):
        for login, program in programs.items():
            wanted = 200 if login in APPLICANTS else 404
            assert program.get(f"applications/{draft.pk}/").status_code == wanted, login
            assert len(program.get("applications/").json()["results"]) == (login in APPLICANTS), login


def test_every_writing_door_for_everybody(filed: str, programs: dict[str, Program]):
    evidence = str(Evidence.objects.first().pk)  # type: ignore[union-attr]
    version = Case.objects.get(pk=filed).version
    finding = {"result": "meets", "reason": ""}  # refused for its reason, by who may find
    doors = {
        ("patch", ""): dict.fromkeys(APPLICANTS, 422) | dict.fromkeys(OFFICERS, 403),
        ("delete", f"evidence/{evidence}/"): dict.fromkeys(APPLICANTS, 422) | dict.fromkeys(OFFICERS, 403),
        ("put", f"evidence/{evidence}/finding/"): dict.fromkeys((*APPLICANTS, *OFFICERS), 403)
        | {"executor": 422},
    }
    with legal_time(NOW):
        for (method, door), wanted in doors.items():
            for login, program in programs.items():
                path = f"applications/{filed}/{door}"
                answer = program.send(method, path, finding if method == "put" else {}, version=version)
                assert answer.status_code == wanted.get(login, 404), (method, door, login, answer.content)
                if wanted.get(login):
                    assert program.send(method, path, {}).status_code == 428, (method, door, login)
        for login, program in programs.items():
            made = program.post("applications/", {"form": "1"})
            assert made.status_code == (201 if login in (*APPLICANTS, "dana", "marat") else 403), login


def test_nobody_without_a_name(filed: str):
    client = Client()
    for path in ("applications/", *(f"applications/{filed}/{door}" for door in READS)):
        answer = client.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "NOT_AUTHENTICATED"), path
        wrong = client.get(f"/api/v1/{path}", headers={"Authorization": "Token nothing"})
        assert (wrong.status_code, wrong["Content-Type"]) == (401, "application/problem+json"), path


def test_a_session_needs_the_csrf_token(play: Any):
    client = Client(enforce_csrf_checks=True)
    client.force_login(play.people["aigerim"], backend="django.contrib.auth.backends.ModelBackend")
    body = json.dumps({"form": "1"})
    answer = client.post("/api/v1/applications/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert Application.objects.count() == 0
    assert client.get("/api/v1/applications/").status_code == 200


def test_an_officers_session_needs_the_second_factor_and_a_token_does_not(
    filed: str, programs: dict[str, Program], play: Any, settings: Any
):
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    client.force_login(play.people["executor"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/api/v1/applications/{filed}/")
    assert (answer.status_code, answer.json()["code"]) == (403, "SECOND_FACTOR_REQUIRED")
    assert programs["executor"].get(f"applications/{filed}/").status_code == 200


def test_parts_of_another_case_are_none(filed: str, play: Any, programs: dict[str, Program]):
    other = play.draft(NOW, who="dana", centres=ONE_CENTRE)
    dana = programs["dana"]
    with legal_time(NOW):
        document = programs["aigerim"].get(f"applications/{filed}/documents/").json()["results"][0]["id"]
        term = programs["aigerim"].get(f"applications/{filed}/").json()["terms"][0]["id"]
        evidence = Evidence.objects.filter(application__case__pk=filed).first()
        assert dana.get(f"applications/{other.pk}/documents/{document}/").status_code == 404
        assert dana.get(f"applications/{other.pk}/terms/{term}/").status_code == 404
        path = f"applications/{other.pk}/evidence/{evidence.pk}/"  # type: ignore[union-attr]
        assert dana.send("delete", path, version=dana.version(str(other.pk))).status_code == 404
        # a sign request of one case does not serve another
        asked = programs["aigerim"].ask(filed, "withdraw").json()
        body = {"sign_request": asked["id"], "cms": dana.cms(asked["data_b64"])}
        assert dana.act(str(other.pk), "submit", body).status_code == 404
    assert Evidence.objects.filter(pk=evidence.pk).exists()  # type: ignore[union-attr]


def test_one_rule_of_sight(filed: str, play: Any):
    """`Situation.visible` and the list answer alike for everybody."""
    play.draft(NOW, who="dana", centres=ONE_CENTRE)
    for person in play.people.values():
        seen = set(cases_visible_to(person, NOW).values_list("pk", flat=True))
        alike = {
            application.pk
            for application in Application.objects.select_related("case")
            if Situation(application, person, NOW).visible
        }
        assert alike == seen, person.login


def test_what_is_signed_after_hours_is_not_shown_before_the_morning(
    filed: str, play: Any, programs: dict[str, Program]
):
    with legal_time(moment("2026-11-23T19:00")):
        play.accept(filed, moment("2026-11-23T19:00"))
        play.notify_hearing(filed, moment("2026-11-23T19:00"), grounds=UNTRUE)
        play.deliver()

    def seen(login: str, at: str) -> set[str]:
        with legal_time(moment(at)):
            rows = programs[login].get(f"applications/{filed}/documents/").json()["results"]
        return {row["kind"] for row in rows}

    own = {"application_filed", "receipt"}
    assert seen("aigerim", "2026-11-23T19:30") == own
    assert seen("executor", "2026-11-23T19:30") == {*own, "hearing_notice"}
    assert seen("aigerim", "2026-11-24T09:00") == {*own, "hearing_notice"}


def test_filters(filed: str, play: Any, programs: dict[str, Program]):
    other = play.draft(NOW, who="dana", centres=ONE_CENTRE)
    executor = programs["executor"]
    with legal_time(NOW):
        play.attach(other, NOW, who="dana")
        play.file(other.pk, NOW, who="dana")
        number = Case.objects.get(pk=filed).incoming_no
        cases: list[tuple[dict[str, Any], set[str]]] = [
            ({}, {filed, str(other.pk)}),
            ({"executor": "executor"}, {filed}),
            ({"executor": "me"}, {filed}),
            ({"executor": str(play.people["executor"].pk)}, {filed}),
            ({"executor": "none"}, {str(other.pk)}),
            ({"status": "completeness"}, {filed, str(other.pk)}),
            ({"status": ["review", "signing"]}, set()),
            ({"form": "1"}, {filed, str(other.pk)}),
            ({"form": "2"}, set()),
            ({"q": number}, {filed}),
            ({"q": "15014"}, {filed}),
            ({"q": "900101300007"}, {str(other.pk)}),
            ({"q": "900101"}, set()),
            ({"q": "сандбокс тоо"}, {filed}),
            ({"overdue": "true"}, set()),
        ]
        for query, wanted in cases:
            found = {row["id"] for row in executor.get("applications/", **query).json()["results"]}
            assert found == wanted, query
        wrong = executor.get("applications/", status="lost")
        assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["status"])
        masked = {row["party"]["number"] for row in executor.get("applications/").json()["results"]}
        assert masked == {"150140000002", "900101******"}
    late = moment("2026-12-14T10:00")
    watch(late)
    with legal_time(late):
        overdue = executor.get("applications/", overdue="true").json()["results"]
        assert {row["id"] for row in overdue} == {filed, str(other.pk)}
        assert all(row["overdue"] for row in overdue)


def many(play: Any, count: int) -> list[str]:
    """Cases under review made in bulk: what a list and a page must not ask one by one."""
    party, body = Party.objects.get(number="150140000002"), Body.objects.get(kind="provider")
    people = play.people
    made = Case.objects.bulk_create(
        Case(
            kind=Case.Kind.APPLICATION, form="1", sub_kind="I", party=party, body=body,
            draft_no=f"D-2025-{i:06d}", incoming_no=f"DM-2025-{i:06d}", created_by=people["aigerim"],
            created_at=NOW, received_at=NOW, registered_at=NOW, registered_on=NOW.date(),
            executor=people["executor"], status_code="review",
        )
        for i in range(count)
    )  # fmt: skip
    Application.objects.bulk_create(
        Application(case=case, form="1", status="review", owns_hardware=True, signatory=people["aigerim"])
        for case in made
    )
    for case in made:
        centres = [
            DataCentre(application_id=case.pk, position=n, power_source="single_purchaser") for n in (1, 2)
        ]
        DataCentre.objects.bulk_create(centres)
        for centre in centres:
            file = StoredFile.objects.create(
                case=case, uploaded_by=people["aigerim"], name="a.pdf", size=1, sha256="0" * 64,
                media_type="application/pdf", storage_key=uuid4().hex, created_at=NOW,
            )  # fmt: skip
            Evidence.objects.create(
                application_id=case.pk, requirement="I-1", data_centre=centre, file=file,
                added_by=people["aigerim"], added_at=NOW,
            )  # fmt: skip
        GivenConfirmation.objects.create(
            application_id=case.pk,
            code="x",
            text_kk="x",
            text_ru="x",
            given_by=people["aigerim"],
            given_at=NOW,
        )
    return [str(case.pk) for case in made]


def test_queries_do_not_grow(
    filed: str, play: Any, programs: dict[str, Program], django_assert_max_num_queries: Any
):
    cases = many(play, 50)
    with legal_time(NOW):
        for login in ("executor", "aigerim", "head", "executor2"):
            program = programs[login]
            with django_assert_max_num_queries(15):
                page = program.get("applications/", limit=100).json()["results"]
            assert len(page) == 51
            for case in (cases[0], filed):
                with django_assert_max_num_queries(15):
                    assert program.get(f"applications/{case}/").status_code == 200


def test_pages_by_cursor(play: Any, programs: dict[str, Program]):
    wanted = sorted(many(play, 7), key=lambda key: str(Case.objects.get(pk=key).draft_no), reverse=True)
    seen: list[str] = []
    path: str | None = "/api/v1/applications/?limit=3"
    while path:
        page = programs["executor"].get(path).json()
        seen += [row["id"] for row in page["results"]]
        path = page["next"] and page["next"].removeprefix("http://testserver")
    assert seen == wanted
    assert programs["executor"].get("applications/", cursor="abcde").status_code == 404


def test_too_many_calls_are_slowed_down(programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch):
    from casework.decisions.api.door import PersonRate

    monkeypatch.setattr(PersonRate, "get_rate", lambda _self: "2/min")
    answers = [programs["dana"].get("applications/").status_code for _turn in range(3)]
    assert answers == [200, 200, 429]
    assert programs["aigerim"].get("applications/").status_code == 200


def test_an_unknown_path_is_a_problem_too(programs: dict[str, Program], filed: str):
    for method, path in (
        ("get", "nothing/"),
        ("post", "nothing/"),
        ("post", f"applications/{filed}/actions/fly/"),
    ):
        answer = programs["aigerim"].send(method, path, {})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path


def test_health(client: Client, db: None):
    assert client.get("/healthz").json() == {"status": "ok"}
    silent = client.get("/readyz")
    assert silent.status_code == 503
    assert silent.json()["checks"]["database"] == "ok"
    assert silent.json()["checks"]["broker"] == "ok"
    assert "never seen" in silent.json()["checks"]["watch"]
    watch(NOW)
    assert client.get("/readyz").json() == {
        "status": "ok",
        "checks": {"database": "ok", "broker": "ok", "watch": "ok"},
    }
    # a watch that stopped is seen by the machine's clock, whatever the legal one says
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=10))
    stale = client.get("/readyz")
    assert (stale.status_code, stale.json()["checks"]["watch"] != "ok") == (503, True)
    assert b"django_http_requests_total" in client.get("/metrics").content


def test_the_broker_may_be_away(client: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    watch(NOW)
    away = Celery("away", broker="redis://127.0.0.1:1/0", set_as_current=False)
    monkeypatch.setattr("licensing_portal.health.app", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"].startswith("no answer")


def test_the_page_of_the_api_runs_nothing_inline(client: Client, db: None):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<style" not in text
    assert "style=" not in text
    assert all('src="' in tag for tag in text.split("<script")[1:])
    assert "http" not in text  # nothing is fetched from elsewhere
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert client.get("/api/docs/?script=")["Content-Type"].startswith("application/javascript")
    assert client.get("/api/schema/").status_code == 200


def test_a_file_is_closed_until_it_is_clean(filed: str, programs: dict[str, Program]):
    evidence = Evidence.objects.select_related("file").first()
    assert evidence
    path = f"applications/{filed}/evidence/{evidence.pk}/file/"
    StoredFile.objects.filter(pk=evidence.file_id).update(scan_state="waiting")
    closed = programs["executor"].get(path)
    assert (closed.status_code, closed.json()["code"]) == (409, "FILE_NOT_SCANNED")
    StoredFile.objects.filter(pk=evidence.file_id).update(scan_state="clean", scanned_at=NOW)
    opened = programs["executor"].client.get(
        f"/api/v1/{path}",
        headers={"Authorization": f"Token {programs['executor'].token}", "Accept": "application/pdf"},
    )
    assert opened.getvalue()[:5] == b"%PDF-"
    assert opened["Content-Disposition"].startswith("attachment")
    kinds = [row["kind"] for row in programs["head"].get(f"applications/{filed}/timeline/").json()["results"]]
    assert kinds.count("file.opened") == 1


def test_one_example_body_per_action_whose_fields_are_the_contract():
    document = yaml.safe_load(
        (Path(__file__).parents[2] / "docs" / "openapi.yaml").read_text(encoding="utf-8")
    )
    shapes = document["components"]["schemas"]
    start = "/api/v1/applications/{application_id}/actions/"
    found = {
        path.removeprefix(start).strip("/"): said["post"]
        for path, said in document["paths"].items()
        if path.startswith(start)
    }
    assert set(found) == set(ACTIONS)
    for name, said in found.items():
        content = said["requestBody"]["content"]["application/json"]
        (example,) = content["examples"].values()
        shape = (
            shapes[content["schema"]["$ref"].rsplit("/", 1)[1]]
            if "$ref" in content["schema"]
            else content["schema"]
        )
        fields = set(shape.get("properties", {}))
        assert set(shape.get("required", ())) <= set(example.get("value", {})) <= fields, name
        headers = {
            row["name"]: row.get("required", False) for row in said["parameters"] if row["in"] == "header"
        }
        assert headers["If-Match"] is True
        assert headers["Idempotency-Key"] is (name in ("submit", "sign"))


def test_tokens_are_of_their_person_only(programs: dict[str, Program], play: Any):
    assert Token.objects.count() == len(play.people)
    play.people["dana"].is_active = False
    play.people["dana"].save()
    assert programs["dana"].get("applications/").status_code == 401
