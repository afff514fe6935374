"""One door for every act that a page's form posts: the same commands as the API, answered by the page it came from.

A refused form leads back (`back`) with what, why and what to do; its typed values are kept under its `form` name.
"""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.decisions.api.acting import Call, CaseApi, Command
from casework.decisions.models import Hearing
from casework.decisions.papers.ics import MEDIA_TYPE, calendar_file
from casework.decisions.selectors import replaced_hearings
from casework.decisions.services.hearing_files import add_hearing_file, remove_hearing_file
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.plain_text import without_hidden
from foundation.kernel.refusals import BadInput, NotFound, Refusal

_GROUND = re.compile(r"grounds\[(\d+)\]")
_GROUND_FILES = re.compile(r"grounds\[\d+\]evidence")
_GROUND_CODE = re.compile(r"grounds\[(\d+)\]code")


def act_from_page(request: HttpRequest, api: CaseApi, case_id: UUID, action: str) -> HttpResponse:
    """Do the act named in the address; `version` is the one the page was made from. The caller has signed in."""
    command = api.commands.get(action)
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    at = legal_now()
    if command is None or not api.course.seen(case_id, person, at).visible:
        raise NotFound
    frame: dict[str, Any] = {"person": person, "at": at, "version": _version(request)}
    if api.actions[action].signed:
        frame["ip"] = request.META.get("REMOTE_ADDR")
    form = request.POST.get("form", "")
    try:
        command.act(Call(case_id, _said(command, request), frame))
    except Refusal as refusal:
        if form:
            keep(request, form, request.POST, refusal)
        else:
            messages.error(request, told(refusal))
        return redirect(own_page(request, "back"))
    forget(request, form)
    done = api.actions[action]
    said = str(done.done) or _("Done: {act}.").format(act=capfirst(str(done.label)))
    messages.success(request, said)
    return redirect(own_page(request, "next"))


def hearing_file_from_page(
    request: HttpRequest, api: CaseApi, case_id: UUID, file_id: UUID | None = None
) -> HttpResponse:
    """A file of the answer is handed in, or taken out again before the answer is signed."""
    person, at = request.user, legal_now()
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    form = request.POST.get("form", "")
    try:
        if file_id is not None:
            remove_hearing_file(api.course, case_id, file_id=file_id, person=person, at=at)
            said = _("The file is removed.")
        else:
            upload = request.FILES.get("file")
            if upload is None:
                raise BadInput(_("No file came."), fields={"file": [_("Choose a file.")]})
            made = add_hearing_file(
                api.course, case_id, name=upload.name or "", stream=upload, person=person, at=at
            )
            said = _("“{name}” is attached; it goes with the answer that you sign.").format(
                name=made.file.name
            )
    except NotFound:
        raise
    except Refusal as refusal:
        if form:
            keep(request, form, request.POST, refusal)
        else:
            messages.error(request, told(refusal))
        return redirect(own_page(request, "back"))
    forget(request, form)
    messages.success(request, said)
    return redirect(own_page(request, "next"))


def calendar_response(
    hearing: Hearing, *, number: str, language: str, at: datetime, address: str
) -> HttpResponse:
    """The hearing as a file that a calendar takes."""
    content = calendar_file(
        hearing,
        number=number,
        language=language,
        at=at,
        address=address,
        replaced=replaced_hearings(hearing.case_id),
    )
    name = f"{number.replace('/', '-')}.ics"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(
        content,
        content_type=MEDIA_TYPE,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": disposition,
            "X-Content-Type-Options": "nosniff",
        },
    )


def told(refusal: Refusal) -> str:
    """A refusal in one message; a stale version also says who changed what since."""
    changes = [f"{change['what']} – {change['who']}" for change in refusal.extra.get("changes", [])]
    return " ".join(
        [str(refusal), *([_("Since then: {changes}.").format(changes="; ".join(changes))] if changes else [])]
    )


def _said(command: Command, request: HttpRequest) -> dict[str, Any]:
    """What the act takes, read by the same bodies as the API's."""
    said_here: Any = _with_pages(_without_unchosen(request.POST))
    if request.FILES:
        said_here = said_here.copy()
        said_here.update(request.FILES)
    body = command.body(data=said_here)
    if not body.is_valid():
        raise BadInput(
            _("Some fields need another value; each is named with the reason."), fields=dict(body.errors)
        )
    said: dict[str, Any] = without_hidden(dict(body.validated_data))
    return said


def _without_unchosen(post: QueryDict) -> QueryDict:
    """A page lists every ground that may be chosen; the fields of one whose box is not ticked are not said."""
    chosen = {found[1] for name in post if (found := _GROUND_CODE.fullmatch(name))}
    left_out = [name for name in post if (found := _GROUND.match(name)) and found[1] not in chosen]
    if not left_out:
        return post
    said = post.copy()
    for name in left_out:
        del said[name]
    return said


def _with_pages(post: QueryDict) -> QueryDict:
    """The page named beside a file goes with it: `grounds[0]evidence=<id>` and `grounds[0]page-<id>=3` is <id>#3."""
    lists = [name for name in post if _GROUND_FILES.fullmatch(name)]
    if not lists:
        return post
    said = post.copy()
    for name in lists:
        place = name.removesuffix("evidence")
        pages = {one: said.get(f"{place}page-{one}", "").strip() for one in said.getlist(name)}
        said.setlist(name, [f"{one}#{page}" if page else one for one, page in pages.items()])
    return said


def _version(request: HttpRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() else None
