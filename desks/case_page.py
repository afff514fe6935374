"""What the page of any case shows alike: what can be done, terms day by day, documents, what happened."""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import get_language

from casework.cases.selectors import happenings
from casework.deadlines.explaining import explanations
from casework.deadlines.selectors import current_calendar
from casework.deadlines.statuses import TermState
from casework.decisions.papers import Language
from casework.decisions.permissions import CaseSituation, Offer
from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from casework.documents.selectors import documents_of
from casework.documents.selectors.outgoing import documents_of_act
from desks.assigning import Assigning
from desks.cabinet.selectors.filed import TermLine, term_line
from desks.cabinet.selectors.papers import DocumentLine, grouped, with_signatures

_HOUSEKEEPING = frozenset(
    {"document.published", "documents.certified", "file.opened", "notice.sent", "term.due", "term.elapsed"}
)

# refusals of steps that belong to another state
ELSEWHERE = ("WRONG_STATE", "NOTHING_PREPARED")


class SharedCasePage(Assigning):
    """One case as one person sees it; the owner names its offers, its labels and what only officers read."""

    inner: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, situation: CaseSituation) -> None:
        self.situation: Any = situation
        self.case = situation.case
        self.at = situation.at
        self.language = get_language() or "ru"
        self.calendar = current_calendar()

    def offers_of(self) -> list[Offer]:
        """Every action of the person's roles, by the owner's guards."""
        raise NotImplementedError

    def label(self, kind: str) -> str | Promise:
        """What people read for a kind of fact."""
        raise NotImplementedError

    @property
    def officer(self) -> bool:
        return not self.situation.represents

    @cached_property
    def offers(self) -> dict[str, Offer]:
        return {offer.action.name: offer for offer in self.offers_of()}

    @property
    def possible(self) -> list[Offer]:
        """What this person can do now, the main step of the state first."""
        found = (offer for offer in self.offers.values() if offer.possible)
        return sorted(found, key=lambda offer: not offer.action.primary)

    @property
    def closed(self) -> list[Offer]:
        """Closed by a condition of this state, with the reason; steps of other states are not worth a line."""
        return [
            offer for offer in self.offers.values() if offer.refusal and offer.refusal.code not in ELSEWHERE
        ]

    @cached_property
    def terms(self) -> list[TermLine]:
        rows = [term for term in self.situation.terms.values() if term.state != TermState.VOID]
        explained = explanations(self.situation.every_term, self.calendar)
        return [
            term_line(term, explained[term.pk], self.calendar, self.at)
            for term in rows
            if term.code != "registration"
        ]

    @cached_property
    def documents(self) -> list[DocumentLine]:
        rows = [
            row
            for row in with_signatures(documents_of(self.case.pk))
            if row.state == "published" and row.published_at is not None and row.published_at <= self.at
        ]
        return grouped(rows, self.language)

    @cached_property
    def to_sign(self) -> list[tuple[OfficialDocument, str]]:
        """The documents of the decision that waits for a signature, with their names in the reader's language."""
        waiting = self.situation.decision
        if waiting is None:
            return []
        side: Language = "kk" if self.language == "kk" else "ru"
        return [(row, KINDS[row.kind].named(side)) for row in documents_of_act(waiting.pk)]

    @cached_property
    def timeline(self) -> list[tuple[datetime, str | Promise, str]]:
        hidden = _HOUSEKEEPING if self.officer else _HOUSEKEEPING | self.inner
        found = happenings(self.case, self.situation.person, self.at, by_name=self.officer)
        return [(row.at, self.label(row.kind), row.who) for row in reversed(found) if row.kind not in hidden]
