"""A suit that came is recorded with its paper: what it contests, before which court, what it demands (Rules 23)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from appeals.models import Suit
from appeals.statuses import Target
from appeals.suits import events
from appeals.suits.permissions import SuitSituation
from appeals.suits.selectors import contestable
from casework.cases import permissions as case_permissions
from casework.cases import services as cases
from casework.cases.models import Case
from casework.cases.selectors import visible_case
from casework.deadlines.selectors import current_calendar_registration_day
from casework.decisions.models import Act
from casework.decisions.papers.attested import (
    Faults,
    day_of_paper,
    refuse_faults,
    scan_of_paper,
    text_of_paper,
)
from casework.decisions.services.course import note
from casework.documents.services.incoming import receive_file
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, LawRefusal, NotFound

_LAW = cite("Rules", 23)
_RECORDERS = (Role.EXECUTOR, Role.CHANCERY)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the suit: against what, court, number, day it came, demands; whether a complaint came before."""

    target: str
    act_id: UUID | None
    court: str
    number: str
    received_on: str
    demands: str
    complained_first: bool


def take_scan(about_id: UUID, *, said: Said, name: str, stream: Any, person: Person, at: datetime) -> UUID:
    """Take the paper of the suit into the case it touches; outside of any transaction.

    Raises what would stand against the recording before anything is stored.
    """
    about = _about(about_id, person, at)
    _read(about, said, almaty(at).date())
    key: UUID = receive_file(case_id=about.pk, uploaded_by=person, name=name, stream=stream, at=at).pk
    return key


@transaction.atomic
def record_suit(about_id: UUID, *, said: Said, scan: str, person: Person, at: datetime) -> Suit:
    """A case of its own, in the file from this moment; an executor who records it has it, else it is assigned.

    Raises NotFound, NotPermitted for who neither executes nor receives, BadInput by field.
    """
    _about(about_id, person, at)
    about = cases.lock_case(about_id)
    act, found, faults = _looked_at(about, said, almaty(at).date())
    stored = scan_of_paper(about.files.filter(deleted_at=None), {"scan": scan}, faults)
    _refuse(faults)
    case = cases.open_case(
        kind=Case.Kind.SUIT,
        form="suit",
        sub_kind=about.sub_kind,
        party=about.party,
        body=accounts.provider(),
        created_by=person,
        at=at,
    )
    suit = Suit.objects.create(
        case=case,
        target=said.target,
        about=about,
        act=act,
        complained_first=said.complained_first,
        scan_id=UUID(stored),
        **found,
    )
    cases.touch(case, received_at=at, status_code=str(suit.status))
    day = current_calendar_registration_day(at)
    cases.register_case(case, registered_at=at, registered_on=day)
    if accounts.holds(person, Role.EXECUTOR, almaty(at).date()):
        cases.assign_executor(case, executor=person, by=person, at=at)
    note(
        SuitSituation(suit, person, at),
        events.RECORDED,
        about=str(about.pk),
        act=str(act.pk) if act else None,
        number=suit.number,
        registered_on=day.isoformat(),
    )
    return suit


def _about(about_id: UUID, person: Person, at: datetime) -> Case:
    """The case as who records may see it; raises what stands against the person."""
    about = visible_case(person, about_id, at)
    if about is None or about.received_at is None or about.kind == Case.Kind.SUIT:
        raise NotFound
    case_permissions.require_role(person, *_RECORDERS, at=at)
    case_permissions.require_no_interest(person, about, at)
    if about.recusals.filter(officer=person, granted=True).exists():
        raise LawRefusal(
            _("You were recused from this case."),
            code="RECUSED",
            citation=cite("APPC", "67(1)"),
            advice=_("Another officer records the suit."),
        )
    return about


def _read(about: Case, said: Said, today: date) -> None:
    _act, _found, faults = _looked_at(about, said, today)
    _refuse(faults)


def _looked_at(about: Case, said: Said, today: date) -> tuple[Act | None, dict[str, Any], Faults]:
    """The contested act, what is to be stored, and what is wrong with it, by field."""
    faults: Faults = {}
    if said.target not in Target.values:
        faults["target"] = [_("One of: {names}.").format(names=", ".join(Target.values))]
    act = None
    if said.target == Target.DECISION:
        act = next((one for one in contestable(about.pk) if one.pk == said.act_id), None)
        if act is None:
            faults["act"] = [_("A signed decision of this case that is in force.")]
    values = {
        "court": said.court,
        "demands": said.demands,
        "number": said.number,
        "received_on": said.received_on,
    }
    found: dict[str, Any] = {
        "court": text_of_paper(values, "court", faults),
        "number": text_of_paper(values, "number", faults, longest=60),
        "demands": text_of_paper(values, "demands", faults, longest=5000),
    }
    day = day_of_paper(values, "received_on", faults, not_after=today)
    if "received_on" not in faults:
        found["received_on"] = date.fromisoformat(day)
        if act is not None and act.act_date is not None and found["received_on"] < act.act_date:
            faults["received_on"] = [_("The contested act is of a later day.")]
    if Suit.objects.filter(about=about, court=found["court"], number=found["number"]).exists():
        faults["number"] = [_("This suit is recorded already.")]
    return act, found, faults


def _refuse(faults: Faults) -> None:
    refuse_faults(
        faults,
        _("A suit has what it contests, its court, number, demands, day received and scan."),
        _LAW,
    )


def as_said(fields: dict[str, Any]) -> Said:
    """What a door read, as the service takes it; raises BadInput where the yes or no of a complaint is missing."""
    if fields.get("complained_first") is None:
        raise BadInput(
            _("Say whether a complaint was considered before the suit."),
            citation=_LAW,
            fields={"complained_first": [_("Choose yes or no.")]},
        )
    received = fields.get("received_on")
    return Said(
        target=fields["target"],
        act_id=fields.get("act"),
        court=fields["court"],
        number=fields["number"],
        received_on=received.isoformat() if received else "",
        demands=fields["demands"],
        complained_first=fields["complained_first"],
    )
