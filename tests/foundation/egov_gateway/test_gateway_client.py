"""The gateway client against a real server that speaks part B, with every behaviour of B.6."""

import hashlib
import json
import time
from datetime import date
from decimal import Decimal

import pytest

from foundation.egov.gateway import Code, GatewayError, Purpose, from_settings
from foundation.egov.gateway.breaker import CircuitBreaker
from sandbox.local_http import LocalServer, Response

PURPOSE = Purpose(application="APP-2026-000001", legal_basis="law-202-V-art-25", officer="u-17")


def refused(call):
    with pytest.raises(GatewayError) as caught:
        call()
    return caught.value


class Answers:
    """A server that answers what it was told, one after the other, the last for ever."""

    def __init__(self, *responses):
        self.responses = list(responses)
        self.requests = []

    def respond(self, request):
        self.requests.append(request)
        return self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]


def person_answer(**changed):
    person = {"iin": "900101300007", "surname": "ТЕСТОВ", "name": "ТЕСТ", "life_status": "alive"} | changed
    return Response(200, {"status": "found", "request_id": "r-1", "person": person})


def test_person_found(gateway):
    answer = gateway.person("900101300007", purpose=PURPOSE)
    assert answer.person.full_name == "ТЕСТОВ ТЕСТ ТЕСТОВИЧ"
    assert (answer.person.birth_date, answer.person.sex, answer.person.alive) == (date(1990, 1, 1), "M", True)
    assert answer.person.address.kato == "751110000"


def test_snapshot_is_the_answer_in_canonical_bytes(gateway):
    snapshot = gateway.person("900101300007", purpose=PURPOSE).snapshot
    content = json.loads(snapshot.content)
    assert hashlib.sha256(snapshot.content).hexdigest() == snapshot.sha256
    assert content["request_id"] == snapshot.request_id
    assert content["person"]["iin"] == "900101300007"
    assert snapshot.as_of is not None
    assert (
        snapshot.content
        == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )


def test_unusual_people(gateway, sandbox):
    assert gateway.person("450203300006", purpose=PURPOSE).person.life_status == "dead"
    assert gateway.person("991231200007", purpose=PURPOSE).person is None
    assert gateway.person("050229500007", purpose=PURPOSE).person.birth_date == date(2005, 3, 1)
    assert refused(lambda: gateway.person("001130500303", purpose=PURPOSE)).code is Code.UPSTREAM_BAD_RESPONSE
    invalid = refused(lambda: gateway.person("900101300008", purpose=PURPOSE))
    assert (invalid.code, invalid.retryable) == (Code.INVALID_IIN, False)
    assert sandbox.state.calls.count("POST /v1/persons/lookup") == 5


def test_twice_unavailable_then_found(sandbox, make_client):
    waits: list[float] = []
    client = make_client(sandbox.url, sleep=waits.append)
    assert client.person("040229500005", purpose=PURPOSE).person.name == "ТИМУР"
    assert sandbox.state.calls.count("POST /v1/persons/lookup") == 3
    assert 0.2 <= waits[0] <= 0.25
    assert 0.4 <= waits[1] <= 0.5


def test_slow_answer_ends_at_the_callers_limit(gateway):
    began = time.monotonic()
    error = refused(lambda: gateway.within(0.4).person("900101300811", purpose=PURPOSE))
    assert (error.code, error.retryable) == (Code.UPSTREAM_TIMEOUT, True)
    assert time.monotonic() - began < 1.5


def test_consent(gateway, sandbox):
    needed = refused(lambda: gateway.person("150315600001", purpose=PURPOSE))
    assert (needed.code, needed.retryable) == (Code.CONSENT_REQUIRED, False)

    def ask():
        return gateway.ask_consent(
            "150315600001", scope=["gbdfl.identity"], ttl_s=3600, purpose=PURPOSE, idempotency_key="k-1"
        )

    asked = ask()
    assert (asked.status, asked.token) == ("pending", None)
    assert ask().consent_id == asked.consent_id
    sandbox.control.decide_consent(asked.consent_id, "granted")
    granted = gateway.consent(asked.consent_id)
    assert granted.status == "granted"
    assert granted.token not in repr(granted)
    found = gateway.person("150315600001", purpose=PURPOSE, consent_token=granted.token)
    assert found.person.name == "ДИНАРА"
    wrong = refused(lambda: gateway.person("150315600001", purpose=PURPOSE, consent_token="other"))
    assert wrong.code is Code.CONSENT_INVALID
    assert refused(lambda: gateway.consent("c-404")).code is Code.NOT_FOUND
    assert refused(lambda: gateway.consent("../health")).code is Code.INVALID_REQUEST


