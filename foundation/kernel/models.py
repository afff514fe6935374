"""The demo's shift of the legal clock, idempotency answers and named counters."""

import datetime as dt
from typing import ClassVar

from django.db import models


class ClockShift(models.Model):
    """How far the demo moved the legal clock; one row, pk 1."""

    shift = models.DurationField(default=dt.timedelta)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="kernel_one_clock_shift")
        ]

    def __str__(self) -> str:
        return f"legal clock {self.shift}"


class IdempotencyKey(models.Model):
    """The answer once given to a person's key, kept 24 hours (api.md)."""

    person_id = models.UUIDField()
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(null=True)
    content_type = models.CharField(max_length=100, default="application/json")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "key"], name="kernel_idempotency_key_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.person_id}"


class Counter(models.Model):
    """A named series of numbers without gaps of its own making; locked last and shortly."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
