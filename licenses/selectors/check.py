"""The public check by number or QR code: is this paper the authority's, and what does it stand for today."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from casework.documents.qr import QrForged, QrUnreadable, read_payload
from licenses.models import AnnexEdition, Licence, LicenceEdition, LicenceNumber
from licenses.rules import Standing, number_is_valid, split_annex, tidy_number
from licenses.rules.answers import Answer, edition_answer
from licenses.selectors.card import AnnexCard, LicenceCard, licence_card
from licenses.statuses import Basis

_MADE = (OfficialDocument.State.SIGNED, OfficialDocument.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One answer with what it rests on; `standing` is the licence's or, of an annex, the annex's own."""

    answer: Answer
    number: str = ""
    annex: str = ""
    edition: int | None = None
    current_edition: int | None = None
    superseded_by: str = ""
    standing: Standing | None = None
    mistyped: bool = False
    document_kind: str = ""
    document_title: str = ""
    document_date: date | None = None
    card: LicenceCard | None = None


def check_number(text: str, at: datetime, language: str) -> CheckResult:
    """By the number of a licence, or of an annex as `KZ…/001`; Cyrillic look-alikes are read as Latin."""
    tidy = tidy_number(text)
    number, annex = split_annex(tidy)
    if not number_is_valid(number):
        return CheckResult(Answer.UNKNOWN, number=tidy[:40], mistyped=True)
    licence = Licence.objects.select_related("party").filter(number=number).first()
    if licence is None:
        given_out = LicenceNumber.objects.filter(number=number).exists()
        return CheckResult(
            Answer.NEVER_ISSUED if given_out else Answer.UNKNOWN, number=number, annex=annex or ""
        )
    card = licence_card(licence, at, language)
    if card is None:  # signed after hours: shown from 09:00 of the day it bears (Rules 5)
        return CheckResult(Answer.NEVER_ISSUED, number=number, annex=annex or "")
    return _annex_result(card, annex) if annex else _licence_result(card, card.edition)


def check_qr(payload: str, at: datetime, language: str) -> CheckResult:
    """By the text of a QR code, or its `d` alone; a code that our keys did not sign is called so."""
    try:
        claim = read_payload(payload)
    except QrForged:
        return CheckResult(Answer.NOT_GENUINE)
    except QrUnreadable:
        return CheckResult(Answer.UNKNOWN, mistyped=True)
    result = status_of_document(claim.qr_id, at, language)
    if result.number:
        return result
    return CheckResult(
        result.answer,
        number=claim.number,
        edition=claim.edition,
        document_kind=claim.kind,
        document_title=_title(claim.kind, language),
        document_date=claim.document_date,
    )


def status_of_document(qr_id: str, at: datetime, language: str) -> CheckResult:
    """The answer for one document; prepared but never signed, or not known at all: never issued."""
    document = OfficialDocument.objects.filter(qr_id=qr_id, state__in=_MADE, published_at__lte=at).first()
    if document is None:
        return CheckResult(Answer.NEVER_ISSUED)
    edition = LicenceEdition.objects.filter(act_id=document.act_id).select_related("licence__party").first()
    if document.kind.startswith("licence_") and edition is not None:
        card = licence_card(edition.licence, at, language)
        return _licence_result(card, edition.edition) if card else CheckResult(Answer.NEVER_ISSUED)
    if document.kind.startswith("annex_"):
        return _annex_document(document, at, language)
    return CheckResult(
        Answer.OTHER_DOCUMENT,
        number=document.number,
        document_kind=document.kind,
        document_title=_title(document.kind, language),
        document_date=document.document_date,
    )


def _annex_document(document: OfficialDocument, at: datetime, language: str) -> CheckResult:
    edition = (
        AnnexEdition.objects.filter(act_id=document.act_id, annex__number=document.subject)
        .select_related("annex__licence__party")
        .first()
    )
    card = licence_card(edition.annex.licence, at, language) if edition else None
    if edition is None or card is None:
        return CheckResult(Answer.NEVER_ISSUED)
    return _annex_result(card, edition.annex.number, edition.edition)


def _licence_result(card: LicenceCard, edition: int) -> CheckResult:
    return CheckResult(
        edition_answer(edition, card.edition, card.standing, card.day),
        number=card.number,
        edition=edition,
        current_edition=card.edition,
        superseded_by=str(card.edition) if edition < card.edition else "",
        standing=card.standing,
        card=card,
    )


def _annex_result(card: LicenceCard, number: str, edition: int | None = None) -> CheckResult:
    annex = next((annex for annex in card.annexes if annex.number == number), None)
    if annex is None:
        return CheckResult(Answer.UNKNOWN, number=card.number, annex=number, card=card)
    edition = annex.edition if edition is None else edition
    answer = edition_answer(edition, annex.edition, annex.standing, card.day)
    if annex.standing.basis == Basis.REPLACED:
        answer = Answer.SUPERSEDED
    return CheckResult(
        answer,
        number=card.number,
        annex=number,
        edition=edition,
        current_edition=annex.edition,
        superseded_by=_successor(annex, edition),
        standing=annex.standing,
        card=card,
    )


def _successor(annex: AnnexCard, edition: int) -> str:
    if annex.replaced_by:
        return annex.replaced_by
    return str(annex.edition) if edition < annex.edition else ""


def _title(kind: str, language: str) -> str:
    return KINDS[kind].named("kk" if language == "kk" else "ru") if kind in KINDS else ""
