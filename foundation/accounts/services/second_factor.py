"""The second factor of officers: codes of an authenticator app (TOTP); ЭЦП needs none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from foundation.accounts import events
from foundation.accounts.models import Person
from foundation.kernel.refusals import BadInput


def begin_totp(*, person: Person) -> TOTPDevice:
    """The key that the app is to learn; the same one until it is confirmed, so that a reload changes nothing."""
    device, _made = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": "totp"})
    return device


def confirm_totp(*, person: Person, token: str, at: datetime) -> TOTPDevice:
    """A first right code makes the new app the only one."""
    device = _matching(person, token, confirmed=False)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=person, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        events.tell(events.TOTP_ENABLED, about=person.pk, at=at)
    return device


def verify_totp(*, person: Person, token: str) -> TOTPDevice:
    """The device that the code belongs to, each code once."""
    return _matching(person, token, confirmed=True)


def reset_second_factor(*, actor: Person, person_id: UUID, at: datetime) -> None:
    """A lost telephone: the administrator lets the officer set up a new app at the next sign-in."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=person_id).delete()
        events.tell(events.TOTP_RESET, about=person_id, by=actor.pk, at=at)


def _matching(person: Person, token: str, *, confirmed: bool) -> TOTPDevice:
    # The count of failures is kept also when the code is refused, so the refusal comes after the commit.
    with transaction.atomic():
        devices = TOTPDevice.objects.select_for_update().filter(user=person, confirmed=confirmed)
        found = next((device for device in devices if device.verify_token(token.replace(" ", ""))), None)
    if found is None:
        raise BadInput(
            _("This code does not fit."),
            code="WRONG_CODE",
            advice=_(
                "Wait for the next code of the app and enter that; the clock of the telephone must be right."
            ),
        )
    return found
