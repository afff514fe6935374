"""What the calendar page posts: an exception is entered by one person and confirmed by another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.deadlines import services
from casework.deadlines.forms import ExceptionForm, keep_entry
from casework.deadlines.wording import day_text
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput, NotFound, NotPermitted, Refusal


@login_required
@require_POST
def enter_exception(request: HttpRequest) -> HttpResponse:
    """Propose; nothing moves before a second person confirmed it."""
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        keep_entry(request, dict(form.errors))
        return redirect(_back(request))
    try:
        row = services.enter_exception(by=_person(request), at=legal_now(), **form.cleaned_data)
    except BadInput as refusal:
        keep_entry(request, refusal.fields)
        return redirect(_back(request))
    said = _("The exception of %(day)s is entered. It works once a second person has confirmed it.")
    messages.success(request, said % {"day": day_text(row.day)})
    return redirect(_back(request))


@login_required
@require_POST
def confirm_exception(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Put in force by the second person; open terms that are not past move with it."""
    try:
        revision = services.confirm_exception(exception_id=exception_id, by=_person(request), at=legal_now())
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The exception is in force: revision %(number)s of the calendar.")
        messages.success(request, said % {"number": revision.number})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page of ours that the form names; never an address of somebody else."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else "/"


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
