"""The wizard for all four forms: pages over one draft. They show; what is pressed is posted to applications/draft_views.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications import addresses, ways
from applications.fees import Fee
from applications.models import Application
from applications.papers.filing import ground_lines
from applications.rules import Way
from applications.statuses import Status
from casework.decisions.papers import Language
from desks.cabinet.forms import AddressForm, CentreForm, ContactsForm, EvidenceForm, RequestForm, ShownForm
from desks.cabinet.reissue_forms import GroundForm, HostedCentreForm, ReissuedCentreForm, ReissueRequestForm
from desks.cabinet.selectors.draft import DraftPage, draft_page, licences_for_annex
from desks.cabinet.selectors.home import applications_of, mine, signers_of
from desks.cabinet.steps import codes_of, neighbours, step_number
from foundation.accounts.models import Person, Representation
from foundation.kernel.clock import legal_now
from foundation.kernel.kept import Kept, kept
from foundation.rulebook.rules import Pack
from licenses.selectors import HostAnswer

EARLIER_SHOWN = 10
_CAUTIONED = ("party", "fee", "check", "sign")  # warned before paying (process.md), and again before signing


@dataclass(frozen=True, slots=True)
class CentreForms:
    """One data centre on the page: its own fields and its address."""

    number: int
    entry: ShownForm
    address: AddressForm | None
    host: HostAnswer | None = None

    @property
    def problems(self) -> list[tuple[str, str]]:
        return (self.address.problems() if self.address else []) + self.entry.problems()


@never_cache
@login_required
@require_safe
def wizard(request: HttpRequest, application_id: UUID, step: str) -> HttpResponse:
    """One step; a filed application has its own page instead."""
    person, at = person_of(request), legal_now()
    page = draft_page(person, application_id, at, mine(person, at))
    if page.application.status != Status.DRAFT:
        return redirect("desks:case", application_id)
    form = page.application.form
    codes = codes_of(form)
    if step not in codes:
        raise Http404
    held = kept(request, form_name(step, application_id))
    if (
        held is None and "faults" in request.GET and step != "sign"
    ):  # from the check: what it named stands beside its fields
        held = Kept(faults=page.faults.get(step, {}))
    before, after = neighbours(step, form)
    context = {
        "page": page,
        "application": page.application,
        "case": page.application.case,
        "step": step,
        "number": step_number(step, form),
        "total": len(codes),
        "steps": page.steps(step),
        "before": before,
        "after": after,
        "form_name": form_name(step, application_id),
        "next_page": f"{_address(application_id, codes[0]).removesuffix(f'{codes[0]}/')}{{wizard_step}}/",
        "here": _address(application_id, step),
        "kept": held if held and held.problem else None,
        "cautions": page.cautions if step in _CAUTIONED else [],
        **_CONTEXTS[step](request, page, held),
    }
    return render(request, f"desks/cabinet/{step}.html", context)


def form_name(step: str, application_id: UUID) -> str:
    """How a refused form of this step is remembered."""
    return f"wizard.{step}:{application_id}"


def person_of(request: HttpRequest) -> Person:
    """Who is signed in."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    return person


def _address(application_id: UUID, step: str) -> str:
    return reverse("desks:wizard", args=[application_id, step])


def _party(request: HttpRequest, page: DraftPage, held: Kept | None) -> dict[str, Any]:
    application = page.application
    refused = kept(request, f"prefill:{application.pk}")
    address = AddressForm(application.address, held, prefix="address", day=page.situation.today)
    contacts = ContactsForm(
        {"email": application.email, "phone": application.phone, "locale": application.locale}, held
    )
    return {
        "address": address,
        "contacts": contacts,
        "problems": address.problems() + contacts.problems(),
        "prefill": page.prefill,
        "prefill_refused": refused if refused and refused.problem else None,
    }


def _request(_request: HttpRequest, page: DraftPage, held: Kept | None) -> dict[str, Any]:
    application = page.application
    names = ("scope", "target_licence", "targets", "owns_hardware")
    stored = {name: getattr(application, name) for name in names}
    form: ShownForm
    licences = licences_for_annex(application.case.party_id, application.case.sub_kind, page.at)
    if page.situation.is_reissue:
        form = ReissueRequestForm(
            stored, held, target=page.situation.target, succession=page.situation.way is Way.SUCCESSION
        )
    else:
        form = RequestForm(stored, held, licences=licences, sub_kind=application.case.sub_kind)
    earlier = applications_of([application.case.party_id]).exclude(pk=application.pk)[:EARLIER_SHOWN]
    return {
        "form": form,
        "problems": form.problems(),
        "earlier": [row for row in earlier if row.form == application.form],
        "licences": licences,
    }


