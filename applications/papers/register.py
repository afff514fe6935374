"""What the register will say after the decision on an application, and its Forms 4-7 (`licenses.papers` makes both)."""

from dataclasses import replace
from datetime import date

from applications import addresses, ways
from applications.completeness import is_judged_anew
from applications.fees import LICENCE
from applications.models import Application, DataCentre
from applications.rules import Way
from casework.decisions.papers import Paper, words
from foundation.accounts.models import Person
from foundation.rulebook import selectors as rulebook
from licenses import rules as register
from licenses.papers import (
    AnnexWords,
    RegisterWords,
    conditions_differ,
    edition_words,
    form_papers,
    signer_text,
    with_conditions,
)
from licenses.selectors import LivingLicence, living_licence


def licence_papers(
    application: Application, *, head: Person, issued_on: date, number: str
) -> tuple[Paper, ...]:
    """Every document of an issue or re-issue, with this head, date and number."""
    said = register_words(application, head=head, issued_on=issued_on, number=number)
    holder = said.party or (said.target.licence.party if said.target else application.case.party)
    return form_papers(said, holder=holder, head=head, issued_on=issued_on)


def register_words(
    application: Application, *, head: Person, issued_on: date, number: str = ""
) -> RegisterWords:
    """Forms 4-7 in words, as this head would sign them on this day (Rules 9, 15)."""
    signer = signer_text(head, issued_on)
    if application.scope == Application.Scope.LICENCE:
        return _new(application, signer, issued_on, number)
    target = living_licence(application.target_licence, issued_on)
    if target is None:
        raise ways.target_gone(application.target_licence)
    if application.scope == Application.Scope.ANNEX:
        return _further_annexes(application, target, signer, issued_on)
    return _reissued(application, target, signer, issued_on)


def _new(
    application: Application, signer: register.SignerText, issued_on: date, number: str
) -> RegisterWords:
    centres = [_centre(application, row) for row in application.data_centres.all()]
    return RegisterWords(
        sub_kind=application.case.sub_kind,
        number=number,
        edition=1,
        first_issued_on=issued_on,
        licence_issued_on=issued_on,
        expires_on=register.expiry(issued_on),
        holder=_holder(application),
        text=with_conditions(_text(issued_on), centres),
        signer=signer,
        annexes=tuple(
            AnnexWords(register.annex_number(place), 1, centre)
            for place, centre in enumerate(centres, start=1)
        ),
    )


def _further_annexes(
    application: Application, target: LivingLicence, signer: register.SignerText, issued_on: date
) -> RegisterWords:
    """PL 29(6): the next numbers, and a new edition of the special conditions that list every place."""
    rows = [
        AnnexWords(register.annex_number(place), 1, _centre(application, row), row.annex)
        for place, row in enumerate(application.data_centres.all(), start=target.next_annex)
    ]
    return edition_words(
        target,
        signer=signer,
        issued_on=issued_on,
        annexes=tuple(rows),
        holder=target.holder,
        text=target.text,
    )


def _reissued(
    application: Application, target: LivingLicence, signer: register.SignerText, issued_on: date
) -> RegisterWords:
    """Rules 15, PL 33, 34: the licence, its annexes or both anew; what moved gets a further annex (PL 29(6))."""
    on = application.case.registered_on or issued_on
    gone = ways.way(application, rulebook.pack(on))
    stated = {row.kind: row for row in application.grounds.all()}
    said = {row.annex: row for row in application.data_centres.all() if row.annex}
    rows: list[AnnexWords] = []
    further = target.next_annex
    for number in (name for name in application.targets if name != LICENCE):
        held = target.annex(number)
        if held is None:
            continue
        centre = _changed(application, held.centre, said.get(number), frozenset(stated))
        if gone is Way.NEW_ANNEX and number in said and is_judged_anew(said[number]):
            rows.append(AnnexWords(register.annex_number(further), 1, centre, number))
            further += 1
        else:
            rows.append(AnnexWords(number, held.edition + 1, centre))
    succession = "reorganisation" in stated
    holder = target.holder
    if succession:
        holder = _holder(application)
    elif "registration" in stated:
        details = stated["registration"].details
        holder = replace(
            _holder(application),
            name_kk=details.get("name_kk") or details.get("name_ru") or target.holder.name_kk,
            name_ru=details.get("name_ru") or details.get("name_kk") or target.holder.name_ru,
        )
    made = edition_words(
        target,
        signer=signer,
        issued_on=issued_on,
        annexes=tuple(rows),
        holder=holder,
        text=_text(issued_on),
    )
    return replace(
        made,
        party=application.case.party if succession else None,
        licence_printed=LICENCE in application.targets or conditions_differ(made, target),
    )


def _changed(
    application: Application,
    held: register.CentreText,
    row: DataCentre | None,
    stated: frozenset[str],
) -> register.CentreText:
    """The annex's text with what grounds 3 and 5 change; everything else stays as it is."""
    if row is None:
        return held
    text = held
    if "location" in stated:
        place = _centre(application, row)
        text = replace(
            text,
            address_kk=place.address_kk,
            address_ru=place.address_ru,
            region_code=place.region_code,
        )
    if stated & {"location", "electricity"} and row.power_source:
        text = replace(text, power_source=row.power_source)
    return text


def _centre(application: Application, row: DataCentre) -> register.CentreText:
    """Form 6; under Form 7, which has no field for them, place and host stand in the special conditions."""
    centre = register.CentreText(
        address_kk=addresses.one_line(row.address, "kk"),
        address_ru=addresses.one_line(row.address, "ru"),
        region_code=row.address.get("region", ""),
        power_source=row.power_source,
        host_name=row.host_name,
        host_licence_number=row.host_licence,
    )
    if application.case.sub_kind != "II":
        return centre
    conditions_kk, conditions_ru = register.special_conditions((centre,))
    return replace(centre, special_conditions_kk=conditions_kk, special_conditions_ru=conditions_ru)


def _holder(application: Application) -> register.HolderText:
    party = application.case.party
    return register.HolderText(
        name_kk=party.name("kk"),
        name_ru=party.name("ru"),
        location_kk=addresses.one_line(application.address, "kk"),
        location_ru=addresses.one_line(application.address, "ru"),
        number=party.number,
    )


def _text(issued_on: date) -> register.LicenceText:
    return register.LicenceText(
        activity_kk=words("activity.name", issued_on, "kk"),
        activity_ru=words("activity.name", issued_on, "ru"),
        note_kk=words("note.licence", issued_on, "kk"),
        note_ru=words("note.licence", issued_on, "ru"),
        place_kk=words("place.issue", issued_on, "kk"),
        place_ru=words("place.issue", issued_on, "ru"),
    )
