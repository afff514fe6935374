"""Which service terms are expected to pass in the next 15 working days, by officer, and how each was computed."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from casework.deadlines.forecast import Forecast, situations
from casework.deadlines.rules.forecast import HORIZON, LAST_CASES
from desks.supervisor import list_files, tables
from desks.supervisor.doors import Visit, supervised
from desks.supervisor.exports import KINDS, file_response
from desks.supervisor.forms import ForecastForm
from desks.supervisor.selectors import forecast as read

PAGE = 50


@supervised
def forecast(request: HttpRequest, visit: Visit) -> HttpResponse:
    """By officer with one officer fewer, as it is, and one more; then the working of every case."""
    found = situations(visit.at)
    form = ForecastForm(request.GET, visit.at, found)
    asked = form.asked()
    page = Paginator(read.pairs(found, asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "forecast",
        "at": visit.at,
        "form": form,
        "asked": asked,
        "filters": [form[name] for name in ("more", "executor", "show")],
        "situations": _situations(found),
        "loads": read.loads(found),
        "found": found[asked.more],
        "horizon": HORIZON,
        "last_cases": LAST_CASES,
        "page": page,
        "lines": [
            {"working": line, "form": tables.form_name(line.case.form)} for line in read.workings(list(page))
        ],
        "files": [
            (kind, f"{reverse('desks:dashboard_forecast_file', args=[kind])}?{form.query}") for kind in KINDS
        ],
    }
    return render(request, "desks/supervisor/forecast.html", context)


@supervised
def forecast_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponseBase:
    """The list as the page asks for it, with every figure of the working."""
    found = situations(visit.at)
    chosen = read.pairs(found, ForecastForm(request.GET, visit.at, found).asked())
    return file_response(kind, "deadlines-forecast", visit.at, list_files.forecast(chosen))


def _situations(found: Mapping[int, Forecast]) -> list[dict[str, object]]:
    return [
        {"more": more, "officers": one.officers_then, "breaches": len(one.breaches)}
        for more, one in sorted(found.items())
    ]
