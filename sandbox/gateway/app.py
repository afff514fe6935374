"""The sandbox gateway: part B with the behaviours of B.6, plus `/sandbox/…` to arrange things."""

import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from foundation.accounts.identifiers import Kind, is_valid
from sandbox.gateway import payments, registers
from sandbox.gateway.refusals import Refused
from sandbox.gateway.state import State
from sandbox.local_http import Request, Response

_SLOW_S = 3.0


class GatewayApp:
    def __init__(self, state: State, token: str) -> None:
        self.state = state
        self._token = token
        self._routes: dict[tuple[str, str], Callable[[Request, str], Response]] = {
            ("GET", "/v1/health"): self._health,
            ("POST", "/v1/persons/lookup"): self._person,
            ("POST", "/v1/legal-entities/lookup"): self._entity,
            ("POST", "/v1/payments/lookup"): self._payments,
            ("POST", "/v1/payments/usage"): self._usage,
            ("POST", "/v1/consents"): self._ask_consent,
            ("POST", "/sandbox/payments"): self._new_payment,
            ("POST", "/sandbox/persons"): self._new_person,
            ("POST", "/sandbox/entities"): self._new_entity,
            ("POST", "/sandbox/autopay"): self._autopay,
            ("POST", "/sandbox/mode"): self._mode,
        }

    def respond(self, request: Request) -> Response:
        request_id = request.headers.get("x-request-id", "")
        try:
            self._admit(request, request_id)
            handler = self._routes.get((request.method, request.path)) or self._by_prefix(request)
            response = handler(request, request_id)
        except Refused as refused:
            return refused.response(request_id)
        except (json.JSONDecodeError, TypeError, UnicodeDecodeError) as error:
            return Refused(400, "BAD_JSON", type(error).__name__).response(request_id)
        return self._misbehave(request, response)

    def _admit(self, request: Request, request_id: str) -> None:
        with self.state.changing():
            self.state.calls.append(f"{request.method} {request.path}")
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            raise Refused(401, "UNAUTHENTICATED", "no valid bearer token")
        if not request_id and request.path.startswith("/v1/"):
            raise Refused(400, "REQUEST_ID_REQUIRED", "X-Request-Id is required")
        if self.state.mode == "off" and request.path.startswith("/v1/"):
            raise Refused(503, "UPSTREAM_UNAVAILABLE", "switched off")

    def _by_prefix(self, request: Request) -> Callable[[Request, str], Response]:
        if request.path.startswith("/v1/consents/") and request.method == "GET":
            return self._consent
        if request.path.startswith("/sandbox/consents/") and request.method == "POST":
            return self._decide_consent
        raise Refused(404, "NOT_FOUND", "no such path")

    def _misbehave(self, request: Request, response: Response) -> Response:
        if not request.path.startswith("/v1/"):
            return response
        if self.state.mode == "slow":
            time.sleep(self.state.delay_s)
        if self.state.mode == "truncate":
            return _cut(response)
        return response

    def _health(self, _request: Request, _request_id: str) -> Response:
        up = {"gbdfl": "up", "gbdul": "up", "pshep": "up"}
        return Response(200, {"status": "up", "mode": "sandbox", "upstreams": up})

    def _person(self, request: Request, request_id: str) -> Response:
        body = _purposeful(request)
        iin = str(body.get("iin") or "")
        if not is_valid(Kind.IIN, iin):
            raise Refused(422, "INVALID_IIN", "the IIN does not pass its control")
        self._unusual(iin, body)
        found = self.state.persons.get(iin)
        answer = _answer("GBDFL", request_id, person=found)
        if iin == registers.SLOW_IIN:
            time.sleep(_SLOW_S)
        return _cut(answer) if iin == registers.TRUNCATED_IIN else answer

    def _unusual(self, iin: str, body: dict[str, Any]) -> None:
        if iin == registers.CONSENT_IIN:
            granted = {item["consent_token"] for item in self.state.consents.values() if item["iin"] == iin}
            if body.get("consent_token") is None:
                raise Refused(403, "CONSENT_REQUIRED", "the person's consent is needed")
            if body["consent_token"] not in granted - {None}:
                raise Refused(403, "CONSENT_INVALID", "the consent is not in force")
        if iin == registers.FLAKY_IIN:
            with self.state.changing():
                self.state.failures[iin] += 1
                if self.state.failures[iin] % 3:
                    raise Refused(
                        503,
                        "UPSTREAM_UNAVAILABLE",
                        "try again",
                        {"service": "GBDFL_UniversalServiceSync", "code": "SCSE003"},
                    )

    def _entity(self, request: Request, request_id: str) -> Response:
        body = _purposeful(request)
        bin_number = str(body.get("bin") or "")
        if not is_valid(Kind.BIN, bin_number):
            raise Refused(422, "INVALID_BIN", "the BIN does not pass its control")
        return _answer("GBDUL", request_id, entity=self.state.entities.get(bin_number))

    def _payments(self, request: Request, request_id: str) -> Response:
        body = _purposeful(request)
        payer = str(body.get("payer") or "")
        if not (is_valid(Kind.IIN, payer) or is_valid(Kind.BIN, payer)):
            raise Refused(422, "INVALID_REQUEST", "payer is an IIN or a BIN")
        with self.state.changing():
            found = [dict(item) for item in payments.lookup(self.state, body)]
        return Response(
            200,
            {
                "status": "found" if found else "not_found",
                "request_id": request_id,
                "source": _source("PSHEP"),
                "payments": found,
            },
        )

    def _usage(self, request: Request, request_id: str) -> Response:
        body = request.json()
        with self.state.changing():
            answer = payments.usage(self.state, body, request.headers.get("idempotency-key", ""))
        return Response(200, answer | {"request_id": request_id})

    def _ask_consent(self, request: Request, _request_id: str) -> Response:
        body = _purposeful(request)
        key = request.headers.get("idempotency-key", "")
        if not key:
            raise Refused(422, "INVALID_REQUEST", "Idempotency-Key is required")
        if not is_valid(Kind.IIN, str(body.get("iin") or "")):
            raise Refused(422, "INVALID_IIN", "the IIN does not pass its control")
        with self.state.changing():
            known = self.state.keys.get(f"consent:{key}")
            consent_id = known or f"c-{self.state.next_number()}"
            if known is None:
                self.state.keys[f"consent:{key}"] = consent_id
                expires = datetime.now(UTC) + timedelta(seconds=int(body.get("ttl_s") or 3600))
                self.state.consents[consent_id] = {
                    "consent_id": consent_id,
                    "iin": body["iin"],
                    "status": "pending",
                    "expires_at": expires.isoformat(),
                    "consent_token": None,
                }
            elif self.state.consents[consent_id]["iin"] != body["iin"]:
                raise Refused(409, "IDEMPOTENCY_CONFLICT", "the key was used with another body")
        return Response(202, _public(self.state.consents[consent_id]))

    def _consent(self, request: Request, _request_id: str) -> Response:
        return Response(200, _public(self._known_consent(request)))

    def _decide_consent(self, request: Request, _request_id: str) -> Response:
        status = request.json().get("status")
        if status not in {"granted", "refused", "expired"}:
            raise Refused(422, "INVALID_REQUEST", "status is granted, refused or expired")
        consent = self._known_consent(request)
        with self.state.changing():
            consent["status"] = status
            consent["consent_token"] = f"token-of-{consent['consent_id']}" if status == "granted" else None
        return Response(200, _public(consent))

    def _known_consent(self, request: Request) -> dict[str, Any]:
        consent = self.state.consents.get(request.path.rsplit("/", 1)[-1])
        if consent is None:
            raise Refused(404, "NOT_FOUND", "no such consent")
        return consent

    def _new_payment(self, request: Request, _request_id: str) -> Response:
        body = request.json()
        with self.state.changing():
            return Response(201, dict(payments.create(self.state, body)))

    def _new_person(self, request: Request, _request_id: str) -> Response:
        body = request.json()
        if not is_valid(Kind.IIN, str(body.get("iin"))) or not body.get("surname") or not body.get("name"):
            raise Refused(422, "INVALID_IIN", "a valid iin, surname and name are needed")
        with self.state.changing():
            self.state.persons[body["iin"]] = registers.person(**body)
        return Response(201, self.state.persons[body["iin"]])

    def _new_entity(self, request: Request, _request_id: str) -> Response:
        body = request.json()
        if not is_valid(Kind.BIN, str(body.get("bin_number"))):
            raise Refused(422, "INVALID_BIN", "a valid bin_number, name_ru, name_kk and leader are needed")
        with self.state.changing():
            self.state.entities[body["bin_number"]] = registers.entity(**body)
        return Response(201, self.state.entities[body["bin_number"]])

    def _autopay(self, request: Request, _request_id: str) -> Response:
        body = request.json()
        with self.state.changing():
            for payer in body.get("payers", []):
                self.state.autopay[payer] = list(body.get("amounts", []))
        return Response(200, {"payers": sorted(self.state.autopay)})

    def _mode(self, request: Request, _request_id: str) -> Response:
        body = request.json()
        if body.get("mode") not in {"up", "off", "slow", "truncate"}:
            raise Refused(422, "INVALID_REQUEST", "mode is up, off, slow or truncate")
        self.state.mode, self.state.delay_s = str(body["mode"]), float(body.get("delay_s", 3.0))
        return Response(200, {"mode": self.state.mode, "delay_s": self.state.delay_s})


def _purposeful(request: Request) -> dict[str, Any]:
    body = request.json()
    purpose = body.get("purpose")
    if not isinstance(purpose, dict) or not all(
        purpose.get(name) for name in ("application", "legal_basis", "officer")
    ):
        raise Refused(422, "PURPOSE_REQUIRED", "purpose: application, legal_basis, officer")
    return body


def _answer(system: str, request_id: str, **record: dict[str, Any] | None) -> Response:
    (found,) = record.values()
    status = "found" if found else "not_found"
    return Response(200, {"status": status, "request_id": request_id, "source": _source(system), **record})


def _source(system: str) -> dict[str, str]:
    return {"system": system, "mode": "sandbox", "as_of": datetime.now(UTC).isoformat(timespec="seconds")}


def _public(consent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in consent.items() if name != "iin"}


def _cut(response: Response) -> Response:
    content = response.content()
    return Response(response.status, raw=content[: len(content) // 2])
