"""Forms 1, 2, 9, 10 as filed with the Annex 11 form of information, and the receipt (Rules 5, PL 25(4))."""

from typing import Any

from django.utils import translation

from applications import addresses
from applications.completeness import report_for
from applications.fees import LICENCE, fee_of
from applications.models import Application, DataCentre, Evidence
from applications.models import StatedGround as Ground
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
    ReissueContext,
    Signatory,
    StatedGround,
    TermLine,
)
from casework.documents.contexts import DataCentre as CentreContext
from foundation.kernel.clock import almaty
from foundation.rulebook.rules import Pack

_NOT_YET = {"kk": "әлі қосылмаған", "ru": "ещё не осуществлено"}
_SUB_KINDS = {
    "I": {"kk": "І кіші түрдегі", "ru": "I подвида"},
    "II": {"kk": "ІІ кіші түрдегі", "ru": "II подвида"},
}
_LICENCE = {
    "kk": "{sub_kind} лицензияны және лицензияға қосымшаны беру",
    "ru": "выдать лицензию {sub_kind} и приложение к лицензии",
}
_KINDS = {
    "1": "application_filed",
    "2": "application_form_2",
    "9": "application_form_9",
    "10": "application_form_10",
}
_YES_NO = {True: {"kk": "иә", "ru": "да"}, False: {"kk": "жоқ", "ru": "нет"}}
_REISSUE = {"kk": "{sub_kind} {what} қайта ресімдеу", "ru": "переоформить {what} {sub_kind}"}
_TARGETS = {"kk": ("лицензияны", "лицензияға қосымшаны"), "ru": ("лицензию", "приложение к лицензии")}
_AND = {"kk": " және ", "ru": " и "}
_GROUND_WORDS = {
    "changed_on": {"kk": "өзгеріс күні: {day}", "ru": "день изменения: {day}"},
    "name": {"kk": "жаңа атауы: {name}", "ru": "новое наименование: {name}"},
    "merged": {"kk": "біріктірілген тұлғалардың БСН-і: {numbers}", "ru": "БИН объединившихся лиц: {numbers}"},
}
_REORGANISATION = {
    "merger": {"kk": "бірігу", "ru": "слияние"},
    "transformation": {"kk": "қайта құру", "ru": "преобразование"},
    "accession": {"kk": "қосылу", "ru": "присоединение"},
    "spin_off": {"kk": "бөліп шығару", "ru": "выделение"},
    "split": {"kk": "бөліну", "ru": "разделение"},
}
_ANNEX = {"kk": "лицензияға қосымшаны беру", "ru": "выдать приложение к лицензии"}


def submit_draft(s: Situation) -> Draft:
    """The filing: the form in both languages, its content in the manifest, every attachment by its SHA-256."""
    application, today = s.application, s.at.date()
    evidence = list(
        application.evidence.select_related("file", "data_centre").order_by("requirement", "added_at")
    )
    sheets = sum({row.file_id: row.file.pages for row in evidence}.values())
    form = _reissue if application.scope == Application.Scope.REISSUE else _licence_or_annex
    paper = Paper(
        kind=_KINDS[application.form],
        number=s.case.draft_no,
        document_date=today,
        context=lambda language: form(s, evidence, sheets, language),
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
                "annex": centre.annex,
                "grid_connected": centre.grid_connected,
                "grid_connected_on": centre.grid_connected_on.isoformat()
                if centre.grid_connected_on
                else None,
                "host_licence": centre.host_licence,
                "host_name": centre.host_name,
                "id": str(centre.pk),
                "moves": centre.moves,
                "power_source": centre.power_source,
            }
            for centre in application.data_centres.all()
        ],
        "email": application.email,
        "form": application.form,
        "grounds": [
            {
                "changed_on": ground.changed_on.isoformat() if ground.changed_on else None,
                "code": ground.code,
                "details": dict(ground.details),
            }
            for ground in application.grounds.all()
        ],
        "owns_hardware": application.owns_hardware,
        "phone": application.phone,
        "scope": application.scope,
        "target_licence": application.target_licence,
        "targets": list(application.targets),
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


def _licence_or_annex(
    s: Situation, evidence: list[Evidence], sheets: int, language: Language
) -> ApplicationContext:
    application = s.application
    asked = _ANNEX if application.scope == Application.Scope.ANNEX else _LICENCE
    return ApplicationContext(
        asked=asked[language].format(sub_kind=_SUB_KINDS[s.case.sub_kind][language]),
        licence=application.target_licence if application.scope == Application.Scope.ANNEX else "",
        owns_hardware=bool(application.owns_hardware),
        **_common(s, evidence, sheets, language),
    )