def test_legal_entities(gateway):
    entity = gateway.legal_entity("150140000002", purpose=PURPOSE).entity
    assert (entity.name_ru, entity.status, entity.leader.iin) == (
        'ТОО "Сандбокс"',
        "registered",
        "850505400008",
    )
    assert gateway.legal_entity("031241000109", purpose=PURPOSE).entity.division == "branch"
    gone = gateway.legal_entity("200952000009", purpose=PURPOSE).entity
    assert (gone.status, gone.in_being, gone.residency) == ("liquidated", False, "non_resident")
    assert gateway.legal_entity("150140000305", purpose=PURPOSE).entity.leader.iin == "900101300007"
    assert gateway.legal_entity("110463000001", purpose=PURPOSE).entity is None
    assert refused(lambda: gateway.legal_entity("900101300007", purpose=PURPOSE)).code is Code.INVALID_BIN


def test_payment_is_found_reserved_used_once_and_released(gateway, sandbox):
    assert gateway.payments("900101300007", purpose=PURPOSE).payments == ()
    reference = sandbox.control.pay("900101300007", "8650000.00")["reference"]
    (payment,) = gateway.payments("900101300007", purpose=PURPOSE).payments
    assert (payment.amount, payment.state, payment.kbk) == (Decimal("8650000.00"), "available", "105402")

    assert gateway.reserve_payment(reference, application="A-1", purpose=PURPOSE).state == "reserved"
    for _repetition in range(2):
        usage = gateway.use_payment(reference, application="A-1", purpose=PURPOSE)
        assert (usage.state, usage.used_by) == ("used", "A-1")
    taken = refused(lambda: gateway.use_payment(reference, application="A-2", purpose=PURPOSE))
    assert (taken.code, taken.retryable) == (Code.PAYMENT_ALREADY_USED, False)
    assert sandbox.state.payments[reference]["used_by"] == "A-1"

    released = gateway.release_payment(reference, application="A-1", purpose=PURPOSE)
    assert (released.state, released.used_by) == ("available", None)
    assert gateway.use_payment(reference, application="A-2", purpose=PURPOSE).used_by == "A-2"


def test_payment_of_another_payer_comes_by_reference_only(gateway, sandbox):
    reference = sandbox.control.pay("850505400008", "21625.00", payer_name="ТЕСТОВА АЙГУЛЬ")["reference"]
    assert gateway.payments("900101300007", purpose=PURPOSE).payments == ()
    (found,) = gateway.payments("900101300007", reference=reference, purpose=PURPOSE).payments
    assert (found.payer, found.payer_name) == ("850505400008", "ТЕСТОВА АЙГУЛЬ")


def test_demo_payers_have_every_fee_at_hand(gateway, sandbox):
    sandbox.control.autopay(["150140000002"], ["8650000.00", "2162.50"])
    found = gateway.payments("150140000002", purpose=PURPOSE).payments
    assert sorted(payment.amount for payment in found) == [Decimal("2162.50"), Decimal("8650000.00")]
    gateway.use_payment(found[0].reference, application="A-1", purpose=PURPOSE)
    again = gateway.payments("150140000002", purpose=PURPOSE).payments
    assert sum(payment.state == "available" for payment in again) == 2


@pytest.mark.parametrize(
    ("application", "basis", "officer"), [("", "law", "u"), ("A", "", "u"), ("A", "law", "")]
)
def test_no_lookup_without_a_purpose(application, basis, officer):
    error = refused(lambda: Purpose(application=application, legal_basis=basis, officer=officer))
    assert error.code is Code.PURPOSE_REQUIRED


def test_wrong_token_and_health(gateway, sandbox, make_client):
    assert gateway.health()["upstreams"] == {"gbdfl": "up", "gbdul": "up", "pshep": "up"}
    stranger = make_client(sandbox.url, token="other")
    assert refused(stranger.health).code is Code.UNAUTHENTICATED


