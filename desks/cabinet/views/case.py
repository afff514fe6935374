"""A filed application: its page, the hearing, the withdrawal."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications import addresses, events
from applications.statuses import Status
from casework.decisions.selectors import earlier_answers, told_times
from casework.decisions.services.officers import GROUNDS
from casework.decisions.views import calendar_response
from desks.cabinet.selectors.filed import CasePage, case_page
from desks.cabinet.selectors.home import mine
from desks.cabinet.steps import codes_of
from desks.cabinet.views.wizard import fee_words, person_of
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import kept
from foundation.kernel.refusals import NotFound


@never_cache
@login_required
@require_safe
def case(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Where the case stands and everything that belongs to it; a draft goes on in the wizard."""
    page = _page(request, application_id)
    if page.application.status == Status.DRAFT:
        step, codes = page.application.wizard_step, codes_of(page.application.form)
        return redirect("desks:wizard", application_id, step if step in codes else codes[0])
    context: dict[str, Any] = {
        **_common(page),
        "here": reverse("desks:case", args=[application_id]),
        "fee": page.fee,
        "fee_words": fee_words(page.application, page.fee, page.pack, page.language),
        "pay_by": page.pay_by,
        "payment_refused": kept(request, f"payment:{application_id}"),
        "recusal_grounds": GROUNDS,
        "recusal": kept(request, f"ask_recusal:{application_id}"),
    }
    return render(request, "desks/cabinet/case.html", context)


@never_cache
@login_required
@require_safe
def filed(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What was filed: the form as it was signed, and every file with its state."""
    page = _page(request, application_id)
    if page.application.status == Status.DRAFT:
        return redirect("desks:case", application_id)
    address = addresses.one_line(page.application.address, page.language)
    return render(request, "desks/cabinet/filed.html", {**_common(page), "address": address})


@never_cache
@login_required
@require_safe
def hearing(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The preliminary decision, its grounds with the facts, and the ways to answer it (Rules 10, APPC 73)."""
    page = _page(request, application_id)
    if page.hearing is None:
        raise NotFound
    context = {
        **_common(page),
        "here": reverse("desks:hearing", args=[application_id]),
        "hearing": page.hearing,
        "times": told_times(page.hearing, events.HEARING_POSTPONED),
        "earlier_answers": earlier_answers(application_id),
        "open": page.status == Status.HEARING,
        "typed": kept(request, f"answer_hearing:{application_id}"),
        "file_form": f"hearing_file:{application_id}",
        "file_refused": kept(request, f"hearing_file:{application_id}"),
    }
    return render(request, "desks/cabinet/hearing.html", context)


@never_cache
@login_required
@require_safe
def hearing_ics(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The hearing, or the last day for objections, for the applicant's own calendar."""
    page = _page(request, application_id)
    if page.hearing is None:
        raise NotFound
    where = f"{settings.PUBLIC_URL}{reverse('desks:hearing', args=[application_id])}"
    side = "kk" if page.language == "kk" else "ru"
    return calendar_response(page.hearing, number=str(page.case), language=side, at=page.at, address=where)


@never_cache
@login_required
@require_safe
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What a withdrawal means, and its signature (APPC 64(9))."""
    page = _page(request, application_id)
    if page.application.status == Status.DRAFT:
        return redirect("desks:case", application_id)
    context = {
        **_common(page),
        "here": reverse("desks:withdraw", args=[application_id]),
        "typed": kept(request, f"withdraw:{application_id}"),
    }
    return render(request, "desks/cabinet/withdraw.html", context)


def _page(request: HttpRequest, application_id: UUID) -> CasePage:
    person, at = person_of(request), legal_now()
    return case_page(person, application_id, at, mine(person, at))


def _common(page: CasePage) -> dict[str, Any]:
    return {
        "page": page,
        "application": page.application,
        "case": page.case,
        "kazakh": get_language() == "kk",
        "sign_request_url": f"/api/v1/applications/{page.case.pk}/sign-request/",
    }
