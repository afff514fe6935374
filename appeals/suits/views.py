"""What the pages of suits post: the record of a suit, and the acts of the table."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appeals.suits.api.acting import API
from appeals.suits.api.bodies import RecordSuitBody
from appeals.suits.api.reading import recorded
from casework.decisions.views import act_from_page
from foundation.accounts.models import Person
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.plain_text import without_hidden
from foundation.kernel.refusals import BadInput, NotFound, Refusal


@login_required
@require_POST
def action(request: HttpRequest, suit_id: UUID, action: str) -> HttpResponse:
    """Do the act named in the address."""
    return act_from_page(request, API, suit_id, action)


@login_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Record a suit: `subject` is the id of the contested decision, or `action`, `inaction`; `about` the case."""
    person, form = request.user, request.POST.get("form", "suit")
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    said = request.POST.get("subject", "")
    plain = said in ("action", "inaction")
    values = {
        **{name: request.POST.get(name) for name in ("about", "court", "number", "received_on", "demands")},
        "complained_first": request.POST.get("complained_first") or None,
        "target": said if plain else "decision",
        **({} if plain else {"act": said or None}),
        **({"scan": request.FILES["scan"]} if "scan" in request.FILES else {}),
    }
    body = RecordSuitBody(data={name: value for name, value in values.items() if value is not None})
    try:
        if not body.is_valid():
            raise BadInput(_("Some fields are missing or cannot be read."), fields=dict(body.errors))
        made = recorded(without_hidden(dict(body.validated_data)), person)
    except NotFound:
        raise
    except Refusal as refused:
        keep(request, form, request.POST, refused)
        return redirect(own_page(request, "back"))
    forget(request, form)
    messages.success(request, _("The suit is recorded as {number}.").format(number=made.case))
    return redirect("desks:officer_suit", made.pk)
