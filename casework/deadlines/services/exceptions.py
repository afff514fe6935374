"""Dated exceptions of the calendar: entered by one, confirmed by another, and the open terms that move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from casework.cases.permissions import require_role
from casework.deadlines import events, rules
from casework.deadlines.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    DatedException,
    ExceptionKind,
    WorkingCalendar,
)
from casework.deadlines.exception_file import Entry
from casework.deadlines.models import CalendarException, CalendarRevision, Term
from casework.deadlines.rules import Track, Unit
from casework.deadlines.selectors import calendar_of, dated, exceptions_of
from casework.deadlines.services.terms import refresh_next_due_moved
from casework.deadlines.shipped import shipped_exceptions
from casework.deadlines.statuses import TermState
from foundation.accounts.models import Person, Role
from foundation.journal import services as journal
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted, Text

_RULE = ("code", "track", "start", "n", "unit", "not_after", "due_on")
# one statement however many terms there are: the ORM has no UPDATE from a list of rows
_MOVE = """
UPDATE deadlines_term t SET due_on = m.due_on, due_at = m.due_at, next_step_at = m.step_at, calendar_revision = %s
FROM unnest(%s::text[], %s::text[], %s::date[], %s::date[], %s::int[], %s::date[], %s::date[],
    %s::timestamptz[], %s::timestamptz[]) AS m(code, track, start, not_after, n, old_due_on, due_on, due_at, step_at)
WHERE t.state = 'open' AND t.code = m.code AND t.track = m.track AND t.start = m.start AND t.n = m.n
    AND t.due_on = m.old_due_on AND t.not_after IS NOT DISTINCT FROM m.not_after
