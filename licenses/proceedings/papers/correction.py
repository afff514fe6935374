"""PL 44: the errors as the licensee or the executor names them, read against what the register says today."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.papers.attested import refuse_faults
from casework.decisions.papers.bilingual import require_same_said
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import LawRefusal
from foundation.kernel.regions import REGIONS
from licenses.proceedings.permissions import Situation
from licenses.proceedings.statuses import CITATIONS, Kind
from licenses.rules import Correction, number_is_valid
from licenses.rules.corrections import PAIRS, REGION, fields_of, region_alone, stands_in
from licenses.selectors import LivingLicence, living_licence
from licenses.statuses import PowerSource

CORRECTIONS = "corrections"
_LAW = CITATIONS[Kind.CORRECT]
# what a plain form calls a field: correct-licence-holder_ru, correct-001-address_ru
_NAMED = re.compile(r"correct-(licence|\d{3})-([a-z_]+)")
_LONGEST = {"host_name": 500, "holder_kk": 500, "holder_ru": 500, "place_kk": 200, "place_ru": 200}
CHOSEN: dict[str, tuple[str, ...]] = {REGION: tuple(REGIONS), "power_source": tuple(PowerSource.values)}
# a licence or an annex may be without them
_MAY_BE_EMPTY = ("note_kk", "note_ru", "place_kk", "place_ru", "host_licence_number")
_Faults = dict[str, list[Any]]


def form_name(annex: str, field: str) -> str:
    """What a page's form calls the field of a text."""
    return f"correct-{annex or 'licence'}-{field}"