def _grounds(_request: HttpRequest, page: DraftPage, held: Kept | None) -> dict[str, Any]:
    """Annexes 9, 10: every ground of the form with its cell."""
    stated = {row.code: row for row in ways.stated(page.application)}
    grounds = []
    for row in page.pack.reissue_grounds(int(page.application.form)):
        said = stated.get(row.code)
        stored: dict[str, Any] = {"stated": said is not None}
        if said is not None:
            details = dict(said.details)
            details["merged"] = ", ".join(details.get("merged", ()))
            stored |= {"changed_on": said.changed_on, **details}
        form = GroundForm(stored, held, prefix=f"grounds.{row.code}", kind=row.ground_kind)
        grounds.append((row, row.text(page.language), form))
    return {
        "grounds": grounds,
        "codes": " ".join(row.code for row, _text, _form in grounds),
        "problems": [problem for _row, _text, form in grounds for problem in form.problems()],
    }


def _centres(_request: HttpRequest, page: DraftPage, held: Kept | None) -> dict[str, Any]:
    stored: list[dict[str, Any]] = [
        {
            "id": str(centre.pk),
            "address": centre.address,
            "power_source": centre.power_source,
            "grid_connected": centre.grid_connected,
            "grid_connected_on": centre.grid_connected_on,
            "host_name": centre.host_name,
            "host_licence": centre.host_licence,
            "host": page.host(centre),
            "annex": centre.annex,
            "moves": centre.moves,
        }
        for centre in page.application.data_centres.all()
    ]
    if held and held.values:  # what was typed stands by itself: its places are not those of the stored rows
        stored = [{} for _typed in range(int(held.value("centres", len(stored))))]
    concerned = _centres_concerned(page)
    stored = stored or ([{}] if concerned else [])
    centres = [
        CentreForms(
            index + 1,
            _entry(page, said, held, f"data_centers.{index}"),
            AddressForm(
                said.get("address", {}),
                held,
                prefix=f"data_centers.{index}.address",
                day=page.situation.today,
            )
            if _place_asked(page)
            else None,
            said.get("host"),
        )
        for index, said in enumerate(stored)
    ]
    problems = [
        (target, f"{centre.number}. {text}") for centre in centres for target, text in centre.problems
    ]
    return {"centres": centres, "problems": problems, "concerned": concerned}


def _centres_concerned(page: DraftPage) -> bool:
    """A re-issue names data centres under grounds 3 and 5, and where the qualification is checked anew."""
    situation = page.situation
    if not situation.is_reissue:
        return True
    return situation.way is Way.SUCCESSION or bool(ways.kinds(page.application) & {"location", "electricity"})


def _place_asked(page: DraftPage) -> bool:
    return not page.situation.is_reissue or "location" in ways.kinds(page.application)


def _entry(page: DraftPage, said: dict[str, Any], held: Kept | None, prefix: str) -> ShownForm:
    application, target = page.application, page.situation.target
    annexes = [row.number for row in target.annexes] if target else []
    if page.situation.is_reissue:
        named = [number for number in annexes if number in application.targets] or annexes
        return ReissuedCentreForm(
            said,
            held,
            prefix=prefix,
            annexes=named,
            sub_kind=application.case.sub_kind,
            moves="location" in ways.kinds(application),
        )
    if application.case.sub_kind == "II":
        return HostedCentreForm(said, held, prefix=prefix, annexes=annexes)
    return CentreForm(said, held, prefix=prefix)


def _evidence(request: HttpRequest, page: DraftPage, _held: Kept | None) -> dict[str, Any]:
    places = []
    number = 0
    for place in page.places:
        entries = []
        for entry in place.needed:
            number += 1
            held = kept(request, f"evidence:{page.application.pk}:{entry.item.key}")
            upload = EvidenceForm({}, held, requirement=entry.item.verdict.requirement, number=f"e{number}")
            files = []
            for place_in_list, file in enumerate(entry.files, start=1):
                changed = kept(request, f"evidence:{file.evidence.pk}")
                stored = {
                    "issued_on": file.evidence.issued_on,
                    "expires_on": file.evidence.expires_on,
                    "particulars": file.evidence.particulars,
                }
                form = EvidenceForm(
                    stored,
                    changed,
                    requirement=entry.item.verdict.requirement,
                    number=f"e{number}f{place_in_list}",
                )
                files.append((file, form, changed))
            entries.append((entry, upload, files, held))
        places.append((place, entries))
    problems = [
        problem
        for _place, entries in places
        for _entry, upload, files, held in entries
        for problem in _evidence_problems(upload, held, files)
    ]
    return {"places": places, "problems": problems}


