"""Writing facts, and bringing them to their handlers after commit."""

import hashlib
import logging
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, transaction
from django.utils.module_loading import import_string

from foundation.journal.models import Delivery, Fact, StreamHead
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import machine_now

Handler: TypeAlias = Callable[[Fact], None]

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 20
_LONGEST_NAP = timedelta(minutes=10)
_FIRST_WAIT_S, _LONGEST_WAIT_S = 10, 3600
_log = logging.getLogger(__name__)
_subscriptions: dict[str, list[str]] = defaultdict(list)


class NotYet(Exception):  # noqa: N818 -- it is no error: the moment has not come
    """Raised by a handler whose legal moment lies ahead; the delivery waits without counting as a failure."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


def subscribe(kind: str, handler: str) -> None:
    """Let `handler` (dotted path of `f(fact)`, idempotent) be told every fact of `kind`; call in AppConfig.ready."""
    if handler not in _subscriptions[kind]:
        _subscriptions[kind].append(handler)


def handlers_of(kind: str) -> tuple[str, ...]:
    """The handlers of a kind of fact, in order of subscription."""
    return tuple(_subscriptions.get(kind, ()))


def chain_hash(prev_hash: str, seq: int, canonical: bytes) -> str:
    """The link: SHA-256 over the previous link, the number and the stored bytes."""
    return hashlib.sha256(b"%s\n%d\n%s" % (prev_hash.encode(), seq, canonical)).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to be written."""

    kind: str
    stream: str
    at: datetime
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    payload: dict[str, Any] = field(default_factory=dict)


def record(
    *,
    kind: str,
    stream: str,
    at: datetime,
    actor_id: UUID | None = None,
    subject_id: UUID | None = None,
    payload: dict[str, Any] | None = None,
) -> Fact:
    """Append one fact to a stream and owe it to its handlers; must run inside the act's own transaction."""
    (fact,) = record_many([Entry(kind, stream, at, actor_id, subject_id, payload or {})])
    return fact


def record_many(entries: Sequence[Entry]) -> list[Fact]:
    """Append facts in their order, of as many streams as need be, in a handful of statements."""
    if not connection.in_atomic_block:
        raise RuntimeError("A fact is recorded in the transaction of the act it tells of.")
    if not entries:
        return []
    streams = sorted(
        {entry.stream for entry in entries}
    )  # locked in one order, so that none waits for the other
    heads = _locked(streams)
    if missing := [stream for stream in streams if stream not in heads]:
        StreamHead.objects.bulk_create(
            [StreamHead(stream=stream) for stream in missing], ignore_conflicts=True
        )
        heads |= _locked(missing)
    now = machine_now()
    facts = Fact.objects.bulk_create(_link(heads[entry.stream], entry, now) for entry in entries)
    _keep_heads(heads.values())
    owed = [
        Delivery(fact=fact, stream=fact.stream, seq=fact.seq, handler=handler, available_at=now)
        for fact in facts
        for handler in handlers_of(fact.kind)
    ]
    if owed:
        Delivery.objects.bulk_create(owed)
        transaction.on_commit(_nudge, robust=True)
    return facts


def _locked(streams: Sequence[str]) -> dict[str, StreamHead]:
    """Heads that exist, held until the end of the transaction."""
    held = StreamHead.objects.select_for_update().filter(stream__in=streams).order_by("stream")
    return {head.stream: head for head in held}


def _link(head: StreamHead, entry: Entry, now: datetime) -> Fact:
    """The next link of the stream's chain."""
    canonical = canonical_bytes(
        {
            "actor": str(entry.actor_id) if entry.actor_id else None,
            "at": entry.at.isoformat(),
            "kind": entry.kind,
            "payload": entry.payload,
            "stream": entry.stream,
            "subject": str(entry.subject_id) if entry.subject_id else None,
        }
    )
    before, head.seq = head.hash, head.seq + 1
    head.hash = chain_hash(before, head.seq, canonical)
    return Fact(
        stream=entry.stream,
        seq=head.seq,
        kind=entry.kind,
        at=entry.at,
        recorded_at=now,
        actor_id=entry.actor_id,
        subject_id=entry.subject_id,
        canonical=canonical,
        prev_hash=before,
        hash=head.hash,
    )


def _keep_heads(heads: Iterable[StreamHead]) -> None:
    """Write the ends of the chains back; they exist, so this is an update of all in one statement."""
    StreamHead.objects.bulk_create(
        heads, update_conflicts=True, unique_fields=["stream"], update_fields=["seq", "hash"]
    )


def _nudge() -> None:
    """Wake the worker; the beat comes anyway, so a broker that is down costs two seconds, not a fact."""
    from foundation.journal.tasks import wake

    wake()


def deliver_open(limit: int = 100) -> int:
    """Hand open deliveries to their handlers until none is due or `limit` is reached; returns how many were done."""
    done = 0
    for _turn in range(limit):
        delivery = _claim()
        if delivery is None:
            break
        done += _hand_over(delivery)
    return done


def _claim() -> Delivery | None:
    """Take the lowest open delivery of some stream and handler for the time of a lease."""
    now = machine_now()
    with transaction.atomic():
        rows = Delivery.objects.raw(
            """
            SELECT d.* FROM journal_delivery d
            WHERE d.state = 'open' AND d.available_at <= %s
              AND NOT EXISTS (
                SELECT 1 FROM journal_delivery e
                WHERE e.stream = d.stream AND e.handler = d.handler AND e.seq < d.seq AND e.state <> 'done')
            ORDER BY d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
            """,
            [now],
        )
        delivery = next(iter(rows), None)
        if delivery is None:
            return None
        Delivery.objects.filter(pk=delivery.pk).update(
            attempts=delivery.attempts + 1, available_at=now + LEASE
        )
        delivery.attempts += 1
    return delivery


def _hand_over(delivery: Delivery) -> int:
    try:
        handler: Handler = import_string(delivery.handler)
        handler(delivery.fact)
    except NotYet as early:
        # the demo's clock may jump, so look again at least every ten minutes
        Delivery.objects.filter(pk=delivery.pk).update(
            available_at=machine_now() + min(early.wait, _LONGEST_NAP), attempts=delivery.attempts - 1
        )
        return 0
    except Exception as error:  # noqa: BLE001 -- whatever a handler raises is kept and shown, and tried again
        _log.warning(
            "delivery %s failed, attempt %s: %s", delivery.pk, delivery.attempts, type(error).__name__
        )
        _put_off(delivery, error)
        return 0
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.DONE, done_at=machine_now(), last_error="")
    return 1


def _put_off(delivery: Delivery, error: Exception) -> None:
    wait = min(_FIRST_WAIT_S * 2 ** (delivery.attempts - 1), _LONGEST_WAIT_S) * random.uniform(0.8, 1.2)  # noqa: S311 -- jitter
    dead = delivery.attempts >= MAX_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.DEAD if dead else Delivery.OPEN,
        available_at=machine_now() + timedelta(seconds=wait),
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def retry(delivery_id: int) -> None:
    """Put a waiting or dead delivery back in line at once (operator)."""
    Delivery.objects.filter(pk=delivery_id).exclude(state=Delivery.DONE).update(
        state=Delivery.OPEN, attempts=0, available_at=machine_now()
    )


def resolve(delivery_id: int) -> None:
    """Mark a dead delivery as dealt with by hand, so that its stream goes on (operator)."""
    Delivery.objects.filter(pk=delivery_id, state=Delivery.DEAD).update(
        state=Delivery.DONE, done_at=machine_now()
    )
