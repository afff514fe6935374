"""The draft of a complaint: what it is about, its contents by APPC 93, its files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from appeals import events
from appeals.models import Complaint, ComplaintFile
from appeals.selectors import addressees_of, appealable, last_day_to_complain, overdue_since
from appeals.services.acting import act_on
from appeals.statuses import Status, Target
from casework.cases import permissions as case_permissions
from casework.cases import services as cases
from casework.cases.models import Case
from casework.cases.selectors import visible_case
from casework.decisions.models import Act
from casework.documents.services import incoming
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput, Conflict, NotFound

_LONG, _SHORT = 20_000, 500
_TEXTS = {
    "postal_address": _SHORT,
    "actual_address": _SHORT,
    "complained_of": 300,
    "circumstances": _LONG,
    "demands": _LONG,
    "late_reason": _LONG,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is complained of: the case, and of a decision the act."""

    target: str
    case_id: UUID
    act_id: UUID | None = None


@transaction.atomic
def create_draft(*, subject: Subject, person: Person, at: datetime) -> Complaint:
    """A new complaint about a case of a party one acts for; the form knows the act and the day it was delivered."""
    if visible_case(person, subject.case_id, at) is None:
        raise NotFound  # another party's case is the same as none
    about = cases.lock_case(subject.case_id)
    case_permissions.require_representative(person, about, at)
    if subject.target not in Target.values or about.received_at is None:
        raise BadInput(
            _("Say what is complained of: a decision, an action, or a failure to act, in a filed case."),
            citation=cite("APPC", 91),
            fields={"target": [_("One of: {names}.").format(names=", ".join(Target.values))]},
        )
    act, delivered_on = _act(about, subject, at)
    known_on = overdue_since(about) if subject.target == Target.INACTION else delivered_on
    case = cases.open_case(
        kind=Case.Kind.COMPLAINT,
        form="complaint",
        sub_kind=about.sub_kind,
        party=about.party,
        body=accounts.provider(),
        created_by=person,
        at=at,
    )
    complaint = Complaint.objects.create(
        case=case,
        target=subject.target,
        about=about,
        act=act,
        delivered_on=delivered_on,
        file_until=last_day_to_complain(known_on),
        addressee=addressees_of(act)[0],
        complained_of=accounts.provider().name_ru[:300],
        demands="",
    )
    record(
        kind=events.DRAFTED,
        stream=case.stream,
        at=at,
        actor_id=person.pk,
        subject_id=case.pk,
        payload={
            "about": str(about.pk),
            "act": str(act.pk) if act else None,
            "target": subject.target,
            "version": case.version,
        },
    )
    return complaint


def _act(about: Case, subject: Subject, at: datetime) -> tuple[Act | None, date | None]:
    if subject.target != Target.DECISION:
        return None, None
    known = {row.act.pk: row for row in appealable(about.pk, at)}
    chosen = known.get(subject.act_id) if subject.act_id else None
    if chosen is None:
        raise BadInput(
            _("Name the decision that is complained of."),
            citation=cite("APPC", "91, 93(2)"),
            fields={"act": [_("A signed and delivered decision of this case that is in force.")]},
        )
    return chosen.act, chosen.delivered_on


def save_draft(
    complaint_id: UUID, *, changes: dict[str, Any], person: Person, at: datetime, version: int | None
) -> Complaint:
    """Store what was said so far; half a complaint may be stored."""
    with act_on(complaint_id, action=None, person=person, at=at, version=version) as s:
        _require_draft(s.complaint, person, at)
        complaint = s.complaint
        faults: dict[str, list[Any]] = {}
        for name, longest in _TEXTS.items():
            if name in changes:
                text = lines(str(changes[name] or ""))
                if len(text) > longest:
                    faults[name] = [_("At most {n} characters.").format(n=longest)]
                setattr(complaint, name, text[:longest])
        if "addressee" in changes:
            known = addressees_of(complaint.act)
            if changes["addressee"] not in known:
                faults["addressee"] = [_("One of: {names}.").format(names=", ".join(known))]
            else:
                complaint.addressee = changes["addressee"]
        if faults:
            raise BadInput(_("Some fields need another value; each is named with the reason."), fields=faults)
        complaint.save(update_fields=[*_TEXTS, "addressee"])
        cases.touch(s.case)
        return complaint


def add_file(
    complaint_id: UUID, *, name: str, title: str, stream: Any, person: Person, at: datetime
) -> ComplaintFile:
    """Take a file into the draft: measured, looked through, scanned, stored."""
    with act_on(complaint_id, action=None, person=person, at=at, version=None) as s:
        _require_draft(s.complaint, person, at)
    stored = incoming.receive_file(case_id=complaint_id, uploaded_by=person, name=name, stream=stream, at=at)
    with act_on(complaint_id, action=None, person=person, at=at, version=None) as s:
        _require_draft(s.complaint, person, at)
        row = ComplaintFile.objects.create(
            complaint=s.complaint, file=stored, title=lines(title)[:300], added_by=person, added_at=at
        )
        cases.touch(s.case)
        return row


def remove_file(complaint_id: UUID, *, file_id: UUID, person: Person, at: datetime) -> None:
    """Take a file out of the draft."""
    with act_on(complaint_id, action=None, person=person, at=at, version=None) as s:
        _require_draft(s.complaint, person, at)
        row = s.complaint.files.filter(file_id=file_id).first()
        if row is None:
            raise NotFound
        row.delete()
        incoming.discard_file(file_id=file_id, by=person, at=at)
        cases.touch(s.case)


def discard_draft(complaint_id: UUID, *, person: Person, at: datetime) -> None:
    """Give a draft up: it stays as withdrawn, its files go."""
    with act_on(complaint_id, action=None, person=person, at=at, version=None) as s:
        _require_draft(s.complaint, person, at)
        s.complaint.files.all().delete()
        s.complaint.delete()
        incoming.remove_draft_files(s.case.pk)
        cases.close_case(s.case, at=at, status_code=Status.WITHDRAWN)


def _require_draft(complaint: Complaint, person: Person, at: datetime) -> None:
    case_permissions.require_representative(person, complaint.case, at)
    if complaint.status != Status.DRAFT:
        raise Conflict(
            _("The complaint was filed; what was signed cannot be changed."),
            code="NOT_A_DRAFT",
            advice=_("Add explanations at the hearing, or withdraw and file anew."),
        )
