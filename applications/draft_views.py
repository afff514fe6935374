"""What the wizard posts: a draft is begun, filled in, given evidence and confirmations, discarded.

Plain forms work without JavaScript; a script that asks for JSON gets the same acts answered in JSON. A refused form is
kept (kept.py) and shown again by the page it came from (`back`); an accepted one leads to `next`.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import particulars, services
from applications.forms import MAX_CENTRES
from applications.models import Evidence
from applications.rules import CONFIRMATIONS
from applications.services import Prefilled
from applications.services.drafting import NewEvidence
from casework.cases.permissions import require_executor, require_representative
from casework.cases.selectors import visible_case
from casework.deadlines.selectors import current_calendar_registration_day
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import forget, keep, own_page
from foundation.kernel.problems import problem_response
from foundation.kernel.refusals import BadInput, NotFound, NotPermitted, Refusal
from foundation.rulebook import selectors as rulebook

Act: TypeAlias = Callable[..., tuple[str, dict[str, Any]]]
_PLAIN = ("email", "locale", "owns_hardware", "phone", "scope", "target_licence", "wizard_step")


def _door(view: Act) -> Callable[..., HttpResponse]:
    """One POST: the act's message and facts, or the refusal with everything that was typed kept."""

    @login_required
    @require_POST
    @wraps(view)
    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = request.POST.get("form", "") or request.path
        _require_sight(request, kwargs.get("application_id"))
        try:
            said, facts = view(request, **kwargs)
        except NotFound:
            raise
        except Refusal as refusal:
            return _refused(request, form, refusal)
        forget(request, form)
        if _wants_json(request):
            return JsonResponse({"message": said, **facts})
        if said:
            messages.success(request, said)
        return redirect(_where_to(request, facts))

    return door


