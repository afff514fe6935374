"""What follows when a suspension ends by its date and nothing resumed it (process.md; PL 45(4))."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from casework.decisions.models import Act
from foundation.accounts.models import Person, Role
from foundation.journal.models import Fact
from foundation.journal.services import record
from foundation.kernel.clock import almaty
from licenses import events
from licenses.models import Annex, AnnexPeriod, Licence, LicencePeriod
from licenses.services.locks import lock_licence
from licenses.statuses import LicenceStatus

# a stay keeps the end date; the suspension it stayed is not asked about while it is stayed
_STAYED = {"stayed": False}


def note_ended_suspensions(*, at: datetime) -> int:
    """One fact for each suspension whose last day is over and that nothing resumed; returns how many were new.

    The states themselves wait for no job; whoever has to act is told by this fact.
    """
    today = almaty(at).date()
    done = 0
    of_licences = LicencePeriod.objects.filter(
        known_to=None, status=LicenceStatus.SUSPENDED, until__lt=today, licence__status=LicenceStatus.SUSPENDED,
        licence__expires_on__gte=today, period__contains=today, **_STAYED,
    ).values_list("licence_id", flat=True)  # fmt: skip
    of_annexes = AnnexPeriod.objects.filter(
        known_to=None, status=LicenceStatus.SUSPENDED, until__lt=today, annex__status=LicenceStatus.SUSPENDED,
        annex__licence__expires_on__gte=today, period__contains=today, **_STAYED,
    ).values_list("annex__licence_id", flat=True)  # fmt: skip
    for licence_id in sorted({*of_licences, *of_annexes}):
        done += _note(licence_id, today, at)
    return done


@transaction.atomic
def _note(licence_id: UUID, today: date, at: datetime) -> int:
    licence = lock_licence(licence_id)
    known = {
        (fact.payload["act"], fact.payload["until"])
        for fact in Fact.objects.filter(stream=licence.stream, kind=events.SUSPENSION_ENDED)
    }
    done = 0
    for period, annexes in ended_suspensions(licence, today):
        assert period.until is not None  # noqa: S101 -- only suspensions with a last day are looked for
        key = (str(period.act_id), period.until.isoformat())
        if key in known:
            continue
        known.add(key)
        record(
            kind=events.SUSPENSION_ENDED,
            stream=licence.stream,
            at=at,
            subject_id=licence.pk,
            payload={
                "act": key[0],
                "annexes": annexes,
                "basis": period.basis,
                "number": licence.number,
                "until": key[1],
            },
        )
        done += 1
    return done


def ended_suspensions(licence: Licence, today: date) -> list[tuple[LicencePeriod | AnnexPeriod, list[str]]]:
    """The suspensions of a licence and of its annexes that are past their last day; annexes of one act together."""
    ended = {
        "known_to": None,
        "status": LicenceStatus.SUSPENDED,
        "until__lt": today,
        "period__contains": today,
    }
    found: list[tuple[LicencePeriod | AnnexPeriod, list[str]]] = []
    if licence.status == LicenceStatus.SUSPENDED:
        found = [(period, []) for period in licence.periods.filter(**ended, **_STAYED)]
    parts: dict[tuple[object, object], tuple[AnnexPeriod, list[str]]] = {}
    annexes = Annex.objects.filter(licence=licence, status=LicenceStatus.SUSPENDED).order_by("number")
    for annex in annexes:
        for period in annex.periods.filter(**ended, **_STAYED):
            parts.setdefault((period.act_id, period.until), (period, []))[1].append(annex.number)
    return [*found, *parts.values()]


def officer_for(act_id: UUID | None) -> Person:
    """Who goes on with it: the executor of the suspension's case, else who prepared it, else a head."""
    act = (
        Act.objects.select_related("case__executor", "prepared_by").filter(pk=act_id).first()
        if act_id
        else None
    )
    if act is not None:
        return act.case.executor or act.prepared_by
    return Person.objects.filter(roles__role=Role.HEAD, is_active=True).order_by("login")[0]
