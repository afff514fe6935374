"""What the calendar's pages post: an exception or an outage is entered by one person and confirmed by another."""

from collections.abc import Callable
from typing import TypeAlias
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casework.cases import services as cases
from casework.cases.selectors import visible_case
from casework.deadlines import exception_file, services
from casework.deadlines.annex import terms_annex
from casework.deadlines.forms import (
    AbsenceEndForm,
    AbsenceForm,
    ExceptionFileForm,
    ExceptionForm,
    LeftForm,
    OutageEndForm,
    OutageForm,
)
from casework.deadlines.wording import day_text
from casework.documents.wording import Language
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted, Refusal

Told: TypeAlias = Callable[[], str]


@never_cache
@login_required
@require_safe
def terms_pdf(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The terms of a case as a PDF, for whoever may see the case; everybody else gets 404."""
    at = legal_now()
    case = visible_case(_person(request), case_id, at)
    if case is None:
        raise NotFound
    language: Language = "kk" if get_language() == "kk" else "ru"
    response = HttpResponse(terms_annex(case, at=at, language=language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="terms-{case.incoming_no or case.pk}.pdf"'
    return response


@login_required
@require_POST
def enter_exception(request: HttpRequest) -> HttpResponse:
    """Propose; nothing moves before a second person confirmed it."""
    form = ExceptionForm(request.POST)

    def enter() -> str:
        row = services.enter_exception(by=_person(request), at=legal_now(), **form.cleaned_data)
        said = _("The exception of %(day)s is entered. It works once a second person has confirmed it.")
        return said % {"day": day_text(row.day)}

    return _entered(request, form, enter)


@login_required
@require_POST
def enter_exceptions(request: HttpRequest) -> HttpResponse:
    """The lines of a CSV file, all or none; each still waits for a second person."""
    form = ExceptionFileForm(request.POST, request.FILES)

    def enter() -> str:
        chosen = form.cleaned_data["file"]
        if chosen is None:
            raise BadInput(_("No line of the file was entered."), fields={"file": [_("Choose a file.")]})
        entries = exception_file.read(chosen.read(exception_file.MOST_BYTES + 1))
        made = services.enter_exceptions(entries=entries, by=_person(request), at=legal_now())
        if not made:
            return _("Nothing new in the file: every line is in force or waits already.")
        said = ngettext(
            "%(number)s exception is entered. It works once a second person has confirmed it.",
            "%(number)s exceptions are entered. Each works once a second person has confirmed it.",
            len(made),
        )
        return said % {"number": len(made)}

    return _entered(request, form, enter)


@login_required
@require_POST
def confirm_exception(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Put in force by the second person; open terms that are not past move with it."""

    def confirm() -> str:
        found = services.confirm_exception(exception_id=exception_id, by=_person(request), at=legal_now())
        said = _("The exception is in force: revision %(number)s of the calendar.")
        return said % {"number": found.number}

    return _acted(request, confirm)


@login_required
@require_POST
def record_outage(request: HttpRequest) -> HttpResponse:
    """Nobody sees it beside a term before a second person confirmed it."""
    form = OutageForm(request.POST)

    def record() -> str:
        services.record_outage(by=_person(request), at=legal_now(), **form.cleaned_data)
        return _(
            "The outage is recorded. It is shown beside the terms once a second person has confirmed it."
        )

    return _entered(request, form, record)


@login_required
@require_POST
def end_outage(request: HttpRequest, outage_id: int) -> HttpResponse:
    """The portal works again."""
    form = OutageEndForm(request.POST)

    def end() -> str:
        services.end_outage(
            outage_id=outage_id,
            by=_person(request),
            at=legal_now(),
            ended_at=form.cleaned_data["ended_at"],
        )
        return _("The end of the outage is recorded.")

    return _entered(request, form, end)


@login_required
@require_POST
def confirm_outage(request: HttpRequest, outage_id: int) -> HttpResponse:
    """By the second person."""

    def confirm() -> str:
        services.confirm_outage(outage_id=outage_id, by=_person(request), at=legal_now())
        return _("The outage is confirmed and stands beside the terms that ran then.")

    return _acted(request, confirm)


@login_required
@require_POST
def explain_breach(request: HttpRequest, term_id: int) -> HttpResponse:
    """Why a term was broken; what was typed into a refused form comes back beside its breach."""
    form = explanation_form(term_id)
    try:
        services.explain_breach(
            term_id=term_id, text=request.POST.get("text", ""), by=_person(request), at=legal_now()
        )
    except (BadInput, Conflict) as refusal:
        keep(request, form, request.POST, refusal)
        messages.error(request, str(refusal))
    else:
        forget(request, form)
        messages.success(request, _("The explanation is kept with the breach."))
    return redirect(own_page(request, "next"))


def explanation_form(term_id: int) -> str:
    """Under which name a refused explanation is kept for the page."""
    return f"deadlines.breach:{term_id}"


@login_required
@require_POST
def enter_absence(request: HttpRequest) -> HttpResponse:
    """Who is away and who stands in; it works by itself from its first day on."""
    form = AbsenceForm(request.POST)

    def enter() -> str:
        row = cases.enter_absence(by=_person(request), at=legal_now(), **form.cleaned_data)
        said = _("%(name)s is entered as away from %(first)s to %(last)s.")
        days = {"first": day_text(row.first_day), "last": day_text(row.last_day)}
        return said % {"name": row.officer.short_name, **days}

    return _entered(request, form, enter)


@login_required
@require_POST
def end_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """The officer is back earlier or later."""
    form = AbsenceEndForm(request.POST)

    def end() -> str:
        row = cases.end_absence(
            absence_id=absence_id, by=_person(request), at=legal_now(), **form.cleaned_data
        )
        return _("The last day away is %(day)s now.") % {"day": day_text(row.last_day)}

    return _entered(request, form, end)


@login_required
@require_POST
def withdraw_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Taken back before it began."""

    def withdraw() -> str:
        cases.withdraw_absence(absence_id=absence_id, by=_person(request), at=legal_now())
        return _("The absence is taken back; it had not begun.")

    return _acted(request, withdraw)


def _entered(request: HttpRequest, form: LeftForm, act: Told) -> HttpResponse:
    """Back to the page, with what was typed and its faults if it was refused."""
    if not form.is_valid():
        form.keep(request, dict(form.errors))
        return redirect(own_page(request, "next"))
    try:
        messages.success(request, act())
    except BadInput as refusal:
        form.keep(request, refusal.fields)
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(own_page(request, "next"))


def _acted(request: HttpRequest, act: Told) -> HttpResponse:
    try:
        messages.success(request, act())
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(own_page(request, "next"))


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
