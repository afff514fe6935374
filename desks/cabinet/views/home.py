"""First page, messages, licences and parties of the cabinet."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications import addresses
from casework.documents import qr
from casework.documents.selectors.looked import NEWEST, looks_at
from casework.notices.selectors import notices_of, unread_count
from desks.cabinet.selectors.home import case_lines, drafts, filed, grouped_cases, mine
from desks.cabinet.selectors.papers import documents_of_acts
from desks.cabinet.views.wizard import person_of
from desks.complaints.selectors import of_parties as complaints_of
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Representation
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import kept
from licenses.papers import ISSUED_KINDS
from licenses.rules.terms import ends_soon
from licenses.selectors import own_licence_card, own_licences
from licenses.statuses import LIVING, LicenceStatus

CASES_A_PAGE = 20
MESSAGES_A_PAGE = 30
MESSAGES_ON_HOME = 5
LOOKS_A_PAGE = 15


@never_cache
@login_required
@require_safe
def cabinet(request: HttpRequest) -> HttpResponse:
    """Everything of the parties one acts for: `?party=` narrows it to one."""
    person, at = person_of(request), legal_now()
    rights = mine(person, at)
    chosen = next((party for party in rights.parties if str(party.pk) == request.GET.get("party")), None)
    ids = [chosen.pk] if chosen else rights.ids
    page = Paginator(filed(ids), CASES_A_PAGE).get_page(request.GET.get("page"))
    waiting, groups = grouped_cases(case_lines(list(page.object_list), at))
    context = {
        "rights": rights,
        "chosen": chosen,
        "drafts": drafts(ids),
        "page": page,
        "waiting": waiting,
        "groups": groups,
        "complaints": complaints_of(ids),
        "licences": [row for row in own_licences(person, at) if row.party_id in ids],
        "unread": unread_count(person, legal_now()),
        "messages_shown": _shown(list(notices_of(person, legal_now())[:MESSAGES_ON_HOME])),
        "kept": kept(request, "new"),
    }
    return render(request, "desks/cabinet/home.html", context)


@never_cache
@login_required
@require_safe
def messages_page(request: HttpRequest) -> HttpResponse:
    """All messages, the newest first."""
    page = Paginator(notices_of(person_of(request), legal_now()), MESSAGES_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request, "desks/cabinet/messages.html", {"page": page, "lines": _shown(list(page.object_list))}
    )


@never_cache
@login_required
@require_safe
def message(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One message with the proof of its delivery."""
    notice = notices_of(person_of(request), legal_now()).filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    language = get_language() or "ru"
    context = {
        "notice": notice,
        "subject": notice.message.subject(language),
        "text": notice.message.text(language),
    }
    return render(request, "desks/cabinet/message.html", context)


@never_cache
@login_required
@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    """Who asked the state registers about one, or opened one's files: when, why and by which law."""
    looks = looks_at(person_of(request), legal_now())
    page = Paginator(looks, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desks/cabinet/who_looked.html", {"page": page, "newest": NEWEST})


@never_cache
@login_required
@require_safe
def party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One party: what the portal knows of it and who represents it."""
    person, at = person_of(request), legal_now()
    rights = mine(person, at)
    found = next((row for row in rights.parties if row.pk == party_id), None)
    if found is None:
        raise Http404
    people = (
        Representation.objects.filter(party_id=party_id, person__in=accounts.representatives_of(party_id, at))
        .filter(revoked_at=None, since__lte=at)
        .select_related("person", "granted_by")
        .order_by("basis", "person__surname")
    )
    context = {
        "party": found,
        "people": list(people),
        "address": addresses.one_line(found.address, get_language() or "ru"),
    }
    return render(request, "desks/cabinet/party_page.html", context)


@never_cache
@login_required
@require_safe
def licence(request: HttpRequest, number: str) -> HttpResponse:
    """An own licence: the card, its documents, the QR code, the public check."""
    person, at = person_of(request), legal_now()
    held = own_licences(person, at).prefetch_related("periods", "editions")
    found = held.filter(number=number).first()
    if found is None:
        raise Http404
    language = get_language() or "ru"
    card = own_licence_card(found, at, language)
    if card is None:
        raise Http404
    lines = documents_of_acts(person, at, [card.act_id, *(annex.act_id for annex in card.annexes)], language)
    # the act of an annex that stayed as it is holds the licence's earlier edition too
    current = {("", card.edition), *((annex.number, annex.edition) for annex in card.annexes)}
    documents = [
        line
        for line in lines
        if line.kind not in ISSUED_KINDS or (line.subject, line.files[0].edition) in current
    ]
    context: dict[str, Any] = {"card": card, "licence": found, "documents": documents, "qr": ""}
    lasts = card.standing.status in LIVING
    context["offers_anew"] = card.standing.status == LicenceStatus.EXPIRED or (
        lasts and ends_soon(found.expires_on, at.date())
    )
    shown = next((line.files[0] for line in documents if line.kind.startswith("licence_form")), None)
    if shown is not None:
        payload = qr.signed_payload(
            qr_id=shown.qr_id,
            kind=shown.kind,
            number=shown.number,
            edition=shown.edition,
            document_date=shown.document_date,
        )
        context["qr"] = mark_safe(qr.svg(payload).decode())
    return render(request, "desks/cabinet/licence.html", context)


def _shown(notices: list[Any]) -> list[tuple[Any, str]]:
    language = get_language() or "ru"
    return [(notice, notice.message.subject(language)) for notice in notices]
