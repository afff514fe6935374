"""Forms 4-7 as the head signs them: the licence or its new edition, and the annexes."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.decisions.papers import Language, Paper, authority, authority_name, signatory, words
from casework.documents.contexts import Addressee, AnnexContext, LicenceContext
from casework.documents.selectors.outgoing import documents_of_act
from foundation.accounts.models import Party, Person
from foundation.kernel.refusals import Conflict
from licenses.papers.register import AnnexWords, RegisterWords
from licenses.rules import CentreText

_LICENCE_KINDS = {"I": "licence_form_4", "II": "licence_form_5"}
_ANNEX_KINDS = {"I": "annex_form_6", "II": "annex_form_7"}
ISSUED_KINDS = (*_LICENCE_KINDS.values(), *_ANNEX_KINDS.values())


def form_papers(said: RegisterWords, *, holder: Party, head: Person, issued_on: date) -> tuple[Paper, ...]:
    """Every document of an issue, a re-issue or a correction, with this head and date; `holder` has the licence."""
    annexes = tuple(_annex(said, annex, head, issued_on) for annex in said.annexes)
    if not said.licence_printed:
        return annexes
    return (_licence(said, head, issued_on, entity=holder.bin is not None), *annexes)


def require_made_for(act_id: UUID, said: RegisterWords) -> None:
    """Raise Conflict where the documents of an act bear other editions than those the register would now make."""
    made = {(row.number, row.edition) for row in said.annexes}
    made |= {("", said.edition)} if said.licence_printed else set()
    rows = documents_of_act(act_id).filter(kind__in=ISSUED_KINDS).exclude(state="void")
    if {(row.subject, row.edition) for row in rows} != made:
        raise Conflict(
            _("The register has changed since these documents were made."),
            code="STALE_VERSION",
            advice=_("Open the decision for signature again; its documents are made anew."),
        )


def _licence(said: RegisterWords, head: Person, issued_on: date, *, entity: bool) -> Paper:
    def context(language: Language) -> LicenceContext:
        text, holder = said.text, said.holder
        kk = language == "kk"
        return LicenceContext(
            authority=authority(issued_on),
            issued_on=issued_on,
            number=said.number,
            holder=Addressee(
                name=holder.name_kk if kk else holder.name_ru,
                address=holder.location_kk if kk else holder.location_ru,
                number=holder.number,
                is_entity=entity,
            ),
            activity=text.activity_kk if kk else text.activity_ru,
            special_conditions=_lines(text.special_conditions_kk if kk else text.special_conditions_ru),
            note=text.note_kk if kk else text.note_ru,
            provider=authority_name(issued_on, language),
            head=signatory(head, language),
            first_issued_on=said.first_issued_on,
            expires_on=said.expires_on,
            place_of_issue=text.place_kk if kk else text.place_ru,
            edition=said.edition,
        )

    return Paper(
        kind=_LICENCE_KINDS[said.sub_kind],
        number=said.number,
        document_date=issued_on,
        edition=said.edition,
        context=context,
    )


def _annex(said: RegisterWords, annex: AnnexWords, head: Person, issued_on: date) -> Paper:
    licence_issued_on = issued_on
    if not said.licence_printed and said.target is not None:
        licence_issued_on = said.target.licence.issued_on

    def context(language: Language) -> AnnexContext:
        centre = annex.centre
        first_kind = said.sub_kind == "I"
        return AnnexContext(
            authority=authority(issued_on),
            licence_issued_on=licence_issued_on,
            licence_number=said.number,
            sub_kind=words(f"sub_kind.{said.sub_kind}", issued_on, language),
            provider=authority_name(issued_on, language),
            location=_place(centre, language) if first_kind else "",
            electricity=words(f"power.{centre.power_source}", issued_on, language) if first_kind else "",
            special_conditions=_lines(
                centre.special_conditions_kk if language == "kk" else centre.special_conditions_ru
            ),
            head=signatory(head, language),
            annex_number=annex.number,
            expires_on=said.expires_on,
            annex_issued_on=issued_on,
            edition=annex.edition,
        )

    return Paper(
        kind=_ANNEX_KINDS[said.sub_kind],
        number=said.number,
        subject=annex.number,
        document_date=issued_on,
        edition=annex.edition,
        context=context,
    )


def _place(centre: CentreText, language: Language) -> str:
    return centre.address_kk if language == "kk" else centre.address_ru


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())


__all__ = ["ISSUED_KINDS", "form_papers", "require_made_for"]
