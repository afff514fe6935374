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


class Place(models.Model):
    """A row of the official list of places (KATO), in force from a day until its successor; never deleted."""

    class Level(models.TextChoices):
        OBLAST = "oblast"
        DISTRICT = "district"
        SUB_DISTRICT = "sub_district"
        SETTLEMENT = "settlement"

    code = models.CharField(max_length=9)
    level = models.CharField(max_length=12, choices=Level.choices)
    type_code = models.CharField(max_length=2)
    name_kk = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    edition = models.CharField(max_length=40, help_text="of the classifier: NK RK 11-2025")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="the first day it is no more in force")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="kernel_place_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to=None), name="kernel_one_place_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="kernel_place_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_ru}"

    def name(self, language: str) -> str:
        """In Kazakh, or in Russian for every other language: the list has no English names."""
        return self.name_kk if language == "kk" else self.name_ru
