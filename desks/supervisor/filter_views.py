"""Keeping a filter and letting it go; back to the list it belongs to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from desks.supervisor import services
from desks.supervisor.doors import Visit, supervised_post
from desks.supervisor.forms import CasesForm, TermsForm
from foundation.kernel.kept import own_page
from foundation.kernel.refusals import Refusal

_FORMS = {"terms": TermsForm, "cases": CasesForm}


@supervised_post
def save(request: HttpRequest, visit: Visit, listed: str) -> HttpResponse:
    """`query` as it stands in the address; what the list would not understand is left out."""
    if listed not in _FORMS:
        raise Http404
    query = _FORMS[listed](QueryDict(request.POST.get("query", "")), visit.at).query
    try:
        row = services.save_filter(
            person=visit.person, listed=listed, name=request.POST.get("name", ""), query=query
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The filter “{name}” is saved.").format(name=row.name))
    return redirect(f"{reverse(f'desks:dashboard_{listed}')}?{query}")


@supervised_post
def remove(request: HttpRequest, visit: Visit, filter_id: int) -> HttpResponse:
    """Only one's own."""
    services.remove_filter(person=visit.person, filter_id=filter_id)
    messages.success(request, _("The filter is removed."))
    return redirect(own_page(request, "next", reverse("desks:dashboard_terms")))
