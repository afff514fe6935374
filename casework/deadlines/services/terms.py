"""Opening, meeting and voiding the terms of a case, inside the transaction of the act that does it.

One act writes one fact: what an act did to the terms is handed to that fact. The caller puts
`changes_of(case)` into the payload under "terms"; `recompute_terms --check` replays exactly these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from casework.cases.models import Case
from casework.cases.services import lock_case
from casework.deadlines import events, rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import Term
from casework.deadlines.rules import Track
from casework.deadlines.selectors import OUTSTANDING, current_calendar, rule_of, rules_on
from casework.deadlines.services.ladder import climb_past
from casework.deadlines.statuses import PASSED_STATE, TermState
from foundation.journal import services as journal

_RUNNING = (TermState.OPEN, TermState.DUE)
_ONE_DAY = timedelta(days=1)


def open_term(
    *,
    case: Case,
    code: str,
    start: date,
    at: datetime,
    track: Track | str | None = None,
    not_after: date | None = None,
) -> Term:
    """Start a term that runs from the day after `start`; at most one of a code runs in a case.

    Without `track` it is that of the case's other terms; a cap is the end of the case's own such term.
    """
    way = Track(track) if track is not None else _track_of(case)
    rule = rules.rule_for(code, way, _rules_for(case, start))
    if rule.cap and not_after is None:
        not_after = _end_of(case, rule.cap)
    (term,) = _open(case, [_Opening(rule, start, not_after)], at)
    return term


@dataclass(frozen=True, slots=True)
class _Opening:
    rule: rules.TermRule
    start: date
    not_after: date | None = None


def _open(case: Case, openings: Iterable[_Opening], at: datetime) -> list[Term]:
    """Several terms of one act in one statement."""
    calendar = current_calendar()
    terms = Term.objects.bulk_create(_row(case, opening, calendar, at) for opening in openings)
    for term in terms:
        _note(case, term, "opened")
    return terms


def _row(case: Case, opening: _Opening, calendar: WorkingCalendar, at: datetime) -> Term:
    rule = opening.rule
    due_on = rules.compute(rule, opening.start, calendar, opening.not_after)
    return Term(
        case=case,
        code=rule.code,
        track=rule.track,
        start=opening.start,
        n=rule.n,
        unit=rule.unit,
        not_after=opening.not_after,
        calendar_revision=calendar.revision,
        opened_revision=calendar.revision,
        due_on=due_on,
        due_at=rules.due_moment(rule, due_on),
        opened_at=at,
        next_step_at=rules.next_rung(rule, opening.start, due_on, calendar, at),
    )


def await_registration(*, case: Case, received_at: datetime, at: datetime, track: Track | str) -> Term | None:
    """Rules 5, 6, 13: what came after hours is registered at 09:00 of the next working day, by the watch.

    None when the filing came in time: then it is registered in the transaction of the submit itself.
    """
    calendar = current_calendar()
    local = rules.to_almaty(received_at)
    registered_on = rules.registration_day(local, calendar)
    if registered_on == local.date():
        return None
    # the first day that can count: today if it is a day off before 18:30, else tomorrow
    same_day = rules.in_office_hours(local)
    start = local.date() if same_day else local.date() + _ONE_DAY
    return open_term(case=case, code="registration", start=start, at=at, track=track)


def open_terms_of_application(
    *,
    case: Case,
    received_at: datetime,
    registered_on: date,
    at: datetime,
    track: Track | str = Track.NEW,
) -> list[Term]:
    """Rules 7, 8, 10, 14, 15; Annex 3/4: what starts with registration; an awaited one is met."""
    if registered_on < rules.to_almaty(received_at).date():
        raise ValueError("A filing cannot be registered before the day of its receipt.")
    meet_term(case=case, code="registration", at=at)
    way = Track(track)
    terms = _open_with_service(
        case, registered_on, at, way, with_completeness=True, with_hearing=way is not Track.REISSUE
    )
    refresh_next_due(case)
    return terms


def open_terms_after_reopening(
    *, case: Case, reopened_on: date, at: datetime, track: Track | str | None = None
) -> list[Term]:
    """Complaints, Reopening: a new service term of 15 working days from that day, with its hearing limits.

    The old terms stay as they ended; what still ran is void. A re-issue too has 15 working days then, for another
    person begins anew; it still has no hearing.
    """
    way = Track(track) if track is not None else _track_of(case)
    void_open_terms(case=case, at=at)
    reissue = way is Track.REISSUE
    terms = _open_with_service(
        case,
        reopened_on,
        at,
        Track.NEW if reissue else way,
        with_completeness=False,
        with_hearing=not reissue,
    )
    refresh_next_due(case)
    return terms


def open_review(*, case: Case, decided_on: date, at: datetime) -> Term | None:
    """Rules 8: 13 working days from the completeness decision, never past service; none on re-issue."""
    way = _track_of(case)
    if way is Track.REISSUE:
        return None
    term = open_term(case=case, code="review", start=decided_on, at=at, track=way)
    refresh_next_due(case)
    return term


def open_hearing_terms(*, case: Case, notified_on: date, at: datetime) -> list[Term]:
    """Rules 10, APPC 73(1), 73(3): objections and the earliest day of a refusal; a new notice replaces."""
    terms = []
    for code in ("hearing_objections", "earliest_refusal"):
        void_term(case=case, code=code, at=at)
        terms.append(open_term(case=case, code=code, start=notified_on, at=at))
    return terms


def meet_term(*, case: Case, code: str, at: datetime) -> Term | None:
    """The act that meets a term is done: in time it is met; late it stays a breach for good, beside `met_at`.

    None when there is nothing to meet.
    """
    term = _to_be_met(case, code)
    if term is None:
        return None
    rule = rule_of(term)
    term.met_at = at
    if term.state in _RUNNING:
        late = rule.passing in {rules.Passing.BREACH, rules.Passing.TARGET} and not rules.in_time(
            rule, term.due_at, at
        )
        if late:  # the watch has not come round yet: the breach is dated by its due moment all the same
            pass_terms([term])
            climb_past([term], at)
        else:
            term.state, term.passed_at = TermState.MET, None
    term.save(update_fields=["state", "met_at", "passed_at"])
    _note(case, term, "met")
    refresh_next_due(case)
    return term


def extend_term(*, case: Case, code: str, by: int, at: datetime) -> Term:
    """Let a running term end `by` working days later (PS 25(4)); its first date stays in the fact that opened it."""
    term = Term.objects.get(case=case, code=code, state=TermState.OPEN)
    rule, calendar = rules.rule_for(term.code, Track(term.track)), current_calendar()
    term.n += by
    rule = rules.with_length(rule, term.n, rule.unit)
    term.due_on = rules.compute(rule, term.start, calendar, term.not_after)
    term.due_at = rules.due_moment(rule, term.due_on)
    term.next_step_at = rules.next_rung(rule, term.start, term.due_on, calendar, at)
    term.save(update_fields=["n", "due_on", "due_at", "next_step_at"])
    changes: list[dict[str, Any]] = case.__dict__.setdefault("_term_changes", [])
    changes.append(
        {
            "term": term.pk,
            "code": code,
            "change": "extended",
            "n": term.n,
            "due_on": term.due_on.isoformat(),
            "at": at.isoformat(),
        }
    )
    refresh_next_due(case)
    return term


@transaction.atomic
def meet_by_delivery(*, case_id: UUID, code: str, at: datetime) -> Term | None:
    """What was to be told is told (APPC 67, 70, 95): a second delivery of the same message finds nothing to meet."""
    case = lock_case(case_id)
    term = meet_term(case=case, code=code, at=at)
    if term is not None:
        journal.record(
            kind=events.MET_BY_DELIVERY,
            stream=case.stream,
            subject_id=case.pk,
            at=at,
            payload={"terms": changes_of(case)},
        )
    return term


def void_term(*, case: Case, code: str, at: datetime) -> Term | None:
    """The term lost its object (the hearing notice when an issue is prepared); a passed one stays."""
    term = Term.objects.filter(case=case, code=code, state__in=_RUNNING).first()
    if term is not None:
        _void(case, term, at)
        refresh_next_due(case)
    return term


def void_open_terms(*, case: Case, at: datetime, keep: Iterable[str] = ()) -> list[Term]:
    """The end of the case: whatever still runs has lost its object."""
    terms = list(
        Term.objects.filter(case=case, state__in=_RUNNING).exclude(code__in=list(keep)).order_by("id")
    )
    for term in terms:
        _void(case, term, at)
    refresh_next_due(case)
    return terms


def refresh_next_due(case: Case) -> None:
    """Keep the nearest outstanding term of the authority on the case, for the queues."""
    nearest = (
        Term.objects.filter(OUTSTANDING, case=case)
        .order_by("due_at", "id")
        .values_list("due_at", "code")
        .first()
    )
    due_at, code = nearest or (None, "")
    if (due_at, code) != (case.next_due_at, case.next_due_code):
        case.next_due_at, case.next_due_code = due_at, code
        Case.objects.filter(pk=case.pk).update(next_due_at=due_at, next_due_code=code)


def refresh_next_due_of(case_ids: Iterable[Any]) -> None:
    """The same for many cases in one statement."""
    nearest = Term.objects.filter(OUTSTANDING, case=OuterRef("pk")).order_by("due_at", "id")
    Case.objects.filter(pk__in=list(case_ids), is_open=True).update(
        next_due_at=Subquery(nearest.values("due_at")[:1]),
        next_due_code=Coalesce(Subquery(nearest.values("code")[:1]), Value("")),
    )


def refresh_next_due_moved(revision: int) -> None:
    """The same for the cases whose terms a revision of the calendar moved; a case whose nearest term stayed is not written."""
    moved = Term.objects.filter(calendar_revision=revision, state=TermState.OPEN).values("case_id")
    nearest = (
        Term.objects.filter(OUTSTANDING, case_id__in=moved)
        .order_by("case_id", "due_at", "id")
        .distinct("case_id")
        .values("case_id", "due_at", "code")
    )
    sql, params = nearest.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE cases_case c SET next_due_at = n.due_at, next_due_code = n.code FROM ({sql}) n"  # noqa: S608 -- the compiler's own
            " WHERE c.id = n.case_id AND c.is_open AND (c.next_due_at, c.next_due_code) IS DISTINCT FROM (n.due_at, n.code)",
            params,
        )


def changes_of(case: Case) -> list[dict[str, Any]]:
    """What was done to the terms of this case since the last call: for the payload of the act's fact."""
    changes: list[dict[str, Any]] = case.__dict__.pop("_term_changes", [])
    return changes


