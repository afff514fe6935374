"""The doors of what a proceeding's pages post: its beginning, its files, its acts."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.decisions.views import act_from_page
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.refusals import BadInput, NotFound, Refusal
from licenses.proceedings import services
from licenses.proceedings.api.acting import API
from licenses.proceedings.services.acting import COURSE
from licenses.rules import tidy_number


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """`number`, `kind`, `annexes` (several); leads to the new proceeding's page below `next`."""
    form = request.POST.get("form", "") or request.path
    try:
        made = services.begin(
            tidy_number(request.POST.get("number", "")),
            kind=request.POST.get("kind", ""),
            annexes=[number for number in request.POST.getlist("annexes") if number],
            person=_person(request),
            at=legal_now(),
        )
    except NotFound:
        refusal = BadInput(
            _("The register knows no such licence of yours."),
            fields={"number": [_("Compare the number letter by letter.")]},
        )
        keep(request, form, request.POST, refusal)
        return redirect(own_page(request, "back"))
    except Refusal as refusal:
        keep(request, form, request.POST, refusal)
        return redirect(own_page(request, "back"))
    forget(request, form)
    return redirect(f"{own_page(request, 'next')}{made.case.pk}/")


@login_required
@require_POST
def add_file(request: HttpRequest, proceeding_id: UUID) -> HttpResponse:
    """`file`; back to the page of the proceeding."""
    person, at = _person(request), legal_now()
    if not COURSE.seen(proceeding_id, person, at).visible:
        raise NotFound
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise BadInput(_("Choose a file first."), fields={"file": [_("Choose a file first.")]})
        services.add_file(proceeding_id, name=upload.name or "", stream=upload, person=person, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(own_page(request, "back"))
    messages.success(request, _("The file is attached."))
    return redirect(own_page(request, "next"))


@login_required
@require_POST
def action(request: HttpRequest, proceeding_id: UUID, action: str) -> HttpResponse:
    """Do the act named in the address."""
    return act_from_page(request, API, proceeding_id, action)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101 -- login_required lets nobody else in
    return request.user
