"""What the register says today beside what it would say after the decision: one row for each thing that is printed.

For a further annex and a re-issue (PL 29(6), 33, 34; Rules 15); a new licence has nothing to be compared with.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, PowerSource
from applications.papers.register import register_words
from applications.permissions import Situation
from foundation.kernel.refusals import LawRefusal
from licenses.papers import AnnexWords, RegisterWords
from licenses.rules import CentreText, HolderText
from licenses.selectors import LivingLicence


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the register keeps: as it stands, and as it would stand."""

    name: str | Promise
    now: str
    then: str

    @property
    def differs(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True, slots=True)
class Part:
    """The licence, or one annex; `ends` names the annex whose place a further one takes."""

    title: str
    rows: tuple[Row, ...]
    ends: str = ""

    @property
    def differs(self) -> bool:
        return any(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The licence meant and its parts; `gone` if it is in the register no more as one in force or suspended."""

    number: str
    status: str
    parts: tuple[Part, ...]
    other_holder: str = ""
    gone: bool = False


def comparison(application: Application, s: Situation, side: str) -> Comparison | None:
    """None for a new licence and for a case that is over; the register has then said its word."""
    if application.scope == Application.Scope.LICENCE or s.application.case.closed_at is not None:
        return None
    target = s.target
    if target is None:
        return Comparison(application.target_licence, "", (), gone=True)
    try:
        then = register_words(application, head=s.person, issued_on=s.today)
    except LawRefusal:  # an annex that is meant has ended meanwhile
        return Comparison(target.number, str(target.licence.get_status_display()), (), gone=True)
    other = target.licence.party_id != s.case.party_id
    return Comparison(
        number=target.number,
        status=str(target.licence.get_status_display()),
        parts=(_licence(target, then, side), *(_annex(row, target, side) for row in then.annexes)),
        other_holder=_of(target.holder, "name", side) if other else "",
    )


def _licence(target: LivingLicence, then: RegisterWords, side: str) -> Part:
    printed = then.licence_printed
    holder, text = (then.holder, then.text) if printed else (target.holder, target.text)
    edition = target.licence.edition
    return Part(
        str(_("Licence")),
        (
            Row(_("Holder"), _of(target.holder, "name", side), _of(holder, "name", side)),
            Row(_("BIN or IIN"), target.holder.number, holder.number),
            Row(_("Location"), _of(target.holder, "location", side), _of(holder, "location", side)),
            Row(
                _("Special conditions"),
                _of(target.text, "special_conditions", side),
                _of(text, "special_conditions", side),
            ),
            Row(_("First issued"), _day(target.licence.first_issued_on), _day(then.first_issued_on)),
            Row(_("In force until"), _day(target.licence.expires_on), _day(then.expires_on)),
            Row(_("Edition"), str(edition), str(then.edition if printed else edition)),
        ),
    )


def _annex(row: AnnexWords, target: LivingLicence, side: str) -> Part:
    held = target.annex(row.replaces or row.number)
    was = held.centre if held else None
    shown = [
        Row(_("Data centre"), _place(was, side), _place(row.centre, side)),
        Row(_("Electricity"), _power(was), _power(row.centre)),
        Row(_("Host"), _host(was), _host(row.centre)),
        Row(
            _("Edition"),
            "" if held is None or row.replaces else str(held.edition),
            str(row.edition),
        ),
    ]
    title = str(_("Annex {number}")).format(number=row.number)
    return Part(title, tuple(one for one in shown if one.now or one.then), ends=row.replaces)


def _of(said: HolderText | object, name: str, side: str) -> str:
    return str(getattr(said, f"{name}_{side}") or getattr(said, f"{name}_ru"))


def _place(centre: CentreText | None, side: str) -> str:
    return _of(centre, "address", side) if centre else ""


def _power(centre: CentreText | None) -> str:
    known = dict(PowerSource.choices)
    return str(known.get(centre.power_source, "")) if centre else ""


def _host(centre: CentreText | None) -> str:
    return (
        ", ".join(part for part in (centre.host_name, centre.host_licence_number) if part) if centre else ""
    )


def _day(day: date) -> str:
    return date_format(day, "d.m.Y")
