"""Who may see which licence in full: its own party, and officers who read every case; and how often anyone may ask."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from casework.cases.selectors import reads_every_case
from foundation.accounts.models import Person
from foundation.kernel.refusals import Refusal


def reads_all_licences(person: Person, at: datetime) -> bool:
    """Officers of the provider see all licences in full, the administrator none: no power over a case."""
    return reads_every_case(person, at)


class PublicRate(SimpleRateThrottle):
    """No captcha on the register: so many questions a minute from one address, pages and API together."""

    scope = "public"

    def get_cache_key(self, request: HttpRequest | Request, _view: object) -> str:
        """By the address the connection came from; behind a proxy (NUM_PROXIES), by what the proxy says of it."""
        ident = self.get_ident(request)  # type: ignore[arg-type]  # both kinds of request carry META
        return str(self.cache_format % {"scope": self.scope, "ident": ident})


class AskedTooOften(Refusal):
    """The rate limit of public pages."""

    status = 429
    code = "RATE_LIMITED"


def require_rate(request: HttpRequest) -> None:
    """The public rate for a page; raises AskedTooOften."""
    rate = PublicRate()
    if not rate.allow_request(request, None):  # type: ignore[arg-type]  # the throttle reads META only
        raise AskedTooOften(
            _("Too many questions from your address within a minute."),
            advice=_("Wait a minute and ask again; whole copies of the register are served as CSV."),
        )
