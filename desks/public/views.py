"""Pages for anyone: what the service is, its passport, the calculator, the law as applied, checking, open data."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casework.cases.selectors import READS_ALL
from casework.deadlines.api import filing_terms
from casework.deadlines.calendar import FIRST_YEAR, LAST_YEAR, OutsideCalendarError
from desks.public import selectors
from desks.public.forms import LOCAL, CalculatorForm
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.clock import legal_now
from foundation.rulebook import citations
from foundation.rulebook import selectors as rulebook
from licenses.permissions import require_rate
from licenses.wording import ANSWERS, EXPORTED


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the service is, what it costs today, how it goes."""
    at = legal_now()
    lines = selectors.fees(at)
    index = next((line.derivation.mrp for line in lines if line.derivation.mrp), None)
    context = {
        "fees": lines,
        "mrp": index,
        "mrp_citation": citations.shown(index.citation) if index else "",
        "today": at.date(),
        "times": selectors.times(at),
        "next": reverse("desks:home"),
    }
    return render(request, "desks/public/start.html", context)


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a person's work is: the cabinet, the desk, the dashboard, or the accounts."""
    person = request.user
    if not isinstance(person, Person) or not person.is_staff:
        return redirect("desks:cabinet")
    held = accounts.roles_of(person, legal_now().date())
    if Role.SUPERVISOR in held:
        return redirect("desks:dashboard")
    return redirect("desks:desk" if held & READS_ALL else "admin:index")


@require_safe
def passport(request: HttpRequest) -> HttpResponse:
    """All eleven rows of Annex 3 as of a day."""
    today = legal_now().date()
    day = _day(request.GET.get("on", "")) or today
    pack = rulebook.pack(day)
    language = get_language() or "ru"
    rows = [
        {
            "row": row,
            "name": row.name_kk if language == "kk" else row.name_ru,
            "text": row.text(language),
            "citation": citations.shown(row.citation),
        }
        for row in pack.passport()
    ]
    context = {
        "rows": rows,
        "day": pack.on,
        "asked": day,
        "today": today,
        "text_language": "kk" if language == "kk" else "ru",
        "foreign": language == "en",
        "ours": language == "kk" and any(row.translation == "ours" for row in pack.passport()),
        "outages": selectors.outages_shown(language),
        "starts": sorted({row.valid_from for row in pack.rows.passport}, reverse=True),
    }
    return render(request, "desks/public/passport.html", context)


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Every term of an application from the moment of its receipt, each day explained; the address is a permalink."""
    require_rate(request)
    asked = "received" in request.GET
    form = CalculatorForm(
        request.GET
        if asked
        else {"received": legal_now().strftime(LOCAL), "form": request.GET.get("form", "1")}
    )
    found: dict[str, Any] | None = None
    if form.is_valid():
        found = _calculated(form)
    context = {"form": form, "found": found, "permalink": _permalink(form) if found else "", "asked": asked}
    return render(request, "desks/public/calculator.html", context, status=422 if form.errors else 200)


def _calculated(form: CalculatorForm) -> dict[str, Any] | None:
    said = form.cleaned_data
    try:
        found = filing_terms(
            said["received"], said["form"], long=said["long"] and said["form"] in {"9", "10"}
        )
    except (OutsideCalendarError, OverflowError):
        form.add_error(
            "received",
            _("The calendar of working days covers {first}–{last}; take a time within it.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            ),
        )
        return None
    for term in found["terms"]:
        _number(term)
    found["same_day"] = found["registered_on"] == found["received"].date()
    return found


def _number(term: dict[str, Any]) -> None:
    """Counted days bear their number, so that the last one shows the length of the term."""
    number = 0
    for day in term["days"]:
        number += day["counted"]
        day["number"] = number if day["counted"] else None
    term["counted"] = number


def _permalink(form: CalculatorForm) -> str:
    said = form.cleaned_data
    asked = {"received": said["received"].isoformat(timespec="minutes")[:16], "form": said["form"]}
    if said["long"]:
        asked["long"] = "on"
    return f"{settings.PUBLIC_URL}{reverse('desks:calculator')}?{urlencode(asked)}"


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Paragraph by paragraph: what the portal counts and what it lets whom do, from its own tables."""
    return render(
        request,
        "desks/public/law.html",
        {"terms": selectors.law_of_terms(legal_now().date()), "acts": list(selectors.law_of_acts())},
    )


@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """How to tell a genuine licence."""
    return render(request, "desks/public/verification.html", {"answers": ANSWERS.values()})


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What programs may take, and how often it changes."""
    return render(
        request, "desks/public/open_data.html", {"public_url": settings.PUBLIC_URL, "columns": EXPORTED}
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
