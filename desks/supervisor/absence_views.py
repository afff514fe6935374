"""Who is away and who stands in (process.md, People)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from casework.cases import services
from casework.cases.selectors import absences as absences_now
from casework.cases.selectors import automatic_assignment
from casework.deadlines.forms import AbsenceEndForm, AbsenceForm
from desks.supervisor.doors import Visit, supervised, supervised_post
from desks.supervisor.permissions import CONFIRMS
from foundation.kernel.clock import almaty
from foundation.kernel.kept import forget, keep, kept
from foundation.kernel.refusals import BadInput

_ORDER = "automatic_assignment"


@supervised
def absences(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Now, soon and in the last month; cases nobody stands in for; entered by a supervisor or head."""
    form, end_form = AbsenceForm.as_left(request), AbsenceEndForm.as_left(request)
    context = {
        "section": "absences",
        "rows": list(absences_now(almaty(visit.at).date())),
        "today": almaty(visit.at).date(),
        "form": form,
        "end_form": end_form,
        "may_enter": visit.may(CONFIRMS),
        "assignment": automatic_assignment(),
        "order_held": kept(request, _ORDER),
        "here": request.get_full_path(),
    }
    status = 422 if form.errors or end_form.errors else 200
    return render(request, "desks/supervisor/absences.html", context, status=status)


@supervised_post
def start_assignment(request: HttpRequest, visit: Visit) -> HttpResponse:
    """From now on by load and absence (Rules 6)."""
    try:
        services.start_automatic_assignment(order=request.POST.get("order", ""), by=visit.person, at=visit.at)
    except BadInput as refusal:
        keep(request, _ORDER, request.POST, refusal)
    else:
        forget(request, _ORDER)
        messages.success(request, _("Registered applications are assigned automatically from now on."))
    return redirect("desks:absences")


@supervised_post
def end_assignment(request: HttpRequest, visit: Visit) -> HttpResponse:
    """By hand again."""
    services.end_automatic_assignment(by=visit.person, at=visit.at)
    messages.success(request, _("Assignment is by hand again."))
    return redirect("desks:absences")
