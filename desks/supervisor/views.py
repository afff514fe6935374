"""The deadline dashboard, the lists behind its numbers, and both as files. Nothing is written here."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from casework.cases.models import Case
from casework.deadlines.wording import term_name
from desks.supervisor import charts, list_files, tables
from desks.supervisor.doors import Visit, supervised
from desks.supervisor.exports import KINDS, file_response
from desks.supervisor.forms import CasesForm, ExecutorForm, TermsForm
from desks.supervisor.permissions import REASSIGNS
from desks.supervisor.selectors import lists
from desks.supervisor.selectors.board import board
from desks.supervisor.selectors.filters import filters_of
from foundation.accounts.models import Person
from foundation.kernel.kept import kept

PAGE = 50
REASSIGN = "dashboard.reassign"


@supervised
def dashboard(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All numbers; a script asks for the same page again and takes over what changed."""
    found = board(visit.at)
    context = {
        "section": "dashboard",
        "saved": filters_of(visit.person),
        "board": found,
        "tiles": list(zip(tables.BUCKETS.values(), tables.totals(found), strict=True)),
        "counted": [tables.by_officer(found), tables.by_stage(found), tables.by_form(found)],
        "months": tables.by_month(found),
        "times": tables.by_stage_time(found),
        "ages": tables.by_age(found),
        "charts": charts.of_months(found),
        "age_chart": charts.of_ages(found),
    }
    return render(request, "desks/supervisor/dashboard.html", context)


@supervised
def table_file(_request: HttpRequest, visit: Visit, code: str, kind: str) -> HttpResponseBase:
    """One table of the dashboard as the page shows it."""
    if code not in tables.TABLES:
        raise Http404
    return file_response(kind, f"deadlines-{code}", visit.at, tables.TABLES[code](board(visit.at)).rows())


@supervised
def terms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The terms behind a number; the filters stand in the address."""
    form = TermsForm(request.GET, visit.at)
    asked = form.asked()
    page = Paginator(lists.terms(asked, visit.at), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "state_label": form.state_label,
        "filters": [form[name] for name in ("due", "executor", "code", "form")],
        "page": page,
        "lines": _lines(lists.owed(list(page), visit.at)),
        "section": "terms",
        **_list_tools("terms", form, request, visit),
    }
    return render(request, "desks/supervisor/terms.html", context)


@supervised
def terms_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponseBase:
    """The whole list, streamed."""
    rows = lists.terms(TermsForm(request.GET, visit.at).asked(), visit.at)
    return file_response(kind, "deadlines-terms", visit.at, list_files.terms(rows.iterator(2000), visit.at))


@supervised
def cases(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open cases by age, or those a month brought or ended."""
    form = CasesForm(request.GET, visit.at)
    asked = form.asked()
    page = Paginator(lists.cases(asked, visit.at), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "filters": [form[name] for name in ("age", "executor")],
        "page": page,
        "lines": _lines(lists.owed_cases(list(page), visit.at)),
        "section": "cases",
        **_list_tools("cases", form, request, visit),
    }
    return render(request, "desks/supervisor/cases.html", context)


@supervised
def cases_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponseBase:
    """The whole list, streamed."""
    rows = lists.cases(CasesForm(request.GET, visit.at).asked(), visit.at)
    return file_response(kind, "deadlines-cases", visit.at, list_files.cases(rows.iterator(2000), visit.at))


def _list_tools(listed: str, form: ExecutorForm, request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What stands around a list: its files, one's own filters, and reassignment for who may."""
    query = form.query
    return {
        "files": [
            (kind, f"{reverse(f'desks:dashboard_{listed}_file', args=[kind])}?{query}") for kind in KINDS
        ],
        "saved": filters_of(visit.person, listed),
        "listed": listed,
        "query": query,
        **_reassignment(request, visit),
    }


def _lines(owed: list[lists.Owed]) -> list[dict[str, Any]]:
    return [
        {
            "owed": line,
            "case": line.case,
            "term": term_name(line.code) if line.code else "",
            "form": tables.form_name(line.case.form),
            "choice": f"{line.case.pk}:{line.case.version}",
            "takes": line.case.is_open and line.case.kind == Case.Kind.APPLICATION,
        }
        for line in owed
    ]


def _reassignment(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """The form under a list for who may reassign, with what was typed into a refused one."""
    if not visit.may(REASSIGNS):
        return {}
    people: list[Person] = list(lists.executors(visit.at))
    held = kept(request, REASSIGN)
    return {
        "may_reassign": True,
        "executors": people,
        "kept": held,
        "kept_cases": held.values.get("case", []) if held else [],
        "kept_executor": held.value("executor") if held else "",
        "kept_reason": held.value("reason") if held else "",
        "reassign_form": REASSIGN,
        "here": request.get_full_path(),
    }
