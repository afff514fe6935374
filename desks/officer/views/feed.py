"""The officer's terms in a calendar program: the page that makes the address, and what the address answers."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from desks.officer import services
from desks.officer.doors import Visit, officers_only, officers_post
from desks.officer.selectors.feed import feed_of, owner_of, terms_in_calendar
from foundation.kernel import ics
from foundation.kernel.clock import legal_now


@officers_only
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Whether there is an address, since when; what it gives."""
    return render(request, "desks/officer/feed.html", {"feed": feed_of(visit.person), "section": "feed"})


@officers_post
@sensitive_variables("secret", "address")
def make(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The new address, shown this once."""
    secret = services.make_feed(person=visit.person, at=visit.at)
    address = f"{settings.PUBLIC_URL}{reverse('desks:calendar_feed_file', args=[secret])}"
    context = {"feed": feed_of(visit.person), "address": address, "section": "feed"}
    return render(request, "desks/officer/feed.html", context)


@officers_post
def end(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The address answers no more."""
    services.end_feed(person=visit.person, at=visit.at)
    messages.success(request, _("The address of the calendar answers no more."))
    return redirect("desks:calendar_feed")


@require_safe
@sensitive_variables("secret")
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """No sign-in: who has the address reads numbers, terms and days, and no name of anybody."""
    at = legal_now()
    person = owner_of(secret, at)
    if person is None:
        raise Http404
    content = terms_in_calendar(person, at)
    tag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type=ics.MEDIA_TYPE, headers={"ETag": tag})
    patch_cache_control(response, private=True, max_age=600)
    found = get_conditional_response(request, etag=tag, response=response)
    return found if isinstance(found, HttpResponse) else response
