"""Signed daily anchors over the heads of all streams, and the check of the whole journal."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from foundation.journal.models import Anchor, Fact, StreamHead
from foundation.journal.services import chain_hash
from foundation.kernel import keys
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import machine_now


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad entry of a stream, or of the anchors."""

    stream: str
    seq: int
    what: str


def anchor_due(legal_date: dt.date) -> Anchor | None:
    """Make the day's anchor if there is none yet and something moved."""
    if Anchor.objects.filter(legal_date=legal_date).exists():
        return None
    return make_anchor(legal_date)


@transaction.atomic
def make_anchor(legal_date: dt.date) -> Anchor | None:
    """Sign the heads that moved since the last anchor; None when nothing moved."""
    last = Anchor.objects.select_for_update().order_by("-seq").first()
    moved = StreamHead.objects.select_for_update().filter(seq__gt=F("anchored_seq")).order_by("stream")
    heads = [[head.stream, head.seq, head.hash] for head in moved]
    if not heads:
        return None
    seq = last.seq + 1 if last else 1
    content = canonical_bytes(
        {
            "date": legal_date.isoformat(),
            "heads": heads,
            "prev": last.hash if last else "",
            "schema": "kz.portal.journal-anchor/1",
            "seq": seq,
        }
    )
    key_id, key = keys.current_key("anchor")
    StreamHead.objects.filter(stream__in=[head[0] for head in heads]).update(anchored_seq=F("seq"))
    return Anchor.objects.create(
        seq=seq,
        made_at=machine_now(),
        legal_date=legal_date,
        last_fact_id=Fact.objects.order_by("-id").values_list("id", flat=True).first() or 0,
        content=content,
        hash=hashlib.sha256(content).hexdigest(),
        key_id=key_id,
        signature=key.sign(content),
    )


def faults(*, since_anchor: bool = False) -> Iterator[Fault]:
    """Every fault of the journal; each stream stops at its first bad entry."""
    yield from _anchor_faults()
    yield from _chain_faults(since_anchor=since_anchor)


def _anchor_faults() -> Iterator[Fault]:
    prev_hash, prev_seq = "", 0
    for anchor in Anchor.objects.order_by("seq").iterator(chunk_size=100):
        content = bytes(anchor.content)
        said = _read(content)
        genuine = (
            hashlib.sha256(content).hexdigest() == anchor.hash
            and {"seq", "prev", "heads"} <= said.keys()
            and said["seq"] == anchor.seq == prev_seq + 1
            and said["prev"] == prev_hash
            and keys.verifies("anchor", anchor.key_id, bytes(anchor.signature), content)
        )
        if not genuine:
            yield Fault("anchors", anchor.seq, "the anchor is not the one that was signed")
            return
        prev_hash, prev_seq = anchor.hash, anchor.seq
        yield from _heads_missing(said["heads"])


def _heads_missing(heads: list[list[str | int]]) -> Iterator[Fault]:
    for start in range(0, len(heads), 1000):
        part = heads[start : start + 1000]
        found = set(
            Fact.objects.filter(hash__in=[head[2] for head in part]).values_list("stream", "seq", "hash")
        )
        for stream, seq, link in part:
            if (stream, seq, link) not in found:
                yield Fault(str(stream), int(seq), "the entry that a signed anchor names is not there")


def _chain_faults(*, since_anchor: bool) -> Iterator[Fault]:
    """One pass over the facts in chain order; only each stream's last link is kept in memory."""
    heads = {head.stream: head for head in StreamHead.objects.iterator(chunk_size=2000)}
    facts = Fact.objects.order_by("stream", "seq")
    starts: dict[str, tuple[int, str]] = {}
    if since_anchor:
        last = Anchor.objects.order_by("-seq").first()
        starts = _anchored(heads) if last else {}
        facts = facts.filter(stream__in=[s for s, head in heads.items() if head.seq > head.anchored_seq])
    stream, seq, link, broken = "", 0, "", False
    seen: set[str] = set()
    for fact in facts.iterator(chunk_size=2000):
        if fact.stream != stream:
            yield from _tail_fault(heads, stream, seq, link, broken=broken)
            stream, broken = fact.stream, False
            seq, link = starts.get(stream, (0, ""))
            seen.add(stream)
        if broken or fact.seq <= starts.get(stream, (0, ""))[0]:
            continue
        canonical = bytes(fact.canonical)
        if (
            fact.seq != seq + 1
            or fact.prev_hash != link
            or chain_hash(link, fact.seq, canonical) != fact.hash
        ):
            yield Fault(stream, fact.seq, "the entry does not follow from the one before it")
            broken = True
        elif not _columns_agree(fact, canonical):
            yield Fault(stream, fact.seq, "the entry's columns differ from its chained bytes")
            broken = True
        seq, link = fact.seq, fact.hash
    yield from _tail_fault(heads, stream, seq, link, broken=broken)
    for name, head in heads.items():
        if name not in seen and head.seq > (head.anchored_seq if since_anchor else 0):
            yield Fault(name, 1, "the whole stream is gone")


def _anchored(heads: dict[str, StreamHead]) -> dict[str, tuple[int, str]]:
    wanted = [(name, head.anchored_seq) for name, head in heads.items() if head.anchored_seq]
    found = Fact.objects.filter(stream__in=[name for name, _seq in wanted]).values_list(
        "stream", "seq", "hash"
    )
    asked = set(wanted)
    return {stream: (seq, link) for stream, seq, link in found if (stream, seq) in asked}


def _columns_agree(fact: Fact, canonical: bytes) -> bool:
    said = _read(canonical)
    try:
        at = dt.datetime.fromisoformat(str(said.get("at")))
    except ValueError:
        return False
    return bool(
        said.get("stream") == fact.stream
        and said.get("kind") == fact.kind
        and at == fact.at
        and said.get("actor") == (str(fact.actor_id) if fact.actor_id else None)
        and said.get("subject") == (str(fact.subject_id) if fact.subject_id else None)
    )


def _read(content: bytes) -> dict[str, Any]:
    """The object in the bytes; forged bytes may be anything, and are named, not stumbled over."""
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _tail_fault(
    heads: dict[str, StreamHead], stream: str, seq: int, link: str, *, broken: bool
) -> Iterator[Fault]:
    if not stream or broken:
        return
    head = heads.get(stream)
    if head is None or (head.seq, head.hash) != (seq, link):
        yield Fault(stream, seq + 1, "the stream's tail is cut or its head was changed")
