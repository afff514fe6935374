"""Parties one acts for, colleagues with powers, and acting as an entrepreneur."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.accounts import selectors, services
from foundation.accounts.forms import PowerForm
from foundation.accounts.models import Party, Representation
from foundation.accounts.services.powers import expectation
from foundation.accounts.views.second_factor import person_of
from foundation.accounts.views.sign_in import challenge_id
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One party as the page shows it."""

    mine: Representation
    powers: tuple[Representation, ...]

    @property
    def headed(self) -> bool:
        return self.mine.basis == Representation.Basis.HEAD


@login_required
@require_GET
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody who may act for the parties of this person."""
    person = person_of(request)
    at = legal_now()
    lines = [_line(mine, at) for mine in selectors.representations_of(person, at).order_by("party__name_ru")]
    own = any(line.mine.party.number == person.iin for line in lines)
    return render(
        request, "accounts/colleagues.html", {"lines": lines, "may_be_own": bool(person.iin) and not own}
    )


@login_required
@require_http_methods(["GET", "POST"])
def new_power(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """The form of a power; sign-form.js has it signed before it is sent."""
    person = person_of(request)
    at = legal_now()
    party = get_object_or_404(selectors.headed_parties(person, at), pk=party_id)
    if request.method == "GET":
        return _power_page(request, party, PowerForm())
    form = PowerForm(request.POST)
    try:
        power = services.grant_power(
            actor=person, challenge_id=challenge_id(request), cms=request.POST.get("cms", ""), at=at
        )
    except Refusal as refusal:
        return _power_page(request, party, form, refusal)
    messages.success(
        request,
        _("The power is given: {name} may act for the party now.").format(name=power.person.full_name),
    )
    return redirect("accounts:colleagues")


@login_required
@require_POST
def revoke_power(request: HttpRequest, power_id: UUID) -> HttpResponse:
    """Take a power back."""
    services.revoke_power(actor=person_of(request), power_id=power_id, at=legal_now())
    messages.success(request, _("The power has ended. What was signed with it before stays signed."))
    return redirect("accounts:colleagues")


@login_required
@require_POST
def act_as_entrepreneur(request: HttpRequest) -> HttpResponse:
    """The first step of a person who applies as an individual entrepreneur."""
    services.ensure_entrepreneur(person=person_of(request), at=legal_now())
    messages.success(request, _("You can now apply as an individual entrepreneur."))
    return redirect("accounts:colleagues")


def _line(mine: Representation, at: datetime) -> Line:
    headed = mine.basis == Representation.Basis.HEAD
    return Line(mine, tuple(selectors.powers_in(mine.party_id, at)) if headed else ())


def _power_page(
    request: HttpRequest, party: Party, form: PowerForm, refusal: Refusal | None = None
) -> HttpResponse:
    expect = expectation(person_of(request), party)
    context = {"party": party, "form": form, "refusal": refusal, "expect": expect}
    return render(request, "accounts/power.html", context, status=refusal.status if refusal else 200)
