"""The deadline dashboard, the lists behind its numbers, and both as CSV. Nothing is written here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.deadlines.wording import term_name
from desks.supervisor import tables
from desks.supervisor.charts import Chart, Value, columns
from desks.supervisor.doors import Visit, supervised
from desks.supervisor.exports import csv_response
from desks.supervisor.forms import CasesForm, TermsForm
from desks.supervisor.permissions import REASSIGNS
from desks.supervisor.selectors import lists
from desks.supervisor.selectors.board import Board, board
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
        "board": found,
        "tiles": list(zip(tables.BUCKETS.values(), tables.totals(found), strict=True)),
        "counted": [tables.by_officer(found), tables.by_stage(found), tables.by_form(found)],
        "months": tables.by_month(found),
        "ages": tables.by_age(found),
        "charts": _month_charts(found),
        "age_chart": _age_chart(found),
    }
    return render(request, "desks/supervisor/dashboard.html", context)


def _month_charts(found: Board) -> list[Chart]:
    months = found.months
    breaches = [Value(f"{month.first_day:%m.%y}", str(month.breached), month.breached) for month in months]
    shares = [
        Value(
            f"{month.first_day:%m.%y}",
            "" if month.share is None else f"{month.share:.0f}",
            month.share,
        )
        for month in months
    ]
    return [
        columns(
            "breaches",
            _("Breaches of terms by month"),
            _("{count} in twelve months.").format(count=sum(month.breached for month in months)),
            breaches,
            tone="bad",
        ),
        columns(
            "shares",
            _("Results in time, percent"),
            _("{good} of {all} results in twelve months.").format(
                good=sum(month.results_in_time for month in months),
                all=sum(month.results for month in months),
            ),
            shares,
            tone="good",
            most=100,
        ),
    ]


def _age_chart(found: Board) -> Chart:
    values = [Value(age.label, str(age.count), age.count) for age in found.ages]
    total = sum(age.count for age in found.ages)
    return columns(
        "ages",
        _("Open cases by working days since registration"),
        _("{count} open cases.").format(count=total),
        values,
        tone="plain",
    )


@supervised
def table_csv(_request: HttpRequest, visit: Visit, code: str) -> HttpResponseBase:
    """One table of the dashboard as the page shows it."""
    if code not in tables.TABLES:
        raise Http404
    return csv_response(f"deadlines-{code}", visit.at, tables.TABLES[code](board(visit.at)).rows())


@supervised
def terms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The terms behind a number; the filters stand in the address."""
    form = TermsForm(request, visit.at)
    asked = form.asked()
    page = Paginator(lists.terms(asked, visit.at), PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in _answers(form).items() if value})
    context = {
        "form": form,
        "asked": asked,
        "state_label": form.state_label,
        "filters": [form[name] for name in ("due", "executor", "code", "form")],
        "page": page,
        "lines": _lines(lists.owed(list(page), visit.at)),
        "csv_url": f"{reverse('desks:dashboard_terms_csv')}?{query}",
        "section": "terms",
        **_reassignment(request, visit),
    }
    return render(request, "desks/supervisor/terms.html", context)


@supervised
def terms_csv(request: HttpRequest, visit: Visit) -> StreamingHttpResponse:
    """The whole list, streamed."""
    rows = lists.terms(TermsForm(request, visit.at).asked(), visit.at)
    head = [_("Case"), _("Applicant"), _("Form"), _("Executor"), _("Term"), _("Due"), _("State")]
    return csv_response("deadlines-terms", visit.at, _term_rows(head, rows.iterator(2000), visit.at))


def _term_rows(head: list[str], rows: Iterable[Any], at: datetime) -> Iterable[list[str]]:
    yield head
    for term in rows:
        case = term.case
        yield [
            str(case),
            case.party.name_ru,
            tables.form_name(case.form),
            case.executor.short_name if case.executor else _("nobody assigned"),
            term_name(term.code),
            f"{term.due_on:%d.%m.%Y}",
            str(term.get_state_display()) if term.met_at or term.due_at >= at else _("overdue"),
        ]


@supervised
def cases(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open cases by age."""
    form = CasesForm(request, visit.at)
    found = lists.cases(form.said("age"), form.said("executor"), visit.at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": [form[name] for name in ("age", "executor")],
        "page": page,
        "lines": _lines(lists.owed_cases(list(page), visit.at)),
        "section": "cases",
        **_reassignment(request, visit),
    }
    return render(request, "desks/supervisor/cases.html", context)


def _answers(form: TermsForm) -> dict[str, str]:
    return {name: form.said(name) for name in form.fields}


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
