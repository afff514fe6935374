"""What the head signs: orders, claims, records and reasoned refusals, each in both languages."""

from datetime import date
from typing import Any

from casework.decisions.models import Act
from casework.decisions.papers import Language, Paper, appeal_block, authority, signatory
from casework.documents.contexts import LetterContext
from foundation.accounts.models import Person
from licenses.models import Proceeding
from licenses.papers import RegisterWords, corrected_words, form_papers
from licenses.proceedings.papers.base import addressee, kind_name, opening, reasons, target
from licenses.proceedings.papers.content import AT_ONCE
from licenses.proceedings.papers.correction import corrections_in, licence_gone, require_still
from licenses.proceedings.papers.wording import w
from licenses.proceedings.statuses import Kind, Outcome
from licenses.rules import suspension_end
from licenses.selectors import living_licence
from licenses.statuses import CORRECTION

# kind → the document, or what the act is called, and the mark of its number
DOCUMENTS: dict[Kind, tuple[str, str]] = {
    Kind.SUSPEND: ("suspension_order", "ПРИ"),
    Kind.SUSPEND_ON_REQUEST: ("suspension_order", "ПРИ"),
    Kind.RESUME_AFTER_CURE: ("resumption_order", "ВОЗ"),
    Kind.RESUME_ON_REQUEST: ("resumption_order", "ВОЗ"),
    Kind.GO_TO_COURT: ("court_claim", "ИСК"),
    Kind.COURT_ACT: ("court_act_record", "СУД"),
    Kind.TERMINATE_ON_REQUEST: ("termination_order", "ПРК"),
    Kind.TERMINATE_BY_EVENT: ("termination_record", "СОБ"),
    Kind.CORRECT: (CORRECTION, "ИСП"),
}
REFUSAL = ("request_refusal", "ОТК")
# orders that burden the licensee name body, term and way of appeal, as every refusal does (APPC 80(5), 91)
BURDENING = (Kind.SUSPEND, Kind.TERMINATE_BY_EVENT)


def document_of(proceeding: Proceeding) -> tuple[str, str]:
    """The document of the prepared outcome and the mark of its number."""
    if proceeding.prepared_outcome == Outcome.REFUSE:
        return REFUSAL
    return DOCUMENTS[Kind(proceeding.kind)]


def decision_papers(
    proceeding: Proceeding, act: Act, *, head: Person, act_date: date, number: str
) -> tuple[Paper, ...]:
    """The document of a prepared decision as it would be signed by this head with this date and number.

    A correction has no order: its documents are the new editions, which bear the licence's number (Forms 4-7).
    """
    kind, _mark = document_of(proceeding)
    if kind == CORRECTION:
        said = correction_words(proceeding, act, head=head, issued_on=act_date)
        return form_papers(said, holder=proceeding.licence.party, head=head, issued_on=act_date)
    refused = proceeding.prepared_outcome == Outcome.REFUSE

    def context(language: Language) -> LetterContext:
        said = _refused(proceeding, language) if refused else _granted(proceeding, act, act_date, language)
        return LetterContext(
            authority=authority(act_date),
            addressee=addressee(proceeding, language),
            number=number,
            signatory=signatory(head, language),
            incoming_no=proceeding.case.incoming_no or "",
            opening=opening(proceeding, language),
            reasons=reasons(proceeding, act.content.get("grounds", []), language),
            decision=said,
            appeal=appeal_block(act_date, language, head) if refused or proceeding.kind in BURDENING else "",
        )

    return (Paper(kind=kind, number=number, document_date=act_date, context=context),)


def correction_words(proceeding: Proceeding, act: Act, *, head: Person, issued_on: date) -> RegisterWords:
    """PL 44: Forms 4-7 with the errors mended; raises LawRefusal where the register says otherwise by now."""
    target = living_licence(proceeding.licence.number, issued_on)
    corrections = corrections_in(act.content)
    if target is None:
        raise licence_gone(proceeding.licence.number)
    require_still(target, corrections)
    return corrected_words(target, corrections, head=head, issued_on=issued_on)


def _refused(proceeding: Proceeding, language: Language) -> tuple[str, ...]:
    said = w("refusal.decision", language, kind=kind_name(proceeding, language))
    if proceeding.kind == Kind.RESUME_AFTER_CURE:
        return (said, w("refusal.stays", language))
    return (said,)


def _granted(proceeding: Proceeding, act: Act, act_date: date, language: Language) -> tuple[str, ...]:
    kind, content = proceeding.kind, act.content
    values: dict[str, Any] = {"target": target(proceeding, language), "since": f"{act_date:%d.%m.%Y}"}
    match kind:
        case Kind.SUSPEND | Kind.SUSPEND_ON_REQUEST:
            until = suspension_end(act_date, content["months"])
            first = w(
                "suspend.decision", language, **values, months=content["months"], until=f"{until:%d.%m.%Y}"
            )
            more = [
                w(code, language) for code in ("suspend.term", *("suspend.cure",) * (kind == Kind.SUSPEND))
            ]
            if AT_ONCE in content:
                more.append(w("suspend.at_once", language, reason=content[AT_ONCE][language]))
            return (first, *more)
        case Kind.GO_TO_COURT:
            return (_suit(proceeding, content, values, language),)
        case Kind.COURT_ACT:
            in_force = date.fromisoformat(content["in_force_on"])
            values |= {
                "court": content["court"],
                "act": content["number"],
                "in_force": f"{in_force:%d.%m.%Y}",
            }
            return (w(f"court_act.{content['outcome']}", language, **values),)
        case _:
            return (w(f"{kind}.decision", language, **values),)


def _suit(proceeding: Proceeding, content: dict[str, Any], values: dict[str, Any], language: Language) -> str:
    ended = date.fromisoformat(proceeding.content["until"])
    day = date.fromisoformat(content["date"])
    return w(
        "go_to_court.decision",
        language,
        **values,
        ended=f"{ended:%d.%m.%Y}",
        court=content["court"],
        date=f"{day:%d.%m.%Y}",
        suit=content["number"],
    )
