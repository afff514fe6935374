"""What the registers answer, as typed values; the bytes themselves are kept in the snapshot as evidence."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from foundation.egov.gateway.errors import Code, GatewayError
from foundation.kernel.canonical import canonical_bytes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The answer as received, in canonical bytes; stored with the case instead of a live link."""

    request_id: str
    as_of: datetime | None
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Address:
    kato: str
    text_ru: str
    text_kk: str
    rka: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    iin: str
    surname: str
    name: str
    patronymic: str
    birth_date: date | None
    sex: str
    life_status: str
    capable: bool | None
    address: Address | None

    @property
    def alive(self) -> bool:
        return self.life_status == "alive"

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.name, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Leader:
    iin: str
    full_name: str
    position: str


@dataclass(frozen=True, slots=True)
class LegalEntity:
    bin: str
    kind: str
    residency: str
    division: str
    name_ru: str
    name_kk: str
    status: str
    registered_at: date | None
    leader: Leader | None
    address: Address | None

    @property
    def in_being(self) -> bool:
        return self.status in {"registered", "suspended"}


@dataclass(frozen=True, slots=True)
class Payment:
    reference: str
    paid_at: datetime
    amount: Decimal
    currency: str
    payer: str
    payer_name: str
    kbk: str
    knp: str
    state: str
    used_by: str | None


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    person: Person | None
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class EntityAnswer:
    entity: LegalEntity | None
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class PaymentsAnswer:
    payments: tuple[Payment, ...]
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Usage:
    reference: str
    state: str
    used_by: str | None
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Consent:
    """`token` is opaque and never logged, hence out of the representation."""

    consent_id: str
    status: str
    expires_at: datetime | None
    token: str | None

    def __repr__(self) -> str:
        return f"Consent({self.consent_id!r}, {self.status!r})"


T = TypeVar("T")


def parsed(reader: Callable[[dict[str, Any]], T], answer: dict[str, Any], request_id: str) -> T:
    """`reader(answer)`; an answer of another shape than promised is a bad response, not a crash of ours."""
    try:
        return reader(answer)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise GatewayError(
            Code.UPSTREAM_BAD_RESPONSE,
            request_id=request_id,
            detail=f"{type(error).__name__} in the answer",
        ) from error


def snapshot_of(answer: dict[str, Any], request_id: str) -> Snapshot:
    """Canonical bytes of an answer and their hash."""
    return parsed(lambda raw: _snapshot(raw, request_id), answer, request_id)


def _snapshot(answer: dict[str, Any], request_id: str) -> Snapshot:
    content = canonical_bytes(answer)
    source = answer.get("source")
    as_of = source.get("as_of") if isinstance(source, dict) else None
    return Snapshot(
        request_id=str(answer.get("request_id") or request_id),
        as_of=datetime.fromisoformat(as_of) if as_of else None,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def person(answer: dict[str, Any]) -> Person | None:
    if _not_found(answer):
        return None
    raw = answer["person"]
    return Person(
        iin=raw["iin"],
        surname=raw.get("surname") or "",
        name=raw.get("name") or "",
        patronymic=raw.get("patronymic") or "",
        birth_date=_day(raw.get("birth_date")),
        sex=raw.get("sex") or "",
        life_status=raw["life_status"],
        capable=raw.get("capable"),
        address=_address(raw.get("reg_address")),
    )


def entity(answer: dict[str, Any]) -> LegalEntity | None:
    if _not_found(answer):
        return None
    raw = answer["entity"]
    return LegalEntity(
        bin=raw["bin"],
        kind=raw.get("kind") or "",
        residency=raw.get("residency") or "",
        division=raw.get("division") or "",
        name_ru=raw["name"]["ru"] or "",
        name_kk=raw["name"]["kk"] or "",
        status=raw["status"],
        registered_at=_day(raw.get("registered_at")),
        leader=_leader(raw.get("leader")),
        address=_address(raw.get("address")),
    )


def payments(answer: dict[str, Any]) -> tuple[Payment, ...]:
    if _not_found(answer):
        return ()
    return tuple(_payment(raw) for raw in answer["payments"])


def consent(answer: dict[str, Any]) -> Consent:
    expires = answer.get("expires_at")
    return Consent(
        consent_id=answer["consent_id"],
        status=answer["status"],
        expires_at=datetime.fromisoformat(expires) if expires else None,
        token=answer.get("consent_token"),
    )


def _payment(raw: dict[str, Any]) -> Payment:
    if not isinstance(raw["amount"], str):
        raise TypeError("an amount is a decimal string")
    return Payment(
        reference=raw["reference"],
        paid_at=datetime.fromisoformat(raw["paid_at"]),
        amount=Decimal(raw["amount"]),
        currency=raw["currency"],
        payer=raw["payer"],
        payer_name=raw.get("payer_name") or "",
        kbk=raw["kbk"],
        knp=raw.get("knp") or "",
        state=raw["state"],
        used_by=raw.get("used_by"),
    )


def _not_found(answer: dict[str, Any]) -> bool:
    if answer["status"] not in {"found", "not_found"}:
        raise ValueError("unknown status")
    return bool(answer["status"] == "not_found")


def _leader(raw: dict[str, Any] | None) -> Leader | None:
    if not raw:
        return None
    names = (raw.get("surname"), raw.get("name"), raw.get("patronymic"))
    return Leader(raw["iin"], " ".join(part for part in names if part), raw.get("position") or "")


def _address(raw: dict[str, Any] | None) -> Address | None:
    if not raw:
        return None
    return Address(
        raw.get("kato") or "", raw.get("text_ru") or "", raw.get("text_kk") or "", raw.get("rka") or ""
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
