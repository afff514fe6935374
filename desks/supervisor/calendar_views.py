"""The calendar of working days: what is in force, what is proposed, and which open terms it would move."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from casework.deadlines import exception_file
from casework.deadlines import selectors as deadlines
from casework.deadlines.forms import ExceptionFileForm, ExceptionForm, OutageEndForm, OutageForm
from desks.supervisor.doors import Visit, supervised
from desks.supervisor.exports import KINDS, file_response
from desks.supervisor.permissions import CONFIRMS, ENTERS
from desks.supervisor.selectors import calendar as read


@supervised
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Years against the official balance, and every exception with its act and people."""
    said = request.GET.get("year", "")
    year = int(said) if said.isascii() and said.isdigit() and len(said) == len("2026") else None
    years = read.years(visit.at)
    form, file_form = ExceptionForm.as_left(request), ExceptionFileForm.as_left(request)
    context = {
        "section": "calendar",
        "years": years,
        "months": read.MONTHS,
        "year": year,
        "exceptions": list(read.exceptions(year)),
        "warn_year": deadlines.next_year_unconfirmed(visit.at),
        "form": form,
        "file_form": file_form,
        "files": [(kind, reverse("desks:calendar_file", args=[kind])) for kind in KINDS],
        "may_enter": visit.may(ENTERS),
        "may_confirm": visit.may(CONFIRMS),
        "here": request.get_full_path(),
    }
    status = 422 if form.errors or file_form.errors else 200
    return render(request, "desks/supervisor/calendar.html", context, status=status)


@supervised
def exceptions_file(_request: HttpRequest, visit: Visit, kind: str) -> HttpResponseBase:
    """Every exception with its act; the CSV can be read in again."""
    return file_response(kind, "calendar-exceptions", visit.at, exception_file.written(read.exceptions()))


@supervised
def exception(request: HttpRequest, visit: Visit, exception_id: int) -> HttpResponse:
    """One exception; before its confirmation, the terms that would move."""
    row = read.exceptions().filter(pk=exception_id).first()
    if row is None:
        raise Http404
    moves = [] if row.confirmed else read.moved_terms(row, visit.at)
    context = {
        "section": "calendar",
        "row": row,
        "moves": moves,
        "moved": sum(move.count for move in moves),
        "may_confirm": visit.may(CONFIRMS) and not row.confirmed,
        "own": row.entered_by_id == visit.person.pk,
    }
    return render(request, "desks/supervisor/calendar_exception.html", context)


@supervised
def outages(request: HttpRequest, visit: Visit) -> HttpResponse:
    """When the portal could not be used: recorded by one person, confirmed by another."""
    form, end_form = OutageForm.as_left(request), OutageEndForm.as_left(request)
    context = {
        "section": "outages",
        "rows": list(read.outages()),
        "form": form,
        "end_form": end_form,
        "person": visit.person,
        "may_enter": visit.may(ENTERS),
        "may_confirm": visit.may(CONFIRMS),
        "here": request.get_full_path(),
    }
    status = 422 if form.errors or end_form.errors else 200
    return render(request, "desks/supervisor/outages.html", context, status=status)
