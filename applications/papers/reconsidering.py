"""The order that cancels the authority's own act, and the record of a court act on it."""

from datetime import date
from enum import StrEnum
from typing import Any

from applications.models import Application
from applications.papers.base import addressee
from applications.papers.wording import w
from casework.decisions.models import Act
from casework.decisions.papers import Language, Paper, authority, signatory
from casework.documents.contexts import LetterContext, Reason
from foundation.accounts.models import Person
from foundation.kernel.clock import almaty

OWN_CANCELLATION, OWN_MARK = "refusal_cancellation", "ОТМ"
COURT_RECORD, COURT_MARK = "court_act_record", "СУД"


class CourtOutcome(StrEnum):
    """What a court did with the refusal."""

    CANCELLED = "cancelled"
    UPHELD = "upheld"


def reconsidering_papers(
    application: Application, act: Act, *, head: Person, act_date: date, number: str
) -> tuple[Paper, ...]:
    """The document as it would be signed by this head with this date and number."""
    own = act.kind == OWN_CANCELLATION

    def context(language: Language) -> LetterContext:
        case = application.case
        incoming = case.incoming_no or ""
        return LetterContext(
            authority=authority(act_date),
            addressee=addressee(application, language),
            number=number,
            signatory=signatory(head, language),
            applied_on=almaty(case.received_at).date() if case.received_at else None,
            incoming_no=incoming,
            opening=w("cancellation.opening" if own else "court_act.opening", language, incoming_no=incoming),
            reasons=(_reason(act.content, language),) if own else (),
            decision=(_decision(act.content, language, own=own),),
        )

    return (Paper(kind=act.kind, number=number, document_date=act_date, context=context),)


def _reason(content: dict[str, Any], language: Language) -> Reason:
    return Reason(
        title=w("cancellation.title", language),
        facts=content[f"reasons_{language}"],
        citation=w("cancellation.citation", language),
    )


def _decision(content: dict[str, Any], language: Language, *, own: bool) -> str:
    if own:
        return w("cancellation.decision", language)
    return w(
        f"court_act.{content['outcome']}",
        language,
        court=content["court"],
        act=content["number"],
        in_force=f"{date.fromisoformat(content['in_force_on']):%d.%m.%Y}",
    )
