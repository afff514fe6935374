"""Pages of suits: the officers' list, a new one, one suit in the office and in the cabinet, one act on it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appeals.suits.statuses import ACTIONS
from desks.cabinet.views.wizard import person_of
from desks.officer.doors import Visit, officers_only
from desks.officer.forms import ActForm, AssignForm
from desks.suits.forms import FORMS, RecordForm, ResponseForm
from desks.suits.selectors import SuitPage, choices, queue, suit_page
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import kept
from foundation.kernel.refusals import NotFound


@officers_only
def officer_suits(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Suits, what waits for the authority on top."""
    mine, text = bool(request.GET.get("mine")), request.GET.get("q", "").strip()[:100]
    lines = queue(visit.person, visit.at, mine=mine, text=text)
    return render(request, "desks/suits/list.html", {"lines": lines, "mine": mine, "text": text})


@officers_only
def suit_new(request: HttpRequest, visit: Visit, case_id: UUID) -> HttpResponse:
    """A suit that came about a case: what it contests, and what stands in it."""
    found = choices(visit.person, case_id, visit.at)
    name = f"suit:{case_id}"
    held = kept(request, name)
    first = found.acts[0] if found.acts else None
    stored = {"complained_first": str(found.complained_first).lower(), "received_on": found.today.isoformat()}
    form = RecordForm(stored, held)
    context = {
        "choice": found,
        "subject": (held.value("subject") if held else "") or (str(first.pk) if first else "inaction"),
        "form": form,
        "held": held,
        "problems": form.problems(),
        "form_name": name,
        "here": request.path,
    }
    return render(request, "desks/suits/new.html", context)


@officers_only
def officer_suit(request: HttpRequest, visit: Visit, suit_id: UUID) -> HttpResponse:
    """One suit in the back office."""
    page = suit_page(visit.person, suit_id, visit.at)
    return render(request, "desks/suits/page.html", _context(page))


@officers_only
def officer_suit_act(request: HttpRequest, visit: Visit, suit_id: UUID, action: str) -> HttpResponse:
    """One act to fill in and do."""
    page = suit_page(visit.person, suit_id, visit.at)
    if action not in ACTIONS or action not in page.offers:
        raise NotFound
    name = f"{action}:{suit_id}"
    held = kept(request, name)
    form = FORMS.get(action, ActForm)(held, page.officers)
    if isinstance(form, AssignForm):
        form.offer(page.loads, page.proposed)
    if isinstance(form, ResponseForm) and not page.position_missing:
        form.without_paper()
    context = _context(page) | {
        "action": ACTIONS[action],
        "offer": page.offers[action],
        "form": form,
        "held": held,
        "problems": form.problems(),
        "form_name": name,
        "sign_fields": " ".join(form.fields),
        "has_file": "scan" in form.fields,
        "to_sign": page.to_sign if action == "sign" else [],
        "here": request.path,
    }
    return render(request, "desks/suits/act.html", context)


@never_cache
@login_required
@require_safe
def suit(request: HttpRequest, suit_id: UUID) -> HttpResponse:
    """One suit for the party whose case it touches."""
    page = suit_page(person_of(request), suit_id, legal_now())
    if page.officer:
        return redirect("desks:officer_suit", suit_id)
    return render(request, "desks/suits/page.html", _context(page))


def _context(page: SuitPage) -> dict[str, Any]:
    suit_id = page.case.pk
    home = reverse("desks:officer_suit" if page.officer else "desks:suit", args=[suit_id])
    return {
        "page": page,
        "suit": page.suit,
        "case": page.case,
        "home": home,
        "here": home,
        "frame": "desks/suits/_office.html" if page.officer else "desks/suits/_cabinet.html",
        "sign_request_url": f"/api/v1/suits/{suit_id}/sign-request/",
    }
