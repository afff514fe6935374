"""Which entries of Annex 11 an application needs, and which it does not and why (Rules 7, 8; Annex 11)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.rulebook.rules.book import Pack
from foundation.rulebook.rules.rows import EvidenceRequirement


class PowerSource(StrEnum):
    """Way of buying electricity (Annex 1)."""

    SINGLE_PURCHASER = "single_purchaser"
    OFF_GRID_PRODUCER = "off_grid_producer"


class Why(StrEnum):
    """The reason of a verdict; the words for people are rows `why.<code>` of the rulebook."""

    ALWAYS = "always"
    EACH_HOST = "each_host"
    OWNS_HARDWARE = "owns_hardware"
    NO_HARDWARE = "no_hardware"
    METERING = "metering"
    METERING_OFF_GRID = "metering_off_grid"
    METERING_OFF_GRID_BY_POLICY = "metering_off_grid_by_policy"
    CONNECTED_SINCE = "connected_since"
    NOT_CONNECTED_YET = "not_connected_yet"
    CONNECTION_DAY_MISSING = "connection_day_missing"
    CONNECTED_BEFORE = "connected_before"
    OFF_GRID = "off_grid"
    GROUND_STATED = "ground_stated"
    GROUND_NOT_STATED = "ground_not_stated"
    REGISTER_HOLDS = "register_holds"
    REORGANISED = "reorganised"
    SPIN_OFF = "spin_off"
    NO_SPIN_OFF = "no_spin_off"


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """What the form says of one data centre; `host` only where another one's centre is used (sub-kind II)."""

    id: str
    power_source: str = PowerSource.SINGLE_PURCHASER
    grid_connected_on: date | None = None
    connected: bool = False
    host: str = ""


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the form says; a case keeps it as filed.

    Of a re-issue: the kinds of its grounds, the kind of reorganisation, whether the state register holds the new name
    and address, and whether the qualification is checked at all (`qualifies`; PL 33(4), 34(4), 34(5)).
    """

    sub_kind: str
    owns_hardware: bool
    centres: tuple[CentreFacts, ...]
    annex_only: bool = False
    qualifies: bool = True
    grounds: frozenset[str] = frozenset()
    reorganisation: str = ""
    register_holds: bool = False


@dataclass(frozen=True, slots=True)
class Required:
    """An entry to be attached. Any centre of `data_centre_ids` may carry it: one letter serves one host."""

    code: str
    data_centre_id: str | None
    citation: str
    why: Why
    condition_day: date | None
    requirement: EvidenceRequirement
    data_centre_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRequired:
    """An entry that is not asked for, and why."""

    code: str
    data_centre_id: str | None
    citation: str
    why: Why
    condition_day: date | None
    requirement: EvidenceRequirement


Verdict = Required | NotRequired
_Answer = tuple[bool, Why]


def verdicts(pack: Pack, facts: FormFacts) -> tuple[Verdict, ...]:
    """Every entry of the sub-kind's part of Annex 11 with its verdict, by entry and data centre.

    On re-issue: the copies its grounds need (Annex 3/9(2)), and Annex 11 only where the qualification is checked.
    """
    asked = pack.evidence(facts.sub_kind) if facts.qualifies else ()
    copies = pack.reissue_copies() if facts.grounds or not facts.qualifies else ()
    return tuple(verdict for row in (*asked, *copies) for verdict in _row_verdicts(pack, facts, row))


def required_evidence(pack: Pack, facts: FormFacts) -> tuple[Required, ...]:
    """What makes the package complete (Rules 7)."""
    return tuple(verdict for verdict in verdicts(pack, facts) if isinstance(verdict, Required))


def not_required_evidence(pack: Pack, facts: FormFacts) -> tuple[NotRequired, ...]:
    """What is not asked for, each with its reason."""
    return tuple(verdict for verdict in verdicts(pack, facts) if isinstance(verdict, NotRequired))


def _row_verdicts(pack: Pack, facts: FormFacts, row: EvidenceRequirement) -> Iterator[Verdict]:
    condition = _CONDITIONS[row.condition]
    if row.per == "application":
        yield _verdict(row, None, condition(pack, facts, row, None), ())
        return
    for group in _groups(facts, row.per):
        answer = condition(pack, facts, row, group[0])
        yield _verdict(row, group[0].id, answer, tuple(centre.id for centre in group))


def _groups(facts: FormFacts, per: str) -> list[tuple[CentreFacts, ...]]:
    if per == "data_centre":
        return [(centre,) for centre in facts.centres]
    hosts: dict[str, list[CentreFacts]] = {}
    for centre in facts.centres:
        # a centre whose host is not named yet stands for itself
        hosts.setdefault(" ".join(centre.host.casefold().split()) or f"\0{centre.id}", []).append(centre)
    return [tuple(group) for group in hosts.values()]


def _verdict(
    row: EvidenceRequirement, centre_id: str | None, answer: _Answer, centre_ids: tuple[str, ...]
) -> Verdict:
    needed, why = answer
    if not needed:
        return NotRequired(row.code, centre_id, row.citation, why, row.condition_day, row)
    return Required(row.code, centre_id, row.citation, why, row.condition_day, row, centre_ids)


def _always(_pack: Pack, _facts: FormFacts, _row: EvidenceRequirement, _c: CentreFacts | None) -> _Answer:
    """Annex 11, entries 1(1), 1(2)."""
    return True, Why.ALWAYS


def _each_host(_pack: Pack, _facts: FormFacts, _row: EvidenceRequirement, _c: CentreFacts | None) -> _Answer:
    """Annex 11, entry 2(1)."""
    return True, Why.EACH_HOST


def _hardware(_pack: Pack, facts: FormFacts, _row: EvidenceRequirement, _c: CentreFacts | None) -> _Answer:
    """Annex 11, entries 1(3), 2(2): only where mining hardware is owned or lawfully held."""
    return (True, Why.OWNS_HARDWARE) if facts.owns_hardware else (False, Why.NO_HARDWARE)


def _metering(pack: Pack, _facts: FormFacts, _row: EvidenceRequirement, c: CentreFacts | None) -> _Answer:
    """Annex 11, entry 1(4): unified with the grid's systems "when connecting to their grids"."""
    if not _off_grid(c):
        return True, Why.METERING
    if pack.switch("metering_off_grid"):
        return True, Why.METERING_OFF_GRID_BY_POLICY
    return False, Why.METERING_OFF_GRID


