"""Licences that were issued before this portal enter its register as they stand (Rules 17; DA 9(1)): the whole file or nothing."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.accounts import identifiers
from foundation.accounts.models import Body, Party
from foundation.accounts.services import party_of_register
from foundation.journal.services import record
from foundation.kernel.clock import ALMATY, machine_now
from foundation.kernel.refusals import BadInput
from foundation.kernel.regions import REGIONS
from licenses import events
from licenses.models import Annex, AnnexEdition, AnnexPeriod, Licence, LicenceEdition, LicencePeriod
from licenses.rules import (
    CentreText,
    HolderText,
    LicenceText,
    SignerText,
    annex_number,
    day_after,
    expiry,
    kazakh_sort_key,
    number_is_valid,
    opening,
    search_text,
    special_conditions,
)
from licenses.services.grant import annex_text, licence_text
from licenses.statuses import Basis, LicenceStatus, PowerSource, SubKind

# what a state rests on where the file does not say
_BASIS = {
    LicenceStatus.SUSPENDED: Basis.SUSPEND,
    LicenceStatus.TERMINATED: Basis.TERMINATE_BY_EVENT,
    LicenceStatus.REVOKED: Basis.REVOKE,
}
_TEXTS = ("name_kk", "name_ru", "location_kk", "location_ru")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many licences entered, and how many were there already as the file says."""

    entered: int
    unchanged: int


@dataclass(slots=True)
class _Read:
    """One row of the file, read; `faults` by field."""

    said: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, within: dict[str, Any] | None = None) -> str:
        value = (self.said if within is None else within).get(name) or ""
        return " ".join(str(value).split())

    def day(self, name: str, within: dict[str, Any] | None = None) -> date | None:
        said = self.text(name, within)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.faults[name] = _("A date as 2024-02-01.")
            return None

    def require(self, name: str, *, holds: bool, why: str) -> None:
        if not holds:
            self.faults[name] = why


@transaction.atomic
def import_licences(
    rows: list[dict[str, Any]], *, body: Body, activity: LicenceText, at: datetime
) -> Imported:
    """Enter each licence with its holder, annexes, dates and state; one that is there as the file says is left alone.

    `activity` has the fixed words of Forms 4, 5 for what the file does not say. Raises BadInput naming every fault by row.
    """
    read = [_Read(row) for row in rows]
    for one in read:
        _look(one, at.date())
    known = {row.number: row for row in Licence.objects.filter(number__in=[_number(one) for one in read])}
    seen: set[str] = set()
    for one in read:
        number = _number(one)
        one.require("number", holds=number not in seen, why=_("Twice in the file."))
        seen.add(number)
        if number in known and not one.faults:
            _compare(one, known[number])
    faults = {
        f"{place}.{name}": [why]
        for place, one in enumerate(read, start=1)
        for name, why in sorted(one.faults.items())
    }
    if faults:
        raise BadInput(_("Nothing was imported: the file has faults."), fields=faults)
    new = [one for one in read if _number(one) not in known]
    for one in new:
        _enter(one, body, activity, at)
    return Imported(len(new), len(read) - len(new))


def _number(one: _Read) -> str:
    return one.text("number")


def _look(one: _Read, today: date) -> None:
    number = _number(one)
    one.require(
        "number", holds=number_is_valid(number), why=_("No licence number, or its check digits do not agree.")
    )
    own = number[4:7] == settings.LICENCE_NUMBER_LETTERS
    if "number" not in one.faults and own:
        one.faults["number"] = _("This series of numbers is given out by the portal itself.")
    one.require("sub_kind", holds=one.text("sub_kind") in SubKind.values, why=_("I or II."))
    holder = _holder_of(one)
    one.require("holder.number", holds=_is_party(one.text("number", holder)), why=_("No IIN and no BIN."))
    for name in _TEXTS:
        one.require(f"holder.{name}", holds=bool(one.text(name, holder)), why=_("Needed."))
    one.require("head_name", holds=bool(one.text("head_name")), why=_("Needed."))
    _look_at_dates(one, today)
    annexes = one.said.get("annexes")
    if not isinstance(annexes, list) or not annexes:
        one.faults["annexes"] = _("A licence has at least one annex (PL 24).")
        return
    for place, annex in enumerate(annexes, start=1):
        _look_at_annex(one, f"annexes.{place}", annex if isinstance(annex, dict) else {})


