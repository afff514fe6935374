"""Documents with their signatures, the journal of a case, and its messages with the proof of delivery."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from applications import events
from applications.models import Application
from casework.cases.selectors import happenings
from casework.decisions.models import Act
from casework.decisions.selectors import acts_behind, papers_of
from casework.documents.kinds import KINDS
from casework.documents.models import ActEvidence, OfficialDocument
from casework.notices.models import Notice
from casework.notices.selectors import notices_of_case
from desks.officer.doors import Visit
from desks.officer.selectors.file import CaseFile, open_file
from foundation.accounts.models import Role


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in its languages, its act and the signatures over it."""

    title: str
    number: str
    subject: str
    document_date: date
    state: str
    state_label: str
    act: Act | None
    published_at: datetime | None
    files: list[OfficialDocument] = field(default_factory=list)
    signatures: list[ActEvidence] = field(default_factory=list)


class Records(CaseFile):
    """The tabs that look back."""

    @cached_property
    def papers(self) -> list[Paper]:
        """Kazakh and Russian side by side, newest first."""
        documents = list(papers_of(self.case.pk))
        acts = acts_behind(documents)
        signatures: dict[UUID, list[ActEvidence]] = {}
        rows = ActEvidence.objects.filter(act_id__in=acts).order_by("position").defer("manifest", "cms")
        for row in rows:
            signatures.setdefault(row.act_id, []).append(row)
        found: dict[tuple[Any, ...], Paper] = {}
        for document in documents:
            key = (document.kind, document.number, document.subject, document.edition)
            if key not in found:
                found[key] = self._paper(document, acts, signatures)
            found[key].files.append(document)
        return list(found.values())[::-1]

    def _paper(
        self, row: OfficialDocument, acts: dict[UUID, Act], signatures: dict[UUID, list[ActEvidence]]
    ) -> Paper:
        return Paper(
            title=KINDS[row.kind].named(self.side),  # type: ignore[arg-type]  # one of the two
            number=row.number,
            subject=row.subject,
            document_date=row.document_date,
            state=row.state,
            state_label=str(row.get_state_display()),
            act=acts.get(row.act_id) if row.act_id else None,
            published_at=row.published_at,
            signatures=signatures.get(row.act_id, []) if row.act_id else [],
        )

    def may_open(self, paper: Paper) -> bool:
        """Published papers for everybody here; those that wait for the signature for heads only."""
        if paper.state == OfficialDocument.State.PREPARED:
            return Role.HEAD in self.visit.roles
        return (
            paper.state == OfficialDocument.State.PUBLISHED
            and paper.published_at is not None
            and paper.published_at <= self.at
        )

    @property
    def lines(self) -> list[tuple[Paper, bool]]:
        return [(paper, self.may_open(paper)) for paper in self.papers]

    @cached_property
    def timeline(self) -> list[tuple[datetime, str | Promise, str, int]]:
        """What happened, newest first, with the link of the chain."""
        found = happenings(self.case, self.visit.person, self.at)
        return [(row.at, events.label(row.kind), row.who, row.fact.seq) for row in reversed(found)]

    @cached_property
    def messages(self) -> list[tuple[Notice, str, str]]:
        """(delivery, subject, text), newest first."""
        return [
            (notice, notice.message.subject(self.side), notice.message.text(self.side))
            for notice in notices_of_case(self.case.pk).reverse()
        ]


def records(visit: Visit, application_id: UUID) -> Records:
    """The case for looking back; raises NotFound for who may not see it."""
    return open_file(Records, visit, application_id, Application.objects.all())
