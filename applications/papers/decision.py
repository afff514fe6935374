"""What the head signs: the licence with its annexes (Forms 4-7), Form 8, the discontinuance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from applications import ways
from applications.models import Application
from applications.papers.base import addressee
from applications.papers.entries import entry_line, permits_citation, places_of
from applications.papers.reconsidering import COURT_RECORD, OWN_CANCELLATION, reconsidering_papers
from applications.papers.register import licence_papers
from applications.papers.wording import of_matter, w
from applications.statuses import Outcome
from casework.decisions.models import Act
from casework.decisions.papers import (
    Language,
    Paper,
    appeal_block,
    authority,
    signatory,
)
from casework.documents.contexts import LetterContext, Reason
from foundation.accounts.models import Person
from foundation.kernel.clock import almaty
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules.rows import RefusalGround


def decision_papers(
    application: Application, act: Act, *, head: Person, act_date: date, number: str
) -> tuple[Paper, ...]:
    """The documents of a prepared decision as they would be signed by this head with this date and number."""
    if act.kind in (OWN_CANCELLATION, COURT_RECORD):
        return reconsidering_papers(application, act, head=head, act_date=act_date, number=number)
    match application.prepared_outcome:
        case Outcome.ISSUE:
            return licence_papers(application, head=head, issued_on=act_date, number=number)
        case Outcome.REFUSE:
            return (_letter("refusal_form_8", application, act, head, act_date, number),)
        case _:
            return (_letter("discontinuance", application, act, head, act_date, number),)


def _letter(
    kind: str, application: Application, act: Act, head: Person, act_date: date, number: str
) -> Paper:
    def context(language: Language) -> LetterContext:
        case = application.case
        refusal = kind == "refusal_form_8"
        return LetterContext(
            authority=authority(act_date),
            addressee=addressee(application, language),
            number=number,
            signatory=signatory(head, language),
            applied_on=almaty(case.received_at).date() if case.received_at else None,
            incoming_no=case.incoming_no or "",
            opening=""
            if refusal
            else w("discontinuance.opening", language, incoming_no=case.incoming_no or ""),
            reasons=ground_reasons(
                act.content.get("grounds", []),
                case.registered_on or act_date,
                language,
                places_of(application, language),
            )
            if refusal
            else (_discontinuance_reason(act.content, language),),
            decision=(
                _refused(application, act_date, language)
                if refusal
                else w("discontinuance.decision", language),
            ),
            appeal=appeal_block(act_date, language, head),
        )

    return Paper(kind=kind, number=number, document_date=act_date, context=context)


def _refused(application: Application, act_date: date, language: Language) -> str:
    """Rules 10, 11, 15; PL 29(6), 34(4), 34(5): by the way the application went."""
    pack = rulebook.pack(application.case.registered_on or act_date)
    return of_matter(
        "refusal.decision",
        ways.matter(application, pack),
        language,
        point=ways.succession_article(application),
    )


def ground_reasons(
    grounds: list[dict[str, Any]], on: date, language: Language, places: Mapping[str, str]
) -> tuple[Reason, ...]:
    """Each ground with its facts, the entries it names, and the assessment of the applicant's answer."""
    pack = rulebook.pack(on)
    found = []
    for said in grounds:
        ground = pack.ground(said["code"])
        found.append(
            Reason(
                title=ground.text(language),
                facts=said.get(f"facts_{language}", ""),
                citation=ground_citation(ground, language),
                items=(
                    *(entry_line(key, pack, language, places) for key in said.get("entries", ())),
                    *(_file_line(row, language) for row in said.get("evidence", ())),
                    *([records] if (records := said.get(f"records_{language}")) else ()),
                ),
                assessment=said.get(f"assessment_{language}", ""),
            )
        )
    return tuple(found)


def _file_line(row: dict[str, str], language: Language) -> str:
    """A file the ground rests on, with its pages."""
    code = "ground.file_pages" if row["pages"] else "ground.file"
    return w(code, language, name=row["name"], pages=row["pages"])


def ground_citation(ground: RefusalGround, language: Language) -> str:
    """Where the ground stands: Annex 3/10, or the article of the Law on permits for a re-issue."""
    return permits_citation(ground.citation, language) or w("ground.citation", language, number=ground.number)


def _discontinuance_reason(content: dict[str, Any], language: Language) -> Reason:
    return Reason(
        title=w(f"discontinuance.{content['reason']}", language),
        facts=content.get(f"facts_{language}", ""),
        citation=w("discontinuance.citation", language),
    )


__all__ = [
    "decision_papers",
    "ground_citation",
    "ground_reasons",
    "licence_papers",
]
