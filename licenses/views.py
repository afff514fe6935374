"""Pages for anyone: the register, one card, the check. They show what the selectors say and decide nothing."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput
from licenses.forms import CheckForm, DayForm, RegisterForm
from licenses.models import Licence
from licenses.permissions import require_rate
from licenses.rules import tidy_number
from licenses.selectors import CheckResult, Page, check_number, check_qr, licence_card, search
from licenses.wording import ANSWERS, region_name


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Search of the register; everything without a question, in the order of the Kazakh alphabet."""
    require_rate(request)
    form = RegisterForm(request.GET)
    page = Page([])
    if form.is_valid():
        try:
            page = search(form.query(), legal_now())
        except BadInput as refused:
            form.add_error(None, str(refused))
    asked = {name: value for name, value in request.GET.items() if value and name not in {"cursor", "lang"}}
    context = {
        "form": form,
        "page": page,
        "rows": [(found, [region_name(code) for code in found.regions]) for found in page.items],
        "asked": bool(asked),
        "as_of": form.cleaned_data.get("as_of") if form.is_bound and not form.errors else None,
        "next_url": f"?{urlencode({**asked, 'cursor': page.next_cursor})}" if page.next_cursor else "",
        "csv_url": f"{reverse('licenses-api:register-csv')}?{urlencode(asked)}",
        "json_url": f"{reverse('licenses-api:register-json')}?{urlencode(asked)}",
        "kazakh": get_language() == "kk",
    }
    return render(request, "licenses/register.html", context, status=422 if form.errors else 200)


@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    """One licence with its annexes, editions and history, today or as of a past day."""
    require_rate(request)
    tidy = tidy_number(number)
    if tidy != number:
        return redirect("licenses:card", number=tidy)
    form = DayForm(request.GET)
    day = form.cleaned_data["as_of"] if form.is_valid() else None
    licence = (
        Licence.objects.select_related("party").prefetch_related("periods").filter(number=number).first()
    )
    shown = licence_card(licence, legal_now(), get_language() or "ru", day) if licence else None
    if licence is None or (shown is None and day is None):
        raise Http404(_("The register knows no such licence."))
    context = {"form": form, "card": shown, "number": number, "day": day}
    return render(request, "licenses/card.html", context, status=422 if form.errors else 200)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The check by number or QR code; `?d=` is where the printed codes lead."""
    require_rate(request)
    form = CheckForm(request.GET)
    result: CheckResult | None = None
    if form.is_valid():
        result = _checked(form.cleaned_data["d"], form.cleaned_data["number"])
    return render(
        request,
        "licenses/check.html",
        {"form": form, "result": result, "words": ANSWERS[result.answer] if result else None},
        status=422 if form.errors else 200,
    )


@require_safe
def check_offline(request: HttpRequest) -> HttpResponse:
    """The check by QR code in the reader's own browser; once loaded it needs no network. Without scripts the portal answers."""
    return render(
        request, "licenses/check_offline.html", {"form": CheckForm(), "answers": list(ANSWERS.items())}
    )


@require_safe
def check_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for the pages of the check where there is no network."""
    response = render(request, "licenses/check_worker.js", content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = reverse("licenses:check")
    response["Cache-Control"] = "no-cache"
    return response


def _checked(payload: str, number: str) -> CheckResult | None:
    language = get_language() or "ru"
    if payload:
        return check_qr(payload, legal_now(), language)
    return check_number(number, legal_now(), language) if number.strip() else None
