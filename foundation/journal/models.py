"""Facts chained per stream, their deliveries to handlers, and the signed daily anchors."""

import json
from typing import Any, ClassVar

import pgtrigger
from django.db import models


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """UPDATE, DELETE and TRUNCATE refused by the database itself; row triggers alone let TRUNCATE pass."""
    return [
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_no_truncate",
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func=f"RAISE EXCEPTION 'The {name} table is append-only: TRUNCATE is refused.';",
        ),
    ]


class StreamHead(models.Model):
    """The last link of a stream; its row lock orders the writers."""

    stream = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    anchored_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"


class Fact(models.Model):
    """One thing that happened; ids, codes, dates and hashes only, never names, IIN or free text."""

    stream = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField(help_text="legal time")
    recorded_at = models.DateTimeField(help_text="machine time")
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    canonical = models.BinaryField(help_text="the bytes that are chained")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "seq"], name="journal_fact_stream_seq"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_id", "id"], name="journal_fact_subject")]
        triggers: ClassVar = append_only("fact")

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"

    @property
    def payload(self) -> dict[str, Any]:
        """What the fact says, read back from the chained bytes."""
        content: dict[str, Any] = json.loads(bytes(self.canonical))["payload"]
        return content


class Delivery(models.Model):
    """One fact for one handler: at least once, in order per stream and handler."""

    OPEN, DONE, DEAD = "open", "done", "dead"

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    stream = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    handler = models.CharField(max_length=200)
    state = models.CharField(max_length=4, default=OPEN)
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "handler"], name="journal_delivery_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=~models.Q(state="done"), name="journal_delivery_open"),
            models.Index(
                fields=["stream", "handler", "seq"],
                condition=~models.Q(state="done"),
                name="journal_delivery_open_stream",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} → {self.handler}: {self.state}"


class Anchor(models.Model):
    """The heads that moved since the last anchor, signed and published once a day."""

    seq = models.PositiveBigIntegerField(unique=True)
    made_at = models.DateTimeField(help_text="machine time")
    legal_date = models.DateField()
    last_fact_id = models.BigIntegerField()
    content = models.BinaryField(help_text="canonical JSON: seq, previous anchor's hash, date, heads")
    hash = models.CharField(max_length=64)
    key_id = models.CharField(max_length=32)
    signature = models.BinaryField()

    class Meta:
        triggers: ClassVar = append_only("anchor")

    def __str__(self) -> str:
        return f"anchor {self.seq} of {self.legal_date}"