def test_answer_about_somebody_else_is_refused(make_client):
    with LocalServer(Answers(person_answer(iin="850505400008"))) as server:
        error = refused(lambda: make_client(server.url).person("900101300007", purpose=PURPOSE))
    assert error.code is Code.SUBJECT_MISMATCH


@pytest.mark.parametrize(
    "response",
    [
        Response(200, raw=b"<html>"),
        Response(200, raw=b"[]"),
        Response(200, raw=b""),
        Response(200, {"status": "found", "person": {"iin": "900101300007"}}),
        Response(200, {"status": "found", "person": None}),
        Response(200, {"status": "perhaps", "person": None}),
        Response(502, raw=b"Bad gateway"),
        Response(500, {"error": {"code": "NEVER_HEARD_OF", "retryable": True}}),
    ],
)
def test_nonsense_is_a_bad_response_and_not_repeated(make_client, response):
    answers = Answers(response)
    with LocalServer(answers) as server:
        error = refused(lambda: make_client(server.url).person("900101300007", purpose=PURPOSE))
    assert (error.code, error.retryable) == (Code.UPSTREAM_BAD_RESPONSE, False)
    assert len(answers.requests) == 1


def test_requests_carry_id_purpose_and_key(make_client):
    answers = Answers(person_answer())
    with LocalServer(answers) as server:
        make_client(server.url).person("900101300007", purpose=PURPOSE)
    (request,) = answers.requests
    assert len(request.headers["x-request-id"]) == 36
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert request.json() == {
        "iin": "900101300007",
        "purpose": {"application": "APP-2026-000001", "legal_basis": "law-202-V-art-25", "officer": "u-17"},
        "consent_token": None,
        "fields": ["identity", "life_status", "reg_address"],
    }


def test_answer_over_the_limit_is_cut_off(make_client):
    with LocalServer(Answers(Response(200, {"status": "found", "x": "x" * 2_000_000}))) as server:
        error = refused(lambda: make_client(server.url).person("900101300007", purpose=PURPOSE))
    assert error.code is Code.RESPONSE_TOO_LARGE


def test_gateway_that_is_not_there(make_client):
    server = LocalServer(Answers(Response(200)))
    url = server.url
    server.close()
    error = refused(make_client(url).health)
    assert (error.code, error.retryable) == (Code.UPSTREAM_UNAVAILABLE, True)


def test_breaker_opens_after_five_failures_and_tries_again_later(make_client):
    clock = [0.0]
    answers = Answers(Response(503, {"error": {"code": "UPSTREAM_UNAVAILABLE", "retryable": True}}))
    with LocalServer(answers) as server:
        client = make_client(server.url, breaker=CircuitBreaker(5, 30, lambda: clock[0]))
        assert refused(client.health).code is Code.UPSTREAM_UNAVAILABLE
        assert refused(client.health).code is Code.CIRCUIT_OPEN
        assert len(answers.requests) == 5
        assert refused(client.health).code is Code.CIRCUIT_OPEN
        assert len(answers.requests) == 5
        clock[0] = 30.0
        answers.responses = [Response(200, {"status": "up"})]
        assert client.health() == {"status": "up"}
        assert client.health() == {"status": "up"}


def test_lawful_refusals_do_not_open_the_breaker(gateway):
    for _time in range(7):
        assert refused(lambda: gateway.person("150315600001", purpose=PURPOSE)).code is Code.CONSENT_REQUIRED


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("off", Code.UPSTREAM_UNAVAILABLE),
        ("truncate", Code.UPSTREAM_BAD_RESPONSE),
        ("slow", Code.UPSTREAM_TIMEOUT),
    ],
)
def test_broken_gateway_is_told_apart_within_the_limit(gateway, sandbox, mode, code):
    sandbox.control.mode(mode, delay_s=1.0)
    began = time.monotonic()
    assert refused(lambda: gateway.within(0.3).payments("900101300007", purpose=PURPOSE)).code is code
    assert time.monotonic() - began < 1.0


def test_gateway_without_an_address_says_so(settings):
    settings.GATEWAY = {**settings.GATEWAY, "URL": ""}
    assert refused(from_settings().health).code is Code.NOT_CONFIGURED


def test_settings_make_one_client_per_address(settings, sandbox):
    settings.GATEWAY = {**settings.GATEWAY, "URL": sandbox.url, "TOKEN": "sandbox-token"}
    assert from_settings() is from_settings()
    assert from_settings().health()["status"] == "up"
    from_settings().close()
