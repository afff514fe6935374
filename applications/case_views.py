"""What the case page posts beside the acts: findings, working notes, a new look at the registers."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications import services
from applications.permissions import Situation
from applications.services.notes import write_working_note
from applications.services.registers import look_up_registers
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.refusals import NotFound, Refusal


@login_required
@require_POST
def find(request: HttpRequest, application_id: UUID, evidence_id: UUID) -> HttpResponse:
    """The executor's finding on one piece of evidence (Rules 8): `result`, `reason`."""
    person, at = _seen(request, application_id)
    form = request.POST.get("form", "") or request.path
    try:
        services.record_finding(
            application_id,
            evidence_id=evidence_id,
            result=request.POST.get("result", ""),
            reason=request.POST.get("reason", ""),
            person=person,
            at=at,
            version=_version(request),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        keep(request, form, request.POST, refusal)
        return redirect(own_page(request, "back"))
    forget(request, form)
    messages.success(request, _("The finding is recorded."))
    return redirect(own_page(request, "next"))


@login_required
@require_POST
def note(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A private working note of an officer: `text`."""
    person, at = _seen(request, application_id)
    form = request.POST.get("form", "") or request.path
    try:
        write_working_note(application_id, text=request.POST.get("text", ""), person=person, at=at)
    except Refusal as refusal:
        keep(request, form, request.POST, refusal)
        return redirect(own_page(request, "back"))
    forget(request, form)
    messages.success(request, _("The note is kept; the applicant does not see it."))
    return redirect(own_page(request, "next"))


@login_required
@require_POST
def ask_registers(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The executor asks the state registers about the applicant again (Annex 3/9)."""
    person, at = _seen(request, application_id)
    try:
        Situation(services.load(application_id), person, at).require_executor()
        answers = look_up_registers(application_id, person=person, at=at, fresh=True)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(own_page(request, "back"))
    silent = sum(1 for answer in answers if answer.outcome not in ("found", "not_found"))
    if silent:
        text = ngettext(
            "{n} register did not answer. Nothing is lost: ask again later.",
            "{n} registers did not answer. Nothing is lost: ask again later.",
            silent,
        )
        messages.warning(request, text.format(n=silent))
    else:
        messages.success(request, _("The registers answered; the answers are kept with the case."))
    return redirect(own_page(request, "next"))


def _seen(request: HttpRequest, application_id: UUID) -> tuple[Person, datetime]:
    """Who posts and when; a case they may not see is the same as none (APPC 75)."""
    person, at = request.user, legal_now()
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    if not Situation(services.load(application_id), person, at).visible:
        raise NotFound
    return person, at


def _version(request: HttpRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() else None