def pass_terms(terms: list[Term]) -> None:
    """Mark terms that passed unmet and record it, each dated by its due moment; the caller saves the rows."""
    for term in terms:
        term.state = PASSED_STATE[rules.rule_for(term.code, Track(term.track)).passing]
        term.passed_at = term.due_at
    journal.record_many([_passed(term) for term in terms])


def _passed(term: Term) -> journal.Entry:
    return journal.Entry(
        kind=events.PASSED_FACT[TermState(term.state)],
        stream=f"case:{term.case_id}",
        subject_id=term.case_id,
        at=rules.to_almaty(term.due_at),
        payload={
            "term": term.pk,
            "code": term.code,
            "state": str(term.state),
            "due_on": term.due_on.isoformat(),
            "due_at": rules.to_almaty(term.due_at).isoformat(),
        },
    )


def _open_with_service(
    case: Case, start: date, at: datetime, way: Track, *, with_completeness: bool, with_hearing: bool
) -> list[Term]:
    """The service term and what hangs on it; a re-issue has no hearing: under five days (APPC 73(2))."""
    table = _rules_for(case, start)
    service = rules.rule_for("service", way, table)
    openings = [_Opening(service, start)]
    if with_completeness:
        openings.insert(0, _Opening(rules.rule_for("completeness", way, table), start))
    if with_hearing:
        ends = rules.compute(service, start, current_calendar())
        openings.append(_Opening(rules.rule_for("hearing_notice", way, table), ends))
    return _open(case, openings, at)


