"""The draft: created, filled in step by step, evidence attached, confirmations ticked; and the executor's findings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import addresses, events
from applications.forms import draft_changes
from applications.models import Application, DataCentre, Evidence, Finding, GivenConfirmation, StatedGround
from applications.permissions import Situation
from applications.services.acting import act_on, note
from applications.statuses import Status
from casework.cases import permissions as case_permissions
from casework.cases import services as cases
from casework.cases.models import Case
from casework.deadlines.selectors import current_calendar_registration_day
from casework.documents.services import incoming
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Party, Person
from foundation.kernel.citations import cite
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput, LawRefusal, NotFound
from foundation.rulebook import selectors as rulebook

# form → sub-kind of the licence it is about
FORMS = {"1": "I", "2": "II", "9": "I", "10": "II"}
REISSUE_FORMS = frozenset({"9", "10"})


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What the applicant says of one file."""

    requirement: str
    data_centre_id: UUID | None
    issued_on: date | None
    expires_on: date | None
    particulars: dict[str, Any]


@transaction.atomic
def create_draft(*, party_id: UUID, form: str, person: Person, at: datetime) -> Application:
    """A new draft of a party one acts for: Forms 1, 2 for a licence or annex, 9, 10 for a re-issue (Rules 4, 12)."""
    if form not in FORMS:
        raise BadInput(
            _("There is no such form."),
            fields={"form": [_("One of: {names}.").format(names=", ".join(FORMS))]},
            code="NO_SUCH_FORM",
        )
    if not accounts.may_act_for(person, party_id, at):
        raise NotFound
    party = Party.objects.get(pk=party_id)
    case = cases.open_case(
        kind=Case.Kind.APPLICATION,
        form=form,
        sub_kind=FORMS[form],
        party=party,
        body=accounts.provider(),
        created_by=person,
        at=at,
    )
    application = Application.objects.create(
        case=case,
        form=form,
        scope=Application.Scope.REISSUE if form in REISSUE_FORMS else Application.Scope.LICENCE,
        address=addresses.cleaned(party.address),
        email=party.email or person.email,
        phone=party.phone or person.phone,
        locale=party.language,
    )
    note(Situation(application, person, at), events.DRAFTED, form=form)
    return application


def save_draft(
    application_id: UUID,
    *,
    changes: dict[str, Any],
    person: Person,
    at: datetime,
    version: int | None,
    confirmations: list[str] | None = None,
) -> Application:
    """Store what is filled in so far, also half a form; wrong values are refused by field and nothing is stored.

    `confirmations` ticks exactly these, as `confirm` does; None leaves them as they are.
    """
    with act_on(application_id, action=None, person=person, at=at, version=version) as s:
        require_draft(s)
        read = draft_changes(changes)
        _require_scope(s.application, read.fields)
        if "address" in read.fields:
            read.fields["address"] = addresses.placed(read.fields["address"], s.application.address, s.today)
        for name, value in read.fields.items():
            setattr(s.application, name, value)
        if read.fields:
            s.application.save(update_fields=list(read.fields))
        if read.centres is not None:
            _replace_centres(s, read.centres)
        if read.grounds is not None:
            _replace_grounds(s, read.grounds)
        if confirmations is not None:
            _give_confirmations(s, confirmations)
        cases.touch(s.case)
        return s.application


def _require_scope(application: Application, fields: dict[str, Any]) -> None:
    """Forms 1, 2 ask for a licence or an annex, 9, 10 for a re-issue: one application, one form."""
    reissue = Application.Scope.REISSUE
    scope = fields.get("scope", application.scope)
    if (scope == reissue) != (application.scope == reissue):
        raise BadInput(
            _("This form asks for something else."),
            fields={"scope": [_("Begin an application on the other form.")]},
        )


def _replace_grounds(s: Situation, grounds: list[dict[str, Any]]) -> None:
    """The grounds that are stated now, by the list of the form (annexes 9, 10)."""
    pack = rulebook.pack(current_calendar_registration_day(s.at))
    known = {row.code: row for row in pack.reissue_grounds(int(s.application.form))}
    codes = [said["code"] for said in grounds]
    if unknown := sorted(set(codes) - set(known)):
        raise BadInput(
            _("The form has no such ground."),
            fields={"grounds": [*unknown, _("One of: {names}.").format(names=", ".join(known))]},
        )
    if len(set(codes)) < len(codes):
        raise BadInput(_("Each ground once."), fields={"grounds": codes})
    s.application.grounds.all().delete()
    StatedGround.objects.bulk_create(
        StatedGround(application=s.application, kind=known[said["code"]].ground_kind, **said)
        for said in grounds
    )
    s.application.refresh_from_db(fields=["grounds"])


