"""What a person keeps for themselves at a desk: saved filters, the secret address of a calendar."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60


class SavedFilter(models.Model):
    """A question put to a list, under a name of its owner's; nobody else sees it."""

    class List(models.TextChoices):
        TERMS = "terms", _("Terms")
        CASES = "cases", _("Open cases")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=10, choices=List.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=500, help_text="as it stands in the address; empty: the whole list")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "list", "name"], name="desks_filter_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """The secret address under which an officer's calendar program reads the officer's own terms; one a person."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret_sha256 = models.CharField(
        max_length=64, unique=True, help_text="of the secret, which is kept nowhere"
    )
    made_at = models.DateTimeField(help_text="legal time")

    def __str__(self) -> str:
        return f"{self.person_id}, {self.made_at:%Y-%m-%d}"
