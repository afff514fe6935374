"""The officer's own look at completeness (Rules 7), run for the applicant too: one function for both."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from applications import ways
from applications.models import Application, DataCentre, Evidence, PowerSource
from applications.rules import Way, document_is_valid
from casework.documents.models import StoredFile
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules import CentreFacts, FormFacts, NotRequired, Pack, Required, Verdict, verdicts
from licenses.rules import fold


class ItemState(StrEnum):
    PRESENT = "present"
    MISSING = "missing"
    EXPIRED = "expired"
    FOUND_BAD = "found_bad"
    NOT_REQUIRED = "not_required"


LACKING = (ItemState.MISSING, ItemState.EXPIRED, ItemState.FOUND_BAD)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of Annex 11 for the application or one of its data centres."""

    code: str
    data_centre_id: str | None
    state: ItemState
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        """`I-1@<data centre>`: how a return and a finding name the entry."""
        return f"{self.code}@{self.data_centre_id}" if self.data_centre_id else self.code

    @property
    def lacking(self) -> bool:
        return self.state in LACKING


@dataclass(frozen=True, slots=True)
class Report:
    """What is present, missing, expired on the day of registration, and not required and why."""

    on: date
    pack: Pack
    items: tuple[Item, ...] = field(default_factory=tuple)

    @property
    def complete(self) -> bool:
        return not any(item.lacking for item in self.items)

    @property
    def lacking(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.lacking)

    @property
    def required(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state is not ItemState.NOT_REQUIRED)

    @property
    def not_required(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state is ItemState.NOT_REQUIRED)


def facts_of(application: Application, pack: Pack) -> FormFacts:
    """What the form says, as the rulebook asks for it."""
    gone = ways.way(application, pack)
    stated = ways.kinds(application)
    return FormFacts(
        sub_kind=application.case.sub_kind,
        owns_hardware=bool(application.owns_hardware),
        annex_only=application.scope == Application.Scope.ANNEX,
        qualifies=gone is not Way.REISSUE,
        grounds=stated,
        reorganisation=ways.reorganisation(application),
        register_holds="registration" in stated and register_holds(application),
        centres=tuple(
            CentreFacts(
                id=str(centre.pk),
                power_source=centre.power_source,
                connected=bool(centre.grid_connected),
                grid_connected_on=centre.grid_connected_on,
                host=centre.host_licence or centre.host_name,
            )
            for centre in application.data_centres.all()
            if gone is not Way.NEW_ANNEX or is_judged_anew(centre)
        ),
    )


def is_judged_anew(centre: DataCentre) -> bool:
    """PL 29(6): the centre that moves, or goes over to the single purchaser; not one that only got a new address."""
    return bool(centre.moves) or centre.power_source == PowerSource.SINGLE_PURCHASER


def register_holds(application: Application) -> bool:
    """Annex 3/9(2): the state register of entities answered with the very name that is stated."""
    ground = next((row for row in ways.stated(application) if row.kind == "registration"), None)
    wanted = ground.details.get("name_ru") if ground else ""
    if not wanted:
        return False
    answers = application.register_answers.filter(subject="entity", outcome="found")
    latest = answers.order_by("-pk").first()
    return latest is not None and fold(str(latest.facts.get("name_ru", ""))) == fold(str(wanted))


def report_for(
    application: Application, on: date, evidence: Iterable[Evidence] | None = None, pack: Pack | None = None
) -> Report:
    """The look at the package as it would be registered on `on` (Rules 7, Annex 11); the rest if already read."""
    pack = pack or rulebook.pack(on)
    attached: dict[tuple[str, str | None], list[Evidence]] = defaultdict(list)
    if evidence is None:
        evidence = application.evidence.select_related("file").order_by("added_at")
    for row in evidence:
        centre_id = str(row.data_centre_id) if row.data_centre_id else None
        attached[row.requirement, centre_id].append(row)
    items = tuple(_item(verdict, attached, on) for verdict in verdicts(pack, facts_of(application, pack)))
    return Report(on=on, pack=pack, items=items)


def _item(verdict: Verdict, attached: dict[tuple[str, str | None], list[Evidence]], on: date) -> Item:
    places: tuple[str | None, ...] = (verdict.data_centre_id,)
    if isinstance(verdict, Required) and verdict.data_centre_ids:
        places = verdict.data_centre_ids  # one letter serves every centre of its host
    found = tuple(row for place in places for row in attached.get((verdict.code, place), ()))
    if isinstance(verdict, NotRequired):
        return Item(verdict.code, verdict.data_centre_id, ItemState.NOT_REQUIRED, verdict, found)
    return Item(verdict.code, verdict.data_centre_id, _state(found, on), verdict, found)


def _state(found: tuple[Evidence, ...], on: date) -> ItemState:
    good = [evidence for evidence in found if evidence.file.scan_state != StoredFile.ScanState.INFECTED]
    if not found:
        return ItemState.MISSING
    if not good:
        return ItemState.FOUND_BAD
    if any(document_is_valid(expires_on=evidence.expires_on, registered_on=on) for evidence in good):
        return ItemState.PRESENT
    return ItemState.EXPIRED
