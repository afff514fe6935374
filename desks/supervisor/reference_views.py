"""Reference data: a row enters by one person, is looked at beside the row it follows, and is published by another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import JSONField, TextField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.cases.permissions import require_role
from desks.supervisor.doors import Visit, supervised, supervised_post
from desks.supervisor.permissions import CONFIRMS, ENTERS
from desks.supervisor.selectors import reference as read
from foundation.kernel.refusals import BadInput, Conflict
from foundation.rulebook import services
from foundation.rulebook.models import TABLES, DatedRule

_NOT_TYPED = ("code", "valid_to")


@supervised
def reference(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every table with what waits, and the rows of the one that is chosen."""
    chosen = request.GET.get("table", "indices")
    today = visit.at.date()
    context = {
        "section": "reference",
        "tables": read.tables(today),
        "chosen": chosen,
        "lines": read.lines(chosen, today, get_language() or "ru"),
    }
    return render(request, "desks/supervisor/reference.html", context)


@supervised
def row(request: HttpRequest, visit: Visit, table: str, row_id: int) -> HttpResponse:
    """One row; before its publication beside the row it follows, with what it makes of the fees."""
    found = read.one(table, row_id)
    form = _form_of(table)(initial=_initial(found)) if _may_succeed(found, visit) else None
    return _shown(request, visit, table, found, form)


@supervised_post
def propose(request: HttpRequest, visit: Visit, table: str, row_id: int) -> HttpResponse:
    """Enter the row that follows; it does nothing before a second person confirms it."""
    require_role(visit.person, *ENTERS, at=visit.at, held=visit.roles)
    before = read.one(table, row_id)
    if not read.is_last(before):
        raise Http404
    form = _form_of(table)(request.POST)
    if form.is_valid() and form.cleaned_data["valid_from"] <= before.valid_from:
        form.add_error("valid_from", _("Later than the first day of the row that it follows."))
    if form.is_valid():
        values = {**form.cleaned_data, "code": before.code}
        try:
            made = services.propose(table=table, values=values, actor_id=visit.person.pk, at=visit.at)
        except BadInput as refusal:
            for name, faults in refusal.fields.items():
                form.add_error(name if name in form.fields else None, [str(fault) for fault in faults])
        else:
            messages.success(
                request, _("The row is entered. It works once a second person has confirmed it.")
            )
            return redirect("desks:reference_row", table, made.pk)
    return _shown(request, visit, table, before, form, status=422)


@supervised_post
def confirm(request: HttpRequest, visit: Visit, table: str, row_id: int) -> HttpResponse:
    """Publish it as the second person; the row before it ends the day before."""
    require_role(visit.person, *CONFIRMS, at=visit.at, held=visit.roles)
    found = read.one(table, row_id)
    try:
        services.confirm(table=table, row_id=found.pk, actor_id=visit.person.pk, at=visit.at)
        messages.success(request, _("The row is published. Cases keep the rules of their registration day."))
    except Conflict as refusal:
        messages.error(request, str(refusal))
    return redirect("desks:reference_row", table, row_id)


@supervised_post
def withdraw(request: HttpRequest, visit: Visit, table: str, row_id: int) -> HttpResponse:
    """Drop a row that was entered and never published."""
    require_role(visit.person, *ENTERS, at=visit.at, held=visit.roles)
    found = read.one(table, row_id)
    services.withdraw(table=table, row_id=found.pk, actor_id=visit.person.pk, at=visit.at)
    messages.success(request, _("The row is withdrawn; nothing was published."))
    return redirect("desks:reference")


def _shown(
    request: HttpRequest, visit: Visit, table: str, found: DatedRule, form: Any, status: int = 200
) -> HttpResponse:
    waiting = found.published_at is None
    entered, confirmed = read.people_of(found)
    context = {
        "section": "reference",
        "table": table,
        "row": found,
        "label": TABLES[table]._meta.verbose_name,  # noqa: SLF001 -- Django's own name for it
        "state": read.state_of(found, visit.at.date()),
        "fields": read.compared(found),
        "fees": read.fee_changes(found, get_language() or "ru") if waiting else [],
        "entered": entered,
        "confirmed": confirmed,
        "own": found.proposed_by == visit.person.pk,
        "may_confirm": waiting and visit.may(CONFIRMS),
        "may_withdraw": waiting and visit.may(ENTERS),
        "form": form,
    }
    return render(request, "desks/supervisor/reference_row.html", context, status=status)


def _may_succeed(found: DatedRule, visit: Visit) -> bool:
    return visit.may(ENTERS) and read.is_last(found)


def _form_of(table: str) -> "type[forms.ModelForm[DatedRule]]":
    if table not in TABLES:
        raise Http404
    texts = {
        field.name: forms.Textarea(attrs={"rows": 3})
        for field in TABLES[table]._meta.fields  # noqa: SLF001 -- Django's own list of fields
        if isinstance(field, TextField | JSONField)
    }
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.modelform_factory(
        TABLES[table], exclude=_NOT_TYPED, widgets={**texts, "valid_from": day, "condition_day": day}
    )


def _initial(found: DatedRule) -> dict[str, Any]:
    """The row that it follows, word by word, but for its first day."""
    names = [field.name for field in found._meta.fields if field.editable]  # noqa: SLF001 -- Django's own list of fields
    return {name: getattr(found, name) for name in names if name not in (*_NOT_TYPED, "id", "valid_from")}