"""
_HANGING = Q(code__in=["hearing_notice", "review"])  # they hang on the end of the service term


@dataclass(frozen=True, slots=True)
class Move:
    """Open terms of one kind that a changed calendar moves."""

    code: str
    track: str
    start: date
    not_after: date | None
    old_due_on: date
    new_due_on: date
    count: int
    n: int


@transaction.atomic
def enter_exception(
    *, day: date, kind: str, act_ru: str, act_kk: str, by: Person, at: datetime
) -> CalendarException:
    """Propose what an act says of a date; nothing changes before a second person confirmed it."""
    require_role(by, Role.SUPERVISOR, at=rules.to_almaty(at))
    errors: dict[str, list[Text]] = {}
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        errors["day"] = [
            _("The calendar covers {first}-{last}; take a date within these years.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            )
        ]
    if kind not in set(ExceptionKind):
        errors["kind"] = [_("Choose one of the kinds.")]
    for name, act in (("act_ru", act_ru), ("act_kk", act_kk)):
        if not act.strip():
            errors[name] = [_("Name the act with its date and number: every day shown to people cites it.")]
    if errors:
        raise BadInput(_("The exception was not entered."), fields=errors)
    row = CalendarException.objects.create(
        day=day, kind=kind, act_ru=act_ru.strip(), act_kk=act_kk.strip(), entered_by=by, entered_at=at
    )
    journal.record(
        kind=events.EXCEPTION_ENTERED,
        stream=events.CALENDAR_STREAM,
        actor_id=by.pk,
        at=at,
        payload={"exception": row.pk, "day": day.isoformat(), "kind": kind},
    )
    return row


@transaction.atomic
def enter_exceptions(*, entries: Iterable[Entry], by: Person, at: datetime) -> list[CalendarException]:
    """Propose the lines of a file, all or none; what is in force or waits already in the same words is passed over."""
    require_role(by, Role.SUPERVISOR, at=rules.to_almaty(at))
    known = set(
        CalendarException.objects.filter(replaced_in=None).values_list("day", "kind", "act_ru", "act_kk")
    )
    entered: list[CalendarException] = []
    faults: list[Text] = []
    for entry in entries:
        said = (entry.day, entry.kind, entry.act_ru, entry.act_kk)
        if said in known:
            continue
        known.add(said)
        try:
            row = enter_exception(
                day=entry.day, kind=entry.kind, act_ru=entry.act_ru, act_kk=entry.act_kk, by=by, at=at
            )
        except BadInput as refusal:
            found = " ".join(str(fault) for lines in refusal.fields.values() for fault in lines)
            faults.append(_("Line {line}: {fault}").format(line=entry.line, fault=found))
        else:
            entered.append(row)
    if faults:
        raise BadInput(_("No line of the file was entered."), fields={"file": faults})
    return entered


@transaction.atomic
def confirm_exception(*, exception_id: int, by: Person, at: datetime) -> CalendarRevision:
    """Put an exception in force: a new revision of the calendar; open terms that are not past move with it.

    The exception of that date in force is replaced. An act done in time stays in time, a breach stays.
    """
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=rules.to_almaty(at))
    CalendarRevision.objects.select_for_update().order_by("number").first()  # one confirmation at a time
    newest = CalendarRevision.objects.aggregate(newest=Max("number"))["newest"] or 0
    row = CalendarException.objects.select_for_update().filter(pk=exception_id).first()
    if row is None:
        raise NotFound
    if row.confirmed:
        raise Conflict(_("This exception is confirmed already."))
    if row.entered_by_id == by.pk:
        raise NotPermitted(
            _("You entered this exception yourself, so another person has to confirm it."),
            advice=_("Ask another supervisor or the head."),
        )
    revision = CalendarRevision.objects.create(number=newest + 1, in_force_at=at)
    _in_force(row.day).update(replaced_in=revision)
    row.revision, row.confirmed_by, row.confirmed_at = revision, by, at
    row.save(update_fields=["revision", "confirmed_by", "confirmed_at"])
    moved = _move_terms(calendar_of(revision.number), at)
    journal.record(
        kind=events.CALENDAR_REVISED,
        stream=events.CALENDAR_STREAM,
        actor_id=by.pk,
        at=at,
        payload={
            "revision": revision.number,
            "exception": row.pk,
            "day": row.day.isoformat(),
            "kind": row.kind,
            "moved": moved,
        },
    )
    return revision


def moves_by(exception: CalendarException, at: datetime) -> list[Move]:
    """Before confirmation: which open terms would move, from when to when, and how many."""
    newest = CalendarRevision.objects.aggregate(newest=Max("number"))["newest"] or 0
    kept = [item for item in _exceptions(newest) if item.day != exception.day]
    proposed = WorkingCalendar(newest + 1, [*kept, dated(exception)])
    return _moves(proposed, at, ~_HANGING) + _moves_that_follow(proposed, at)


def _exceptions(revision: int) -> Iterable[DatedException]:
    return exceptions_of(revision) if revision else shipped_exceptions()


def _in_force(day: date) -> QuerySet[CalendarException]:
    return CalendarException.objects.filter(day=day, revision__isnull=False, replaced_in=None)


def _running(at: datetime) -> QuerySet[Term]:
    return Term.objects.filter(state=TermState.OPEN, due_at__gte=rules.whole_seconds(at))


def _moves(calendar: WorkingCalendar, at: datetime, wanted: Q) -> list[Move]:
    """Per distinct (rule, start), not per term: a million open terms share a few hundred of them."""
    groups = _running(at).filter(wanted).values(*_RULE).annotate(count=Count("pk")).order_by("code", "start")
    moves = (_move(group, group["start"], group["not_after"], calendar) for group in groups)
    return [move for move in moves if move is not None]


def _moves_that_follow(calendar: WorkingCalendar, at: datetime) -> list[Move]:
    """What hangs on the end of the service term, by the end that term would have (see `_follow_service`)."""
    service = _running(at).filter(case=OuterRef("case"), code="service")
    anchors = {f"service_{name}": Subquery(service.values(name)[:1]) for name in ("start", "n", "unit")}
    groups = (
        _running(at)
        .filter(_HANGING)
        .annotate(**anchors)
        .values(*_RULE, *anchors)
        .annotate(count=Count("pk"))
        .order_by("code", "start")
    )
    moves = []
    for group in groups:
        start, not_after = group["start"], group["not_after"]
        if group["service_start"] is not None:
            rule = rules.with_length(
                rules.rule_for("service", Track(group["track"])),
                group["service_n"],
                Unit(group["service_unit"]),
            )
            end = rules.compute(rule, group["service_start"], calendar)
            start, not_after = (end, not_after) if group["code"] == "hearing_notice" else (start, end)
        moves.append(_move(group, start, not_after, calendar))
    return [move for move in moves if move is not None]


def _move(
    group: dict[str, Any], start: date, not_after: date | None, calendar: WorkingCalendar
) -> Move | None:
    """How a group of terms moves; None when it stays."""
    code, track = group["code"], group["track"]
    rule = rules.with_length(rules.rule_for(code, Track(track)), group["n"], Unit(group["unit"]))
    new = rules.compute(rule, start, calendar, not_after)
    if new == group["due_on"]:
        return None
    return Move(code, track, start, not_after, group["due_on"], new, group["count"], group["n"])


def _move_terms(calendar: WorkingCalendar, at: datetime) -> int:
    """First the terms that hang on events, then those that hang on the end of the service term."""
    moved = _apply(_moves(calendar, at, ~_HANGING), calendar, at)
    _follow_service(at)
    moved += _apply(_moves(calendar, at, _HANGING), calendar, at)
    refresh_next_due_moved(calendar.revision)
    return moved


def _apply(moves: list[Move], calendar: WorkingCalendar, at: datetime) -> int:
    """All terms at once; of the ladder only what lies ahead is left: the new date itself is told at once."""
    rows = [_moved_to(move, calendar, at) for move in moves]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(_MOVE, [calendar.revision, *columns])
        moved: int = cursor.rowcount
    return moved


def _moved_to(move: Move, calendar: WorkingCalendar, at: datetime) -> tuple[Any, ...]:
    """A line of `_MOVE`: which terms, then their new dates."""
    rule = rules.rule_for(move.code, Track(move.track))
    rule = rules.with_length(rule, move.n, rule.unit)
    which = (move.code, move.track, move.start, move.not_after, move.n, move.old_due_on)
    step_at = rules.next_rung(rule, move.start, move.new_due_on, calendar, at)
    return (*which, move.new_due_on, rules.due_moment(rule, move.new_due_on), step_at)


def _follow_service(at: datetime) -> None:
    """The hearing notice counts from the service end, and the review never passes it (Rules 8, 10)."""
    service = Term.objects.filter(case=OuterRef("case"), code="service", state=TermState.OPEN).values(
        "due_on"
    )[:1]
    running = Term.objects.filter(state=TermState.OPEN, due_at__gte=rules.whole_seconds(at)).annotate(
        service_end=Subquery(service)
    )
    running.filter(code="hearing_notice").exclude(start=F("service_end")).filter(
        service_end__isnull=False
    ).update(start=F("service_end"))
    running.filter(code="review").exclude(not_after=F("service_end")).filter(
        service_end__isnull=False
    ).update(not_after=F("service_end"))
