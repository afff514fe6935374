"""Acts whose bytes are made when the signer asks for them: filing, withdrawal, hearing, leaving without consideration."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.models import ComplaintFile
from appeals.papers.base import act_named, addressee, answering, body_authority
from appeals.papers.wording import w
from appeals.permissions import ComplaintSituation
from appeals.statuses import LeaveReason
from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.papers import Draft, Language, Paper, letter_number, signatory, statement
from casework.decisions.papers.base import text_of
from casework.decisions.papers.hearing import hearing_answer, hearing_notice, protocol
from casework.documents.contexts import ComplaintContext, LetterContext, Reason
from foundation.accounts.models import Body
from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput

# signed by the side that complains
APPLICANTS = frozenset({"submit", "withdraw", "answer_hearing"})


def draft_of(action: str, situation: ComplaintSituation, params: dict[str, Any]) -> Draft:
    """The act of a signed action; raises BadInput naming what is missing in `params`."""
    return _MAKERS[action](situation, params)


def _filing(s: ComplaintSituation, _params: dict[str, Any]) -> Draft:
    """APPC 93(2): everything a complaint holds, and each attachment by its SHA-256."""
    from appeals.services.filing import require_complete

    complaint, today = s.complaint, s.today
    require_complete(complaint)
    files = list(complaint.files.select_related("file"))
    body = Body.objects.get(kind=complaint.addressee)

    def context(language: Language) -> ComplaintContext:
        return ComplaintContext(rows=tuple(_rows(s, body, files, language)), number=s.case.draft_no)

    return Draft(
        kind="complaint",
        act_date=today,
        number=s.case.draft_no,
        content={"addressee": complaint.addressee, "target": complaint.target},
        papers=(Paper("complaint_filed", s.case.draft_no, today, context),),
        manifest={
            "about": s.complaint.about.incoming_no or s.complaint.about.draft_no,
            "act": str(complaint.act_id) if complaint.act_id else None,
            "addressee": complaint.addressee,
            "attachments": [
                {"file": row.file.name, "sha256": row.file.sha256, "title": row.title} for row in files
            ],
            "circumstances": complaint.circumstances,
            "demands": complaint.demands,
            "late_reason": complaint.late_reason,
            "target": complaint.target,
        },
    )


def _rows(
    s: ComplaintSituation, body: Body, files: list[ComplaintFile], language: Language
) -> list[tuple[str, str]]:
    complaint, party = s.complaint, s.case.party
    listed = "\n".join(f"{row.title or row.file.name} ({row.file.sha256[:16]}…)" for row in files)
    rows = [
        ("row.body", body.name_kk if language == "kk" else body.name_ru),
        ("row.applicant", party.name(language)),
        ("row.number", party.number),
        ("row.postal", complaint.postal_address),
        ("row.actual", complaint.actual_address),
        ("row.against", complaint.complained_of),
        ("row.case", complaint.about.incoming_no or complaint.about.draft_no),
        ("row.act", act_named(complaint, language)),
        ("row.circumstances", complaint.circumstances),
        ("row.demands", complaint.demands),
        ("row.late", complaint.late_reason),
        ("row.files", listed or w("file.none", language)),
        ("row.dated", f"{s.today:%d.%m.%Y}"),
        ("row.signed", s.person.full_name),
    ]
    return [(w(code, language), text) for code, text in rows if text]


def _withdrawal(s: ComplaintSituation, params: dict[str, Any]) -> Draft:
    return statement(s, "withdrawal", {"reason": str(params.get("reason", ""))})


def _hearing_notice(s: ComplaintSituation, params: dict[str, Any]) -> Draft:
    """APPC 98(3), 73: both sides are told the preliminary position and heard."""
    said = {f"facts_{language}": text_of(params, f"facts_{language}") for language in ("kk", "ru")}
    return hearing_notice(
        s,
        content={"grounds": [], **said},
        addressee=lambda language: addressee(s.complaint, language),
        preliminary=lambda language: w("hearing.preliminary", language),
        reasons=lambda language: (
            Reason(
                title=w("hearing.reason", language),
                facts=said[f"facts_{language}"],
                citation=w("hearing.citation", language),
            ),
        ),
        head=body_authority(s.body),
    )


def _protocol(s: ComplaintSituation, params: dict[str, Any]) -> Draft:
    return protocol(
        s, params, question=lambda language: w("protocol.question", language), head=body_authority(s.body)
    )


def _leave(s: ComplaintSituation, params: dict[str, Any]) -> Draft:
    """APPC 95: with its reason and facts in both languages, signed by the reviewer."""
    reason = str(params.get("reason", ""))
    if reason not in LeaveReason.values:
        raise BadInput(
            _("A complaint is left without consideration only for a reason of the law."),
            citation=cite("APPC", 95),
            fields={"reason": [_("One of: {names}.").format(names=", ".join(LeaveReason.values))]},
        )
    said = {f"facts_{language}": text_of(params, f"facts_{language}") for language in ("kk", "ru")}
    act_date, number = current_calendar_act_day(s.at), letter_number(s.case, "БР")

    def context(language: Language) -> LetterContext:
        return LetterContext(
            authority=body_authority(s.body),
            addressee=addressee(s.complaint, language),
            number=number,
            signatory=signatory(s.person, language),
            opening=answering("leave.opening", s.complaint, language),
            reasons=(
                Reason(
                    title=w(f"leave.{reason}", language),
                    facts=said[f"facts_{language}"],
                    citation=w("leave.citation", language),
                ),
            ),
            decision=(w(f"answer.further_{s.complaint.addressee}", language),),
        )

    return Draft(
        kind="complaint_left",
        act_date=act_date,
        number=number,
        content={"reason": reason, **said},
        papers=(Paper("complaint_answer", number, act_date, context),),
    )


_MAKERS: dict[str, Callable[[ComplaintSituation, dict[str, Any]], Draft]] = {
    "submit": _filing,
    "withdraw": _withdrawal,
    "notify_hearing": _hearing_notice,
    "answer_hearing": hearing_answer,
    "sign_protocol": _protocol,
    "leave": _leave,
}