def confirm(
    application_id: UUID, *, codes: list[str], person: Person, at: datetime, version: int | None
) -> Application:
    """Tick confirmations: kept verbatim with time and person; what is not in `codes` is taken back."""
    with act_on(application_id, action=None, person=person, at=at, version=version) as s:
        require_draft(s)
        _give_confirmations(s, codes)
        cases.touch(s.case)
        return s.application


def add_evidence(
    application_id: UUID, *, said: NewEvidence, name: str, stream: Any, person: Person, at: datetime
) -> Evidence:
    """Attach a file to an entry of Annex 11: looked through and scanned before anything is stored."""
    situation = _draft_situation(application_id, person, at)
    requirement = _requirement(situation, said)
    require_dates(said.issued_on, said.expires_on)
    stored = incoming.receive_file(
        case_id=application_id, uploaded_by=person, name=name, stream=stream, at=at
    )
    with act_on(application_id, action=None, person=person, at=at, version=None) as s:
        require_draft(s)
        evidence = Evidence.objects.create(
            application=s.application,
            requirement=requirement,
            data_centre_id=said.data_centre_id,
            file=stored,
            issued_on=said.issued_on,
            expires_on=said.expires_on,
            particulars=said.particulars,
            added_by=person,
            added_at=at,
        )
        cases.touch(s.case)
        return evidence


def remove_evidence(application_id: UUID, *, evidence_id: UUID, person: Person, at: datetime) -> None:
    """Take a file out of a draft again."""
    with act_on(application_id, action=None, person=person, at=at, version=None) as s:
        require_draft(s)
        evidence = s.application.evidence.filter(pk=evidence_id).first()
        if evidence is None:
            raise NotFound
        evidence.delete()
        cases.touch(s.case)
        incoming.discard_file(file_id=evidence.file_id, by=person, at=at)


def discard_draft(application_id: UUID, *, person: Person, at: datetime) -> None:
    """Delete a draft of one's own that was never filed, with its files."""
    with act_on(application_id, action=None, person=person, at=at, version=None) as s:
        require_draft(s)
        _empty(s.application, at)


def sweep_drafts(*, at: datetime) -> int:
    """Personal data of drafts abandoned for `DRAFT_KEPT_DAYS` is removed (quality.md, Security); returns how many."""
    oldest = at - timedelta(days=settings.DRAFT_KEPT_DAYS)
    abandoned = Case.objects.filter(
        kind=Case.Kind.APPLICATION, is_open=True, received_at=None, created_at__lt=oldest
    ).values_list("pk", flat=True)
    swept = 0
    for case_id in list(abandoned):
        with transaction.atomic():
            case = cases.lock_case(case_id)
            application = Application.objects.filter(case=case, status=Status.DRAFT).first()
            if application is None:
                continue
            application.case = case
            _empty(application, at)
            swept += 1
    return swept


def _empty(application: Application, at: datetime) -> None:
    """Nothing personal stays of a draft that was never filed; its number does."""
    application.evidence.all().delete()
    application.data_centres.all().delete()
    application.confirmations.all().delete()
    application.grounds.all().delete()
    incoming.remove_draft_files(application.case.pk)
    application.address, application.email, application.phone = {}, "", ""
    application.save(update_fields=["address", "email", "phone"])
    cases.close_case(application.case, at=at, status_code="discarded")