@_door
def create(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """A new draft for a party, empty, with the content of an earlier application (`copy_of`) or of a licence (`anew_of`)."""
    person, at = _person(request), legal_now()
    if earlier := request.POST.get("copy_of"):
        made = services.copy_draft(_uuid(earlier), person=person, at=at)
    elif ending := request.POST.get("anew_of"):
        made = services.begin_anew(number=ending, person=person, at=at)
    else:
        made = services.begin_draft(
            party_id=_uuid(request.POST.get("party", "")),
            form=request.POST.get("form_number", "1"),
            licence=request.POST.get("licence", ""),
            person=person,
            at=at,
        )
    return _("The draft is made. It is kept as you go; you can come back to it any time."), {
        "id": str(made.pk)
    }


@_door
def save(request: HttpRequest, application_id: UUID) -> tuple[str, dict[str, Any]]:
    """One step of the wizard; `add` and `remove` change the list of data centres."""
    post = _with_centres_changed(request.POST)
    request.POST = post  # type: ignore[assignment]  # what is kept and what is saved is the same list of centres
    saved = services.save_draft(
        application_id,
        changes=_changes(post),
        person=_person(request),
        at=legal_now(),
        version=_version(post),
    )
    centres = [str(pk) for pk in saved.data_centres.values_list("pk", flat=True)]
    return "", {"version": saved.case.version, "centres": centres}


@_door
def confirm(request: HttpRequest, application_id: UUID) -> tuple[str, dict[str, Any]]:
    """Tick or take back the confirmations of the form."""
    saved = services.confirm(
        application_id,
        codes=request.POST.getlist("confirmations"),
        person=_person(request),
        at=legal_now(),
        version=_version(request.POST),
    )
    given = saved.confirmations.count()
    if given < CONFIRMATIONS and not _wants_json(request):
        messages.warning(request, _("Tick each of the four confirmations of the form."))
    return "", {"version": saved.case.version, "stay": given < CONFIRMATIONS}


@_door
def add_evidence(request: HttpRequest, application_id: UUID) -> tuple[str, dict[str, Any]]:
    """One file for one entry of Annex 11, with its dates and particulars."""
    upload = request.FILES.get("file")
    said = NewEvidence(
        requirement=request.POST.get("requirement", ""),
        data_centre_id=_uuid(request.POST["data_center"]) if request.POST.get("data_center") else None,
        **_said_of_file(request.POST, request.POST.get("requirement", "")),
    )
    if upload is None:
        raise BadInput(_("No file came."), fields={"file": [_("Choose a file.")]})
    made = services.add_evidence(
        application_id,
        said=said,
        name=upload.name or "",
        stream=upload,
        person=_person(request),
        at=legal_now(),
    )
    return _("“{name}” is attached.").format(name=made.file.name), {"id": str(made.pk)}


@_door
def change_evidence(
    request: HttpRequest, application_id: UUID, evidence_id: UUID
) -> tuple[str, dict[str, Any]]:
    """Dates and particulars of a file that is attached already."""
    found = Evidence.objects.filter(pk=evidence_id, application_id=application_id).first()
    if found is None:
        raise NotFound
    services.change_evidence(
        application_id,
        evidence_id=evidence_id,
        **_said_of_file(request.POST, found.requirement),
        person=_person(request),
        at=legal_now(),
    )
    return _("Saved."), {}


@_door
def remove_evidence(
    request: HttpRequest, application_id: UUID, evidence_id: UUID
) -> tuple[str, dict[str, Any]]:
    """Take a file out again."""
    services.remove_evidence(application_id, evidence_id=evidence_id, person=_person(request), at=legal_now())
    return _("The file is removed."), {}


@_door
def look_up_payment(request: HttpRequest, application_id: UUID) -> tuple[str, dict[str, Any]]:
    """Ask the register of payments for the fee, by the applicant's number or by a receipt."""
    found = services.look_up_payment(
        application_id,
        person=_who_may_look_up(request, application_id),
        at=legal_now(),
        reference=request.POST.get("reference", "").strip()[:60],
    )
    return _("The payment of {day} is found and kept for this application.").format(
        day=f"{found.paid_at:%d.%m.%Y}"
    ), {"reference": found.reference}


@_door
def prefill(request: HttpRequest, application_id: UUID) -> tuple[str, dict[str, Any]]:
    """Fill the address in from the state register; `consent` asks the person's consent first (integrations.md B)."""
    act = services.ask_consent if "consent" in request.POST else services.prefill
    outcome = act(application_id, person=_person(request), at=legal_now())
    return _prefilled(outcome), {"outcome": outcome}


@_door
def discard(request: HttpRequest, application_id: UUID) -> tuple[str, dict[str, Any]]:
    """Throw a draft away with its files."""
    services.discard_draft(application_id, person=_person(request), at=legal_now())
    return _("The draft is deleted with its files."), {}


def _prefilled(outcome: Prefilled) -> str:
    """What the person is told of filling the address in."""
    return {
        Prefilled.FILLED: _(
            "The address is filled in from the state register. Check it, and save what you change."
        ),
        Prefilled.NOT_FOUND: _("The register knows no such number: type the address in by hand."),
        Prefilled.NO_ADDRESS: _("The register holds no address: type it in by hand."),
        Prefilled.CONSENT_NEEDED: _("The register answers only with your consent. You can ask for it below."),
        Prefilled.CONSENT_PENDING: _(
            "Your consent is asked for: answer the message of 1414 or in eGov, then fill the address in again."
        ),
    }[outcome]


def _refused(request: HttpRequest, form: str, refusal: Refusal) -> HttpResponse:
    # a refused upload is said beside its field at once; said again later, it would contradict what was attached since
    if not (_wants_json(request) and form.startswith("evidence:")):
        keep(request, form, request.POST, refusal)
    if _wants_json(request):
        return problem_response(refusal)
    return redirect(own_page(request, "back"))


def _where_to(request: HttpRequest, facts: dict[str, Any]) -> str:
    """`next` may name what the page could not know: the new draft, the step whose button was pressed."""
    page, step = (
        own_page(request, "back" if facts.get("stay") else "next"),
        request.POST.get("wizard_step", ""),
    )
    if "{wizard_step}" in page and not step.isalpha():
        return own_page(request, "back")
    return page.replace("{id}", str(facts.get("id", ""))).replace("{wizard_step}", step)


def _changes(post: QueryDict) -> dict[str, Any]:
    changes: dict[str, Any] = {name: post[name] for name in _PLAIN if name in post}
    if address := _nested(post, "address."):
        changes["address"] = address
    if "targets_shown" in post:
        changes["targets"] = post.getlist("targets")
    if "grounds_shown" in post:
        codes = post.get("grounds_shown", "").split()
        changes["grounds"] = [
            {"code": code, **_nested(post, f"grounds.{code}.")}
            for code in codes
            if f"grounds.{code}.stated" in post
        ]
    if "centres" in post:
        changes["data_centers"] = [_centre(post, index) for index in range(_count(post))]
    return changes


def _centre(post: QueryDict, index: int) -> dict[str, Any]:
    where = f"data_centers.{index}."
    centre = {name: said for name, said in _nested(post, where).items() if "." not in name}
    if address := _nested(post, f"{where}address."):
        centre["address"] = address
    return centre


def _nested(post: QueryDict, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): post[name] for name in post if name.startswith(prefix)}


