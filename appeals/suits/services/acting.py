"""What a suit brings to the common frame of acts (casework.decisions.services.course), and that frame for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from appeals.models import Suit
from appeals.suits import events, papers
from appeals.suits.permissions import GUARDS, SuitSituation
from casework.cases.models import Case
from casework.decisions.models import SignRequest
from casework.decisions.services.course import Course
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.kernel.refusals import NotFound

_READ = ("about__party", "about__executor", "act", "position__signed_by", "response", "scan")


def _situation(case: Case, person: Person, at: datetime) -> SuitSituation:
    suit = Suit.objects.select_related(*_READ).filter(case=case).first()
    if suit is None:
        raise NotFound
    suit.case = case
    return SuitSituation(suit, person, at)


def _signer_bin(s: SuitSituation) -> str:
    """The superior body's head signs with a key of that body, everybody else with one of the provider."""
    return s.superior.bin if s.heads_superior else accounts.provider().bin


COURSE: Course[SuitSituation] = Course(
    facts="suit",
    situation=_situation,
    guards=GUARDS,
    draft_of=papers.draft_of,
    applicants=frozenset(),
    label=events.label,
    signer_bin=_signer_bin,
)
act_on = COURSE.act_on


def load(suit_id: UUID) -> Suit:
    """The suit for reading; raises NotFound."""
    found = Suit.objects.select_related("case__party", "case__executor", *_READ).filter(pk=suit_id).first()
    if found is None:
        raise NotFound
    return found


def request_signature(
    suit_id: UUID,
    *,
    action: str,
    params: dict[str, Any],
    person: Person,
    at: datetime,
    version: int | None = None,
) -> SignRequest:
    """The exact bytes a person is asked to sign for an action; `sign` needs the paper to be open."""
    if action == "sign":
        from appeals.suits.services.deciding import request_for_sign

        return request_for_sign(suit_id, person=person, at=at, version=version)
    return COURSE.request_signature(
        suit_id, action=action, params=params, person=person, at=at, version=version
    )
