"""Acts whose bytes are made when the signer asks for them: filing, withdrawal, refusal of consideration, hearing."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications import addresses
from applications.completeness import Item, ItemState
from applications.fees import service_of
from applications.papers.base import addressee
from applications.papers.decision import ground_reasons
from applications.papers.entries import places_of, requirement_citation
from applications.papers.filing import submit_draft
from applications.papers.grounds import read_grounds, require_failed
from applications.papers.wording import of_matter, w
from applications.permissions import Situation
from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.papers import (
    Draft,
    Language,
    Paper,
    appeal_block,
    authority,
    letter_number,
    signatory,
    statement,
)
from casework.decisions.papers.hearing import hearing_answer, hearing_notice, late_notice, protocol
from casework.documents.contexts import LetterContext, Reason
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput
from foundation.rulebook.rules import Service


def draft_of(action: str, situation: Situation, params: dict[str, Any]) -> Draft:
    """The act of a signed action, from what was asked for; raises BadInput naming what is missing in `params`."""
    made = _MAKERS.get(action, _withdrawal)
    return made(situation, params)


def _filing(s: Situation, _params: dict[str, Any]) -> Draft:
    from applications.services.filing import require_complete_form

    require_complete_form(s.application, s.at.date())
    return submit_draft(s)


def _withdrawal(s: Situation, params: dict[str, Any]) -> Draft:
    return statement(s, "withdrawal", {"reason": str(params.get("reason", ""))})


def _further_refusal(s: Situation, params: dict[str, Any]) -> Draft:
    """Rules 7: each missing or expired document with its code; `items` are all of them, no more and no less."""
    lacking = {item.key: item for item in s.report.lacking}
    chosen = [str(key) for key in params.get("items", lacking)]
    unknown = [key for key in chosen if key not in lacking]
    if unknown or not chosen:
        raise BadInput(
            _("Only what is really missing or expired can be named."),
            citation=cite("Rules", 7),
            fields={"items": unknown or [_("Name at least one of: {keys}.").format(keys=", ".join(lacking))]},
        )
    if left_out := [key for key in lacking if key not in chosen]:
        raise BadInput(
            _("Every missing or expired document is named: the applicant mends them all at once."),
            citation=cite("Rules", 7),
            fields={"items": [_("Left out: {keys}.").format(keys=", ".join(left_out))]},
        )
    act_date = current_calendar_act_day(s.at)
    items = [lacking[key] for key in chosen]
    number = letter_number(s.case, "ОР")

    def context(language: Language) -> LetterContext:
        return LetterContext(
            authority=authority(act_date),
            addressee=addressee(s.application, language),
            number=number,
            signatory=signatory(s.person, language),
            applied_on=_applied_on(s),
            incoming_no=s.case.incoming_no or "",
            opening=w(
                "return.opening",
                language,
                date=f"{_applied_on(s):%d.%m.%Y}",
                incoming_no=s.case.incoming_no or "",
            ),
            reasons=tuple(_lack(s, item, language) for item in items),
            decision=(
                _said(s, "return.decision", language),
                *((w("return.fee", language),) if service_of(s.application) is not Service.ANNEX else ()),
            ),
            appeal=appeal_block(act_date, language, s.person),
        )

    return Draft(
        kind="further_refusal",
        act_date=act_date,
        number=number,
        content={"items": [{"key": item.key, "code": item.code, "state": str(item.state)} for item in items]},
        papers=(Paper("further_refusal", number, act_date, context),),
    )


def _lack(s: Situation, item: Item, language: Language) -> Reason:
    centre = next((c for c in s.application.data_centres.all() if str(c.pk) == item.data_centre_id), None)
    facts = w("return.missing", language)
    if item.state is ItemState.EXPIRED:
        last = max(e.expires_on for e in item.evidence if e.expires_on)
        facts = w("return.expired", language, day=f"{last:%d.%m.%Y}")
    elif item.state is ItemState.FOUND_BAD:
        facts = w("return.found_bad", language)
    if centre is not None:
        facts += " " + w("return.centre", language, place=addresses.one_line(centre.address, language))
    return Reason(
        title=f"{item.code}. {item.verdict.requirement.title(language)}",
        facts=facts,
        citation=requirement_citation(item.verdict.requirement, language),
    )


def _hearing_notice(s: Situation, params: dict[str, Any]) -> Draft:
    """Rules 10, APPC 73: the preliminary decision with grounds, facts and evidence; in writing by default."""
    on = s.case.registered_on or s.today
    grounds = read_grounds(params.get("grounds"), on, known=s.grounds_known, heard=True, sources=s.sources)
    require_failed(grounds, s.failed_entries)
    return hearing_notice(
        s,
        content={"grounds": grounds},
        addressee=lambda language: addressee(s.application, language),
        preliminary=lambda language: _said(s, "hearing.preliminary", language),
        reasons=lambda language: ground_reasons(grounds, on, language, places_of(s.application, language)),
    )


def _protocol(s: Situation, params: dict[str, Any]) -> Draft:
    return protocol(s, params, question=lambda language: _said(s, "protocol.question", language))


def _said(s: Situation, code: str, language: Language) -> str:
    return of_matter(code, s.matter, language)


def _applied_on(s: Situation) -> Any:
    return almaty(s.case.received_at).date() if s.case.received_at else s.today


_MAKERS: dict[str, Callable[[Situation, dict[str, Any]], Draft]] = {
    "submit": _filing,
    "return": _further_refusal,
    "notify_hearing": _hearing_notice,
    "sign_protocol": _protocol,
    "answer_hearing": hearing_answer,
    "agree_late_notice": late_notice,
    "withdraw": _withdrawal,
}
