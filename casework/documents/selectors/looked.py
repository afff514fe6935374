"""Who looked at one's data: questions to the state registers, officers' looks into files, bundles taken (APPC 75).

One's data are those under one's own IIN and those of the companies one acts for. Of an entrepreneur only they themselves are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.cases.selectors import cases_visible_to, shown_names
from casework.documents import events
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Party, Person
from foundation.egov.models import Register
from foundation.egov.selectors import LookupLine, lookups_about
from foundation.journal.models import Fact
from foundation.kernel.citations import Citation, cite

NEWEST = 200
FILES = "files"
_BASES = {"law-202-V-art-25": ("PL", 25)}  # as the gateway is told (integrations.md B)
_LOOKS = {
    events.FILE_OPENED: _("A file of the case was opened to consider it"),
    events.BUNDLE_TAKEN: _("Everything of the case was taken along as one archive"),
}
_PURPOSES: dict[str, Promise] = {
    Register.PERSONS: _("Evidence about the applicant and who signs for them, instead of papers"),
    Register.ENTITIES: _("Evidence about the company, instead of papers"),
    Register.PAYMENTS: _("Whether the fee was paid"),
    Register.CONSENTS: _("Asking for the person's consent"),
}
_OUTCOMES = {
    "found": _("found"),
    "not_found": _("nothing found"),
    "CONSENT_REQUIRED": _("consent is needed, nothing was told"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when, where, by whom, about which number, for which case and why, by which law, what came of it."""

    at: datetime
    source: str
    source_label: str
    who: str
    subject: str
    case_no: str
    case_id: UUID | None
    case_kind: str
    purpose: str
    citation: Citation
    outcome: str


def looks_at(person: Person, at: datetime, *, newest: int = NEWEST) -> list[Look]:
    """Every look at the person's data and that of the companies they act for, the newest first."""
    parties = list(accounts.parties_of(person, at))
    lines = lookups_about(_numbers(person, parties), newest=newest)
    own = Case.objects.filter(party__in=[party for party in parties if _is_ones_own(party, person)])
    facts = list(
        Fact.objects.filter(subject_id__in=own.values("pk"), kind__in=_LOOKS).order_by("-at", "-pk")[:newest]
    )
    ids = {line.asked_by for line in lines} | {fact.actor_id for fact in facts}
    names = shown_names(ids, person, by_name=False)
    cases = _cases(person, at, lines, facts)
    found = [
        *(_asked(line, names, cases) for line in lines),
        *(_opened(fact, names, cases) for fact in facts),
    ]
    return sorted(found, key=_when, reverse=True)[:newest]


def _numbers(person: Person, parties: Iterable[Party]) -> list[str]:
    numbers = {party.number for party in parties if _is_ones_own(party, person)}
    return sorted(numbers | {person.iin} if person.iin else numbers)


def _is_ones_own(party: Party, person: Person) -> bool:
    return party.kind == Party.Kind.ENTITY or party.number == person.iin


def _cases(
    person: Person, at: datetime, lines: Iterable[LookupLine], facts: Iterable[Fact]
) -> dict[str, Case]:
    """The cases that are meant and may be seen, by the number of the draft and by id."""
    seen = cases_visible_to(person, at)
    meant = seen.filter(draft_no__in={line.application for line in lines}) | seen.filter(
        pk__in={fact.subject_id for fact in facts}
    )
    rows = list(meant)
    return {case.draft_no: case for case in rows} | {str(case.pk): case for case in rows}


def _asked(line: LookupLine, names: dict[UUID | None, str], cases: dict[str, Case]) -> Look:
    case = cases.get(line.application)
    outcome = _OUTCOMES.get(line.outcome, _("no answer came"))
    if line.kept:
        outcome = _("the answer of the last 24 hours was read again")
    return Look(
        at=line.at,
        source=line.register.value,
        source_label=str(line.register.label),
        who=_who(line.asked_by, names),
        subject=line.subject_masked,
        case_no=str(case) if case else line.application,
        case_id=case.pk if case else None,
        case_kind=case.kind if case else "",
        purpose=str(_PURPOSES[line.register]),
        citation=cite(*_BASES[line.legal_basis]) if line.legal_basis in _BASES else line.legal_basis,
        outcome=str(outcome),
    )


def _opened(fact: Fact, names: dict[UUID | None, str], cases: dict[str, Case]) -> Look:
    case = cases.get(str(fact.subject_id))
    return Look(
        at=fact.at,
        source=FILES,
        source_label=str(_("files of the case")),
        who=_who(fact.actor_id, names),
        subject="",
        case_no=str(case) if case else "",
        case_id=case.pk if case else None,
        case_kind=case.kind if case else "",
        purpose=str(_LOOKS[fact.kind]),
        citation=cite("APPC", 75) if fact.kind == events.BUNDLE_TAKEN else cite("PL", 25),
        outcome="",
    )


def _who(actor: UUID | None, names: dict[UUID | None, str]) -> str:
    return str(names.get(actor, _("the portal")))


def _when(look: Look) -> datetime:
    return look.at
