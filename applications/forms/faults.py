"""What a form still lacks before it can be filed (Rules 4, 12; annexes 1, 2, 9, 10), each fault named by its field."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import addresses, ways
from applications.fees import LICENCE
from applications.models import Application, DataCentre
from applications.rules import CONFIRMATIONS, CentreEntry, Way, centre_faults, ground_faults
from foundation.rulebook import selectors as rulebook
from licenses.selectors import LivingLicence, living_licence

Faults = dict[str, list[Any]]
_TEXTS: dict[str, Promise] = {
    "required": _("Fill this in."),
    "in_future": _("This day lies in the future; choose “not yet” if the connection was not made."),
    "change_in_future": _("This day lies in the future: a change is told after it happened."),
    "entities_only": _("Only a legal entity is reorganised (PL 34)."),
}


def filing_faults(application: Application, today: dt.date) -> Faults:
    """What the form still lacks before it can be filed, by field; empty when complete."""
    faults: Faults = {}
    for name, fault in addresses.faults(application.address).items():
        faults[f"address.{name}"] = [_TEXTS[fault]]
    for name in ("email", "phone"):
        if not getattr(application, name):
            faults[name] = [_TEXTS["required"]]
    if application.scope == Application.Scope.REISSUE:
        faults |= _reissue(application, today)
    else:
        faults |= _licence_or_annex(application, today)
    bad = application.evidence.filter(file__scan_state="infected").select_related("file")
    if names := [row.file.name for row in bad]:
        faults["evidence"] = [
            _("A file was found harmful and does not count: {names}. Attach another one.").format(
                names=", ".join(names)
            )
        ]
    if application.confirmations.count() < CONFIRMATIONS:
        faults["confirmations"] = [_("Tick each of the four confirmations of the form.")]
    return faults


def _licence_or_annex(application: Application, today: dt.date) -> Faults:
    """Annexes 1, 2."""
    faults: Faults = {}
    if application.owns_hardware is None:
        faults["owns_hardware"] = [_hardware_asked(application)]
    target = None
    if application.scope == Application.Scope.ANNEX:
        target = living_licence(application.target_licence, today)
        if target is None or target.suspended or not _is_own(application, target):
            faults["target_licence"] = [
                _("Name your own licence of the same sub-kind, in force, to which the annex is added.")
            ]
    centres = list(application.data_centres.all())
    if not centres:
        faults["data_centers"] = [_("Name at least one data centre.")]
    for index, centre in enumerate(centres):
        where = f"data_centers.{index}"
        faults |= _centre(application, centre, where, today)
        if centre.annex and target is not None and target.annex(centre.annex) is None:
            faults[f"{where}.annex"] = [_("The licence has no such annex in force.")]
    return faults


def _centre(application: Application, centre: DataCentre, where: str, today: dt.date) -> Faults:
    """Annex 1: place, electricity, grid; annex 2: place and whose centre it is."""
    if application.case.sub_kind == "II":
        found = {f"address.{name}": fault for name, fault in addresses.faults(centre.address).items()}
        if not centre.host_name:
            found["host_name"] = "required"
    else:
        found = centre_faults(_entry(centre), today)
    return {f"{where}.{name}": [_TEXTS[fault]] for name, fault in found.items()}


def _entry(centre: DataCentre) -> CentreEntry:
    return CentreEntry(
        addresses.faults(centre.address),
        centre.power_source,
        centre.grid_connected,
        centre.grid_connected_on,
    )


def _reissue(application: Application, today: dt.date) -> Faults:
    """Annexes 9, 10: the licence and annexes meant, at least one ground, and what each ground changes."""
    faults: Faults = {}
    stated = {ground.kind: ground for ground in application.grounds.all()}
    target = living_licence(application.target_licence, today)
    if target is None or not _may_be_reissued(application, target, stated):
        faults["target_licence"] = [
            _(
                "Name your own licence of the same sub-kind, in force or suspended; under reorganisation that of "
                "the predecessor."
            )
        ]
        target = None
    if not application.targets:
        faults["targets"] = [_("Say what is re-issued: the licence, annexes, or both.")]
    elif target is not None and (
        lost := [n for n in application.targets if n != LICENCE and not target.annex(n)]
    ):
        faults["targets"] = [
            _("The licence has no such annex in force: {numbers}.").format(numbers=", ".join(lost))
        ]
    if not stated:
        faults["grounds"] = [_("State at least one ground.")]
    entity = application.case.party.bin is not None
    for ground in stated.values():
        for name, fault in ground_faults(
            ground.kind, changed_on=ground.changed_on, details=ground.details, today=today, entity=entity
        ).items():
            faults[f"grounds.{ground.code}.{name}"] = [_TEXTS[fault]]
    if "reorganisation" in stated and LICENCE not in application.targets:
        faults.setdefault("targets", [_("Under reorganisation the licence itself is re-issued (PL 34).")])
    return faults | _reissued_centres(application, stated, target, today)


def _may_be_reissued(application: Application, target: LivingLicence, stated: dict[str, Any]) -> bool:
    same = target.licence.sub_kind == application.case.sub_kind
    return same and (_is_own(application, target) or "reorganisation" in stated)


def _reissued_centres(
    application: Application, stated: dict[str, Any], target: LivingLicence | None, today: dt.date
) -> Faults:
    """Annex 9: under grounds 3 and 5 each centre; PL 34(4), (5): the centres whose evidence is looked at."""
    gone = ways.way(application, rulebook.pack(today))
    centres = list(application.data_centres.all())
    changed = "location" in stated or "electricity" in stated
    if not changed and gone is not Way.SUCCESSION:
        return {}
    faults: Faults = {}
    if gone is Way.SUCCESSION and application.owns_hardware is None:
        faults["owns_hardware"] = [_hardware_asked(application)]
    if not centres:
        faults["data_centers"] = [_("Name the data centres that the grounds concern.")]
    for index, centre in enumerate(centres):
        where = f"data_centers.{index}"
        if not centre.annex or (target is not None and target.annex(centre.annex) is None):
            faults[f"{where}.annex"] = [_("Choose the annex of this data centre.")]
        elif centre.annex not in application.targets and changed:
            faults[f"{where}.annex"] = [_("This annex is not among what is to be re-issued.")]
        for name in _lacking_of(application, centre, stated, today):
            faults[f"{where}.{name}"] = [_TEXTS["required"]]
    numbers = [centre.annex for centre in centres if centre.annex]
    if len(set(numbers)) < len(numbers):
        faults["data_centers"] = [_("Each annex once.")]
    return faults


def _lacking_of(
    application: Application, centre: DataCentre, stated: dict[str, Any], today: dt.date
) -> list[str]:
    if application.case.sub_kind == "II":
        return [] if centre.host_name else ["host_name"]
    found = dict(centre_faults(_entry(centre), today))
    if "location" not in stated:  # the place stays: it is that of the annex
        found = {name: fault for name, fault in found.items() if not name.startswith("address.")}
    elif centre.moves is None:
        found["moves"] = "required"
    return list(found)


def _is_own(application: Application, target: LivingLicence) -> bool:
    licence, case = target.licence, application.case
    return licence.party_id == case.party_id and licence.sub_kind == case.sub_kind


def _hardware_asked(application: Application) -> Promise:
    if application.case.sub_kind == "II":
        return _("Say whether mining hardware is owned or lawfully held: entry II-2 depends on it.")
    return _("Say whether mining hardware is owned or lawfully held: entry I-3 depends on it.")
