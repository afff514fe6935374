"""Opening a message in the cabinet: the moment is kept as proof, then the page shows it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from casework.notices.services import mark_read
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now


@login_required
@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one's own message as read; the first time counts."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    mark_read(person=person, notice_id=notice_id, at=legal_now())
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe else "/")
