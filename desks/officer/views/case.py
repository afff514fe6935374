"""The case page: four tabs over one header and one clock."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models import Finding
from casework.decisions.views import calendar_response
from desks.officer import phrases
from desks.officer.doors import Visit, officers_only
from desks.officer.permissions import WRITES_NOTES
from desks.officer.selectors.desk_case import DIRECT, SIGNING, DeskCase, desk_case
from desks.officer.selectors.examination import Examination, examination
from desks.officer.selectors.file import CaseFile
from desks.officer.selectors.queue import shown_number, status_label
from desks.officer.selectors.records import records
from foundation.accounts.models import Role
from foundation.kernel.citations import cite
from foundation.kernel.kept import kept
from foundation.kernel.refusals import NotFound

TABS = (
    ("officer_case", _("Case")),
    ("officer_evidence", _("Examination")),
    ("officer_documents", _("Acts and letters")),
    ("officer_history", _("Journal and messages")),
)


def frame(page: CaseFile, tab: str) -> dict[str, Any]:
    """Header, tabs and clock: what every page of a case begins with."""
    pk = page.case.pk
    return {
        "page": page,
        "application": page.application,
        "case": page.case,
        "state_label": status_label(page.case.status_code, page.application.prepared_outcome),
        "party_number": shown_number(page.case.party),
        "tabs": [(reverse(f"desks:{name}", args=[pk]), label, name == tab) for name, label in TABS],
        "here": reverse(f"desks:{tab}", args=[pk]) if tab else "",
        "case_url": reverse("desks:officer_case", args=[pk]),
    }


@officers_only
def case(request: HttpRequest, visit: Visit, application_id: UUID) -> HttpResponse:
    """The case itself with its clock and the lawful steps."""
    page = desk_case(visit, application_id)
    is_executor = any(offer.action.name == "accept" for offer in page.offers)
    context = {
        **frame(page, "officer_case"),
        "possible": [(offer, _address(page, offer.action.name)) for offer in page.possible],
        "closed": page.closed,
        "elsewhere": page.elsewhere,
        "only_reads": not page.offers,
        "is_executor": is_executor,
        "may_note": visit.may(WRITES_NOTES),
        "may_decide_recusal": Role.HEAD in visit.roles,
        "may_agree": any(offer.action.name == "agree_late_notice" for offer in page.possible),
        "not_before_rule": cite("APPC", "73(1)"),
        "note_form": f"note:{application_id}",
        "typed_note": kept(request, f"note:{application_id}"),
        "payment_form": f"payment:{application_id}",
        "payment_refused": kept(request, f"payment:{application_id}") if is_executor else None,
    }
    return render(request, "desks/officer/case.html", context)


def _address(page: DeskCase, action: str) -> str:
    """The page of an act; none for one that is done by the button itself."""
    if action in DIRECT:
        return ""
    if action in SIGNING:
        return reverse("desks:officer_sign", args=[page.case.pk])
    return reverse("desks:officer_act", args=[page.case.pk, action])


@officers_only
def evidence(request: HttpRequest, visit: Visit, application_id: UUID) -> HttpResponse:
    """Each file beside its finding; which one stands in the address."""
    page = examination(visit, application_id, _chosen(request))
    form = f"finding:{page.piece.evidence.pk}" if page.piece else ""
    held = kept(request, form) if form else None
    stored = page.piece.findings[0] if page.piece and page.piece.findings else {}
    context = {
        **frame(page, "officer_evidence"),
        "results": [
            (value, label, held.value("result") == value if held else stored.get("result") == value)
            for value, label in Finding.Result.choices
        ],
        "reason": held.value("reason") if held else "",
        "held": held,
        "form_name": form,
        "phrases": phrases.of_findings(page.pack, page.side),
        "rule": cite("Rules", 8),
        "result_labels": dict(Finding.Result.choices),
        "next_url": _after(page),
    }
    return render(request, "desks/officer/evidence.html", context)


def _chosen(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("piece", ""))
    except ValueError:
        return None


def _after(page: Examination) -> str:
    """Where a recorded finding leads: to the next piece without one, else to the same."""
    here = reverse("desks:officer_evidence", args=[page.case.pk])
    following = page.following or page.piece
    return f"{here}?piece={following.evidence.pk}" if following else here


@officers_only
def documents(request: HttpRequest, visit: Visit, application_id: UUID) -> HttpResponse:
    """Prepared, signed and sealed documents with the signatures over them."""
    return render(
        request, "desks/officer/documents.html", frame(records(visit, application_id), "officer_documents")
    )


@officers_only
def history(request: HttpRequest, visit: Visit, application_id: UUID) -> HttpResponse:
    """The journal, and the messages with the proof of their delivery."""
    return render(
        request, "desks/officer/history.html", frame(records(visit, application_id), "officer_history")
    )


@officers_only
def hearing_ics(_request: HttpRequest, visit: Visit, application_id: UUID) -> HttpResponse:
    """The hearing for the officer's own calendar."""
    page = desk_case(visit, application_id)
    if page.hearing is None:
        raise NotFound
    where = f"{settings.PUBLIC_URL}{reverse('desks:officer_case', args=[application_id])}"
    return calendar_response(
        page.hearing, number=str(page.case), language=page.side, at=visit.at, address=where
    )
