"""Powers: a head lets a colleague draft or sign for the party, until a day, and may take it back (design.md)."""

import json
import secrets
import uuid
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts import events, selectors
from foundation.accounts.identifiers import Kind, is_valid
from foundation.accounts.models import Challenge, Party, Person, Representation
from foundation.accounts.services import signatures
from foundation.accounts.services.sign_in import usable, use
from foundation.egov.eds import Expect, Purpose
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.refusals import BadInput, NotFound, NotPermitted

POWER_TTL = timedelta(minutes=10)


def expectation(person: Person, party: Party) -> Expect:
    """Whose signing key counts: the head's of that BIN, or the entrepreneur's own (integrations.md 1.4)."""
    if party.bin:
        return Expect(iin=person.iin, bin=party.bin, roles_any=frozenset({"HEAD"}))
    return Expect(iin=person.iin, roles_any=frozenset({"INDIVIDUAL"}))


def request_power(
    *,
    actor: Person,
    party_id: UUID,
    iin: str,
    surname: str,
    given_name: str,
    scope: str,
    until: date,
    at: datetime,
) -> Challenge:
    """The words of a power, ready to be signed by the head within ten minutes."""
    party = _headed(actor, party_id, at)
    _check(actor, iin, surname, scope, until, at)
    now = machine_now()
    data = canonical_bytes(
        {
            "schema": "kz.portal.power/1",
            "purpose": Challenge.Purpose.POWER.value,
            "party": {"kind": party.kind, "number": party.number},
            "grantor": {"iin": actor.iin},
            "grantee": {"iin": iin, "surname": surname, "given_name": given_name},
            "scope": scope,
            "until": until.isoformat(),
            "issued_at": at.isoformat(timespec="seconds"),
            "nonce": secrets.token_hex(16),
        }
    )
    return Challenge.objects.create(
        purpose=Challenge.Purpose.POWER,
        data=data,
        person=actor,
        party=party,
        issued_at=now,
        expires_at=now + POWER_TTL,
    )


def grant_power(*, actor: Person, challenge_id: UUID, cms: str, at: datetime) -> Representation:
    """A signed power takes effect at once and replaces an open one of the same scope."""
    challenge = usable(challenge_id, Challenge.Purpose.POWER, person=actor)
    party = challenge.party
    if party is None:
        raise NotFound
    data = bytes(challenge.data)
    result = signatures.verified(cms, data, purpose=Purpose.SIGN, expect=expectation(actor, party), at=at)
    words = json.loads(data)  # what was signed is what is done
    with transaction.atomic():
        _headed(actor, party.pk, at)
        use(challenge.pk)
        grantee = _grantee(words["grantee"], at)
        _close_open(party, grantee, words["scope"], at)
        power = Representation.objects.create(
            party=party,
            person=grantee,
            basis=Representation.Basis.POWER,
            scope=words["scope"],
            since=at,
            until=date.fromisoformat(words["until"]),
            granted_by=actor,
        )
        evidence = signatures.keep_evidence(
            purpose=challenge.purpose, person=actor, data=data, result=result, at=at, subject_id=power.pk
        )
        power.evidence_sha256 = evidence.cms_sha256
        power.save(update_fields=["evidence_sha256"])
        events.tell(
            events.POWER_GRANTED,
            about=grantee.pk,
            by=actor.pk,
            subject=power.pk,
            at=at,
            payload={
                "party": str(party.pk),
                "scope": power.scope,
                "until": words["until"],
                "evidence": evidence.cms_sha256,
            },
        )
    return power


def revoke_power(*, actor: Person, power_id: UUID, at: datetime) -> Representation:
    """Take a power back at once: a head of the party, or its holder. What was signed before stays signed."""
    with transaction.atomic():
        power = (
            Representation.objects.select_for_update(of=("self",))
            .select_related("party")
            .filter(pk=power_id, basis=Representation.Basis.POWER)
            .first()
        )
        if power is None or not (
            power.person_id == actor.pk or selectors.is_head_of(actor, power.party_id, at)
        ):
            raise NotFound
        if power.revoked_at is None:
            power.revoked_at = at
            power.save(update_fields=["revoked_at"])
            events.tell(
                events.POWER_REVOKED,
                about=power.person_id,
                by=actor.pk,
                subject=power.pk,
                at=at,
                payload={"party": str(power.party_id), "scope": power.scope},
            )
    return power


def _headed(actor: Person, party_id: UUID, at: datetime) -> Party:
    party = selectors.parties_of(actor, at).filter(pk=party_id).first()
    if party is None:
        raise NotFound
    if not selectors.is_head_of(actor, party_id, at):
        raise NotPermitted(
            _("Only the head of the party, or the entrepreneur, gives powers."),
            advice=_("Ask the head to sign in with their own key and to give the power."),
        )
    return party


def _check(actor: Person, iin: str, surname: str, scope: str, until: date, at: datetime) -> None:
    problems: dict[str, list[object]] = {}
    if not is_valid(Kind.IIN, iin):
        problems["iin"] = [_("This is not a valid IIN: check the twelve digits.")]
    elif iin == actor.iin:
        problems["iin"] = [_("You already act for the party yourself.")]
    elif _known_otherwise(iin, surname):
        problems["iin"] = [_("This IIN is known here with another surname: check both.")]
    if scope not in Representation.Scope.values:
        problems["scope"] = [_("Choose what the colleague may do.")]
    if until < almaty(at).date():
        problems["until"] = [_("The last day must not lie in the past.")]
    if problems:
        raise BadInput(_("The power cannot be written like this."), fields=problems)


def _known_otherwise(iin: str, surname: str) -> bool:
    known = Person.objects.filter(iin=iin).first()
    return known is not None and known.surname.casefold() != surname.strip().casefold()


def _grantee(words: dict[str, str], at: datetime) -> Person:
    person, made = Person.objects.get_or_create(
        iin=words["iin"],
        defaults={
            "login": f"p-{uuid.uuid4().hex[:12]}",
            "surname": words["surname"],
            "given_name": words["given_name"],
        },
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        events.tell(events.REGISTERED, about=person.pk, at=at, payload={"by": "power"})
    return person


def _close_open(party: Party, person: Person, scope: str, at: datetime) -> None:
    Representation.objects.filter(
        party=party, person=person, basis=Representation.Basis.POWER, scope=scope, revoked_at=None
    ).update(revoked_at=at)
