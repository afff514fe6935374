"""What is prepared and then signed: satisfaction with its new act, the covering letter, the answer to the complaint."""

from datetime import date
from typing import Any

from appeals.models import Complaint
from appeals.papers.base import act_named, addressee, answering, body_authority, opening
from appeals.papers.wording import w
from appeals.permissions import ComplaintSituation
from appeals.selectors import matter_of
from appeals.statuses import Matter, Status
from applications.models import Application
from applications.papers.decision import licence_papers
from casework.decisions.papers import Language, Paper, authority, signatory
from casework.documents.contexts import Addressee, LetterContext, Reason
from casework.documents.selectors import documents_of
from foundation.accounts.models import Body, Person


def satisfaction_papers(
    s: ComplaintSituation,
    content: dict[str, Any],
    *,
    head: Person,
    act_date: date,
    number: str,
    licence_no: str,
) -> tuple[Paper, ...]:
    """The answer, and with a refused licence the licence itself with its annexes: each cites the other (Rules 20)."""
    complaint = s.complaint
    act = complaint.act
    matter = matter_of(complaint)
    said: str = matter if matter != Matter.OTHER else "inaction"
    application = None
    if matter == Matter.REFUSED:
        application = Application.objects.get(case=complaint.about)
        application.case = complaint.about
        if application.scope != Application.Scope.LICENCE:
            said = f"refused_{application.scope}"

    def context(language: Language) -> LetterContext:
        done = w(
            f"satisfy.{said}",
            language,
            act=act.number if act else "",
            licence=licence_no,
            day=f"{act_date:%d.%m.%Y}",
        )
        return LetterContext(
            authority=authority(act_date),
            addressee=addressee(complaint, language),
            number=number,
            signatory=signatory(head, language),
            opening=answering("satisfy.opening", complaint, language),
            reasons=(Reason(title=w("answer.reasons", language), facts=content[f"reasons_{language}"]),),
            decision=(done,),
        )

    letter = Paper("complaint_answer", number, act_date, context)
    if application is None:
        return (letter,)
    return (letter, *licence_papers(application, head=head, issued_on=act_date, number=licence_no))


def forward_papers(
    s: ComplaintSituation, content: dict[str, Any], *, head: Person, act_date: date, number: str
) -> tuple[Paper, ...]:
    """The covering letter to the body that considers the complaint, with the make-up of the case (Rules 20)."""
    complaint = s.complaint
    documents = documents_of(complaint.about_id).count() + documents_of(complaint.case_id).count()

    def context(language: Language) -> LetterContext:
        return LetterContext(
            authority=authority(act_date),
            addressee=_body_addressee(s.body, language),
            number=number,
            signatory=signatory(head, language),
            opening=opening("forward.opening", complaint, language),
            reasons=(Reason(title=w("forward.position", language), facts=content[f"position_{language}"]),),
            decision=(
                w(
                    "forward.case",
                    language,
                    case=complaint.about.incoming_no or complaint.about.draft_no,
                    act=act_named(complaint, language),
                ),
                w("forward.contents", language, count=documents),
            ),
        )

    return (Paper("complaint_forwarding", number, act_date, context),)


def answer_papers(
    s: ComplaintSituation, content: dict[str, Any], *, act_date: date, number: str
) -> tuple[Paper, ...]:
    """The answer of the body, with reasons, what both sides said, and the further way (APPC 98-100)."""
    complaint = s.complaint

    def context(language: Language) -> LetterContext:
        heard = content.get(f"heard_{language}", "")
        reasons = [Reason(title=w("answer.reasons", language), facts=content[f"reasons_{language}"])]
        if heard:
            reasons.insert(0, Reason(title=w("answer.heard", language), facts=heard))
        return LetterContext(
            authority=body_authority(s.body),
            addressee=addressee(complaint, language),
            number=number,
            signatory=signatory(s.person, language),
            opening=answering("answer.opening", complaint, language),
            reasons=tuple(reasons),
            decision=tuple(
                w(code, language, day=f"{act_date:%d.%m.%Y}") for code in _outcome_words(complaint)
            ),
            appeal=w(f"answer.further_{complaint.addressee}", language),
        )

    return (Paper("complaint_answer", number, act_date, context),)


def _outcome_words(complaint: Complaint) -> tuple[str, ...]:
    """The outcome, and what becomes of an order, a stay or a refused request by it."""
    matter, outcome = matter_of(complaint), complaint.outcome
    if outcome == Status.DISMISSED:
        return ("answer.dismissed", *(("order.works_again",) if complaint.stays else ()))
    if matter in (Matter.ORDER, Matter.REQUEST):
        return (f"order.{outcome}", f"{matter}.undone")
    return (f"answer.{outcome}",)


def _body_addressee(body: Body, language: Language) -> Addressee:
    return Addressee(
        name=body.name_kk if language == "kk" else body.name_ru, address="", number=body.bin, is_entity=True
    )
