"""The door of the acts that a page's form posts (casework.decisions.views)."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from applications.api.acting import API
from casework.decisions.views import act_from_page, hearing_file_from_page


@login_required
@require_POST
def action(request: HttpRequest, application_id: UUID, action: str) -> HttpResponse:
    """Do the act named in the address."""
    return act_from_page(request, API, application_id, action)


@login_required
@require_POST
def hearing_file(request: HttpRequest, application_id: UUID, file_id: UUID | None = None) -> HttpResponse:
    """Hand in a file of the answer, or take it out again."""
    return hearing_file_from_page(request, API, application_id, file_id)
