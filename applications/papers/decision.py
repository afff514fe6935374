"""What the head signs: the licence with its annexes (Forms 4, 6), Form 8, the discontinuance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from applications import addresses
from applications.models import Application
from applications.papers.base import addressee
from applications.papers.wording import w
from applications.statuses import Outcome
from casework.decisions.models import Act
from casework.decisions.papers import (
    Language,
    Paper,
    appeal_block,
    authority,
    authority_name,
    signatory,
    words,
)
from casework.documents.contexts import AnnexContext, LetterContext, LicenceContext, Reason
from foundation.accounts.models import Person
from foundation.kernel.clock import almaty
from foundation.rulebook import selectors as rulebook
from licenses import rules as register


@dataclass(frozen=True, slots=True)
class LicenceWords:
    """What the licence says, once for the documents and once for the register."""

    holder: register.HolderText
    text: register.LicenceText
    centres: tuple[register.CentreText, ...]
    signer: register.SignerText


def decision_papers(
    application: Application, act: Act, *, head: Person, act_date: date, number: str
) -> tuple[Paper, ...]:
    """The documents of a prepared decision as they would be signed by this head with this date and number."""
    match application.prepared_outcome:
        case Outcome.ISSUE:
            return licence_papers(application, head=head, issued_on=act_date, number=number)
        case Outcome.REFUSE:
            return (_letter("refusal_form_8", application, act, head, act_date, number),)
        case _:
            return (_letter("discontinuance", application, act, head, act_date, number),)


def licence_words(application: Application, *, head: Person, issued_on: date) -> LicenceWords:
    """Forms 4 and 6 in words: with several data centres the special conditions list the place of each."""
    party = application.case.party
    centres = tuple(
        register.CentreText(
            address_kk=addresses.one_line(centre.address, "kk"),
            address_ru=addresses.one_line(centre.address, "ru"),
            region_code=centre.address.get("region", ""),
            power_source=centre.power_source,
        )
        for centre in application.data_centres.all()
    )
    conditions_kk, conditions_ru = register.special_conditions(centres)
    names = authority(issued_on)
    return LicenceWords(
        holder=register.HolderText(
            name_kk=party.name("kk"),
            name_ru=party.name("ru"),
            location_kk=addresses.one_line(application.address, "kk"),
            location_ru=addresses.one_line(application.address, "ru"),
            number=party.number,
        ),
        text=register.LicenceText(
            activity_kk=words("activity.name", issued_on, "kk"),
            activity_ru=words("activity.name", issued_on, "ru"),
            special_conditions_kk=conditions_kk,
            special_conditions_ru=conditions_ru,
            note_kk=words("note.licence", issued_on, "kk"),
            note_ru=words("note.licence", issued_on, "ru"),
            place_kk=words("place.issue", issued_on, "kk"),
            place_ru=words("place.issue", issued_on, "ru"),
        ),
        centres=centres,
        signer=register.SignerText(
            provider_kk=names.name_kk,
            provider_ru=names.name_ru,
            head_name=head.full_name,
            head_post_kk=head.post_kk,
            head_post_ru=head.post_ru,
        ),
    )


def licence_papers(
    application: Application, *, head: Person, issued_on: date, number: str
) -> tuple[Paper, ...]:
    """The licence with its annexes."""
    said = licence_words(application, head=head, issued_on=issued_on)
    expires_on = register.expiry(issued_on)

    def form_4(language: Language) -> LicenceContext:
        conditions = said.text.special_conditions_kk if language == "kk" else said.text.special_conditions_ru
        return LicenceContext(
            authority=authority(issued_on),
            issued_on=issued_on,
            number=number,
            holder=addressee(application, language),
            activity=words("activity.name", issued_on, language),
            special_conditions=tuple(conditions.splitlines()),
            note=words("note.licence", issued_on, language),
            provider=authority_name(issued_on, language),
            head=signatory(head, language),
            first_issued_on=issued_on,
            expires_on=expires_on,
            place_of_issue=words("place.issue", issued_on, language),
        )

    def form_6(position: int, language: Language) -> AnnexContext:
        centre = said.centres[position - 1]
        place = centre.address_kk if language == "kk" else centre.address_ru
        return AnnexContext(
            authority=authority(issued_on),
            licence_issued_on=issued_on,
            licence_number=number,
            sub_kind=words(f"sub_kind.{application.case.sub_kind}", issued_on, language),
            provider=authority_name(issued_on, language),
            location=place,
            electricity=words(f"power.{centre.power_source}", issued_on, language),
            special_conditions=(),
            head=signatory(head, language),
            annex_number=register.annex_number(position),
            expires_on=expires_on,
            annex_issued_on=issued_on,
        )

    annexes = [
        Paper(
            kind="annex_form_6",
            number=number,
            subject=register.annex_number(position),
            document_date=issued_on,
            context=lambda language, position=position: form_6(position, language),  # type: ignore[misc]  # binds the loop's value
        )
        for position in range(1, len(said.centres) + 1)
    ]
    licence = Paper(kind="licence_form_4", number=number, document_date=issued_on, context=form_4)
    return (licence, *annexes)


def _letter(
    kind: str, application: Application, act: Act, head: Person, act_date: date, number: str
) -> Paper:
    def context(language: Language) -> LetterContext:
        case = application.case
        refusal = kind == "refusal_form_8"
        return LetterContext(
            authority=authority(act_date),
            addressee=addressee(application, language),
            number=number,
            signatory=signatory(head, language),
            applied_on=almaty(case.received_at).date() if case.received_at else None,
            incoming_no=case.incoming_no or "",
            opening=""
            if refusal
            else w("discontinuance.opening", language, incoming_no=case.incoming_no or ""),
            reasons=ground_reasons(act.content.get("grounds", []), case.registered_on or act_date, language)
            if refusal
            else (_discontinuance_reason(act.content, language),),
            decision=(w("refusal.decision" if refusal else "discontinuance.decision", language),),
            appeal=appeal_block(act_date, language, head),
        )

    return Paper(kind=kind, number=number, document_date=act_date, context=context)


def ground_reasons(grounds: list[dict[str, Any]], on: date, language: Language) -> tuple[Reason, ...]:
    """Each ground with its facts, the entries it names, and the assessment of the applicant's answer."""
    pack = rulebook.pack(on)
    found = []
    for said in grounds:
        ground = pack.ground(said["code"])
        found.append(
            Reason(
                title=ground.text(language),
                facts=said.get(f"facts_{language}", ""),
                citation=ground_citation(ground.number, language),
                items=(
                    *said.get("entries", ()),
                    *(_file_line(row, language) for row in said.get("evidence", ())),
                ),
                assessment=said.get(f"assessment_{language}", ""),
            )
        )
    return tuple(found)


def _file_line(row: dict[str, str], language: Language) -> str:
    """A file the ground rests on, with its pages."""
    code = "ground.file_pages" if row["pages"] else "ground.file"
    return w(code, language, name=row["name"], pages=row["pages"])


def ground_citation(number: int, language: Language) -> str:
    """Where the ground stands."""
    return w("ground.citation", language, number=number)


def _discontinuance_reason(content: dict[str, Any], language: Language) -> Reason:
    return Reason(
        title=w(f"discontinuance.{content['reason']}", language),
        facts=content.get(f"facts_{language}", ""),
        citation=w("discontinuance.citation", language),
    )


__all__ = [
    "LicenceWords",
    "decision_papers",
    "ground_citation",
    "ground_reasons",
    "licence_papers",
    "licence_words",
]
