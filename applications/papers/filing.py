"""Form 1 as filed with the Annex 11 form of information, and the receipt (Rules 5, PL 25(4))."""

from datetime import date
from typing import Any

from django.utils import translation

from applications import addresses
from applications.completeness import report_for
from applications.fees import fee_of
from applications.models import Application, DataCentre, Evidence
from applications.papers.base import addressee
from applications.permissions import Situation
from casework.deadlines.models import Term
from casework.deadlines.selectors import current_calendar_registration_day, rule_of
from casework.deadlines.wording import citation_text, term_name
from casework.decisions.papers import Draft, Language, Paper, authority, authority_name, words
from casework.documents.contexts import (
    ApplicationContext,
    AttachedFile,
    Confirmation,
    EvidenceItem,
    ReceiptContext,
    Signatory,
    TermLine,
)
from casework.documents.contexts import DataCentre as CentreContext
from foundation.kernel.clock import almaty
from foundation.rulebook.rules import Pack

_NOT_YET = {"kk": "әлі қосылмаған", "ru": "ещё не осуществлено"}
_LICENCE = {
    "kk": "I кіші түрдегі лицензияны және лицензияға қосымшаны беру",
    "ru": "выдать лицензию I подвида и приложение к лицензии",
}
_ANNEX = {"kk": "лицензияға қосымшаны беру", "ru": "выдать приложение к лицензии"}


def submit_draft(s: Situation) -> Draft:
    """The filing: the form in both languages, its content in the manifest, every attachment by its SHA-256."""
    application, today = s.application, s.at.date()
    evidence = list(
        application.evidence.select_related("file", "data_centre").order_by("requirement", "added_at")
    )
    sheets = sum({row.file_id: row.file.pages for row in evidence}.values())
    paper = Paper(
        kind="application_filed",
        number=s.case.draft_no,
        document_date=today,
        context=lambda language: _form_1(s, evidence, sheets, language),
    )
    report = report_for(application, current_calendar_registration_day(s.at))
    return Draft(
        kind="application",
        act_date=today,
        number=s.case.draft_no,
        content={"sheets": sheets, "assistant": {item.key: str(item.state) for item in report.items}},
        papers=(paper,),
        manifest={
            "applicant": {"bin": s.case.party.bin, "iin": s.case.party.iin, "kind": s.case.party.kind},
            "attachments": [_attachment(row) for row in evidence],
            "form": form_content(application),
            "locale": application.locale,
        },
    )


def form_content(application: Application) -> dict[str, Any]:
    """The form's fields as they are signed."""
    return {
        "address": dict(application.address),
        "confirmations": sorted(application.confirmations.values_list("code", flat=True)),
        "data_centers": [
            {
                "address": dict(centre.address),
                "grid_connected": centre.grid_connected,
                "grid_connected_on": centre.grid_connected_on.isoformat()
                if centre.grid_connected_on
                else None,
                "id": str(centre.pk),
                "power_source": centre.power_source,
            }
            for centre in application.data_centres.all()
        ],
        "email": application.email,
        "form": application.form,
        "owns_hardware": application.owns_hardware,
        "phone": application.phone,
        "scope": application.scope,
        "target_licence": application.target_licence,
    }


def receipt_papers(application: Application, terms: list[Term]) -> tuple[Paper, ...]:
    """The receipt: what came, when it counts as received, which terms run and by which paragraph."""
    case = application.case
    assert case.received_at is not None  # noqa: S101 -- only filed cases get a receipt
    day = almaty(case.received_at).date()
    return (
        Paper(
            kind="receipt",
            number=case.draft_no,
            document_date=day,
            context=lambda language: _receipt(application, terms, language),
        ),
    )


def _receipt(application: Application, terms: list[Term], language: Language) -> ReceiptContext:
    case = application.case
    assert case.received_at is not None  # noqa: S101 -- see receipt_papers
    day = almaty(case.received_at).date()
    registered_on = case.registered_on or current_calendar_registration_day(case.received_at)
    fee = fee_of(application, day)
    with translation.override(language):
        lines = tuple(
            TermLine(
                title=str(term_name(term.code)),
                due_on=term.due_on,
                citation=str(citation_text(rule_of(term))),
            )
            for term in terms
            if term.code in ("completeness", "service")
        )
    return ReceiptContext(
        authority=authority(day),
        applicant=addressee(application, language),
        service=words("service.name", day, language),
        draft_no=case.draft_no,
        incoming_no=case.incoming_no or "",
        received_at=case.received_at,
        registered_on=registered_on,
        files=tuple(
            AttachedFile(title=row.requirement, file_name=row.file.name, sha256=row.file.sha256)
            for row in application.evidence.select_related("file").order_by("requirement", "added_at")
        ),
        terms=lines,
        fee=fee.derivation.formula_in(language),
    )


def _form_1(s: Situation, evidence: list[Evidence], sheets: int, language: Language) -> ApplicationContext:
    application, today = s.application, s.at.date()
    pack = s.report.pack
    asked = _ANNEX if application.scope == Application.Scope.ANNEX else _LICENCE
    return ApplicationContext(
        provider=authority_name(today, language),
        applicant=addressee(application, language),
        asked=asked[language],
        licence=application.target_licence,
        email=application.email,
        phone=application.phone,
        centres=tuple(
            _centre(
                centre, [row for row in evidence if row.data_centre_id == centre.pk], pack, today, language
            )
            for centre in application.data_centres.all()
        ),
        owns_hardware=bool(application.owns_hardware),
        evidence=tuple(_item(row, pack, language) for row in evidence if row.data_centre_id is None),
        sheets=sheets,
        confirmations=tuple(
            Confirmation(text=row.text_kk if language == "kk" else row.text_ru, ticked_at=row.given_at)
            for row in application.confirmations.order_by("pk")
        ),
        head=Signatory(post="", name=s.person.full_name),
        filled_on=today,
        draft_no=s.case.draft_no,
    )


def _centre(
    centre: DataCentre, evidence: list[Evidence], pack: Pack, today: date, language: Language
) -> CentreContext:
    connection = ""
    if centre.power_source == "single_purchaser":
        day = centre.grid_connected_on
        connection = f"{day:%d.%m.%Y}" if day else _NOT_YET[language]
    return CentreContext(
        address=addresses.one_line(centre.address, language),
        electricity=words(f"power.{centre.power_source}", today, language),
        grid_connection=connection,
        evidence=tuple(_item(row, pack, language) for row in evidence),
    )


def _item(row: Evidence, pack: Pack, language: Language) -> EvidenceItem:
    requirement = pack.requirement(row.requirement)
    labels = {field["name"]: field for field in requirement.particulars}
    return EvidenceItem(
        code=row.requirement,
        title=requirement.title(language),
        particulars=tuple(
            (labels[name][f"label_{language}"], _shown(labels[name], value, language))
            for name, value in row.particulars.items()
            if name in labels and value not in ("", None)
        ),
        file_name=row.file.name,
        sha256=row.file.sha256,
    )


def _shown(field: dict[str, Any], value: Any, language: Language) -> str:
    for choice in field.get("choices", ()):
        if choice["value"] == value:
            return str(choice[f"label_{language}"])
    return str(value)


def _attachment(row: Evidence) -> dict[str, Any]:
    return {
        "data_center": str(row.data_centre_id) if row.data_centre_id else None,
        "media_type": row.file.media_type,
        "name": row.file.name,
        "requirement": row.requirement,
        "sha256": row.file.sha256,
        "size": row.file.size,
    }
