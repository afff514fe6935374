"""The receipt of a request, certified by the authority's seal (PL 25(4), Rules 5)."""

from django.utils import translation

from casework.deadlines.models import Term
from casework.deadlines.selectors import current_calendar_registration_day, rule_of
from casework.deadlines.wording import citation_text, term_name
from casework.decisions.papers import Language, Paper, authority
from casework.documents.contexts import AttachedFile, ReceiptContext, TermLine
from casework.documents.models import StoredFile
from foundation.kernel.clock import almaty
from licenses.models import Proceeding
from licenses.proceedings.papers.base import addressee, kind_name
from licenses.proceedings.papers.wording import w
from licenses.proceedings.statuses import TERMS, Kind


def receipt_papers(proceeding: Proceeding, terms: list[Term]) -> tuple[Paper, ...]:
    """What came, when it counts as received, which term runs and by which paragraph."""
    case = proceeding.case
    assert case.received_at is not None  # noqa: S101 -- only filed requests get a receipt
    return (
        Paper(
            kind="receipt",
            number=case.draft_no,
            document_date=almaty(case.received_at).date(),
            context=lambda language: _receipt(proceeding, terms, language),
        ),
    )


def _receipt(proceeding: Proceeding, terms: list[Term], language: Language) -> ReceiptContext:
    case = proceeding.case
    assert case.received_at is not None  # noqa: S101 -- see receipt_papers
    code = TERMS.get(Kind(proceeding.kind))
    with translation.override(language):
        lines = tuple(
            TermLine(
                title=str(term_name(term.code)),
                due_on=term.due_on,
                citation=str(citation_text(rule_of(term))),
            )
            for term in terms
            if term.code == code
        )
    return ReceiptContext(
        authority=authority(almaty(case.received_at).date()),
        applicant=addressee(proceeding, language),
        service=f"{kind_name(proceeding, language)}, № {proceeding.licence.number}",
        draft_no=case.draft_no,
        incoming_no=case.incoming_no or "",
        received_at=case.received_at,
        registered_on=case.registered_on or current_calendar_registration_day(case.received_at),
        files=tuple(
            AttachedFile(title=w("file", language), file_name=row.name, sha256=row.sha256)
            for row in StoredFile.objects.filter(case=case, deleted_at=None).order_by("created_at", "pk")
        ),
        terms=lines,
    )
