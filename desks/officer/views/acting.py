"""The page of one act: its fields, or why it is closed; and the head's signing page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from desks.officer import phrases
from desks.officer.doors import Visit, officers_only
from desks.officer.forms import FORMS, SIGN_FIELDS, ActForm, AssignForm, PostponeForm
from desks.officer.selectors.acts import ActPage, act_page, signing_page
from desks.officer.selectors.desk_case import SIGNING
from desks.officer.views.case import frame
from foundation.kernel.kept import Kept, kept

_GROUNDS = frozenset({"notify_hearing", "prepare_refusal"})


@officers_only
def act(request: HttpRequest, visit: Visit, application_id: UUID, action: str) -> HttpResponse:
    """The form of an act; it is posted to the owner's address and leads back to the case."""
    if action in SIGNING:
        return redirect("desks:officer_sign", application_id)
    found = act_page(visit, application_id, action)
    refusal = found.refusal
    form_name = f"{action}:{application_id}"
    held = kept(request, form_name)
    context = {
        **frame(found.desk, ""),
        "action": found.action,
        "refusal": refusal,
        "form_name": form_name,
        "held": held,
        "here": reverse("desks:officer_act", args=[application_id, action]),
        "sign_fields": SIGN_FIELDS.get(action, ""),
        "danger": action in ("return", "discontinue"),
    }
    if refusal is None:
        context |= _fields(found, held)
    return render(request, "desks/officer/act.html", context)


def _fields(found: ActPage, held: Kept | None) -> dict[str, Any]:
    name = found.action.name
    if name in _GROUNDS:
        return {
            "grounds": found.grounds(held),
            "assessed": name == "prepare_refusal",
            "short": found.short,
            "failed": found.failed,
            "assessments": phrases.of_assessments(found.desk.pack),
        }
    if name == "return":
        return {"lacking": _lacking(found)}
    form_class = FORMS.get(name)
    if form_class is None:
        return {}
    form = form_class(held, found.officers, _stored(found))
    if isinstance(form, AssignForm):
        form.offer(found.loads, found.proposed)
    if isinstance(form, PostponeForm):
        form.offer(found.free, found.rooms, found.desk.side)
    return {"form": form, "problems": form.problems(), "recusal": _recusal(found)}


def _stored(found: ActPage) -> dict[str, Any]:
    """What stands in the fields at first."""
    hearing = found.desk.hearing
    match found.action.name:
        case "prepare_issue":
            return {"no_court_act_note": found.desk.application.no_court_act_note}
        case "discontinue" if found.desk.ended_target:
            return {"reason": "target", **found.desk.ended_facts}
        case "postpone_hearing" if hearing and hearing.planned_at:
            return {"place": hearing.place, "link": hearing.link}
        case "ask_recusal":
            return {"officer": str(found.desk.visit.person.pk)}
        case _:
            return {}


def _recusal(found: ActPage) -> dict[str, Any] | None:
    return next((row for row in found.desk.recusals if row["granted"] is None), None)


def _lacking(found: ActPage) -> list[dict[str, Any]]:
    """Every missing or expired document; the officer may leave one out, never add one (Rules 7)."""
    return [
        {"place": place, "entry": entry}
        for place in found.desk.places
        for entry in place.entries
        if entry.item.lacking
    ]


@officers_only
def sign(request: HttpRequest, visit: Visit, application_id: UUID) -> HttpResponse:
    """The final documents in both languages, the conditions anew, the signature or the way back."""
    page = signing_page(visit, application_id)
    send_back = f"send_back:{application_id}"
    back_form: ActForm = FORMS["send_back"](kept(request, send_back), [])
    context = {
        **frame(page, ""),
        "here": reverse("desks:officer_sign", args=[application_id]),
        "refusals": page.refusals,
        "back_form": back_form,
        "back_form_name": send_back,
        "held": kept(request, send_back),
    }
    return render(request, "desks/officer/sign.html", context)
