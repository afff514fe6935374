"""Reads of proceedings: of a licence, of a target's state, of what waits for going to court."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from foundation.rulebook import selectors as rulebook
from licenses import rules
from licenses.models import Annex, Licence, Proceeding
from licenses.proceedings.statuses import OPEN, Kind, Status
from licenses.rules import Standing


def proceedings_of(licence: Licence) -> QuerySet[Proceeding]:
    """Every proceeding of a licence, the latest first."""
    return (
        Proceeding.objects.filter(licence=licence)
        .select_related("case__party", "case__executor", "licence")
        .prefetch_related("annexes")
        .order_by("-case__created_at", "-case__draft_no")
    )


def open_of(licence_id: UUID, *kinds: Kind) -> QuerySet[Proceeding]:
    """The proceedings of a licence that still go on; of some kinds only, if named."""
    found = Proceeding.objects.filter(licence_id=licence_id, status__in=OPEN)
    return found.filter(kind__in=kinds) if kinds else found


@dataclass(frozen=True, slots=True)
class PoolStay:
    """One pool of a licence: since when, its last day if another followed, and the notice that told of it.

    The first was stated with the application, without a notice.
    """

    name: str
    bin: str
    since: date
    until: date | None
    due_on: date | None
    late: bool
    accredited: bool
    notice: Proceeding | None


def pool_history(licence: Licence) -> list[PoolStay]:
    """The pools of a licence by their dates, the latest first; the oldest came with the application (Rules 16)."""
    notices = Proceeding.objects.filter(licence=licence, kind=Kind.POOL_NOTICE, status=Status.DONE)
    told = _stays(notices.select_related("case__party", "licence"))
    if not licence.first_pool_bin:
        return told
    since = licence.first_issued_on
    first = PoolStay(
        name=licence.first_pool_name,
        bin=licence.first_pool_bin,
        since=since,
        until=max(since, told[-1].since - timedelta(days=1)) if told else None,
        due_on=None,
        late=False,
        accredited=rulebook.pack(since).accredited_pool(licence.first_pool_bin) is not None,
        notice=None,
    )
    return [*told, first]


def latest_pool_notices(most: int) -> list[PoolStay]:
    """The latest notices of changed pools on any licence, for officers; without what followed each."""
    notices = Proceeding.objects.filter(kind=Kind.POOL_NOTICE, status=Status.DONE)
    rows = notices.select_related("case__party", "licence").order_by("-case__received_at", "pk")[:most]
    return [_stay(row, None) for row in rows]


def _stays(notices: Iterable[Proceeding]) -> list[PoolStay]:
    in_order = sorted(notices, key=lambda row: (row.content["changed_on"], row.case.received_at, row.pk))
    followed = [date.fromisoformat(row.content["changed_on"]) - timedelta(days=1) for row in in_order[1:]]
    ends = [*followed, None] if in_order else []
    return [_stay(row, until) for row, until in zip(in_order, ends, strict=True)][::-1]


def _stay(row: Proceeding, until: date | None) -> PoolStay:
    said = row.content
    return PoolStay(
        name=said["pool_name"],
        bin=said["pool_bin"],
        since=date.fromisoformat(said["changed_on"]),
        until=until,
        due_on=date.fromisoformat(said["due_on"]),
        late=said["late"],
        accredited=said["accredited"],
        notice=row,
    )


def target_standings(licence: Licence, annexes: Iterable[Annex], day: date) -> dict[str, Standing | None]:
    """The state of each target on a day: of the licence, or of each annex named, by number."""
    of_licence = rules.standing_on(
        [period.as_rule() for period in licence.periods.all()], licence.expires_on, day
    )
    named = list(annexes)
    if not named:
        return {licence.number: of_licence}
    found: dict[str, Standing | None] = {}
    for annex in named:
        own = rules.standing_on([period.as_rule() for period in annex.periods.all()], annex.expires_on, day)
        both = own is not None and of_licence is not None
        found[annex.number] = rules.combined(of_licence, own) if both else None  # type: ignore[arg-type]  # both are there
    return found


def last_failed_cure(licence_id: UUID) -> Proceeding | None:
    """The latest cure application that was refused or withdrawn."""
    return (
        Proceeding.objects.filter(
            licence_id=licence_id,
            kind=Kind.RESUME_AFTER_CURE,
            status__in=[Status.REFUSED, Status.WITHDRAWN],
        )
        .select_related("case")
        .order_by("-case__closed_at")
        .first()
    )
