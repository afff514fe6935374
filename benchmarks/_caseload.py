"""Open cases of an authority that has as many as asked for, by a handful of set-based statements.

Of three cases one has the terms of service and review, one that of service alone, one (its notice of incompleteness
is out) none: as many terms as cases. They were registered on the working days before `NOW`, one in a hundred so early
that its service term passes on the evening of `PASSES_ON`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from casework.deadlines import rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.rules import ALMATY, Track
from foundation.accounts.models import Body, Party, Person, Role, RoleHolding

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=ALMATY)  # a Monday
PASSES_ON = date(2026, 11, 2)
WATCHED_AT = datetime(2026, 11, 3, 10, 0, tzinfo=ALMATY)  # the warnings until then are taken
DAYS = 13  # of registration, but for those that pass first
OFFICERS = 50
PARTIES = 250_000  # a party has four cases at a million

_CASES = """
INSERT INTO cases_case (id, kind, form, sub_kind, party_id, body_id, draft_no, incoming_no, created_by_id, created_at,
    received_at, registered_at, registered_on, executor_id, status_code, is_open, next_due_at, next_due_code, version)
SELECT md5('bench' || n)::uuid, 'application', (ARRAY['1', '2', '9', '10'])[1 + n %% 4], 'I',
    (%(parties)s)[1 + n %% %(party_count)s], %(body)s, 'B-' || n, 'DM-' || n, (%(officers)s)[1], d.registered_at,
    d.registered_at, d.registered_at, d.start, (%(officers)s)[1 + n %% %(officer_count)s],
    CASE n %% 3 WHEN 2 THEN 'incomplete' ELSE 'review' END, true,
    CASE n %% 3 WHEN 2 THEN NULL ELSE d.due_at END, CASE n %% 3 WHEN 2 THEN '' ELSE 'service' END, 1
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n
JOIN bench_days d ON d.code = 'service' AND d.place = CASE n %% 100 WHEN 0 THEN 0 ELSE 1 + (n / 100) %% %(days)s END
"""
_TERMS = """
INSERT INTO deadlines_term (case_id, code, track, start, n, unit, not_after, calendar_revision, due_on, due_at, state,
    opened_at, next_step_at, fault, executor_id, form, case_open)
SELECT md5('bench' || n)::uuid, d.code, 'new', d.start, d.length, 'working_days', d.not_after, %(revision)s, d.due_on,
    d.due_at, 'open', d.registered_at, d.next_step_at, '',
    (%(officers)s)[1 + n %% %(officer_count)s], (ARRAY['1', '2', '9', '10'])[1 + n %% 4], true
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n
JOIN bench_days d ON d.place = CASE n %% 100 WHEN 0 THEN 0 ELSE 1 + (n / 100) %% %(days)s END
WHERE n %% 3 = 0 OR n %% 3 = 1 AND d.code = 'service'
"""
_HEADS = """
INSERT INTO journal_streamhead (stream, seq, hash, anchored_seq)
SELECT 'case:' || md5('bench' || n)::uuid, 0, '', 0
FROM generate_series(%(first)s, %(first)s + %(count)s - 1) AS n
"""
_DAYS = """
CREATE TEMPORARY TABLE bench_days (place int, code text, start date, length int, not_after date, due_on date,
    due_at timestamptz, next_step_at timestamptz, registered_at timestamptz)
"""


def people(parties: int = PARTIES) -> list[UUID]:
    """Officers, two supervisors after them, and parties; returns the officers."""
    body = Body.objects.get_or_create(
        code="provider", defaults={"kind": Body.Kind.PROVIDER, "name_kk": "–", "name_ru": "–"}
    )[0]
    made = Person.objects.bulk_create(
        Person(
            id=uuid4(),
            login=f"bench{n}",
            iin=f"{n:012}",
            surname=f"Officer {n}",
            given_name="B",
            is_staff=True,
        )
        for n in range(OFFICERS + 2)
    )
    RoleHolding.objects.bulk_create(
        RoleHolding(
            person=person,
            body=body,
            role=Role.SUPERVISOR if n >= OFFICERS else Role.EXECUTOR,
            valid_from=date(2023, 1, 1),
        )
        for n, person in enumerate(made)
    )
    Party.objects.bulk_create(
        Party(kind=Party.Kind.ENTITY, number=f"9{n:011}", name_kk=f"«Парк {n}» ЖШС", name_ru=f"ТОО «Парк {n}»")
        for n in range(parties)
    )  # fmt: skip
    return [person.pk for person in made[:OFFICERS]]


def fill(count: int, *, officers: list[UUID], calendar: WorkingCalendar, first: int = 0) -> None:
    """So many cases from the number `first` on, inside the caller's transaction."""
    said: dict[str, Any] = {
        "first": first,
        "count": count,
        "days": DAYS,
        "body": Body.objects.get(code="provider").pk,
        "officers": officers,
        "officer_count": len(officers),
        "parties": (parties := list(Party.objects.values_list("pk", flat=True))),
        "party_count": len(parties),
        "revision": calendar.revision,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")  # no key is looked up a row at a time
        cursor.execute(_DAYS)
        cursor.executemany(
            "INSERT INTO bench_days VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", _days(calendar)
        )
        cursor.execute(_CASES, said)
        cursor.execute(_TERMS, said)
        cursor.execute(_HEADS, said)
        cursor.execute("DROP TABLE bench_days")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def _days(calendar: WorkingCalendar) -> list[tuple[Any, ...]]:
    """What the engine says of the terms of a case that was registered on each of the days; place 0 passes first."""
    service, review = rules.rule_for("service", Track.NEW), rules.rule_for("review", Track.NEW)
    rows = []
    for place in range(DAYS + 1):
        start = calendar.add_working_days(PASSES_ON, place - service.n)
        at = datetime.combine(start, NOW.timetz())
        end = rules.compute(service, start, calendar)
        complete = calendar.add_working_days(start, service.n - review.n)
        for rule, first, not_after in ((service, start, None), (review, complete, end)):
            due_on = rules.compute(rule, first, calendar, not_after)
            ahead = rules.next_rung(rule, first, due_on, calendar, WATCHED_AT)
            due_at = rules.due_moment(rule, due_on)
            rows.append((place, rule.code, first, rule.n, not_after, due_on, due_at, ahead, at))
    return rows
