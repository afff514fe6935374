"""Evidence beside its finding: what was attached for each entry of Annex 11, and what the executor found (Rules 8)."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from applications import addresses, particulars
from applications.completeness import Item
from applications.models import Application, Evidence, Finding
from applications.statuses import Status
from desks.officer.doors import Visit
from desks.officer.selectors.file import CaseFile, findings_of, open_file
from foundation.kernel.refusals import NotFound, Refusal
from foundation.rulebook.citations import shown

_EXAMINED_IN = (Status.COMPLETENESS, Status.REVIEW, Status.HEARING, Status.HEARD)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file for one entry, with its findings, newest first; those before a reopening of the case apart."""

    evidence: Evidence
    item: Item | None
    findings: list[dict[str, Any]]
    earlier: list[dict[str, Any]]

    @property
    def result(self) -> str:
        return str(self.findings[0]["result"]) if self.findings else ""


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of one place, and the entries of it that nothing was attached for."""

    number: int
    address: str
    pieces: list[Piece]
    lacking: list[tuple[Item, str]]


class Examination(CaseFile):
    """The evidence tab, with one piece chosen."""

    def __init__(self, application: Application, visit: Visit, chosen: UUID | None) -> None:
        super().__init__(application, visit)
        self.share_evidence()
        self._chosen = chosen

    @cached_property
    def pieces(self) -> list[Piece]:
        items = {(item.code, item.data_centre_id): item for item in self.situation.report.items}
        labels = dict(Finding.Result.choices)
        found = []
        for row in self.evidence:
            centre = str(row.data_centre_id) if row.data_centre_id else None
            named = [{**finding, "label": labels[finding["result"]]} for finding in findings_of(row)]
            findings = [finding for finding in named if not self.is_earlier(finding)]
            earlier = [finding for finding in named if self.is_earlier(finding)]
            found.append(Piece(row, items.get((row.requirement, centre)), findings, earlier))
        return found

    @cached_property
    def groups(self) -> list[Group]:
        """By place, in the order of the form."""
        centres = list(self.application.data_centres.all())
        places: list[tuple[int, str, str | None]] = [(0, "", None)]
        places += [
            (number, addresses.one_line(centre.address, self.side), str(centre.pk))
            for number, centre in enumerate(centres, start=1)
        ]
        groups = [self._group(*place) for place in places]
        return [group for group in groups if group.pieces or group.lacking]

    def _group(self, number: int, address: str, centre: str | None) -> Group:
        pieces = [p for p in self.pieces if (str(p.evidence.data_centre_id or "") or None) == centre]
        pieces.sort(key=lambda piece: (piece.evidence.requirement, piece.evidence.added_at))
        lacking = [
            (item, item.verdict.requirement.title(self.language))
            for item in self.situation.report.lacking
            if item.data_centre_id == centre and not item.evidence
        ]
        return Group(number, address, pieces, lacking)

    @cached_property
    def ordered(self) -> list[Piece]:
        return [piece for group in self.groups for piece in group.pieces]

    @cached_property
    def piece(self) -> Piece | None:
        """The chosen one; else the first without a finding; else the first. Raises NotFound for a strange one."""
        if self._chosen is not None:
            found = next((piece for piece in self.ordered if piece.evidence.pk == self._chosen), None)
            if found is None:
                raise NotFound
            return found
        return next((p for p in self.ordered if not p.findings), self.ordered[0] if self.ordered else None)

    @cached_property
    def following(self) -> Piece | None:
        """The next piece without a finding after the chosen one, round and round."""
        if self.piece is None:
            return None
        place = self.ordered.index(self.piece)
        rest = self.ordered[place + 1 :] + self.ordered[:place]
        return next((piece for piece in rest if not piece.findings), None)

    @property
    def found_count(self) -> int:
        return sum(1 for piece in self.pieces if piece.findings)

    @cached_property
    def refusal(self) -> Refusal | None:
        """What stands against this person making findings; None: the form is shown."""
        try:
            self.situation.require_executor()
        except Refusal as refusal:
            return refusal
        return None

    @property
    def may_find(self) -> bool:
        return self.refusal is None and self.status in _EXAMINED_IN

    @property
    def title(self) -> str:
        return (
            self.piece.item.verdict.requirement.title(self.language) if self.piece and self.piece.item else ""
        )

    @property
    def text(self) -> str:
        """The entry in the words of Annex 11."""
        return (
            self.piece.item.verdict.requirement.text(self.language) if self.piece and self.piece.item else ""
        )

    @property
    def citation(self) -> str | Promise:
        return shown(self.piece.item.verdict.citation) if self.piece and self.piece.item else ""

    @property
    def particulars(self) -> list[tuple[str, str]]:
        """What the form of information of Annex 11 says beside the chosen file."""
        if self.piece is None or self.piece.item is None:
            return []
        said = self.piece.evidence.particulars
        rows = self.piece.item.verdict.requirement.particulars
        return [
            (particulars.label(row, self.language), particulars.shown(row, said[row["name"]], self.language))
            for row in rows
            if said.get(row["name"])
        ]

    @property
    def below_minimum(self) -> list[str]:
        if self.piece is None or self.piece.item is None:
            return []
        rows = self.piece.item.verdict.requirement.particulars
        found = particulars.below_minimum(rows, self.piece.evidence.particulars)
        return [particulars.label(row, self.language) for row in found]


def examination(visit: Visit, application_id: UUID, chosen: UUID | None) -> Examination:
    """The evidence of a case; raises NotFound for who may not see it."""
    rows = Application.objects.prefetch_related("data_centres")
    return open_file(partial(Examination, chosen=chosen), visit, application_id, rows)
