"""If-Match, Idempotency-Key, problem+json: how programs are answered (api.md)."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from rest_framework import exceptions
from rest_framework.response import Response

from foundation.accounts.models import Person
from foundation.kernel import idempotency
from foundation.kernel.citations import cite
from foundation.kernel.clock import machine_now
from foundation.kernel.models import IdempotencyKey
from foundation.kernel.preconditions import if_match
from foundation.kernel.problems import exception_handler, problem_of
from foundation.kernel.refusals import (
    BadInput,
    Conflict,
    LawRefusal,
    NotFound,
    NotPermitted,
    PreconditionRequired,
    Refusal,
    StaleVersion,
    Unavailable,
)


def post(path: str = "/api/v1/things/", **headers: str):
    return RequestFactory().post(path, headers=headers)


# --- If-Match -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("sent", "read"), [("7", 7), ('"7"', 7), ('W/"7"', 7), (" 7 ", 7)])
def test_the_version_that_was_read(sent, read):
    assert if_match(post(if_match=sent)) == read


@pytest.mark.parametrize("sent", ["*", "seven", "-1", "7.0", "", "७"])
def test_anything_else_is_bad_input(sent):
    with pytest.raises(BadInput) as refused:
        if_match(RequestFactory().post("/", HTTP_IF_MATCH=sent))
    assert list(refused.value.fields) == ["If-Match"]


def test_without_it_428():
    with pytest.raises(PreconditionRequired) as refused:
        if_match(post())
    assert (refused.value.status, refused.value.code) == (428, "IF_MATCH_REQUIRED")


# --- Idempotency-Key ------------------------------------------------------------------------------------
@pytest.fixture
def person(db) -> Person:
    return Person.objects.create(login="program", iin="900101300007", surname="Тестова", given_name="Айгерім")


@pytest.fixture
def once(person):
    """`once(key, body=…, required=…)`; the act answers with how often it was done."""
    done: list[int] = []

    def act() -> Response:
        done.append(1)
        return Response({"done": len(done)}, status=201)

    def call(
        key: str | None,
        *,
        body: bytes = b"{}",
        path: str = "/api/v1/things/",
        act=act,
        required=True,
        who=person,
    ):
        headers = {"Idempotency-Key": key} if key is not None else {}
        request = RequestFactory().post(path, headers=headers)
        return idempotency.once(request, person_id=who.pk, body=body, required=required, act=act)

    return call


def test_the_same_command_again_answers_the_same(once):
    first, again = once("k1"), once("k1")
    assert (first.status_code, first.data) == (again.status_code, again.data) == (201, {"done": 1})
    assert once("k2").data == {"done": 2}


@pytest.mark.parametrize("change", [{"body": b'{"x":1}'}, {"path": "/api/v1/others/"}])
def test_the_same_key_with_another_command_is_422(once, change):
    once("k1")
    with pytest.raises(Refusal) as refused:
        once("k1", **change)
    assert (refused.value.status, refused.value.code) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert once("k1").data == {"done": 1}


def test_keys_are_each_person_s_own(once):
    other = Person.objects.create(login="other", surname="Есенов", given_name="Болат")
    assert (once("k1").data, once("k1", who=other).data) == ({"done": 1}, {"done": 2})


def test_a_refusal_frees_the_key(once):
    def refused():
        raise LawRefusal("no", citation=cite("Rules", 7))

    with pytest.raises(LawRefusal):
        once("k1", act=refused)
    assert not IdempotencyKey.objects.exists()
    assert once("k1").data == {"done": 1}


def test_while_the_first_is_worked_on_the_second_waits(once):
    def twice():
        with pytest.raises(Conflict) as refused:
            once("k1")
        assert refused.value.code == "IN_PROGRESS"
        return Response({"done": "outer"})

    assert once("k1", act=twice).data == {"done": "outer"}


def test_a_process_that_died_before_it_answered_holds_the_key_two_minutes(once):
    once("k1")
    digest = IdempotencyKey.objects.get().request_hash
    IdempotencyKey.objects.update(status=None, body=None, created_at=machine_now() - timedelta(seconds=110))
    with pytest.raises(Conflict):
        once("k1")
    IdempotencyKey.objects.update(created_at=machine_now() - idempotency.LEASE - timedelta(seconds=1))
    with pytest.raises(Refusal) as refused:
        once("k1", body=b"another")
    assert refused.value.code == "IDEMPOTENCY_KEY_REUSED"
    assert once("k1").data == once("k1").data == {"done": 2}
    assert IdempotencyKey.objects.get().request_hash == digest


def test_after_a_day_the_key_is_new_again(once):
    once("k1")
    IdempotencyKey.objects.update(created_at=machine_now() - idempotency.KEPT - timedelta(seconds=1))
    assert once("k1", body=b"another").data == {"done": 2}


def test_old_answers_are_swept(once):
    once("old")
    IdempotencyKey.objects.update(created_at=machine_now() - idempotency.KEPT - timedelta(seconds=1))
    once("new")
    assert idempotency.sweep() == 1
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]


def test_where_it_is_required_it_is_asked_for(once):
    with pytest.raises(BadInput) as refused:
        once(None)
    assert refused.value.code == "IDEMPOTENCY_KEY_REQUIRED"
    assert once(None, required=False).data == {"done": 1}
    with pytest.raises(BadInput):
        once("k" * 201)


# --- problem+json -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        (LawRefusal("x"), 422, "LAW"),
        (BadInput("x"), 422, "BAD_INPUT"),
        (NotPermitted("x"), 403, "NOT_PERMITTED"),
        (NotFound(), 404, "NOT_FOUND"),
        (Conflict("x"), 409, "CONFLICT"),
        (StaleVersion("x"), 409, "STALE_VERSION"),
        (PreconditionRequired("x"), 428, "IF_MATCH_REQUIRED"),
        (Unavailable("x"), 503, "UNAVAILABLE"),
    ],
)
def test_each_refusal_has_its_status_and_code(refusal, status, code):
    answer = exception_handler(refusal, {})
    assert answer is not None
    assert (answer.status_code, answer.data["status"], answer.data["code"]) == (status, status, code)
    assert answer.content_type == "application/problem+json"
    json.dumps(answer.data)


def test_what_why_and_what_to_do_in_the_reader_s_language():
    said = {}
    for language in ("kk", "ru"):
        with translation.override(language):
            said[language] = problem_of(
                LawRefusal(
                    "Нельзя.", code="X", citation=cite("Rules", 7), advice="Сделайте так.", extra={"more": 1}
                )
            )
    assert "п. 7 Правил" in said["ru"]["citation"]
    assert "Қағидалардың 7-тармағы" in said["kk"]["citation"]
    assert (said["ru"]["advice"], said["ru"]["more"], said["ru"]["type"]) == (
        "Сделайте так.",
        1,
        "about:blank",
    )


def test_each_place_of_bad_input_is_named():
    problem = problem_of(BadInput("x", fields={"email": ["wrong"], "phone": "missing"}))
    assert problem["errors"] == {"email": ["wrong"], "phone": ["missing"]}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "NOT_FOUND"),
        (exceptions.NotAuthenticated(), 401, "NOT_AUTHENTICATED"),
        (exceptions.MethodNotAllowed("PUT"), 405, "METHOD_NOT_ALLOWED"),
        (exceptions.UnsupportedMediaType("text/x"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (exceptions.Throttled(wait=3), 429, "RATE_LIMITED"),
        (exceptions.ParseError(), 400, "BAD_REQUEST"),
        (exceptions.ValidationError({"a": ["b"]}), 422, "BAD_INPUT"),
        (DjangoValidationError({"a": ["b"]}), 422, "BAD_INPUT"),
        (DjangoValidationError("b"), 422, "BAD_INPUT"),
    ],
)
def test_the_framework_s_errors_have_the_same_shape(error, status, code):
    answer = exception_handler(error, {})
    assert answer is not None
    assert (answer.status_code, answer.data["status"], answer.data["code"]) == (status, status, code)
    assert answer.content_type == "application/problem+json"
    assert answer.data["detail"]


def test_what_nobody_foresaw_is_not_hidden_as_a_refusal():
    assert exception_handler(RuntimeError("x"), {}) is None
