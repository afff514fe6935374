"""What an officer should look at twice: the same place, file or letter in another case, another open case of the party."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils.functional import Promise

from applications.models import DataCentre, Evidence
from casework.cases.models import Case
from casework.documents.models import StoredFile

_PLACE = ("region", "city", "district", "settlement", "street", "house")


@dataclass(frozen=True, slots=True)
class Flag:
    """What an officer should look at twice, with the cases it points to: (id, number, how often)."""

    text: str | Promise
    cases: list[tuple[UUID, str, int]]


def by_case(rows: Iterable[dict[str, Any]]) -> list[tuple[UUID, str, int]]:
    """(case, number, how often) of what was found."""
    found: dict[UUID, tuple[str, int]] = {}
    for row in rows:
        case = UUID(row["case"])
        found[case] = (row["number"], found.get(case, ("", 0))[1] + 1)
    return [(case, number, times) for case, (number, times) in found.items()]


def number(path: str) -> Coalesce:
    """The incoming number of the case, or its draft's."""
    return Coalesce(f"{path}incoming_no", f"{path}draft_no")


def parallel() -> QuerySet[Case]:
    """Other open cases of the party."""
    filed = Case.objects.filter(is_open=True, received_at__isnull=False, party_id=OuterRef("case__party_id"))
    return filed.exclude(pk=OuterRef("pk")).order_by("-received_at")


def same_files() -> QuerySet[StoredFile]:
    """The same bytes handed in to another case."""
    own = StoredFile.objects.filter(case_id=OuterRef(OuterRef("pk")), deleted_at=None)
    others = StoredFile.objects.filter(
        deleted_at=None, sha256__in=own.values("sha256"), case__received_at__isnull=False
    )
    return others.exclude(case_id=OuterRef("pk")).order_by("-created_at")


def same_places() -> QuerySet[DataCentre]:
    """A data centre of another case at the same address."""
    own = DataCentre.objects.filter(application_id=OuterRef(OuterRef("pk"))).annotate(place=_place())
    others = DataCentre.objects.annotate(place=_place()).filter(application__case__received_at__isnull=False)
    same = Exists(own.filter(place=OuterRef("place")))
    return (
        others.filter(same).exclude(application_id=OuterRef("pk")).order_by("-application__case__received_at")
    )


def same_letters() -> QuerySet[Evidence]:
    """A document of the same entry and number in other bytes: a copy that differs wants a look."""
    said = KeyTextTransform("document_number", "particulars")
    own = Evidence.objects.filter(application_id=OuterRef(OuterRef("pk"))).annotate(said=said)
    same = own.filter(said=OuterRef("said"), requirement=OuterRef("requirement"))
    others = Evidence.objects.annotate(said=said).filter(application__case__received_at__isnull=False)
    found = others.filter(Exists(same.exclude(file__sha256=OuterRef("file__sha256")))).exclude(said="")
    return found.exclude(application_id=OuterRef("pk")).order_by("-application__case__received_at")


def _place() -> Lower:
    """The address in one line of small letters, without the words of `free_text`."""
    parts: list[Any] = []
    for name in _PLACE:
        parts += [Coalesce(KeyTextTransform(name, "address"), _text("")), _text("|")]
    return Lower(Concat(*parts))


def _text(said: str) -> Value:
    return Value(said, output_field=TextField())
