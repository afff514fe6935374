"""Pages of proceedings: list and beginning, one proceeding, one act; for officers and for licensees."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casework.decisions.permissions import action_of
from casework.decisions.selectors import pending_request
from desks.cabinet.views.wizard import person_of
from desks.officer.doors import Visit, officers_only
from desks.officer.forms import AssignForm
from desks.proceedings.corrections import correction_values
from desks.proceedings.forms import form_for, sign_fields
from desks.proceedings.selectors import ProceedingPage, open_proceedings, proceeding_page, requests_of
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import kept
from foundation.kernel.refusals import NotPermitted
from licenses.proceedings.permissions import refusal_of
from licenses.proceedings.selectors import latest_pool_notices, pool_history, proceedings_of
from licenses.proceedings.statuses import BY_EXECUTOR, Kind
from licenses.selectors import own_licence_card, own_licences

# done by the button itself: nothing has to be said
DIRECT = frozenset({"request_oral", "waive_hearing", "record_hearing", "open_signing"})
_MOST = 100


@officers_only
def officer_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open proceedings, what is due first; and the opening of another."""
    context = {
        "rows": [
            (row, Kind(row.kind).label, row.get_status_display())
            for row in open_proceedings(visit.person, visit.at)[:_MOST]
        ],
        "kinds": [(str(kind), kind.label) for kind in BY_EXECUTOR],
        "held": kept(request, "begin"),
        "may_open": "executor" in visit.roles,
        "here": reverse("desks:proceedings"),
        "pools": latest_pool_notices(_MOST),
        "of_all": True,
    }
    return render(request, "desks/proceedings/officer_list.html", context)


@officers_only
def officer_page(request: HttpRequest, visit: Visit, proceeding_id: UUID) -> HttpResponse:
    """One proceeding with its clock, papers and lawful steps."""
    page = proceeding_page(proceeding_id, visit.person, visit.at)
    return render(request, "desks/proceedings/page.html", _page(page, officer=True))


@officers_only
def officer_act(request: HttpRequest, visit: Visit, proceeding_id: UUID, action: str) -> HttpResponse:
    """The form of one act of the authority."""
    page = proceeding_page(proceeding_id, visit.person, visit.at)
    return render(request, "desks/proceedings/act.html", _act(request, page, action, officer=True))


@never_cache
@login_required
@require_safe
def licence_list(request: HttpRequest, number: str) -> HttpResponse:
    """What goes on about an own licence, and what can be asked for."""
    person, at = person_of(request), legal_now()
    licence = own_licences(person, at).prefetch_related("periods", "editions").filter(number=number).first()
    card = own_licence_card(licence, at, "ru") if licence is not None else None
    if licence is None or card is None:
        raise Http404
    rows = [(row, Kind(row.kind).label, row.get_status_display()) for row in proceedings_of(licence)]
    found = requests_of(licence, at)
    context = {
        "licence": licence,
        "card": card,
        "rows": rows,
        "possible": [asked for asked in found if asked.possible],
        "closed": [asked for asked in found if not asked.possible],
        "pools": pool_history(licence),
        "held": kept(request, "begin"),
        "here": reverse("desks:licence_proceedings", args=[number]),
    }
    return render(request, "desks/proceedings/licence_list.html", context)


@never_cache
@login_required
@require_safe
def own_page_of(request: HttpRequest, proceeding_id: UUID) -> HttpResponse:
    """One proceeding on an own licence."""
    page = proceeding_page(proceeding_id, person_of(request), legal_now())
    return render(request, "desks/proceedings/page.html", _page(page, officer=False))


@never_cache
@login_required
@require_safe
def own_act(request: HttpRequest, proceeding_id: UUID, action: str) -> HttpResponse:
    """The form of one act of the licensee."""
    page = proceeding_page(proceeding_id, person_of(request), legal_now())
    return render(request, "desks/proceedings/act.html", _act(request, page, action, officer=False))


def _page(page: ProceedingPage, *, officer: bool) -> dict[str, Any]:
    name = "officer_proceeding" if officer else "proceeding"
    here = reverse(f"desks:{name}", args=[page.case.pk])
    return {
        "page": page,
        "case": page.case,
        "officer": officer,
        "here": here,
        "direct": DIRECT,
        "acts": [
            (offer, "" if offer.action.name in DIRECT else f"{here}acts/{offer.action.name}/")
            for offer in page.possible
        ],
        "pools": pool_history(page.proceeding.licence),
        "list_url": reverse("desks:proceedings")
        if officer
        else reverse("desks:licence_proceedings", args=[page.proceeding.licence.number]),
        "may_attach": page.case.is_open
        and (page.proceeding.status == "draft" if not officer else page.case.executor_id == page.s.person.pk),
    }


def _act(request: HttpRequest, page: ProceedingPage, name: str, *, officer: bool) -> dict[str, Any]:
    action = action_of(name, page.s)
    refusal = refusal_of(name, page.s)
    if isinstance(refusal, NotPermitted):
        raise refusal
    form_name = f"{name}:{page.case.pk}"
    held = kept(request, form_name)
    hearing = page.s.last_hearing
    noticed = (hearing.notice.content.get("grounds") or [{}])[0] if hearing else {}
    stored = {**page.proceeding.content, **noticed}
    if name != "submit":
        stored.pop("reason", None)  # the licensee's own; an officer gives another
    if hearing is not None and "months" in hearing.notice.content:
        stored["months"] = hearing.notice.content["months"]
    if page.kind == Kind.CORRECT:
        stored |= correction_values(page.s)
    form = form_for(name, page.s, held, page.officers, stored)
    if isinstance(form, AssignForm):
        form.offer(page.loads, page.proposed)
    if "scan_id" in form.fields:
        files = [(str(row.pk), row.name) for row in page.s.files if row.counts]
        form.fields["scan_id"].choices = files  # type: ignore[attr-defined]  # a ChoiceField
    waiting = name == "sign" and pending_request(page.case.pk, "sign", page.s.person.pk) is not None
    return {
        **_page(page, officer=officer),
        "action": action,
        "refusal": refusal,
        "form": form,
        "problems": form.problems(),
        "held": held,
        "form_name": form_name,
        "sign_fields": sign_fields(name, form),
        "act_url": request.path,
        "papers": [row for _title, row in page.drafts if row.state == "prepared"] if name == "sign" else [],
        "to_open": name == "sign" and refusal is None and not waiting,
    }