def _connected_since(
    _pack: Pack, _facts: FormFacts, row: EvidenceRequirement, c: CentreFacts | None
) -> _Answer:
    """Annex 11, entry 1(5), first paragraph; not for off-grid producers (its footnote)."""
    if _off_grid(c):
        return False, Why.OFF_GRID
    if c is None or not c.connected:
        return True, Why.NOT_CONNECTED_YET
    if c.grid_connected_on is None:
        return True, Why.CONNECTION_DAY_MISSING
    if _before(c.grid_connected_on, row):
        return False, Why.CONNECTED_BEFORE
    return True, Why.CONNECTED_SINCE


def _connected_before(
    _pack: Pack, _facts: FormFacts, row: EvidenceRequirement, c: CentreFacts | None
) -> _Answer:
    """Annex 11, entry 1(5), second paragraph; not for off-grid producers (its footnote)."""
    if _off_grid(c):
        return False, Why.OFF_GRID
    if c is None or not c.connected:
        return False, Why.NOT_CONNECTED_YET
    if c.grid_connected_on is None:
        return False, Why.CONNECTION_DAY_MISSING
    if _before(c.grid_connected_on, row):
        return True, Why.CONNECTED_BEFORE
    return False, Why.CONNECTED_SINCE


def _ground(kind: str) -> Callable[[Pack, FormFacts, EvidenceRequirement, CentreFacts | None], _Answer]:
    """Annex 3/9(2): the copy that a stated ground needs."""

    def answer(_pack: Pack, facts: FormFacts, _row: EvidenceRequirement, _c: CentreFacts | None) -> _Answer:
        return (True, Why.GROUND_STATED) if kind in facts.grounds else (False, Why.GROUND_NOT_STATED)

    return answer


def _ground_registration(
    pack: Pack, facts: FormFacts, row: EvidenceRequirement, c: CentreFacts | None
) -> _Answer:
    """Annex 3/9(2): no copy of what state information systems hold."""
    if "registration" in facts.grounds and facts.register_holds:
        return False, Why.REGISTER_HOLDS
    return _ground("registration")(pack, facts, row, c)


def _reorganisation(
    _pack: Pack, facts: FormFacts, _row: EvidenceRequirement, _c: CentreFacts | None
) -> _Answer:
    """PL 34: the deed of transfer or the separation balance."""
    if "reorganisation" in facts.grounds:
        return True, Why.REORGANISED
    return False, Why.GROUND_NOT_STATED


def _parent_consent(
    _pack: Pack, facts: FormFacts, _row: EvidenceRequirement, _c: CentreFacts | None
) -> _Answer:
    """PL 34(4): the parent's formal consent to a spin-off."""
    return (True, Why.SPIN_OFF) if facts.reorganisation == "spin_off" else (False, Why.NO_SPIN_OFF)


def _off_grid(centre: CentreFacts | None) -> bool:
    return centre is not None and centre.power_source == PowerSource.OFF_GRID_PRODUCER


def _before(connected_on: date, row: EvidenceRequirement) -> bool:
    if row.condition_day is None:
        raise ValueError(f"{row.code}: the rulebook row lacks the day of its condition")
    return connected_on < row.condition_day


_CONDITIONS: dict[str, Callable[[Pack, FormFacts, EvidenceRequirement, CentreFacts | None], _Answer]] = {
    "always": _always,
    "each_host": _each_host,
    "owns_hardware": _hardware,
    "metering": _metering,
    "connected_since": _connected_since,
    "connected_before": _connected_before,
    "ground_registration": _ground_registration,
    "ground_location": _ground("location"),
    "ground_electricity": _ground("electricity"),
    "reorganisation": _reorganisation,
    "parent_consent": _parent_consent,
}
CONDITIONS = frozenset(_CONDITIONS)
