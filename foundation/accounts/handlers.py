"""Letters about an account, sent after the fact is committed."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from foundation.accounts.models import Person
from foundation.accounts.services.people import LINK_DAYS, email_link
from foundation.journal.models import Fact


def send_email_confirmation(fact: Fact) -> None:
    """The link that proves the address; a newer or confirmed one makes this letter superfluous."""
    person = _person_of(fact)
    if person is None or not person.email or person.email_confirmed_at:
        return
    link = _absolute("accounts:confirm_email", token=email_link(person))
    with translation.override(person.language):
        text = _(
            "Somebody, probably you, entered this address in the portal of licences for digital mining.\n\n"
            "Confirm it within {days} days:\n{link}\n\nIf it was not you, do nothing."
        ).format(days=LINK_DAYS, link=link)
        send_mail(_("Confirm your e-mail address"), text, settings.DEFAULT_FROM_EMAIL, [person.email])


def send_password_link(fact: Fact) -> None:
    """The link by which an officer sets a password; used once, and only while it is fresh."""
    person = _person_of(fact)
    if person is None or not person.email or not person.is_active:
        return
    link = _absolute(
        "accounts:set_password",
        uidb64=urlsafe_base64_encode(force_bytes(person.pk)),
        token=default_token_generator.make_token(person),
    )
    with translation.override(person.language):
        text = _(
            "You have an account in the back office of the portal of licences for digital mining.\n\n"
            "Your login: {login}\nSet your password:\n{link}\n\nWith ЭЦП you can sign in without a password."
        ).format(login=person.login, link=link)
        send_mail(_("Set your password"), text, settings.DEFAULT_FROM_EMAIL, [person.email])


def _person_of(fact: Fact) -> Person | None:
    return Person.objects.filter(pk=fact.subject_id).first() if fact.subject_id else None


def _absolute(name: str, **kwargs: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, kwargs=kwargs)}"
