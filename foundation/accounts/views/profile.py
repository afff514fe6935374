"""A person's own contacts and language, and the link from the letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from foundation.accounts import selectors, services
from foundation.accounts.forms import ContactsForm
from foundation.accounts.models import Person
from foundation.accounts.views.second_factor import person_of
from foundation.accounts.views.session import in_their_language
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import Refusal


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Names as the certificate writes them; contacts and language as the person wants them."""
    person = person_of(request)
    at = legal_now()
    form = ContactsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        before = Person.objects.get(pk=person.pk)  # the form has changed `person` already
        person = services.change_contacts(person=before, at=at, **form.cleaned_data)
        with override(person.language):
            messages.success(request, _saved(before.email != person.email and bool(person.email)))
        return in_their_language(redirect("accounts:profile"), person)
    context = {"form": form, "person": person, "roles": selectors.holdings_of(person, at.date())}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """A button, not the mere opening: mail scanners follow links too."""
    if request.method == "GET":
        return render(request, "accounts/confirm_email.html", {"token": token})
    try:
        services.confirm_email(token=token, at=legal_now())
    except Refusal as refusal:
        return render(request, "accounts/confirm_email.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "accounts/confirm_email.html", {"done": True})


def _saved(letter_sent: bool) -> str:
    if letter_sent:
        return _("Saved. A letter with a link to confirm the address is on its way.")
    return _("Saved.")