def _look_at_dates(one: _Read, today: date) -> None:
    first, issued = one.day("first_issued_on"), one.day("issued_on")
    since, until, expires = one.day("status_from"), one.day("until"), one.day("expires_on")
    status = one.text("status") or LicenceStatus.ACTIVE
    one.require(
        "status",
        holds=status in (LicenceStatus.ACTIVE, *_BASIS),
        why=_("active, suspended, terminated or revoked."),
    )
    one.require("basis", holds=one.text("basis") in ("", *Basis.values), why=_("Not known."))
    if first is None:
        one.faults.setdefault("first_issued_on", _("Needed."))
        return
    one.require("first_issued_on", holds=first <= today, why=_("In the past."))
    one.require(
        "issued_on",
        holds=issued is None or first <= issued <= today,
        why=_("Between the first issue and today."),
    )
    lawful = expiry(first)
    wrong = _("Three years: {day} (DA 9(1)).").format(day=f"{lawful:%d.%m.%Y}")
    one.require("expires_on", holds=expires in (None, lawful), why=wrong)
    if status != LicenceStatus.ACTIVE:
        one.require(
            "status_from",
            holds=since is not None and first <= since <= lawful,
            why=_("The day from which the state holds."),
        )
        suspended = status == LicenceStatus.SUSPENDED
        one.require(
            "until", holds=not suspended or until is not None, why=_("The last day of the suspension.")
        )


def _look_at_annex(one: _Read, where: str, annex: dict[str, Any]) -> None:
    for name in ("address_kk", "address_ru"):
        one.require(f"{where}.{name}", holds=bool(one.text(name, annex)), why=_("Needed."))
    one.require(
        f"{where}.region", holds=one.text("region", annex) in REGIONS, why=_("The first two digits of KATO.")
    )
    hosted = one.text("sub_kind") == SubKind.II
    power = one.text("power_source", annex)
    one.require(
        f"{where}.power_source", holds=hosted or power in PowerSource.values, why=_("Needed (Form 6).")
    )
    one.require(
        f"{where}.host_name",
        holds=not hosted or bool(one.text("host_name", annex)),
        why=_("Needed (Form 5)."),
    )


def _is_party(number: str) -> bool:
    return any(identifiers.is_valid(kind, number) for kind in (identifiers.Kind.IIN, identifiers.Kind.BIN))


def _holder_of(one: _Read) -> dict[str, Any]:
    held = one.said.get("holder")
    return held if isinstance(held, dict) else {}


def _compare(one: _Read, known: Licence) -> None:
    same = known.party.number == one.text("number", _holder_of(one)) and known.first_issued_on == one.day(
        "first_issued_on"
    )
    one.require("number", holds=same, why=_("In the register with another holder or day of issue."))


