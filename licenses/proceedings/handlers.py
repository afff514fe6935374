"""What follows a fact after commit: registration, receipts, seals, notices, the suit, what is void. Each may run twice."""

from datetime import date
from uuid import UUID

from casework.cases.models import Case
from casework.deadlines import events as term_events
from casework.deadlines.selectors import terms_of
from casework.decisions.papers import LANGUAGES
from casework.documents.handlers import seal_act
from casework.documents.services import outgoing
from foundation.journal.models import Fact
from foundation.journal.services import subscribe
from foundation.kernel.clock import almaty
from licenses import events as register_events
from licenses.models import Licence, Proceeding
from licenses.proceedings import events, letters, rules
from licenses.proceedings.papers import receipt_papers
from licenses.proceedings.selectors import last_failed_cure
from licenses.proceedings.services.court import open_suit
from licenses.proceedings.services.ending import CURE_APPLIED, LEFT_FORCE, ORDER_CANCELLED, void_open
from licenses.proceedings.services.filing import register_due
from licenses.proceedings.services.watching import ended_suspensions, officer_for
from licenses.proceedings.statuses import Kind
from licenses.statuses import Basis, LicenceStatus

_HERE = "licenses.proceedings.handlers"
_LEFT_FORCE = (register_events.EXPIRED, register_events.TERMINATED, register_events.REVOKED)
_REINSTATED = (register_events.REINSTATED, register_events.ANNEXES_REINSTATED)
# what stands and falls with a suspension
_OF_SUSPENSION = (Kind.GO_TO_COURT, Kind.RESUME_AFTER_CURE, Kind.RESUME_ON_REQUEST)


def connect() -> None:
    """Tell the journal who wants to know what; called once at start."""
    subscribe(term_events.DUE, f"{_HERE}.register_after_hours")
    subscribe(events.SUBMITTED, f"{_HERE}.make_receipt")
    subscribe(events.SUBMITTED, f"{_HERE}.void_suit_for_cure")
    for kind in (events.REFUSED, events.WITHDRAWN):
        subscribe(kind, f"{_HERE}.go_to_court_after_cure")
    for kind in events.SIGNED_ACTS:
        subscribe(kind, f"{_HERE}.seal_documents")
    for kind in _LEFT_FORCE:
        subscribe(kind, f"{_HERE}.void_what_lost_its_object")
    for kind in _REINSTATED:
        subscribe(kind, f"{_HERE}.follow_cancelled_order")
    subscribe(register_events.SUSPENSION_ENDED, f"{_HERE}.go_to_court_or_remind")
    subscribe(events.POOL_NOTED, f"{_HERE}.tell_of_pool")
    for kind in letters.KINDS:
        subscribe(kind, f"{_HERE}.write_letter")


def register_after_hours(fact: Fact) -> None:
    """Rules 5, 6: at 09:00 of the next working day."""
    if fact.payload["code"] == "registration" and Proceeding.objects.filter(pk=fact.subject_id).exists():
        register_due(proceeding_id=_subject(fact))


def make_receipt(fact: Fact) -> None:
    """The receipt certified by the authority's seal (PL 25(4), Rules 5), once."""
    case = Case.objects.select_related("party", "body").get(pk=_subject(fact))
    proceeding = Proceeding.objects.select_related("licence", "case__party").get(case=case)
    for paper in receipt_papers(proceeding, list(terms_of(case.pk))):
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


def void_suit_for_cure(fact: Fact) -> None:
    """PL 45(4), process.md, Terms: going to court is void by a cure application."""
    if fact.payload["about"] == Kind.RESUME_AFTER_CURE:
        void_open(
            licence_id=UUID(fact.payload["licence"]), why=CURE_APPLIED, at=fact.at, kinds=(Kind.GO_TO_COURT,)
        )


def void_what_lost_its_object(fact: Fact) -> None:
    """The licence left force: whatever goes on about it is void, and told."""
    void_open(licence_id=_subject(fact), why=LEFT_FORCE, at=fact.at)


def follow_cancelled_order(fact: Fact) -> None:
    """An order lost its force (APPC 84, 100): what hung on its suspension is void; an older one goes its way again."""
    of_licence = fact.kind == register_events.REINSTATED
    again = fact.payload["status"] == LicenceStatus.SUSPENDED if of_licence else fact.payload["suspended"]
    in_force = set() if of_licence else {*fact.payload["annexes"]} - {*fact.payload["suspended"]}
    if in_force or not again:
        void_open(
            licence_id=_subject(fact),
            why=ORDER_CANCELLED,
            at=fact.at,
            kinds=_OF_SUSPENSION,
            annexes=in_force,
        )
    if again:
        _sue_for_ended(Licence.objects.get(pk=_subject(fact)), fact)


def go_to_court_or_remind(fact: Fact) -> None:
    """A suspension is over and nothing resumed it: the authority goes to court; on request: a reminder (letters)."""
    if fact.payload["basis"] == Basis.SUSPEND_ON_REQUEST:
        letters.remind_of_resumption(fact)
        return
    ended = date.fromisoformat(fact.payload["until"])
    cure = last_failed_cure(_subject(fact))
    closed = cure.case.closed_at if cure is not None else None
    open_suit(
        licence_id=_subject(fact),
        annexes=fact.payload["annexes"],
        until=ended,
        runs_from=rules.court_term_start(ended, almaty(closed).date() if closed else None),
        officer=officer_for(UUID(fact.payload["act"]) if fact.payload["act"] != "None" else None),
        at=fact.at,
    )


def go_to_court_after_cure(fact: Fact) -> None:
    """A cure was refused, or its application withdrawn, after the end of the suspension: the ten days run from then."""
    if fact.payload["about"] != Kind.RESUME_AFTER_CURE:
        return
    _sue_for_ended(Proceeding.objects.select_related("licence").get(pk=_subject(fact)).licence, fact)


def _sue_for_ended(licence: Licence, fact: Fact) -> None:
    """PL 45(4): for each suspension by the authority that is over, the ten days run from the day of the fact."""
    today = almaty(fact.at).date()
    for period, annexes in ended_suspensions(licence, today):
        if period.until is None or period.basis == Basis.SUSPEND_ON_REQUEST:
            continue
        open_suit(
            licence_id=licence.pk,
            annexes=annexes,
            until=period.until,
            runs_from=rules.court_term_start(period.until, today),
            officer=officer_for(period.act_id),
            at=fact.at,
        )


def tell_of_pool(fact: Fact) -> None:
    """Rules 16: the licence's executor learns of the changed pool."""
    letters.tell_of_pool(fact)


def write_letter(fact: Fact) -> None:
    """A message to whom it concerns, in the cabinet and by mail."""
    letters.write(fact)


def _subject(fact: Fact) -> UUID:
    assert fact.subject_id is not None  # noqa: S101 -- these facts name their case or licence
    return fact.subject_id