def said_in_form(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a page's form that name texts of the licence; whoever posts JSON names `corrections`."""
    return {name: str(data[name]) for name in data if _NAMED.fullmatch(name)}


def read_corrections(
    s: Situation, params: Mapping[str, Any], *, asked: Sequence[Mapping[str, str]] = ()
) -> list[dict[str, str]]:
    """The errors with what stands there today and what should stand; raises BadInput by place.

    `asked`: what the licensee named. A correction mends all of it; what is not to be mended is refused with reasons.
    """
    target = require_living(s)
    faults: _Faults = {}
    flat = said_in_form(params)
    said = _of_form(target, flat) if flat else _of_list(params.get(CORRECTIONS) or (), faults)
    found: list[Correction] = []
    known = places(s, target)
    for name, value, annex, field, stood in said:
        if (annex, field) not in known:
            faults[name] = [_("No error can be named there: {place}.").format(place=_shown(annex, field))]
            continue
        now = stands(target, annex, field)
        if stood is not None and lines(stood) != lines(now):
            faults[name] = [_("The register says there: “{text}”.").format(text=now)]
        elif fault := _fault(field, value, now):
            faults[value_name(name)] = [fault]
        found.append(Correction(annex, field, now, value))
    if not faults:
        _require_whole(found, asked, faults, by_form=bool(flat))
    refuse_faults(faults, _("A correction names where the error is and how it should read."), _LAW)
    return [{"annex": c.annex, "field": c.field, "stands": c.stands, "reads": c.reads} for c in found]


def corrections_in(content: Mapping[str, Any]) -> list[Correction]:
    """The errors that a request or a prepared decision names."""
    return [Correction(**one) for one in content.get(CORRECTIONS, ())]


def require_still(target: LivingLicence, corrections: Sequence[Correction]) -> None:
    """Raise LawRefusal if the register says something else by now than when the correction was prepared."""
    changed = [one for one in corrections if stands(target, one.annex, one.field) != one.stands]
    if changed:
        raise LawRefusal(
            _("What was to be corrected reads otherwise by now: {places}.").format(
                places=", ".join(_shown(one.annex, one.field) for one in changed)
            ),
            code="TARGET_CHANGED",
            citation=_LAW,
            advice=_("Send the decision back; the executor looks at the licence as it is today."),
        )


def require_same_in_both(target: LivingLicence, corrections: Sequence[Correction]) -> None:
    """Rules 17: what was corrected says the same numbers in Kazakh and in Russian; raises LawRefusal."""
    texts = []
    for annex in sorted({one.annex for one in corrections}):
        own = {one.field: one.reads for one in corrections if one.annex == annex}
        for pair in PAIRS:
            names = (f"{pair}_kk", f"{pair}_ru")
            if own.keys() & set(names):
                both = {name: own.get(name, stands(target, annex, name)) for name in names}
                texts.append((form_name(annex, ""), both, pair))
    require_same_said(texts)


def require_living(s: Situation) -> LivingLicence:
    """The licence as it is today; raises LawRefusal where it is not in force any more."""
    licence = s.proceeding.licence
    target = living_licence(licence.number, current_calendar_act_day(s.at))
    if target is None:
        raise licence_gone(licence.number)
    return target


def licence_gone(number: str) -> LawRefusal:
    """What stands against a correction of a licence that ended or expired."""
    return LawRefusal(
        _("Licence {number} is not in force any more: nothing in it is corrected.").format(number=number),
        code="TARGET_STATE",
        citation=_LAW,
        advice=_("Look at the register; a decision that lost its object is sent back or dropped."),
    )


def places(s: Situation, target: LivingLicence) -> list[tuple[str, str]]:
    """Where an error may be named: in the annexes the proceeding is about, or in the licence and all its annexes."""
    chosen = [annex.number for annex in s.annexes]
    annexes = [held.number for held in target.annexes if not chosen or held.number in chosen]
    parts = annexes if chosen else ["", *annexes]
    return [(annex, field) for annex in parts for field in fields_of(target.licence.sub_kind, annex)]


def stands(target: LivingLicence, annex: str, field: str) -> str:
    """What the register says there today; empty where the annex is gone."""
    held = target.annex(annex) if annex else None
    if annex and held is None:
        return ""
    centre = held.centre if held is not None else None
    return stands_in(field, holder=target.holder, text=target.text, centre=centre)


# --- pieces ----------------------------------------------------------------------------------------
_Said = tuple[
    str, str, str, str, str | None
]  # its name, what should stand, annex, field, what is said to stand


def _of_form(target: LivingLicence, flat: Mapping[str, str]) -> list[_Said]:
    """The form shows every text as it stands; what was left as it is, is no error."""
    said: list[_Said] = []
    for name, value in flat.items():
        part, field = name.removeprefix("correct-").split("-", 1)
        annex = "" if part == "licence" else part
        reads = lines(value)
        known = field in fields_of(target.licence.sub_kind, annex)
        if not known or reads != lines(stands(target, annex, field)):
            said.append((name, reads, annex, field, None))
    return said


def _of_list(raw: Any, faults: _Faults) -> list[_Said]:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        faults[CORRECTIONS] = [_("A list of errors: annex, field, what should stand there.")]
        return []
    said: list[_Said] = []
    for index, one in enumerate(raw):
        stood = one.get("stands")
        said.append(
            (
                f"{CORRECTIONS}.{index}.field",
                lines(str(one.get("reads", ""))),
                str(one.get("annex") or ""),
                str(one.get("field", "")),
                None if stood is None else str(stood),
            )
        )
    if len({one[2:4] for one in said}) < len(said):
        faults[CORRECTIONS] = [_("Each place once.")]
    return said


def value_name(name: str) -> str:
    """Where the fault of a value is shown: in a list beside its field."""
    return name.removesuffix(".field") + ".reads" if name.endswith(".field") else name


def _fault(field: str, reads: str, now: str) -> Any:
    """What stands against these words in this field; None if nothing does."""
    if reads == lines(now):
        return _("It reads so already.")
    if not reads and field not in _MAY_BE_EMPTY:
        return _("Say how it should read.")
    if field in CHOSEN and reads not in CHOSEN[field]:
        return _("One of: {names}.").format(names=", ".join(CHOSEN[field]))
    if field == "host_licence_number" and reads and not number_is_valid(reads):
        return _("This is no number of a licence; compare it letter by letter.")
    most = _LONGEST.get(field, 5000)
    return _("At most {count} characters.").format(count=most) if len(reads) > most else None


def _require_whole(
    found: Sequence[Correction], asked: Sequence[Mapping[str, str]], faults: _Faults, *, by_form: bool
) -> None:
    """An error is named; a region goes with its address; nothing that the licensee asked for is passed over."""

    def name(annex: str, field: str) -> str:
        return form_name(annex, field) if by_form else CORRECTIONS

    if not found:
        faults[CORRECTIONS] = [_("Name at least one error: change the text in which it stands.")]
    for annex in region_alone(found):
        faults[name(annex, REGION)] = [_("The region is that of the address: correct the address too.")]
    mended = {one.place for one in found}
    for one in asked:
        if (one["annex"], one["field"]) not in mended:
            faults[name(one["annex"], one["field"])] = [
                _("The licensee asked for this too: correct it, or refuse the request with reasons.")
            ]


def _shown(annex: str, field: str) -> str:
    return f"{annex}/{field}" if annex else field