def _reissue(s: Situation, evidence: list[Evidence], sheets: int, language: Language) -> ReissueContext:
    """Annexes 9, 10: the licence and annexes meant, each ground with its cell, and what it changes."""
    application, today = s.application, s.at.date()
    target = s.target
    stated = {row.code: row for row in application.grounds.all()}
    return ReissueContext(
        asked=_REISSUE[language].format(
            sub_kind=_SUB_KINDS[s.case.sub_kind][language],
            what=_what(application, language),
        ),
        licence=application.target_licence,
        licence_issued_on=target.licence.issued_on if target else None,
        annexes=tuple(name for name in application.targets if name != LICENCE),
        activity=words("activity.name", today, language),
        sub_kind=words(f"sub_kind.{s.case.sub_kind}.short", today, language),
        grounds=tuple(
            StatedGround(
                number=row.number,
                text=row.text(language),
                stated=row.code in stated,
                said=ground_lines(stated[row.code], language) if row.code in stated else (),
            )
            for row in s.pack.reissue_grounds(int(application.form))
        ),
        has_evidence=bool(evidence),
        **_common(s, evidence, sheets, language),
    )


def _common(s: Situation, evidence: list[Evidence], sheets: int, language: Language) -> dict[str, Any]:
    """What every form says."""
    application, today = s.application, s.at.date()
    return {
        "provider": authority_name(today, language),
        "applicant": addressee(application, language),
        "email": application.email,
        "phone": application.phone,
        "centres": tuple(
            _centre(s, centre, [row for row in evidence if row.data_centre_id == centre.pk], language)
            for centre in application.data_centres.all()
        ),
        "evidence": tuple(_item(row, s.pack, language) for row in evidence if row.data_centre_id is None),
        "sheets": sheets,
        "confirmations": tuple(
            Confirmation(text=row.text_kk if language == "kk" else row.text_ru, ticked_at=row.given_at)
            for row in application.confirmations.order_by("pk")
        ),
        "head": Signatory(post="", name=s.person.full_name),
        "filled_on": today,
        "draft_no": s.case.draft_no,
    }


def _what(application: Application, language: Language) -> str:
    licence, annex = _TARGETS[language]
    parts = [licence] if LICENCE in application.targets else []
    parts += [annex] if set(application.targets) - {LICENCE} else []
    return _AND[language].join(parts)


def ground_lines(ground: Ground, language: Language) -> tuple[str, ...]:
    """A stated ground in words: the day, the new name, the act, the kind of reorganisation, the merged parties."""
    details = ground.details
    lines = []
    if ground.changed_on:
        lines.append(_GROUND_WORDS["changed_on"][language].format(day=f"{ground.changed_on:%d.%m.%Y}"))
    if kind := details.get("reorganisation"):
        lines.append(_REORGANISATION[kind][language])
    name = details.get(f"name_{language}") or details.get("name_ru")
    if name:
        lines.append(_GROUND_WORDS["name"][language].format(name=name))
    if merged := details.get("merged"):
        lines.append(_GROUND_WORDS["merged"][language].format(numbers=", ".join(merged)))
    if act := details.get("act"):
        lines.append(act)
    return tuple(lines)


def _centre(s: Situation, centre: DataCentre, evidence: list[Evidence], language: Language) -> CentreContext:
    today = s.at.date()
    connection = ""
    if centre.power_source == "single_purchaser":
        day = centre.grid_connected_on
        connection = f"{day:%d.%m.%Y}" if day else _NOT_YET[language]
    address = addresses.one_line(centre.address, language)
    if not address and s.target is not None and (held := s.target.annex(centre.annex)):
        address = held.centre.address_kk if language == "kk" else held.centre.address_ru
    host = centre.host_name
    if host and centre.host_licence:
        host = f"{host}, № {centre.host_licence}"
    return CentreContext(
        address=address,
        electricity=words(f"power.{centre.power_source}", today, language) if centre.power_source else "",
        grid_connection=connection,
        evidence=tuple(_item(row, s.pack, language) for row in evidence),
        host=host,
        annex=centre.annex,
        moves="" if centre.moves is None else _YES_NO[centre.moves][language],
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
