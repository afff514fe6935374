"""Payments of the sandbox: made by hand or for demo payers, found, reserved, used once, released."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.gateway.refusals import Refused
from sandbox.gateway.state import State

KBK, KNP = "105402", "911"
_NEXT = {"use": "used", "reserve": "reserved", "release": "available"}


def create(state: State, body: dict[str, Any]) -> dict[str, Any]:
    """A payment as if made at a bank: `payer` and `amount`, the rest has defaults."""
    try:
        amount = f"{Decimal(str(body['amount'])):.2f}"
        payer = str(body["payer"])
        paid_at = datetime.fromisoformat(body["paid_at"]) if body.get("paid_at") else datetime.now(UTC)
    except (KeyError, InvalidOperation, ValueError, TypeError) as error:
        raise Refused(422, "INVALID_REQUEST", "payer and amount are needed") from error
    number = state.next_number()
    payment: dict[str, Any] = {
        "reference": body.get("reference") or f"PS-{number:06d}",
        "bank_reference": f"B-{number}",
        "paid_at": paid_at.isoformat(),
        "amount": amount,
        "currency": "KZT",
        "payer": payer,
        "payer_name": body.get("payer_name") or "",
        "beneficiary_bin": "",
        "kno": "6007",
        "kbk": body.get("kbk") or KBK,
        "knp": KNP,
        "purpose_text": body.get("purpose_text") or "",
        "state": body.get("state") or "available",
        "used_by": None,
    }
    state.payments[payment["reference"]] = payment
    return payment


def lookup(state: State, body: dict[str, Any]) -> list[dict[str, Any]]:
    """By reference, whoever paid; else every payment of the payer to the КБК."""
    payer, reference, kbk = body.get("payer"), body.get("reference"), body.get("kbk") or KBK
    if reference:
        found = state.payments.get(str(reference))
        return [found] if found and found["kbk"] == kbk else []
    _pay_for_demo(state, str(payer))
    return [item for item in state.payments.values() if item["payer"] == payer and item["kbk"] == kbk]


def usage(state: State, body: dict[str, Any], key: str) -> dict[str, Any]:
    """Reserve, use or release; the same act again answers the same, another application's payment is 409."""
    reference, application, action = (
        str(body.get(name) or "") for name in ("reference", "application", "action")
    )
    if not application or action not in _NEXT:
        raise Refused(422, "INVALID_REQUEST", "reference, application and action are needed")
    _same_key_same_body(state, key, f"{reference}|{application}|{action}")
    payment = state.payments.get(reference)
    if payment is None:
        raise Refused(422, "INVALID_REQUEST", "no such payment")
    if payment["state"] == "returned" or payment["used_by"] not in (None, application):
        raise Refused(409, "PAYMENT_ALREADY_USED", "the payment serves another application or was returned")
    if not (action == "reserve" and payment["state"] == "used"):
        payment["state"] = _NEXT[action]
        payment["used_by"] = None if action == "release" else application
    return {"reference": reference, "state": payment["state"], "used_by": payment["used_by"]}


def _same_key_same_body(state: State, key: str, content: str) -> None:
    if not key:
        raise Refused(422, "INVALID_REQUEST", "Idempotency-Key is required")
    digest = hashlib.sha256(content.encode()).hexdigest()
    if state.keys.setdefault(f"usage:{key}", digest) != digest:
        raise Refused(409, "IDEMPOTENCY_CONFLICT", "the key was used with another body")


def _pay_for_demo(state: State, payer: str) -> None:
    """A demo payer has paid whatever may be asked: one unused payment of each amount is always there."""
    for amount in state.autopay.get(payer, []):
        free = any(
            item["payer"] == payer and item["amount"] == amount and item["state"] == "available"
            for item in state.payments.values()
        )
        if not free:
            create(state, {"payer": payer, "amount": amount})
