"""Assignment of many cases at once, posted by the lists of the desks: each case is its own act with its own answer."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications import services
from casework.cases.models import Case
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.refusals import BadInput, NotFound, Refusal

MOST = 200


@login_required
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """`case`: one `id:version` or more; `executor`; `reason`; `form` names the form; back to `next`."""
    person, at = _person(request), legal_now()
    form = request.POST.get("form", "") or request.path
    try:
        chosen, executor, reason = _asked(request)
    except BadInput as refusal:
        keep(request, form, request.POST, refusal)
        messages.error(request, str(refusal))
        return redirect(own_page(request, "next"))
    forget(request, form)
    given = 0
    for case_id, version in chosen:
        given += _give(request, case_id, version, executor=executor, reason=reason, person=person, at=at)
    if given:
        said = ngettext("{n} case is given to the officer.", "{n} cases are given to the officer.", given)
        messages.success(request, said.format(n=given))
    return redirect(own_page(request, "next"))


def _give(
    request: HttpRequest,
    case_id: UUID,
    version: int | None,
    *,
    executor: UUID,
    reason: str,
    person: Person,
    at: datetime,
) -> bool:
    """One act; a refusal of this case is told and leaves the others alone."""
    try:
        services.assign(case_id, executor_id=executor, reason=reason, person=person, at=at, version=version)
    except Refusal as refusal:
        name = "" if isinstance(refusal, NotFound) else str(Case.objects.filter(pk=case_id).first() or "")
        messages.error(request, f"{name}: {refusal}" if name else str(refusal))
        return False
    return True


def _asked(request: HttpRequest) -> tuple[list[tuple[UUID, int | None]], UUID, str]:
    post = request.POST
    faults: dict[str, list[str]] = {}
    chosen = [found for found in map(_case, post.getlist("case")) if found]
    if not chosen:
        faults["case"] = [_("Choose at least one case.")]
    if len(chosen) > MOST:
        faults["case"] = [_("Choose at most {most} cases at once.").format(most=MOST)]
    executor = _uuid(post.get("executor", ""))
    if executor is None:
        faults["executor"] = [_("Choose the officer.")]
    reason = post.get("reason", "").strip()
    if not reason:
        faults["reason"] = [_("Write the reason: it stays with each case.")]
    if faults or executor is None:
        advice = " ".join(text for found in faults.values() for text in found)
        raise BadInput(_("Nothing was reassigned."), advice=advice, fields=faults)
    return list(dict(chosen).items()), executor, reason


def _case(said: str) -> tuple[UUID, int | None] | None:
    pk, _colon, version = said.partition(":")
    found = _uuid(pk)
    return (found, int(version) if version.isascii() and version.isdigit() else None) if found else None


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
