"""What follows a fact after commit: registration, the lapse, receipts, look-ups, notices. Each may run twice."""

from uuid import UUID

from django.conf import settings

from applications import events, letters
from applications.models import Application, Payment
from applications.papers import receipt_papers
from applications.services.assigning import assign_automatically
from applications.services.completeness import review_by_lapse
from applications.services.fee import look_up_payment, tell_usage
from applications.services.filing import register_due
from applications.services.registers import look_up_registers
from applications.services.targets import pending_about, put_up
from casework.cases.models import Case
from casework.deadlines import events as term_events
from casework.deadlines.selectors import terms_of
from casework.decisions.papers import LANGUAGES
from casework.documents.handlers import seal_act
from casework.documents.services import outgoing
from foundation.journal.models import Fact
from foundation.journal.services import subscribe
from foundation.kernel.refusals import LawRefusal, Unavailable
from licenses import events as register_events

_HERE = "applications.handlers"
_LEFT_FORCE = (register_events.EXPIRED, register_events.TERMINATED, register_events.REVOKED)


def connect() -> None:
    """Tell the journal who wants to know what; called once at start."""
    subscribe(term_events.DUE, f"{_HERE}.register_after_hours")
    subscribe(term_events.BREACHED, f"{_HERE}.review_after_lapse")
    subscribe(events.SUBMITTED, f"{_HERE}.look_up_at_filing")
    subscribe(events.SUBMITTED, f"{_HERE}.make_receipt")
    subscribe(events.REGISTERED, f"{_HERE}.assign_by_order")
    for kind in events.SIGNED_ACTS:
        subscribe(kind, f"{_HERE}.seal_documents")
    for kind in (events.ISSUED, *events.ENDINGS):
        subscribe(kind, f"{_HERE}.tell_gateway")
    for kind in _LEFT_FORCE:
        subscribe(kind, f"{_HERE}.put_up_for_discontinuance")
    subscribe(events.TARGET_LEFT_FORCE, f"{_HERE}.put_before_officers")
    for kind in letters.KINDS:
        subscribe(kind, f"{_HERE}.write_letter")


def register_after_hours(fact: Fact) -> None:
    """Rules 5, 6: at 09:00 of the next working day."""
    if fact.payload["code"] == "registration" and _is_application(fact.subject_id):
        register_due(application_id=_subject(fact))


def review_after_lapse(fact: Fact) -> None:
    """Rules 7: two working days passed without a decision; the case goes to review by itself."""
    if fact.payload["code"] == "completeness" and _is_application(fact.subject_id):
        review_by_lapse(application_id=_subject(fact), at=fact.at)


def look_up_at_filing(fact: Fact) -> None:
    """Fee and registers are asked at filing; their silence never stops a case (forms.md, Fee)."""
    application_id, at = _subject(fact), fact.at
    if not Application.objects.get(pk=application_id).register_answers.exists():
        look_up_registers(application_id, person=None, at=at)
    try:
        look_up_payment(application_id, person=None, at=at)
    except (LawRefusal, Unavailable):
        return  # shown on the case; looked up again before the decision


def assign_by_order(fact: Fact) -> None:
    """Where a standing order says so, an executor by load and absence (Rules 6)."""
    assign_automatically(_subject(fact), at=fact.at)


def make_receipt(fact: Fact) -> None:
    """The receipt certified by the authority's seal (PL 25(4), Rules 5), once."""
    case = Case.objects.select_related("party", "body").get(pk=_subject(fact))
    application = Application.objects.select_related("case__party").get(case=case)
    for paper in receipt_papers(application, list(terms_of(case.pk))):
        outgoing.issue_by_seal(
            case_id=case.pk,
            kind=paper.kind,
            contexts={language: paper.context(language) for language in LANGUAGES},
            number=paper.number,
            document_date=paper.document_date,
            at=fact.at,
        )


def seal_documents(fact: Fact) -> None:
    """The authority's seal over what was signed; until then "signed, being prepared"."""
    seal_act(fact)


def tell_gateway(fact: Fact) -> None:
    """The payment was used, or is free for the next filing."""
    if settings.GATEWAY["URL"] and Payment.objects.filter(application_id=_subject(fact)).exists():
        tell_usage(_subject(fact))


def put_up_for_discontinuance(fact: Fact) -> None:
    """APPC 70(1): the licence left force; whatever is pending about it goes before executor and head, and is told."""
    for application_id in pending_about(fact.payload["number"]):
        put_up(application_id=application_id, licence=fact.payload["number"], at=fact.at)


def put_before_officers(fact: Fact) -> None:
    """The executor and the heads are told what is theirs to do."""
    letters.put_up(fact)


def write_letter(fact: Fact) -> None:
    """A message to whom it concerns, in the cabinet and by mail."""
    letters.write(fact)


def _is_application(case_id: UUID | None) -> bool:
    return Application.objects.filter(pk=case_id).exists()


def _subject(fact: Fact) -> UUID:
    assert fact.subject_id is not None  # noqa: S101 -- facts of a case name it
    return fact.subject_id
