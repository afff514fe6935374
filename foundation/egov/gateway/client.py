"""The calls of part B. A look-up names its purpose in law; callers keep the snapshot and write the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings

from foundation.egov.gateway import answers
from foundation.egov.gateway.answers import Consent, EntityAnswer, PaymentsAnswer, PersonAnswer, Usage
from foundation.egov.gateway.errors import Code, GatewayError
from foundation.egov.gateway.transport import Config, Transport

KBK_LICENCE_FEE = "105402"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a register is asked: for which application, on which ground of law, by which officer or system."""

    application: str
    legal_basis: str
    officer: str

    def __post_init__(self) -> None:
        if not (self.application and self.legal_basis and self.officer):
            raise GatewayError(
                Code.PURPOSE_REQUIRED, detail="application, legal_basis and officer are needed"
            )

    def as_json(self) -> dict[str, str]:
        return {"application": self.application, "legal_basis": self.legal_basis, "officer": self.officer}


class Gateway:
    """Every method raises GatewayError and nothing else; `retryable` tells whether later may help."""

    def __init__(self, transport: Transport, total_s: float | None = None) -> None:
        self._transport = transport
        self._total_s = total_s

    def within(self, seconds: float) -> "Gateway":
        """The same gateway for a caller who cannot wait long, e.g. a filing (never blocked by a register)."""
        return Gateway(self._transport, seconds)

    def person(
        self,
        iin: str,
        *,
        purpose: Purpose,
        consent_token: str | None = None,
        fields: Sequence[str] = ("identity", "life_status", "reg_address"),
    ) -> PersonAnswer:
        """The register of persons; `person` None: the register has no such number."""
        body = {"iin": iin, "consent_token": consent_token, "fields": list(fields)}
        answer, request_id = self._lookup("/v1/persons/lookup", body, purpose)
        found = answers.parsed(answers.person, answer, request_id)
        if found is not None and found.iin != iin:
            raise GatewayError(Code.SUBJECT_MISMATCH, request_id=request_id)
        return PersonAnswer(found, answers.snapshot_of(answer, request_id))

    def legal_entity(self, bin_number: str, *, purpose: Purpose) -> EntityAnswer:
        """The register of legal entities."""
        answer, request_id = self._lookup("/v1/legal-entities/lookup", {"bin": bin_number}, purpose)
        found = answers.parsed(answers.entity, answer, request_id)
        if found is not None and found.bin != bin_number:
            raise GatewayError(Code.SUBJECT_MISMATCH, request_id=request_id)
        return EntityAnswer(found, answers.snapshot_of(answer, request_id))

    def payments(
        self, payer: str, *, purpose: Purpose, reference: str | None = None, kbk: str = KBK_LICENCE_FEE
    ) -> PaymentsAnswer:
        """Payments of the fee by a payer; one of another payer comes only when asked by its reference."""
        body = {"payer": payer, "reference": reference, "kbk": kbk}
        answer, request_id = self._lookup("/v1/payments/lookup", body, purpose)
        found = answers.parsed(answers.payments, answer, request_id)
        if reference is not None and any(payment.reference != reference for payment in found):
            raise GatewayError(Code.SUBJECT_MISMATCH, request_id=request_id)
        if reference is None and any(payment.payer != payer for payment in found):
            raise GatewayError(Code.SUBJECT_MISMATCH, request_id=request_id)
        return PaymentsAnswer(found, answers.snapshot_of(answer, request_id))

    def use_payment(self, reference: str, *, application: str, purpose: Purpose) -> Usage:
        """Tell that a payment has served an application; safe to repeat."""
        return self._usage(reference, application, "use", purpose)

    def reserve_payment(self, reference: str, *, application: str, purpose: Purpose) -> Usage:
        """Tell that a payment is kept for an application; safe to repeat."""
        return self._usage(reference, application, "reserve", purpose)

    def release_payment(self, reference: str, *, application: str, purpose: Purpose) -> Usage:
        """Tell that a payment is free again for the party's next filing; safe to repeat."""
        return self._usage(reference, application, "release", purpose)

    def ask_consent(
        self, iin: str, *, scope: Sequence[str], ttl_s: int, purpose: Purpose, idempotency_key: str
    ) -> Consent:
        """Ask a person's consent to access; the answer is usually `pending`."""
        body = {"iin": iin, "scope": list(scope), "ttl_s": ttl_s, "purpose": purpose.as_json()}
        answer, request_id = self._call("POST", "/v1/consents", body, idempotency_key)
        return answers.parsed(answers.consent, answer, request_id)

    def consent(self, consent_id: str) -> Consent:
        """pending, granted (with the token), refused or expired."""
        if not consent_id.replace("-", "").isalnum():
            raise GatewayError(Code.INVALID_REQUEST, detail="consent_id")
        answer, request_id = self._call("GET", f"/v1/consents/{consent_id}")
        return answers.parsed(answers.consent, answer, request_id)

    def health(self) -> dict[str, Any]:
        """`status`, `mode`, `upstreams` as the gateway says."""
        answer, _request_id = self._call("GET", "/v1/health")
        return answer

    def close(self) -> None:
        self._transport.close()

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> tuple[dict[str, Any], str]:
        return self._transport.call(method, path, body, idempotency_key, total_s=self._total_s)

    def _lookup(self, path: str, body: dict[str, Any], purpose: Purpose) -> tuple[dict[str, Any], str]:
        return self._call("POST", path, {**body, "purpose": purpose.as_json()})

    def _usage(
        self, reference: str, application: str, action: Literal["use", "reserve", "release"], purpose: Purpose
    ) -> Usage:
        body = {
            "reference": reference,
            "application": application,
            "action": action,
            "purpose": purpose.as_json(),
        }
        # one key per (application, reference, action): `use` then `release` are two acts, not a repetition
        key = f"{application}:{reference}:{action}"
        answer, request_id = self._call("POST", "/v1/payments/usage", body, key)
        if not isinstance(answer.get("state"), str):
            raise GatewayError(Code.UPSTREAM_BAD_RESPONSE, request_id=request_id, detail="no state")
        used_by = answer.get("used_by")
        return Usage(reference, answer["state"], used_by, answers.snapshot_of(answer, request_id))


def from_settings() -> Gateway:
    """The process's gateway by `settings.GATEWAY`: one pool of connections and one breaker per address."""
    conf = settings.GATEWAY
    return _gateway(
        Config(
            url=conf["URL"],
            token=conf["TOKEN"],
            connect_timeout_s=conf["CONNECT_TIMEOUT_S"],
            total_timeout_s=conf["TOTAL_TIMEOUT_S"],
            max_bytes=conf["MAX_BYTES"],
        )
    )


@lru_cache(maxsize=8)
def _gateway(config: Config) -> Gateway:
    return Gateway(Transport(config))
