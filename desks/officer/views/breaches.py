"""Broken terms: why, in the executor's words, and who was told of each when."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.deadlines import breaches as read
from casework.deadlines.models import BreachExplanation
from casework.deadlines.views import explanation_form
from casework.deadlines.wording import term_name
from desks.officer.doors import Visit, officers_only
from desks.officer.permissions import SEES_BREACHES
from foundation.kernel.kept import kept

PAGE = 25


@officers_only
def breaches(request: HttpRequest, visit: Visit) -> HttpResponse:
    """An officer's own to explain; whoever looks at the dashboards sees all of them."""
    whose = None if visit.may(SEES_BREACHES) else visit.person
    given = request.GET.get("show") == "given"
    rows = (read.given_explanations if given else read.owed_explanations)(whose, visit.at)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "given": given,
        "all_officers": whose is None,
        "lines": [_line(request, row, visit) for row in page],
        "here": request.get_full_path(),
        "section": "breaches",
    }
    return render(request, "desks/officer/breaches.html", context)


def _line(request: HttpRequest, row: BreachExplanation, visit: Visit) -> dict[str, Any]:
    held = kept(request, explanation_form(row.term_id))
    return {
        "row": row,
        "term": term_name(row.term.code),
        "may_explain": row.given_at is None
        and (row.asked_of_id == visit.person.pk or not visit.may(SEES_BREACHES)),
        "typed": held.value("text") if held else "",
        "faults": held.faults.get("text", []) if held else [],
    }