def _rules_for(case: Case, start: date) -> tuple[rules.TermRule, ...]:
    """The pack in force at registration sets every length of the case (process.md, Terms)."""
    return rules_on(case.registered_on or start)


def _to_be_met(case: Case, code: str) -> Term | None:
    terms = Term.objects.filter(case=case, code=code, met_at=None).exclude(state=TermState.VOID)
    return terms.exclude(state=TermState.ELAPSED).order_by("-id").first()


def _void(case: Case, term: Term, at: datetime) -> None:
    term.state, term.voided_at, term.passed_at = TermState.VOID, at, None
    term.save(update_fields=["state", "voided_at", "passed_at"])
    _note(case, term, "void")


def _track_of(case: Case) -> Track:
    """The way of the case's newest term that has one."""
    known = (
        Term.objects.filter(case=case)
        .exclude(track="")
        .order_by("-id")
        .values_list("track", flat=True)
        .first()
    )
    return Track(known or "")


def _end_of(case: Case, code: str) -> date | None:
    return (
        Term.objects.filter(case=case, code=code)
        .exclude(state=TermState.VOID)
        .order_by("-id")
        .values_list("due_on", flat=True)
        .first()
    )


def _note(case: Case, term: Term, what: str) -> None:
    change: dict[str, Any] = {"term": term.pk, "code": term.code, "change": what}
    if what == "opened":
        change |= {
            "track": str(term.track),
            "start": term.start.isoformat(),
            "n": term.n,
            "unit": str(term.unit),
            "not_after": term.not_after.isoformat() if term.not_after else None,
            "revision": term.calendar_revision,
            "due_on": term.due_on.isoformat(),
        }
    else:
        change["state"] = str(term.state)
    case.__dict__.setdefault("_term_changes", []).append(change)
