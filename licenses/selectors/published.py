"""What is published so that a paper can be checked without a network: keys, signed status list, journal anchors."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.cache import cache
from django.db.models import Max, Min

from casework.documents.models import OfficialDocument
from foundation.journal.models import Anchor
from foundation.kernel import keys
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import almaty
from licenses import rules
from licenses.models import AnnexEdition, AnnexPeriod, Licence, LicenceEdition, LicencePeriod
from licenses.rules import Standing
from licenses.rules.answers import Answer, edition_answer
from licenses.selectors.card import as_of
from licenses.statuses import Basis

STATUS_SCHEMA = "kz.portal.status-list/1"
_PURPOSES = ("qr", "anchor")
_KEPT_S = 3600
_ANCHORS = 30


def register_token(at: datetime) -> str:
    """Changes whenever an answer of the register may: an entry, an hour from which one is shown, a new day."""
    at = almaty(at)
    tables = (LicencePeriod, AnnexPeriod)
    parts = [str(table.objects.aggregate(last=Max("pk"))["last"]) for table in tables]
    for editions in (LicenceEdition, AnnexEdition):
        shown = editions.objects.filter(public_from__lte=at).aggregate(last=Max("public_from"))["last"]
        coming = editions.objects.filter(public_from__gt=at).aggregate(next=Min("public_from"))["next"]
        parts += [str(shown), str(coming), str(editions.objects.aggregate(last=Max("recorded_at"))["last"])]
    return hashlib.sha256("|".join([*parts, at.date().isoformat()]).encode()).hexdigest()[:32]


def verification_keys() -> list[dict[str, str]]:
    """Every public key of QR codes, status lists and anchors ever used; old paper stays checkable."""
    return [
        {
            "purpose": purpose,
            "key_id": key_id,
            "algorithm": "Ed25519",
            "public_key": _b64(key.public_bytes(Encoding.Raw, PublicFormat.Raw)),
        }
        for purpose in _PURPOSES
        for key_id, key in keys.public_keys(purpose)
    ]


def signed_status_list(at: datetime) -> dict[str, str]:
    """The day's list: canonical JSON, base64url, and a signature over exactly those bytes by the anchor key."""
    day, token = almaty(at).date(), register_token(at)
    made = OfficialDocument.objects.filter(published_at__lte=at).aggregate(last=Max("published_at"))["last"]
    name = f"licenses:status-list:{day}:{token}:{made.timestamp() if made else 0}"
    content = cache.get(name)
    if content is None:
        content = canonical_bytes(
            {"schema": STATUS_SCHEMA, "date": day.isoformat(), "documents": list(status_entries(at))}
        )
        cache.set(name, content, _KEPT_S)
    key_id, key = keys.current_key("anchor")
    return {"content": _b64(content), "key_id": key_id, "signature": _b64(key.sign(content))}


def latest_anchors() -> list[dict[str, Any]]:
    """The last month of signed heads of the journal."""
    return [
        {
            "seq": anchor.seq,
            "date": anchor.legal_date.isoformat(),
            "content": _b64(bytes(anchor.content)),
            "hash": anchor.hash,
            "key_id": anchor.key_id,
            "signature": _b64(bytes(anchor.signature)),
        }
        for anchor in Anchor.objects.order_by("-seq")[:_ANCHORS]
    ]


def status_entries(at: datetime) -> Iterator[dict[str, Any]]:
    """One entry per document ever issued; an id that is not here was never issued (forms.md)."""
    day = almaty(at).date()
    standings = _standings(at, day)
    documents = OfficialDocument.objects.filter(
        state__in=[OfficialDocument.State.SIGNED, OfficialDocument.State.PUBLISHED], published_at__lte=at
    )
    rows = documents.order_by("qr_id").values_list("qr_id", "act_id", "kind", "subject")
    for qr_id, act_id, kind, subject in rows.iterator(chunk_size=2000):
        if not kind.startswith(("licence_", "annex_")):
            yield {"id": qr_id, "answer": Answer.OTHER_DOCUMENT.value}
            continue
        key = (act_id, subject if kind.startswith("annex_") else "")
        if key in standings:
            yield {"id": qr_id, **standings[key]}


def _standings(at: datetime, day: date) -> dict[tuple[Any, str], dict[str, Any]]:
    """By act and annex number ("" for the licence itself)."""
    found: dict[tuple[Any, str], dict[str, Any]] = {}
    licences = Licence.objects.filter(public_from__lte=at).prefetch_related(
        "periods", "editions", "annexes__periods", "annexes__editions"
    )
    for licence in licences.order_by("pk").iterator(chunk_size=500):
        view = as_of(licence, max(day, licence.first_issued_on), at)
        if view is None:
            continue
        for edition in licence.editions.all():
            found[edition.act_id, ""] = _entry(edition.edition, view.edition, view.standing, licence, day)
        for annex in licence.annexes.all():
            own = rules.standing_on(
                [period.as_rule() for period in annex.periods.all()], annex.expires_on, day
            )
            shown = [text.edition for text in annex.editions.all() if text.public_from <= at]
            if own is None or not shown:
                continue
            standing = rules.combined(view.standing, own)
            for text in annex.editions.all():
                found[text.act_id, annex.number] = _entry(text.edition, max(shown), standing, licence, day)
    return found


def _entry(edition: int, current: int, standing: Standing, licence: Licence, day: date) -> dict[str, Any]:
    answer = edition_answer(edition, current, standing, day)
    if standing.basis == Basis.REPLACED:
        answer = Answer.SUPERSEDED
    entry: dict[str, Any] = {"answer": answer.value, "expires_on": licence.expires_on.isoformat()}
    if standing.until is not None:
        entry["until"] = standing.until.isoformat()
    if edition < current:
        entry["superseded_by"] = current
    return entry


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
