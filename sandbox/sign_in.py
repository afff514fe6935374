"""Sign in as a demo person: the sandbox signer signs a real login challenge with that person's key.

Works without JavaScript; the portal's own sign-in does the rest, so what is tried here is the real thing.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from foundation.accounts import services
from foundation.accounts.models import Person, Role
from foundation.accounts.views import session
from foundation.kernel.clock import legal_now
from sandbox import cast
from sandbox.eds import sign


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of the sign-in page."""

    login: str
    name: str
    what: str


def choices() -> list[Choice]:
    """Applicants and officers of the cast that the demo data has made."""
    made = set(
        Person.objects.filter(login__in=[demo.login for demo in cast.ALL]).values_list("login", flat=True)
    )
    return [_choice(demo) for demo in (*cast.APPLICANTS, *cast.OFFICERS) if demo.login in made]


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """`login` names the demo person."""
    chosen = next((demo for demo in cast.ALL if demo.login == request.POST.get("login")), None)
    if chosen is None:
        raise Http404
    at = legal_now()
    key = session.session_key(request)
    challenge = services.open_login_challenge(session_key=key)
    signed = services.sign_in_by_eds(
        challenge_id=challenge.pk,
        cms=sign(cast.auth_key_of(chosen.login), bytes(challenge.data), at=at),
        session_key=key,
        at=at,
        language=get_language() or "ru",
    )
    session.begin_by_eds(request, signed)
    return session.in_their_language(redirect(session.where_to(request)), signed.person)


def _choice(demo: cast.Demo) -> Choice:
    name = f"{demo.surname} {demo.given_name}"
    if demo.role:
        return Choice(demo.login, name, str(Role(demo.role).label))
    party = cast.PARTIES[demo.party]
    title = party["name_kk"] if get_language() == "kk" else party["name_ru"]
    return Choice(demo.login, name, title)
