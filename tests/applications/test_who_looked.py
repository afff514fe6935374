"""Who looked at one's data: registers asked, files opened, by whom and why; nobody else's is told (APPC 75)."""

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from applications import services
from casework.cases.models import Case
from casework.documents.events import FILE_OPENED
from casework.documents.selectors.looked import looks_at
from foundation.journal.services import record
from foundation.kernel.clock import legal_time
from sandbox.cast import COMPANY_BIN
from tests.applications.conftest import moment

NOW = moment("2026-11-03T10:00")


@pytest.fixture
def asked(stages):
    """Aigerim fills a draft from the register, an officer opens a file of the case."""
    draft = stages.play.draft(moment("2026-11-02T10:00"), who="aigerim", centres=())
    services.prefill(draft.pk, person=stages.play.people["aigerim"], at=moment("2026-11-02T10:05"))
    case = Case.objects.get(pk=draft.case_id)
    record(
        kind=FILE_OPENED,
        stream=case.stream,
        at=moment("2026-11-02T12:00"),
        actor_id=stages.play.people["executor"].pk,
        subject_id=case.pk,
        payload={"file": "1"},
    )
    return case


def _said(person):
    return [
        (look.source, look.subject, look.who, look.case_no, look.outcome) for look in looks_at(person, NOW)
    ]


def test_a_question_and_a_look_are_told_with_purpose_and_law(stages, asked):
    aigerim = stages.play.people["aigerim"]
    [opened, question] = looks_at(aigerim, NOW)
    assert (opened.source, opened.at, opened.case_id) == ("files", moment("2026-11-02T12:00"), asked.pk)
    assert opened.who not in {"", stages.play.people["executor"].full_name}  # the role, not the name
    assert (question.source, question.subject) == ("entities", COMPANY_BIN[:6] + "******")
    assert (question.who, question.case_no) == (aigerim.full_name, str(asked))
    assert "25" in str(question.citation)
    assert "25" in str(opened.citation)


def test_a_colleague_sees_the_companys_and_a_stranger_nothing(stages, asked):
    people = stages.play.people
    assert [row[0] for row in _said(people["bolat"])] == ["files", "entities"]
    assert _said(people["dana"]) == []


def test_page_and_api_say_the_same_and_want_a_person(stages, asked):
    client = Client()
    assert client.get("/cabinet/who-looked/").status_code == 302
    assert client.get("/api/v1/who-looked/").status_code == 401
    aigerim = stages.play.people["aigerim"]
    token = Token.objects.get_or_create(user=aigerim)[0].key
    with legal_time(NOW):
        said = client.get("/api/v1/who-looked/", HTTP_AUTHORIZATION=f"Token {token}").json()["results"]
        client.force_login(aigerim, backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "ru"
        page = client.get("/cabinet/who-looked/").content.decode()
    assert [(row["register"], row["case_id"]) for row in said] == [
        ("files", str(asked.pk)),
        ("entities", str(asked.pk)),
    ]
    assert COMPANY_BIN not in page
    assert page.count("<tr>") == 1 + len(said)
    assert "02.11.2026 12:00" in page
