"""What the pages of complaints post: the draft, its files, and the acts of the table."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appeals import services
from appeals.api.acting import API
from appeals.services.acting import COURSE
from appeals.services.drafting import Subject
from casework.decisions.views import act_from_page
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.refusals import BadInput, NotFound, Refusal


@login_required
@require_POST
def action(request: HttpRequest, complaint_id: UUID, action: str) -> HttpResponse:
    """Do the act named in the address."""
    return act_from_page(request, API, complaint_id, action)


@login_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Begin a complaint: `subject` is the id of the decision, or `action`, `inaction`; `about` the case."""
    person, at = _who(request)
    said = request.POST.get("subject", "")
    try:
        target = said if said in ("action", "inaction") else "decision"
        act = UUID(said) if target == "decision" else None
        subject = Subject(target=target, case_id=UUID(request.POST.get("about", "")), act_id=act)
        made = services.create_draft(subject=subject, person=person, at=at)
    except ValueError:
        refusal = BadInput(_("Choose what you complain of."), fields={"subject": [_("Choose one.")]})
        keep(request, request.POST.get("form", "complaint"), request.POST, refusal)
        return redirect(own_page(request, "back"))
    except NotFound:
        raise
    except Refusal as refused:
        keep(request, request.POST.get("form", "complaint"), request.POST, refused)
        return redirect(own_page(request, "back"))
    return redirect("desks:complaint", made.pk)


@login_required
@require_POST
def save(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """Store the contents of a draft."""

    def do(person: Person, at: datetime) -> None:
        changes: dict[str, Any] = {
            name: request.POST[name]
            for name in request.POST
            if name not in ("csrfmiddlewaretoken", "form", "back", "next", "version")
        }
        services.save_draft(complaint_id, changes=changes, person=person, at=at, version=None)

    return _done(request, complaint_id, do, _("Stored."))


@login_required
@require_POST
def add_file(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """Take a file into the draft."""

    def do(person: Person, at: datetime) -> None:
        file = request.FILES.get("file")
        if file is None:
            raise BadInput(_("Choose a file."), fields={"file": [_("Choose a file.")]})
        services.add_file(
            complaint_id,
            name=file.name or "",
            title=request.POST.get("title", ""),
            stream=file,
            person=person,
            at=at,
        )

    return _done(request, complaint_id, do, _("The file is attached."))


@login_required
@require_POST
def remove_file(request: HttpRequest, complaint_id: UUID, file_id: UUID) -> HttpResponse:
    """Take a file out of the draft."""

    def do(person: Person, at: datetime) -> None:
        services.remove_file(complaint_id, file_id=file_id, person=person, at=at)

    return _done(request, complaint_id, do, _("The file is removed."))


@login_required
@require_POST
def discard(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """Delete a draft with its files."""

    def do(person: Person, at: datetime) -> None:
        services.discard_draft(complaint_id, person=person, at=at)

    return _done(request, complaint_id, do, _("The draft is deleted."))


def _done(
    request: HttpRequest, complaint_id: UUID, do: Callable[[Person, datetime], None], told: str
) -> HttpResponse:
    person, at = _who(request)
    if not COURSE.seen(complaint_id, person, at).visible:
        raise NotFound
    form = request.POST.get("form", "") or request.path
    try:
        do(person, at)
    except NotFound:
        raise
    except Refusal as refusal:
        keep(request, form, request.POST, refusal)
        return redirect(own_page(request, "back"))
    forget(request, form)
    messages.success(request, told)
    return redirect(own_page(request, "next"))


def _who(request: HttpRequest) -> tuple[Person, datetime]:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    return person, legal_now()
