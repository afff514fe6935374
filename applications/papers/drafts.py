"""Acts whose bytes are made when the signer asks for them: filing, withdrawal, refusal of consideration, hearing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications import addresses
from applications.completeness import Item, ItemState
from applications.papers.base import Draft, Language, Paper, addressee, authority, signatory
from applications.papers.decision import appeal_block, ground_reasons
from applications.papers.filing import submit_draft
from applications.papers.grounds import read_grounds
from applications.papers.wording import w
from applications.permissions import Situation
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, current_calendar_act_day
from casework.decisions.selectors import unused_consent
from casework.documents.contexts import (
    HearingNoticeContext,
    HearingProtocolContext,
    LetterContext,
    Reason,
    Statement,
)
from foundation.kernel.citations import cite
from foundation.kernel.clock import ALMATY, almaty
from foundation.kernel.refusals import BadInput


def draft_of(action: str, situation: Situation, params: dict[str, Any]) -> Draft:
    """The act of a signed action, from what was asked for; raises BadInput naming what is missing in `params`."""
    made = _MAKERS.get(action, _withdrawal)
    return made(situation, params)


def _filing(s: Situation, _params: dict[str, Any]) -> Draft:
    from applications.services.filing import require_complete_form

    require_complete_form(s.application, s.at.date())
    return submit_draft(s)


def _hearing_answer(s: Situation, params: dict[str, Any]) -> Draft:
    return _statement(
        s, "hearing_answer", {"text": _text(params, "text"), "final": bool(params.get("final"))}
    )


def _late_notice(s: Situation, params: dict[str, Any]) -> Draft:
    return _statement(s, "late_notice_consent", {"reason": _text(params, "reason")})


def _withdrawal(s: Situation, params: dict[str, Any]) -> Draft:
    return _statement(s, "withdrawal", {"reason": str(params.get("reason", ""))})


def _statement(s: Situation, kind: str, content: dict[str, Any]) -> Draft:
    """A signed statement without a document of its own: its text stands in the manifest."""
    return Draft(
        kind=kind,
        act_date=s.at.date() if s.represents else current_calendar_act_day(s.at),
        number="",
        content=content,
        papers=(),
        manifest={"statement": content},
    )


def _further_refusal(s: Situation, params: dict[str, Any]) -> Draft:
    """Rules 7: each missing or expired document with its code; `items` may narrow, never widen."""
    lacking = {item.key: item for item in s.report.lacking}
    chosen = [str(key) for key in params.get("items", lacking)]
    unknown = [key for key in chosen if key not in lacking]
    if unknown or not chosen:
        raise BadInput(
            _("Only what is really missing or expired can be named."),
            citation=cite("Rules", 7),
            fields={"items": unknown or [_("Name at least one of: {keys}.").format(keys=", ".join(lacking))]},
        )
    act_date = current_calendar_act_day(s.at)
    items = [lacking[key] for key in chosen]
    number = _number(s, "ОР")

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
            decision=(w("return.decision", language),),
            appeal=appeal_block(act_date, language),
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
        citation=w("annex_11", language, code=item.code),
    )


def _hearing_notice(s: Situation, params: dict[str, Any]) -> Draft:
    """Rules 10, APPC 73: the preliminary decision with grounds, facts and evidence; in writing by default."""
    on = s.case.registered_on or s.today
    grounds = read_grounds(params.get("grounds"), on, annex_only=s.application.scope == "annex")
    act_date = current_calendar_act_day(s.at)
    until = days.objections_end(act_date, current_calendar())
    number = _number(s, "З")
    consent = unused_consent(s.case.pk) if s.term_is_past("hearing_notice") else None

    def context(language: Language) -> HearingNoticeContext:
        return HearingNoticeContext(
            authority=authority(act_date),
            addressee=addressee(s.application, language),
            number=number,
            applied_on=_applied_on(s),
            incoming_no=s.case.incoming_no or "",
            preliminary=w("hearing.preliminary", language),
            reasons=ground_reasons(grounds, on, language),
            way=w("hearing.way", language, until=f"{until:%d.%m.%Y}"),
            objections_until=until,
            rights=tuple(w(f"hearing.right.{code}", language) for code in ("oral", "file", "silence")),
            signatory=signatory(s.person, language),
            late_reason=consent.reason if consent else "",
            second_signatory=signatory(consent.head, language) if consent else None,
        )

    return Draft(
        kind="hearing_notice",
        act_date=act_date,
        number=number,
        content={"grounds": grounds},
        papers=(Paper("hearing_notice", number, act_date, context),),
    )


def _protocol(s: Situation, params: dict[str, Any]) -> Draft:
    """APPC 74: place, date, start and end, body, officer, secretary, present, question, explanations."""
    hearing = s.hearing
    assert hearing is not None  # noqa: S101 -- the guard of sign_protocol has looked
    started, ended = _moment(params, "started_at"), _moment(params, "ended_at")
    if not hearing.notified_at <= started <= ended <= s.at:
        raise BadInput(
            _("The protocol is signed after the hearing: start, end, now."),
            citation=cite("APPC", 74),
            fields={"ended_at": [_("Not before the start, not after now.")]},
        )
    present = [str(name)[:200] for name in params.get("present", []) if str(name).strip()][:30]
    if hearing.planned_at is not None and started < hearing.planned_at:
        raise BadInput(
            _("The hearing was set for {moment}; it does not start earlier.").format(
                moment=f"{almaty(hearing.planned_at):%d.%m.%Y %H:%M}"
            ),
            citation=cite("Rules", 10),
            fields={"started_at": [_("Not before the time the applicant was told.")]},
        )
    # of one who was told and did not come there is nothing to report but the absence (APPC 73(3))
    explanations = _text(params, "explanations") if present else ""
    act_date = current_calendar_act_day(s.at)
    number = _number(s, "ПТ")
    chair = s.case.executor

    def context(language: Language) -> HearingProtocolContext:
        return HearingProtocolContext(
            authority=authority(act_date),
            number=number,
            place=hearing.place,
            started_at=started,
            ended_at=ended,
            chair=signatory(chair or s.person, language),
            secretary=signatory(s.person, language),
            present=tuple(present),
            question=w("protocol.question", language),
            statements=(
                Statement(
                    speaker=s.case.party.name(language),
                    text=explanations or w("protocol.absent", language),
                ),
            ),
            incoming_no=s.case.incoming_no or "",
        )

    return Draft(
        kind="hearing_protocol",
        act_date=act_date,
        number=number,
        content={"attended": bool(present), "explanations": explanations},
        papers=(Paper("hearing_protocol", number, act_date, context),),
    )


def _applied_on(s: Situation) -> Any:
    return almaty(s.case.received_at).date() if s.case.received_at else s.today


def _number(s: Situation, mark: str) -> str:
    """The case's incoming number with the mark of the kind and the count of such letters."""
    from casework.decisions.selectors import acts_of

    count = acts_of(s.case.pk).filter(number__startswith=f"{s.case.incoming_no}/{mark}").count()
    return f"{s.case.incoming_no}/{mark}{count + 1}"


def _text(params: dict[str, Any], name: str) -> str:
    text = str(params.get(name, "")).strip()
    if not text:
        raise BadInput(
            _("Something is missing for this step."), fields={name: [_("Write it in a sentence or two.")]}
        )
    return text


def _moment(params: dict[str, Any], name: str) -> datetime:
    """A moment; one without an offset, as a form's field sends it, is on the wall clock of Almaty."""
    try:
        said = datetime.fromisoformat(str(params.get(name, "")))
        return almaty(said if said.tzinfo else said.replace(tzinfo=ALMATY))
    except ValueError as error:
        raise BadInput(
            _("This is no moment: it looks like 2026-11-23T10:00+05:00."),
            fields={name: [str(params.get(name, ""))]},
        ) from error


_MAKERS: dict[str, Callable[[Situation, dict[str, Any]], Draft]] = {
    "submit": _filing,
    "return": _further_refusal,
    "notify_hearing": _hearing_notice,
    "sign_protocol": _protocol,
    "answer_hearing": _hearing_answer,
    "agree_late_notice": _late_notice,
    "withdraw": _withdrawal,
}
