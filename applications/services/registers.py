"""The state registers: asked about the applicant as evidence (Annex 3/9), and to fill a draft in (integrations.md B)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications import addresses
from applications.models import Application, RegisterAnswer
from applications.permissions import Situation
from applications.services.acting import act_on, load
from applications.services.drafting import require_draft
from casework.cases import services as cases
from foundation.accounts import services as accounts
from foundation.accounts.models import Person
from foundation.egov import gateway
from foundation.egov import services as registers
from foundation.egov.models import AskedConsent
from foundation.egov.selectors import consent_asked
from foundation.kernel.refusals import Unavailable

_LEGAL_BASIS = "law-202-V-art-25"
_BY_ITSELF = "system"
_PERSON_WAITS_S = 2.5  # a page never waits longer for a register


class Prefilled(StrEnum):
    """What became of filling a draft from a register."""

    FILLED = "filled"
    NOT_FOUND = "not_found"
    NO_ADDRESS = "no_address"
    CONSENT_NEEDED = "consent_needed"
    CONSENT_PENDING = "consent_pending"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a register said of the applicant that a form asks for."""

    name_kk: str
    name_ru: str
    address: gateway.RegisteredAddress | None


def purpose_of(application: Application, person: Person | None) -> gateway.Purpose:
    """Why a register is asked: told to the gateway with every question and kept in the audit."""
    return gateway.Purpose(
        application=application.case.draft_no,
        legal_basis=_LEGAL_BASIS,
        officer=str(person.pk) if person else _BY_ITSELF,
    )


def look_up_registers(
    application_id: UUID, *, person: Person | None, at: datetime, fresh: bool = False
) -> list[RegisterAnswer]:
    """Ask the registers of entities and persons about the applicant and keep the answers as evidence (Annex 3/9).

    `fresh`: also where a register answered within the last 24 hours.
    """
    application = load(application_id)
    party = application.case.party
    answers = []
    if party.bin:
        answers.append(_ask_entity(application, party.bin, person, at, fresh=fresh))
    iin = party.iin or (application.signatory.iin if application.signatory else None)
    if iin:
        answers.append(_ask_person(application, iin, person, at, fresh=fresh))
    return answers


def prefill(application_id: UUID, *, person: Person, at: datetime) -> Prefilled:
    """Fill the applicant's address of a draft from the register, at the wish of who fills it in.

    Raises Unavailable when the register is silent: then the address is typed in by hand, and the officer checks it.
    """
    situation = Situation(load(application_id), person, at)
    require_draft(situation)
    party = situation.application.case.party
    try:
        told = _told_of_entity(situation) if party.bin else _told_of_person(situation)
    except gateway.GatewayError as error:
        if error.code in (gateway.Code.CONSENT_REQUIRED, gateway.Code.CONSENT_INVALID):
            return _consent_state(situation)
        raise _silent(error) from error
    if told is None:
        return Prefilled.NOT_FOUND
    if told.address is None:
        return Prefilled.NO_ADDRESS
    source = "gbdul" if party.bin else "gbdfl"
    found = addresses.of_register(told.address, source=source, as_of=at, language=party.language)
    with act_on(application_id, action=None, person=person, at=at, version=None) as s:
        require_draft(s)
        s.application.address = found
        s.application.save(update_fields=["address"])
        accounts.fill_from_register(
            s.case.party_id, name_kk=told.name_kk, name_ru=told.name_ru, address=dict(found)
        )
        cases.touch(s.case)
    return Prefilled.FILLED


def ask_consent(application_id: UUID, *, person: Person, at: datetime) -> Prefilled:
    """Ask the applicant, a person, for consent to read the register of persons for this draft (part B.4)."""
    situation = Situation(load(application_id), person, at)
    require_draft(situation)
    try:
        asked = registers.ask_consent(_question(situation.application, _iin(situation), person, at))
    except gateway.GatewayError as error:
        raise _silent(error) from error
    granted = asked.status == AskedConsent.Status.GRANTED
    return prefill(application_id, person=person, at=at) if granted else Prefilled.CONSENT_PENDING


def _told_of_entity(s: Situation) -> _Told | None:
    entity = registers.ask_entity(
        _question(s.application, s.application.case.party.number, s.person, s.at)
    ).entity
    return _Told(entity.name_kk, entity.name_ru, entity.address) if entity else None


def _told_of_person(s: Situation) -> _Told | None:
    found = registers.ask_person(_question(s.application, _iin(s), s.person, s.at)).person
    return _Told("", "", found.address) if found else None


def _iin(s: Situation) -> str:
    return str(s.application.case.party.iin)


def _question(
    application: Application, number: str, person: Person | None, at: datetime
) -> registers.Question:
    return registers.Question(number, purpose_of(application, person), at, within_s=_PERSON_WAITS_S)


def _consent_state(s: Situation) -> Prefilled:
    asked = consent_asked(_iin(s), application=s.application.case.draft_no)
    waiting = asked is not None and asked.status == AskedConsent.Status.PENDING
    return Prefilled.CONSENT_PENDING if waiting else Prefilled.CONSENT_NEEDED


def _silent(error: gateway.GatewayError) -> Unavailable:
    return Unavailable(
        _("The state register does not answer."),
        code=str(error.code),
        advice=_(
            "Type the address in by hand: the executor checks it against the register. Nothing is lost."
        ),
    )


def _ask_entity(
    application: Application, number: str, person: Person | None, at: datetime, *, fresh: bool
) -> RegisterAnswer:
    question = registers.Question(number, purpose_of(application, person), at, fresh=fresh)
    try:
        answer = registers.ask_entity(question)
    except gateway.GatewayError as error:
        return _keep(application, "entity", str(error.code), None, {}, person, at)
    entity = answer.entity
    facts: dict[str, object] = {}
    if entity is not None:
        signer = application.signatory.iin if application.signatory else None
        facts = {
            "division": entity.division,
            "in_being": entity.in_being,
            "name_ru": entity.name_ru,
            "leader_is_signer": bool(entity.leader and entity.leader.iin == signer),
            "residency": entity.residency,
            "status": entity.status,
        }
    return _keep(
        application, "entity", "found" if entity else "not_found", answer.snapshot, facts, person, at
    )


def _ask_person(
    application: Application, iin: str, person: Person | None, at: datetime, *, fresh: bool
) -> RegisterAnswer:
    question = registers.Question(iin, purpose_of(application, person), at, fresh=fresh)
    try:
        answer = registers.ask_person(question)
    except gateway.GatewayError as error:
        return _keep(application, "person", str(error.code), None, {}, person, at)
    found = answer.person
    facts: dict[str, object] = {"alive": found.alive, "life_status": found.life_status} if found else {}
    return _keep(application, "person", "found" if found else "not_found", answer.snapshot, facts, person, at)


def _keep(
    application: Application,
    subject: str,
    outcome: str,
    snapshot: gateway.Snapshot | None,
    facts: dict[str, object],
    person: Person | None,
    at: datetime,
) -> RegisterAnswer:
    return RegisterAnswer.objects.create(
        application=application,
        subject=subject,
        outcome=outcome,
        snapshot=snapshot.content if snapshot else b"",
        snapshot_sha256=snapshot.sha256 if snapshot else "",
        facts=facts,
        asked_at=at,
        asked_by=person,
    )
