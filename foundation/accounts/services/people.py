"""A person's own data, officers' accounts, and acting as an entrepreneur."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts import events, identifiers
from foundation.accounts.models import Party, Person
from foundation.accounts.services.sign_in import open_head_representation
from foundation.kernel.clock import machine_now
from foundation.kernel.refusals import BadInput, Refusal

LINK_SALT = "accounts.confirm-email"
LINK_DAYS = 3
_OFFICER_FIELDS = (
    "surname", "given_name", "patronymic", "iin", "post_kk", "post_ru", "rank", "email", "phone", "language",
    "is_active",
)  # fmt: skip


def set_language(*, person: Person, language: str) -> None:
    """Keep the language with the person."""
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language


def change_contacts(*, person: Person, email: str, phone: str, language: str, at: datetime) -> Person:
    """New contacts; a new e-mail counts only after its link was followed."""
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        changed = row.email.casefold() != email.casefold()
        row.email, row.phone, row.language = email, phone, language
        if changed:
            row.email_confirmed_at = None
        row.save(update_fields=["email", "phone", "language", "email_confirmed_at"])
        if changed and email:
            events.tell(events.EMAIL_CHANGED, about=row.pk, at=at)
    return row


def email_link(person: Person) -> str:
    """The signed part of the confirmation link: this person, this address, for three days."""
    return signing.dumps([str(person.pk), person.email], salt=LINK_SALT)


def confirm_email(*, token: str, at: datetime) -> Person:
    """The link from the letter was followed."""
    try:
        person_id, email = signing.loads(token, salt=LINK_SALT, max_age=LINK_DAYS * 86400)
    except signing.BadSignature as error:
        raise _dead_link() from error
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=person_id, email=email).first()
        if person is None:
            raise _dead_link()
        if person.email_confirmed_at is None:
            person.email_confirmed_at = machine_now()
            person.save(update_fields=["email_confirmed_at"])
            events.tell(events.EMAIL_CONFIRMED, about=person.pk, at=at)
    return person


def ensure_entrepreneur(*, person: Person, at: datetime) -> Party:
    """The person's own party as an individual entrepreneur, made when first asked for."""
    if not person.iin:
        raise BadInput(
            _("Your account holds no IIN."), advice=_("Sign in with your own ЭЦП; the IIN is read from it.")
        )
    with transaction.atomic():
        party, _made = Party.objects.get_or_create(
            number=person.iin,
            defaults={
                "kind": Party.Kind.ENTREPRENEUR,
                # The register of persons fills the registered names; until then the person's own.
                "name_ru": f"ИП {person.full_name}",
                "name_kk": f"{person.full_name} ЖК",
                "email": person.email,
                "phone": person.phone,
                "language": person.language,
            },
        )
        open_head_representation(person, party, at, until=None)
    return party


def party_of_register(*, number: str, name_kk: str, name_ru: str) -> Party:
    """The party of an IIN or BIN that an older register names; one that is known stays as it is."""
    entity = identifiers.is_valid(identifiers.Kind.BIN, number)
    party, _made = Party.objects.get_or_create(
        number=number,
        defaults={
            "kind": Party.Kind.ENTITY if entity else Party.Kind.ENTREPRENEUR,
            "name_kk": name_kk,
            "name_ru": name_ru,
        },
    )
    return party


def fill_from_register(party_id: UUID, *, name_kk: str, name_ru: str, address: dict[str, Any]) -> None:
    """What a state register says of a party where nothing is known yet; what is known changes by re-issue only."""
    party = Party.objects.select_for_update().get(pk=party_id)
    party.name_kk = party.name_kk or name_kk
    if party.name_ru == party.number:  # the certificate gave no name
        party.name_ru = name_ru or party.name_ru
    party.address = party.address or address
    party.save(update_fields=["name_kk", "name_ru", "address"])


def register_officer(*, actor: Person, fields: dict[str, Any], at: datetime) -> Person:
    """An account for the back office; the officer sets the password by the link of a letter, or uses ЭЦП."""
    person = Person(is_staff=True, login=fields.get("login") or f"o-{uuid.uuid4().hex[:8]}")
    _take(person, fields)
    person.set_unusable_password()
    with transaction.atomic():
        person.save(force_insert=True)
        events.tell(events.REGISTERED, about=person.pk, by=actor.pk, at=at, payload={"by": "administrator"})
        if person.email:
            events.tell(events.PASSWORD_LINK_ASKED, about=person.pk, by=actor.pk, at=at)
    return person


def update_officer(*, actor: Person, person_id: UUID, fields: dict[str, Any], at: datetime) -> Person:
    """Data of an account as the administrator keeps it; rights come from roles, not from here."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        before = {name: getattr(person, name) for name in _OFFICER_FIELDS}
        _take(person, fields)
        changed = sorted(name for name in _OFFICER_FIELDS if getattr(person, name) != before[name])
        if changed:
            person.save(update_fields=changed)
            events.tell(events.UPDATED, about=person.pk, by=actor.pk, at=at, payload={"fields": changed})
    return person


def ask_password_link(*, actor: Person, person_id: UUID, at: datetime) -> None:
    """Have a letter sent with a link that sets a new password."""
    with transaction.atomic():
        events.tell(events.PASSWORD_LINK_ASKED, about=person_id, by=actor.pk, at=at)


def _take(person: Person, fields: dict[str, Any]) -> None:
    for name in _OFFICER_FIELDS:
        if name in fields:
            setattr(person, name, fields[name] or (None if name == "iin" else fields[name]))


def _dead_link() -> Refusal:
    return Refusal(
        _("This link is no longer valid."),
        code="LINK_EXPIRED",
        advice=_("Open your profile, save the address again, and follow the link of the newest letter."),
    )