def record_finding(
    application_id: UUID,
    *,
    evidence_id: UUID,
    result: str,
    reason: str,
    person: Person,
    at: datetime,
    version: int | None = None,
) -> Finding:
    """The executor's finding on one piece of evidence, with the reason (Rules 8); earlier findings stay."""
    with act_on(application_id, action=None, person=person, at=at, version=version) as s:
        s.require_executor()
        if s.application.status not in (Status.COMPLETENESS, Status.REVIEW, Status.HEARING, Status.HEARD):
            raise LawRefusal(
                _("Findings are made while the case is under consideration."),
                code="WRONG_STATE",
                citation=cite("Rules", 8),
            )
        if result not in Finding.Result.values:
            raise BadInput(
                _("There is no such finding."), fields={"result": [", ".join(Finding.Result.values)]}
            )
        reason = lines(reason)
        if not reason:
            raise BadInput(
                _("A finding gives its reason."), fields={"reason": [_("Write why, in a sentence.")]}
            )
        evidence = s.application.evidence.filter(pk=evidence_id).first()
        if evidence is None:
            raise NotFound
        finding = Finding.objects.create(
            evidence=evidence, result=result, reason=reason, found_by=person, found_at=at
        )
        cases.touch(s.case)
        note(s, events.FOUND, evidence=str(evidence.pk), result=result)
        return finding


def _give_confirmations(s: Situation, codes: list[str]) -> None:
    pack = rulebook.pack(current_calendar_registration_day(s.at))
    known = {row.code: row for row in pack.confirmations(int(s.application.form))}
    unknown = sorted(set(codes) - set(known))
    if unknown:
        raise BadInput(_("There is no such confirmation."), fields={"confirmations": unknown})
    s.application.confirmations.exclude(code__in=codes).delete()
    held = set(s.application.confirmations.values_list("code", flat=True))
    GivenConfirmation.objects.bulk_create(
        GivenConfirmation(
            application=s.application,
            code=code,
            text_kk=known[code].text_kk,
            text_ru=known[code].text_ru,
            given_by=s.person,
            given_at=s.at,
        )
        for code in codes
        if code not in held
    )


def _draft_situation(application_id: UUID, person: Person, at: datetime) -> Situation:
    from applications.services.acting import load

    situation = Situation(load(application_id), person, at)
    require_draft(situation)
    return situation


def require_draft(s: Situation) -> None:
    """Rules 4: what was signed does not change; only somebody of the applicant's side fills in a draft."""
    case_permissions.require_representative(s.person, s.case, s.at)
    if s.application.status != Status.DRAFT or not s.case.is_open:
        raise LawRefusal(
            _("The application is filed; what was signed does not change."),
            code="WRONG_STATE",
            citation=cite("Rules", 4),
            advice=_("Withdraw it and file a new one, or add what is asked for at the hearing."),
        )


def _requirement(s: Situation, said: NewEvidence) -> str:
    pack = rulebook.pack(current_calendar_registration_day(s.at))
    known = pack.evidence(s.case.sub_kind)
    if s.application.scope == Application.Scope.REISSUE:
        known += pack.reissue_copies()
    row = next((r for r in known if r.code == said.requirement), None)
    if row is None:
        codes = ", ".join(r.code for r in known)
        raise BadInput(_("Annex 11 has no such entry."), fields={"requirement": [codes]})
    if row.per == "application":
        if said.data_centre_id is not None:
            raise BadInput(
                _("This entry is for the whole application."), fields={"data_center": [_("Leave it empty.")]}
            )
    elif (
        said.data_centre_id is None or not s.application.data_centres.filter(pk=said.data_centre_id).exists()
    ):
        raise BadInput(
            _("This entry is for one data centre of the application."),
            fields={"data_center": [_("Name one of its data centres.")]},
        )
    return row.code


def require_dates(issued_on: date | None, expires_on: date | None) -> None:
    """A document does not end before it begins."""
    if issued_on and expires_on and expires_on < issued_on:
        raise BadInput(
            _("The document ends before it begins."),
            fields={"expires_on": [_("Not before the day of issue.")]},
        )


def _replace_centres(s: Situation, centres: list[dict[str, Any]]) -> None:
    """Keep centres by id, add new ones, drop the rest with their evidence rows."""
    application = s.application
    kept: list[UUID] = []
    existing = {centre.pk: centre for centre in application.data_centres.all()}
    for position, said in enumerate(centres, start=1):
        centre = existing.get(said.pop("id", None)) or DataCentre(application=application)
        centre.position = position
        if "address" in said:
            said["address"] = addresses.placed(said["address"], centre.address, s.today)
        for name, value in said.items():
            setattr(centre, name, value)
        centre.save()
        kept.append(centre.pk)
    application.data_centres.exclude(pk__in=kept).delete()


__all__ = [
    "NewEvidence",
    "add_evidence",
    "confirm",
    "create_draft",
    "discard_draft",
    "record_finding",
    "remove_evidence",
    "save_draft",
]
