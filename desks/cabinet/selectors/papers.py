"""The documents of a case in lines: Kazakh and Russian side by side, with the signatures over them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from casework.documents.kinds import KINDS
from casework.documents.models import ActEvidence, OfficialDocument
from casework.documents.selectors import published_documents_visible_to
from foundation.accounts.models import Person


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of the case, in both languages, with the signatures over it."""

    title: str
    kind: str
    number: str
    subject: str
    document_date: date
    files: list[OfficialDocument] = field(default_factory=list)
    signatures: list[int] = field(default_factory=list)


def documents_of_acts(
    person: Person, at: datetime, acts: Iterable[UUID | None], language: str
) -> list[DocumentLine]:
    """The published documents of some acts that the person may see."""
    ids = {act for act in acts if act}
    rows = with_signatures(published_documents_visible_to(person, at).filter(act_id__in=ids))
    lines = grouped(list(rows.order_by("created_at", "kind", "subject", "language")), language)
    return sorted(lines, key=lambda line: (not line.kind.startswith("licence"), line.subject))


def rank_of(line: DocumentLine) -> int:
    """A licence, then its annexes, then the rest of the same day as it was made."""
    return 0 if line.kind.startswith("licence") else 1 if line.kind.startswith("annex") else 2


def with_signatures(rows: QuerySet[OfficialDocument]) -> QuerySet[OfficialDocument]:
    """Each document with the places of the signatures over its act, as `signatures`."""
    positions = ActEvidence.objects.filter(act_id=OuterRef("act_id")).order_by("position").values("position")
    return rows.annotate(signatures=ArraySubquery(positions))


def grouped(rows: list[OfficialDocument], language: str) -> list[DocumentLine]:
    """Kazakh and Russian side by side; the rows come from `with_signatures`."""
    lines: dict[tuple[str, str, str, int], DocumentLine] = {}
    side = "kk" if language == "kk" else "ru"
    for row in rows:
        key = (row.kind, row.number, row.subject, row.edition)
        if key not in lines:
            lines[key] = DocumentLine(
                title=KINDS[row.kind].named(side),  # type: ignore[arg-type]  # one of the two
                kind=row.kind,
                number=row.number,
                subject=row.subject,
                document_date=row.document_date,
                signatures=list(getattr(row, "signatures", [])),
            )
        lines[key].files.append(row)
    return list(lines.values())