def _evidence_problems(upload: EvidenceForm, held: Kept | None, files: list[Any]) -> list[tuple[str, str]]:
    found = upload.problems() if held else []
    if held and not found:
        found = [(upload.auto_id % "file" if isinstance(upload.auto_id, str) else "", held.problem["title"])]
    for _file, form, _changed in files:
        found += form.problems()
    return found


def _fee(request: HttpRequest, page: DraftPage, _held: Kept | None) -> dict[str, Any]:
    fee = page.situation.fee
    return {
        "fee": fee,
        "fee_words": fee_words(page.application, fee, page.pack, page.language),
        "payment_refused": kept(request, f"payment:{page.application.pk}"),
    }


def fee_words(application: Application, fee: Fee, pack: Pack, language: str) -> dict[str, str]:
    """How the fee follows, and what a payer needs: codes and purpose of the payment (Annex 3/7)."""
    if not fee.due:
        return {}
    sub_kind = pack.text(f"sub_kind.{application.case.sub_kind}.short").text(language)
    purpose = pack.text("fee.purpose").text(language)
    return {
        "formula": fee.derivation.formula_in(language),
        "kbk": pack.text("fee.kbk").text_ru,
        "knp": pack.text("fee.knp").text_ru,
        "purpose": purpose.format(sub_kind=sub_kind, number=application.case.draft_no),
    }


def _check(_request: HttpRequest, page: DraftPage, _held: Kept | None) -> dict[str, Any]:
    application = page.application
    return {
        "report": page.situation.report,
        "places": page.places,
        "fee": page.situation.fee,
        "address": addresses.one_line(application.address, page.language),
        "centres": [
            (number, centre, addresses.one_line(centre.address, page.language), page.host(centre))
            for number, centre in enumerate(application.data_centres.all(), start=1)
        ],
        "fault_lines": [line for line in page.fault_lines if line[0].code != "sign"],
        "outlook": page.outlook,
        "grounds": _ground_words(page),
    }


def _ground_words(page: DraftPage) -> list[tuple[str, tuple[str, ...]]]:
    texts = {
        row.code: row.text(page.language) for row in page.pack.reissue_grounds(int(page.application.form))
    }
    side: Language = "kk" if page.language == "kk" else "ru"
    return [(texts[row.code], ground_lines(row, side)) for row in ways.stated(page.application)]


def _sign(_request: HttpRequest, page: DraftPage, held: Kept | None) -> dict[str, Any]:
    given = {row.code: row for row in page.application.confirmations.all()}
    rows = page.pack.confirmations(int(page.application.form))
    signers: list[Person] = []
    if not page.may_sign:
        signers = signers_of(page.application.case.party_id, page.at)
    ticked = set(held.values.get("confirmations", [])) if held else set(given)
    return {
        "confirmations": [
            (row, row.text(page.language), row.code in ticked, given.get(row.code)) for row in rows
        ],
        "lead": page.pack.text("confirmations.lead").text(page.language),
        "all_given": len(given) == len(rows) and not held,
        "faults_left": [line for line in page.fault_lines if line[0].code != "sign"],
        "report": page.situation.report,
        "fee": page.situation.fee,
        "outlook": page.outlook,
        "may_sign": page.may_sign,
        "signers": signers,
        "is_head": any(
            right.party_id == page.application.case.party_id and right.basis == Representation.Basis.HEAD
            for right in page.mine.rights
        ),
        "sheets": len({row.file_id for row in page.situation.evidence}),
    }


_CONTEXTS: dict[str, Callable[[HttpRequest, DraftPage, Kept | None], dict[str, Any]]] = {
    "party": _party,
    "request": _request,
    "centres": _centres,
    "grounds": _grounds,
    "evidence": _evidence,
    "fee": _fee,
    "check": _check,
    "sign": _sign,
}
