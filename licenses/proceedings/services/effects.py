"""What a signed order does to the register, in the transaction that signs it (DA 9, PL 35, 44)."""

from datetime import date
from typing import Any

from casework.decisions.models import Act
from licenses.papers import require_made_for
from licenses.proceedings.papers.decision import correction_words
from licenses.proceedings.permissions import Situation
from licenses.proceedings.statuses import BASES, Kind
from licenses.services import (
    SignedBy,
    change_licence,
    resume_licence,
    revoke_licence,
    suspend_licence,
    terminate_licence,
)
from licenses.statuses import Basis


def take_effect(s: Situation, act: Act) -> None:
    """From the day the act bears; a court act from the day it came into force (APPC 83, DA 9(7))."""
    assert act.act_date is not None  # noqa: S101 -- a signed act is dated
    facts: dict[str, Any] = {
        "licence_id": s.proceeding.licence_id,
        "annexes": tuple(annex.number for annex in s.annexes),
        "act_id": act.pk,
        "actor_id": s.person.pk,
        "at": s.at,
        "since": act.act_date,
    }
    match s.kind:
        case Kind.SUSPEND | Kind.SUSPEND_ON_REQUEST:
            suspend_licence(months=act.content["months"], basis=BASES[s.kind], **facts)
        case Kind.RESUME_AFTER_CURE | Kind.RESUME_ON_REQUEST:
            resume_licence(basis=BASES[s.kind], **facts)
        case Kind.TERMINATE_ON_REQUEST | Kind.TERMINATE_BY_EVENT:
            terminate_licence(basis=BASES[s.kind], **facts)
        case Kind.COURT_ACT:
            facts["since"] = date.fromisoformat(act.content["in_force_on"])
            if act.content["outcome"] == "revoked":
                revoke_licence(**facts)
            else:
                resume_licence(basis=Basis.SUIT_DISMISSED, **facts)
        case Kind.CORRECT:
            _correct(s, act)
        case _:
            return  # a suit changes nothing in the register


def _correct(s: Situation, act: Act) -> None:
    """PL 44: the register takes the editions that were signed, the earlier ones are superseded; no fee (PL 31)."""
    assert act.act_date is not None  # noqa: S101 -- a signed act is dated
    said = correction_words(s.proceeding, act, head=s.person, issued_on=act.act_date)
    require_made_for(act.pk, said)
    signed = SignedBy(
        case_id=s.case.pk,
        act_id=act.pk,
        issued_on=act.act_date,
        signer=said.signer,
        actor_id=s.person.pk,
        at=s.at,
    )
    change_licence(licence_id=s.proceeding.licence_id, change=said.change, signed=signed)