def _enter(one: _Read, body: Body, activity: LicenceText, at: datetime) -> Licence:
    held = _holder_of(one)
    holder = HolderText(
        name_kk=one.text("name_kk", held), name_ru=one.text("name_ru", held),
        location_kk=one.text("location_kk", held), location_ru=one.text("location_ru", held),
        number=one.text("number", held),
    )  # fmt: skip
    first = one.day("first_issued_on")
    assert first is not None  # noqa: S101 -- `_look` has refused the file otherwise
    issued = one.day("issued_on") or first
    status = LicenceStatus(one.text("status") or LicenceStatus.ACTIVE)
    centres = [_centre(one, annex) for annex in one.said["annexes"]]
    edition = max(1, int(one.said.get("edition") or 1))
    licence = Licence.objects.create(
        number=_number(one), sub_kind=one.text("sub_kind"), party=_party(holder), body=body, status=status,
        first_issued_on=first, issued_on=issued, expires_on=expiry(first), public_from=opening(issued, ALMATY),
        edition=edition, regions=sorted({centre.region_code for centre in centres}),
        search_text=search_text(holder.name_kk, holder.name_ru),
        sort_key=kazakh_sort_key(holder.name_kk or holder.name_ru),
    )  # fmt: skip
    conditions_kk, conditions_ru = special_conditions(centres)
    text = LicenceText(
        activity.activity_kk, activity.activity_ru, conditions_kk, conditions_ru,
        activity.note_kk, activity.note_ru, activity.place_kk, activity.place_ru,
    )  # fmt: skip
    signer = SignerText(
        one.text("provider_kk") or body.name_kk, one.text("provider_ru") or body.name_ru, one.text("head_name"),
        one.text("head_post_kk"), one.text("head_post_ru"),
    )  # fmt: skip
    made = {
        "edition": edition,
        "issued_on": issued,
        "public_from": licence.public_from,
        "recorded_at": machine_now(),
    }
    LicenceEdition.objects.create(licence=licence, **made, **licence_text(holder, text, signer))
    periods = _periods(one, licence, status, at)
    LicencePeriod.objects.bulk_create(LicencePeriod(licence=licence, **row) for row in periods)
    for place, (centre, said) in enumerate(zip(centres, one.said["annexes"], strict=True), start=1):
        annex = Annex.objects.create(
            licence=licence, number=annex_number(place), status=status, issued_on=one.day("issued_on", said) or issued,
            expires_on=licence.expires_on, public_from=licence.public_from,
        )  # fmt: skip
        AnnexEdition.objects.create(annex=annex, **{**made, "edition": 1}, **annex_text(centre, signer))
        AnnexPeriod.objects.bulk_create(AnnexPeriod(annex=annex, **row) for row in periods)
    record(
        kind=events.IMPORTED,
        stream=licence.stream,
        at=at,
        actor_id=None,
        subject_id=licence.pk,
        payload={
            "number": licence.number,
            "party": str(licence.party_id),
            "sub_kind": licence.sub_kind,
            "status": str(status),
        },
    )
    return licence


def _centre(one: _Read, annex: dict[str, Any]) -> CentreText:
    centre = CentreText(
        address_kk=one.text("address_kk", annex), address_ru=one.text("address_ru", annex),
        region_code=one.text("region", annex), power_source=one.text("power_source", annex),
        host_name=one.text("host_name", annex), host_licence_number=one.text("host_licence", annex),
    )  # fmt: skip
    if one.text("sub_kind") != SubKind.II:
        return centre
    conditions_kk, conditions_ru = special_conditions(
        (centre,)
    )  # Form 7 has no other field for place and host
    return replace(centre, special_conditions_kk=conditions_kk, special_conditions_ru=conditions_ru)


def _party(holder: HolderText) -> Party:
    return party_of_register(number=holder.number, name_kk=holder.name_kk, name_ru=holder.name_ru)


def _periods(one: _Read, licence: Licence, status: LicenceStatus, at: datetime) -> list[dict[str, Any]]:
    """From the first issue in force; then the state of the file, as the register keeps it."""
    known = {"known_from": at, "recorded_at": machine_now()}
    end, since = day_after(licence.expires_on), one.day("status_from")
    granted = {"status": LicenceStatus.ACTIVE, "basis": Basis.GRANT, **known}
    if status == LicenceStatus.ACTIVE or since is None:
        return [{**granted, "period": DateRange(licence.first_issued_on, end)}]
    final = status in (LicenceStatus.TERMINATED, LicenceStatus.REVOKED)
    then = {
        "status": status,
        "basis": one.text("basis") or _BASIS[status],
        "period": DateRange(since, None if final else end),
        "until": one.day("until") if status == LicenceStatus.SUSPENDED else None,
        **known,
    }
    if since == licence.first_issued_on:
        return [then]
    return [{**granted, "period": DateRange(licence.first_issued_on, since)}, then]
