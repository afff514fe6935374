"""What the register will say after an act: once for the documents that the head signs and once for the register.

A new licence, further annexes, or new editions; number, first issue and expiry of a licence never change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casework.decisions.papers import authority
from foundation.accounts.models import Party, Person
from licenses import rules
from licenses.selectors import LivingLicence
from licenses.services import AnnexText, Change


@dataclass(frozen=True, slots=True)
class AnnexWords:
    """One annex as it will be printed; `replaces` is the annex whose place a further one takes."""

    number: str
    edition: int
    centre: rules.CentreText
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """Everything the decision says: Form 4 or 5 (unless `licence_printed` is false) and its Forms 6 or 7."""

    sub_kind: str
    number: str
    edition: int
    first_issued_on: date
    expires_on: date
    holder: rules.HolderText
    text: rules.LicenceText
    signer: rules.SignerText
    annexes: tuple[AnnexWords, ...]
    licence_printed: bool = True
    licence_issued_on: date | None = None
    target: LivingLicence | None = None
    party: Party | None = None
    corrects: bool = False

    @property
    def centres(self) -> tuple[rules.CentreText, ...]:
        return tuple(annex.centre for annex in self.annexes)

    @property
    def change(self) -> Change:
        """The same as the register takes it."""
        known = {annex.number for annex in self.target.annexes} if self.target else set()
        return Change(
            holder=self.holder if self.licence_printed else None,
            licence=self.text if self.licence_printed else None,
            annexes=tuple(
                AnnexText(row.centre, number=row.number if row.number in known else "", replaces=row.replaces)
                for row in self.annexes
            ),
            party=self.party,
            corrects=self.corrects,
        )


def edition_words(
    target: LivingLicence,
    *,
    signer: rules.SignerText,
    issued_on: date,
    annexes: tuple[AnnexWords, ...],
    holder: rules.HolderText,
    text: rules.LicenceText,
) -> RegisterWords:
    """The next edition of a licence with these annexes; its special conditions list every place it then has."""
    changed = {row.number: row.centre for row in annexes}
    gone = {row.replaces for row in annexes}
    places = [changed.pop(held.number, held.centre) for held in target.annexes if held.number not in gone]
    places += [row.centre for row in annexes if row.number in changed]
    return RegisterWords(
        sub_kind=target.licence.sub_kind,
        number=target.number,
        edition=target.licence.edition + 1,
        first_issued_on=target.licence.first_issued_on,
        licence_issued_on=issued_on,
        expires_on=target.licence.expires_on,
        holder=holder,
        text=with_conditions(text, places),
        signer=signer,
        annexes=annexes,
        target=target,
    )


def corrected_words(
    target: LivingLicence, corrections: Sequence[rules.Correction], *, head: Person, issued_on: date
) -> RegisterWords:
    """PL 44: new editions of what an error stands in, else word for word as today, and of nothing more."""
    rows = []
    for held in target.annexes:
        own = [one for one in corrections if one.annex == held.number]
        if own:
            centre = rules.corrected_centre(target.licence.sub_kind, held.centre, own)
            rows.append(AnnexWords(held.number, held.edition + 1, centre))
    holder, text = rules.corrected_licence(target.holder, target.text, corrections)
    made = edition_words(
        target,
        signer=signer_text(head, issued_on),
        issued_on=issued_on,
        annexes=tuple(rows),
        holder=holder,
        text=text,
    )
    moved = _conditions_of(made) != rules.special_conditions([held.centre for held in target.annexes])
    return replace(
        made,
        text=made.text if moved else text,
        licence_printed=moved or any(not one.annex for one in corrections),
        corrects=True,
    )


def conditions_differ(made: RegisterWords, target: LivingLicence) -> bool:
    """Whether the special conditions of the licence would read otherwise than today."""
    return _conditions_of(made) != (
        target.text.special_conditions_kk,
        target.text.special_conditions_ru,
    )


def _conditions_of(made: RegisterWords) -> tuple[str, str]:
    return made.text.special_conditions_kk, made.text.special_conditions_ru


def with_conditions(text: rules.LicenceText, centres: Sequence[rules.CentreText]) -> rules.LicenceText:
    """Forms 4, 5: the text with the special conditions that these data centres make."""
    conditions_kk, conditions_ru = rules.special_conditions(centres)
    return replace(text, special_conditions_kk=conditions_kk, special_conditions_ru=conditions_ru)


def signer_text(head: Person, issued_on: date) -> rules.SignerText:
    """The provider under its name of the day, and the head as printed."""
    names = authority(issued_on)
    return rules.SignerText(
        provider_kk=names.name_kk,
        provider_ru=names.name_ru,
        head_name=head.full_name,
        head_post_kk=head.post_kk,
        head_post_ru=head.post_ru,
    )
