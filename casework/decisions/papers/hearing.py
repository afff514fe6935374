"""The documents of a hearing: its notice, its protocol, and the statements signed about it (Rules 10, APPC 73, 74)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.cases.selectors import acting_executors
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, current_calendar_act_day, rules_on
from casework.decisions.models import Hearing, LateNoticeConsent
from casework.decisions.papers.base import (
    Draft,
    Language,
    Paper,
    authority,
    letter_number,
    moment_of,
    signatory,
    statement,
    text_of,
)
from casework.decisions.papers.wording import w
from casework.decisions.permissions import CaseSituation
from casework.decisions.selectors import asked_orally, files_to_sign, unused_consent
from casework.documents.contexts import (
    Addressee,
    Authority,
    HearingNoticeContext,
    HearingProtocolContext,
    Reason,
    Statement,
)
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput


def hearing_answer(s: CaseSituation, params: dict[str, Any]) -> Draft:
    """The party's objections with their files by SHA-256, markable as final (APPC 73(3))."""
    content = {
        "text": text_of(params, "text"),
        "final": bool(params.get("final")),
        "files": files_to_sign(s.case.pk),
    }
    return statement(s, "hearing_answer", content)


def late_notice(s: CaseSituation, params: dict[str, Any]) -> Draft:
    """The head's consent to a notice after its last day, with its reason (APPC 84(1))."""
    return statement(s, "late_notice_consent", {"reason": text_of(params, "reason")})


def hearing_notice(
    s: CaseSituation,
    *,
    content: dict[str, Any],
    addressee: Callable[[Language], Addressee],
    preliminary: Callable[[Language], str],
    reasons: Callable[[Language], tuple[Reason, ...]],
    head: Authority | None = None,
) -> Draft:
    """Rules 10, APPC 73: the preliminary decision with its reasons; in writing by default.

    `head`: the body whose letter it is; without it the provider.
    """
    act_date = current_calendar_act_day(s.at)
    until = days.last_day(
        "hearing_objections",
        act_date,
        current_calendar(),
        table=rules_on(s.case.registered_on or act_date),
    )
    number = letter_number(s.case, "З")
    asked = asked_orally(s.case.pk)
    consent = unused_consent(s.case.pk) if s.term_is_past("hearing_notice") else None

    def context(language: Language) -> HearingNoticeContext:
        return HearingNoticeContext(
            authority=head or authority(act_date),
            addressee=addressee(language),
            number=number,
            applied_on=almaty(s.case.received_at).date() if s.case.received_at else s.today,
            incoming_no=s.case.incoming_no or "",
            preliminary=preliminary(language),
            reasons=reasons(language),
            way=w("hearing.way.oral" if asked else "hearing.way", language, until=f"{until:%d.%m.%Y}"),
            objections_until=until,
            rights=tuple(w(f"hearing.right.{code}", language) for code in ("oral", "file", "silence")),
            signatory=signatory(s.person, language),
            late_reason=consent.reason if consent else "",
            late_agreed=_agreed(consent, language) if consent else "",
            about=s.case.kind,
        )

    return Draft(
        kind="hearing_notice",
        act_date=act_date,
        number=number,
        content=content,
        papers=(Paper("hearing_notice", number, act_date, context),),
    )


def protocol(
    s: CaseSituation,
    params: dict[str, Any],
    *,
    question: Callable[[Language], str],
    head: Authority | None = None,
) -> Draft:
    """APPC 74: place, date, start and end, body, officer, secretary, present, question, explanations."""
    hearing = s.hearing
    assert hearing is not None  # noqa: S101 -- the guard of sign_protocol has looked
    started, ended = moment_of(params, "started_at"), moment_of(params, "ended_at")
    _require_order(s, hearing, started, ended)
    attended = _attended(params)
    present = [str(name)[:200] for name in params.get("present", []) if str(name).strip()][:30]
    _require_whole(attended=attended, present=present, said=str(params.get("explanations", "")).strip())
    explanations = text_of(params, "explanations") if attended else ""
    act_date = current_calendar_act_day(s.at)
    number = letter_number(s.case, "ПТ")
    chair = next(iter(acting_executors(s.case, s.today)), s.person)

    def context(language: Language) -> HearingProtocolContext:
        return HearingProtocolContext(
            authority=head or authority(act_date),
            number=number,
            place=hearing.where(language),
            started_at=started,
            ended_at=ended,
            chair=signatory(chair, language),
            secretary=signatory(s.person, language),
            present=tuple(present),
            question=question(language),
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
        content={
            "attended": attended,
            "present": present,
            "explanations": explanations,
            "hearing": str(hearing.pk),
            "chair": str(chair.pk),
        },
        papers=(Paper("hearing_protocol", number, act_date, context),),
    )


def _agreed(consent: LateNoticeConsent, language: Language) -> str:
    """Who agreed to the late notice: a statement signed apart, so no mark of a signature stands under the notice."""
    head = signatory(consent.head, language)
    day = f"{almaty(consent.agreed_at):%d.%m.%Y}"
    return w("hearing.late_agreed", language, post=head.post, name=head.name, day=day)


def _attended(params: dict[str, Any]) -> bool:
    """Said, never guessed: an empty list of names is no proof that the party stayed away (APPC 73(3))."""
    said = params.get("attended")
    if not isinstance(said, bool):
        raise BadInput(
            _("The protocol says whether the party came."),
            citation=cite("APPC", "73(3), 74"),
            fields={"attended": [_("Choose: came, or did not come.")]},
        )
    return said


def _require_whole(*, attended: bool, present: list[str], said: str) -> None:
    """APPC 74: who came is named; of one who was told and did not come there is nothing to report but the absence."""
    if attended and not present:
        raise BadInput(
            _("The protocol names who came."),
            citation=cite("APPC", 74),
            fields={"present": [_("Name each person, one a line.")]},
        )
    if not attended and said:
        raise BadInput(
            _("Whoever did not come explained nothing."),
            citation=cite("APPC", "73(3)"),
            fields={"explanations": [_("Leave it empty, or say that the party came.")]},
        )


def _require_order(s: CaseSituation, hearing: Hearing, started: Any, ended: Any) -> None:
    if not hearing.notified_at <= started <= ended <= s.at:
        raise BadInput(
            _("The protocol is signed after the hearing: start, end, now."),
            citation=cite("APPC", 74),
            fields={"ended_at": [_("Not before the start, not after now.")]},
        )
    if hearing.planned_at is not None and started < hearing.planned_at:
        raise BadInput(
            _("The hearing was set for {moment}; it does not start earlier.").format(
                moment=f"{almaty(hearing.planned_at):%d.%m.%Y %H:%M}"
            ),
            citation=cite("Rules", 10),
            fields={"started_at": [_("Not before the time the applicant was told.")]},
        )
