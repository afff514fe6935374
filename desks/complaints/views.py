"""Pages of complaints: what can be complained of, the draft, one complaint, one act on it, the officers' queue."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appeals.selectors import addressees_of, last_day_to_complain
from appeals.statuses import ACTIONS, Status
from desks.cabinet.views.wizard import person_of
from desks.complaints.forms import FORMS, DraftForm
from desks.complaints.selectors import ComplaintPage, choice, complaint_page, queue
from desks.officer.doors import Visit, officers_only
from desks.officer.forms import ActForm, AssignForm
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import kept
from foundation.kernel.refusals import NotFound

_CABINET, _OFFICE = "desks:complaint", "desks:officer_complaint"


@never_cache
@login_required
@require_safe
def new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What can be complained of in a case, until when, and before whom."""
    found = choice(person_of(request), case_id, legal_now())
    form = f"complaint:{case_id}"
    context = {
        "choice": found,
        "rows": [(row, found.left(row)) for row in found.decisions],
        "form_name": form,
        "typed": kept(request, form),
    }
    return render(request, "desks/complaints/new.html", context)


@never_cache
@login_required
@require_safe
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """A draft to fill in, or a filed complaint with everything that belongs to it."""
    page = complaint_page(person_of(request), complaint_id, legal_now())
    if page.officer:
        return redirect(_OFFICE, complaint_id)
    context = _context(page, _CABINET)
    if page.complaint.status != Status.DRAFT:
        return render(request, "desks/complaints/cabinet.html", context)
    held = kept(request, f"save:{complaint_id}")
    stored = {name: getattr(page.complaint, name) for name in DraftForm.base_fields}
    until = page.complaint.file_until or last_day_to_complain(page.complaint.delivered_on)
    form = DraftForm(stored, held)
    form.keep_addressees(addressees_of(page.complaint.act))
    context |= {
        "form": form,
        "held": held,
        "file_held": kept(request, f"file:{complaint_id}"),
        "submit_held": kept(request, f"submit:{complaint_id}"),
        "until": until,
        "late": until is not None and until < page.situation.today,
    }
    return render(request, "desks/complaints/draft.html", context)


@never_cache
@login_required
@require_safe
def act(request: HttpRequest, complaint_id: UUID, action: str) -> HttpResponse:
    """One act to fill in and do, for the side that complains."""
    return _act(request, complaint_page(person_of(request), complaint_id, legal_now()), action, _CABINET)


@officers_only
def officer_complaints(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open complaints, what is due first on top."""
    mine, text = bool(request.GET.get("mine")), request.GET.get("q", "").strip()[:100]
    lines = queue(visit.person, visit.at, mine=mine, text=text)
    return render(request, "desks/complaints/list.html", {"lines": lines, "mine": mine, "text": text})


@officers_only
def officer_complaint(request: HttpRequest, visit: Visit, complaint_id: UUID) -> HttpResponse:
    """One complaint in the back office."""
    page = complaint_page(visit.person, complaint_id, visit.at)
    return render(request, "desks/complaints/officer.html", _context(page, _OFFICE))


@officers_only
def officer_act(request: HttpRequest, visit: Visit, complaint_id: UUID, action: str) -> HttpResponse:
    """One act to fill in and do, in the back office."""
    return _act(request, complaint_page(visit.person, complaint_id, visit.at), action, _OFFICE)


def _act(request: HttpRequest, page: ComplaintPage, action: str, home: str) -> HttpResponse:
    if action not in ACTIONS or action not in page.offers:
        raise NotFound
    offer, name = page.offers[action], f"{action}:{page.case.pk}"
    held = kept(request, name)
    form = FORMS.get(action, ActForm)(held, page.officers)
    if isinstance(form, AssignForm):
        form.offer(page.loads, page.proposed)
    context = _context(page, home) | {
        "offer": offer,
        "action": offer.action,
        "form": form,
        "held": held,
        "problems": form.problems(),
        "form_name": name,
        "sign_fields": " ".join(form.fields),
        "has_file": any(field == "scan" for field in form.fields),
        "to_sign": page.to_sign if action == "sign" else [],
        "here": request.path,
    }
    return render(request, "desks/complaints/act.html", context)


def _context(page: ComplaintPage, home: str) -> dict[str, Any]:
    complaint_id = page.case.pk
    return {
        "page": page,
        "complaint": page.complaint,
        "case": page.case,
        "home": reverse(home, args=[complaint_id]),
        "act_url": "desks:complaint_act" if home == _CABINET else "desks:officer_complaint_act",
        "frame": "desks/complaints/_cabinet.html" if home == _CABINET else "desks/complaints/_office.html",
        "here": reverse(home, args=[complaint_id]),
        "sign_request_url": f"/api/v1/complaints/{complaint_id}/sign-request/",
    }