def _count(post: QueryDict) -> int:
    said = post.get("centres", "")
    return min(int(said), MAX_CENTRES) if said.isascii() and said.isdigit() else 0


def _with_centres_changed(post: QueryDict) -> QueryDict:
    """The form as it stands after “add” or “remove”, so that faults and kept values name the same places."""
    changed, count = post.copy(), _count(post)
    if "add" in post and count < MAX_CENTRES:
        changed["centres"] = str(count + 1)
    gone = post.get("remove", "")
    if gone.isascii() and gone.isdigit() and int(gone) < count:
        said = {name: changed.pop(name) for name in list(changed) if name.startswith("data_centers.")}
        for name, values in said.items():
            _list, index, rest = name.split(".", 2)
            if index.isdigit() and index != gone:
                place = int(index) - (int(index) > int(gone))
                changed.setlist(f"data_centers.{place}.{rest}", values)
        changed["centres"] = str(count - 1)
    return changed


def _said_of_file(post: QueryDict, requirement: str) -> dict[str, Any]:
    pack = rulebook.pack(current_calendar_registration_day(legal_now()))
    schema = next((row.particulars for row in pack.evidence() if row.code == requirement), ())
    return {
        "issued_on": _day(post, "issued_on"),
        "expires_on": _day(post, "expires_on"),
        "particulars": particulars.cleaned(schema, _nested(post, "particulars.")),
    }


def _day(post: QueryDict, name: str) -> date | None:
    said = post.get(name, "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        text = _("This is no date: it looks like 2026-11-23.")
        raise BadInput(text, fields={name: [text]}) from error


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise NotFound from None


def _version(post: QueryDict) -> int | None:
    said = post.get("version", "")
    return int(said) if said.isascii() and said.isdigit() else None


def _require_sight(request: HttpRequest, application_id: UUID | None) -> None:
    """Another party's application is the same as none (APPC 75)."""
    if application_id and visible_case(_person(request), application_id, legal_now()) is None:
        raise NotFound


def _who_may_look_up(request: HttpRequest, application_id: UUID) -> Person:
    """A look-up reads a register: only for somebody who acts for the applicant, or for the case's executor."""
    person, at = _person(request), legal_now()
    case = visible_case(person, application_id, at)
    if case is None:
        raise NotFound
    try:
        require_representative(person, case, at)
    except NotPermitted:
        if not person.is_staff:
            raise
        require_executor(person, case, at)
    return person


def _person(request: HttpRequest) -> Person:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    return person


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
