"""What people say when they ask for, open or decide a proceeding: read, made plain, refused by place."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.decisions.papers.attested import (
    day_of_paper,
    refuse_faults,
    scan_of_paper,
    text_of_paper,
)
from casework.decisions.papers.bilingual import require_same_said
from foundation.accounts.identifiers import Kind as IdKind
from foundation.accounts.identifiers import is_valid
from foundation.kernel.citations import cite
from foundation.kernel.plain_text import lines
from licenses.proceedings import rules
from licenses.proceedings.permissions import Situation
from licenses.proceedings.statuses import CITATIONS, Kind

REFUSAL_CODE = "reason"  # what is refused on a request has one ground of its kind
AT_ONCE = "works_at_once_reason"  # why a complaint does not stay the order
_LONGEST = 5000
KNOWN_GROUNDS: dict[Kind, tuple[str, ...]] = {
    Kind.SUSPEND: rules.SUSPENSION_GROUNDS,
    Kind.TERMINATE_BY_EVENT: rules.TERMINATION_EVENTS,
}


def request_content(kind: Kind, params: dict[str, Any], today: date) -> dict[str, Any]:
    """What the licensee asks for; raises BadInput by field."""
    faults: dict[str, list[Any]] = {}
    content: dict[str, Any] = {}
    if kind == Kind.SUSPEND_ON_REQUEST:
        content["months"] = _months(params.get("months"), faults)
    if kind == Kind.POOL_NOTICE:
        content |= _pool(params, today, faults)
    text = lines(str(params.get("reason", "")))[:_LONGEST]
    if kind == Kind.RESUME_AFTER_CURE and not text:
        faults["reason"] = [_("Say what was cured, and how the attached documents show it.")]
    if text:
        content["reason"] = text
    refuse_faults(faults, _("The request is not complete; each place is named."), CITATIONS[kind])
    return content


def suspension_content(params: dict[str, Any], *, assessed: bool = False) -> dict[str, Any]:
    """DA 9(4): grounds with facts, and for how many months."""
    faults: dict[str, list[Any]] = {}
    months = _months(params.get("months"), faults)
    grounds = _grounds(Kind.SUSPEND, _said_grounds(params), faults, assessed=assessed)
    refuse_faults(
        faults, _("A suspension has its grounds, each with facts, and its months."), cite("DA", "9(4), 9(5)")
    )
    _same(grounds)
    return {"grounds": grounds, "months": months}


def at_once_content(params: dict[str, Any]) -> dict[str, Any]:
    """APPC 96(2): why the order works in spite of a complaint, in both languages; empty where no reason is given."""
    said = {
        f"{AT_ONCE}_{name}": lines(str(params.get(f"{AT_ONCE}_{name}", "")))[:_LONGEST]
        for name in ("kk", "ru")
    }
    if not any(said.values()):
        return {}
    faults: dict[str, list[Any]] = {
        name: [_("Write it in Kazakh and in Russian.")] for name, text in said.items() if not text
    }
    refuse_faults(
        faults,
        _("The reason why a complaint does not stay the order is given in both languages."),
        cite("APPC", "96(2)"),
    )
    require_same_said([("", said, AT_ONCE)])
    return {AT_ONCE: {name: said[f"{AT_ONCE}_{name}"] for name in ("kk", "ru")}}


def reasons_content(kind: Kind, params: dict[str, Any], *, assessed: bool = False) -> dict[str, Any]:
    """Why a request is to be refused, or which event ended the licence: grounds with facts in both languages."""
    faults: dict[str, list[Any]] = {}
    grounds = _grounds(kind, _said_grounds(params), faults, assessed=assessed)
    refuse_faults(
        faults, _("The decision has its reasons, each with facts in both languages."), CITATIONS[kind]
    )
    _same(grounds)
    return {"grounds": grounds}


def suit_content(s: Situation, params: dict[str, Any]) -> dict[str, Any]:
    """PL 45(4): court, day, number and scan of the suit."""
    faults: dict[str, list[Any]] = {}
    content = {
        "court": text_of_paper(params, "court", faults),
        "date": day_of_paper(params, "date", faults, not_after=s.today),
        "number": text_of_paper(params, "number", faults, longest=100),
        "scan": scan_of_paper(s.files, params, faults),
    }
    refuse_faults(faults, _("A suit has its court, day, number and scan."), CITATIONS[Kind.GO_TO_COURT])
    return content


def court_act_content(s: Situation, params: dict[str, Any]) -> dict[str, Any]:
    """DA 9(7): what the court decided, its number, the day it came into force, its scan."""
    faults: dict[str, list[Any]] = {}
    outcome = str(params.get("outcome", ""))
    states = [standing.status for standing in s.standings.values() if standing is not None]
    if outcome not in ("revoked", "dismissed"):
        faults["outcome"] = [_("One of: {names}.").format(names="revoked, dismissed")]
    elif not all(rules.court_act_allowed(outcome, state) for state in states):
        faults["outcome"] = [_("Only a suspended licence is put in force again by a dismissed suit.")]
    content = {
        "court": text_of_paper(params, "court", faults),
        "in_force_on": day_of_paper(params, "in_force_on", faults, not_after=s.today),
        "number": text_of_paper(params, "number", faults, longest=100),
        "outcome": outcome,
        "scan": scan_of_paper(s.files, params, faults),
    }
    refuse_faults(
        faults,
        _("A court act has its court, number, outcome, day in force and scan."),
        CITATIONS[Kind.COURT_ACT],
    )
    return content


def _pool(params: dict[str, Any], today: date, faults: dict[str, list[Any]]) -> dict[str, str]:
    """Rules 16: which pool it is now, and since when."""
    number = "".join(str(params.get("pool_bin", "")).split())
    if not is_valid(IdKind.BIN, number):
        faults["pool_bin"] = [_("This is no BIN: twelve digits, the last of them a control digit.")]
    return {
        "pool_name": text_of_paper(params, "pool_name", faults),
        "pool_bin": number,
        "changed_on": day_of_paper(params, "changed_on", faults, not_after=today),
    }


# --- pieces ----------------------------------------------------------------------------------------
def _said_grounds(params: dict[str, Any]) -> Any:
    """A list of grounds; a plain form names one, field by field."""
    if "facts_kk" not in params and "facts_ru" not in params:
        return params.get("grounds")
    names = ("code", "facts_kk", "facts_ru", "assessment_kk", "assessment_ru")
    return [{name: params[name] for name in names if name in params}]


def _months(said: Any, faults: dict[str, list[Any]]) -> int:
    try:
        months = int(str(said))
    except ValueError:
        months = 0
    if not rules.months_allowed(months):
        faults["months"] = [
            _("From {least} to {most} months.").format(least=rules.MIN_MONTHS, most=rules.MAX_MONTHS)
        ]
    return months


def _grounds(kind: Kind, raw: Any, faults: dict[str, list[Any]], *, assessed: bool) -> list[dict[str, Any]]:
    known = KNOWN_GROUNDS.get(kind, (REFUSAL_CODE,))
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        faults["grounds"] = [_("Known grounds: {codes}.").format(codes=", ".join(known))]
        return []
    found = [_ground(known, item, f"grounds.{index}", faults, assessed) for index, item in enumerate(raw)]
    if len({ground["code"] for ground in found}) < len(found):
        faults["grounds"] = [_("Each ground once.")]
    return found


def _ground(
    known: tuple[str, ...], raw: dict[str, Any], where: str, faults: dict[str, list[Any]], assessed: bool
) -> dict[str, Any]:
    code = str(raw.get("code", known[0] if len(known) == 1 else ""))
    if code not in known:
        faults[f"{where}.code"] = [_("One of: {codes}.").format(codes=", ".join(known))]
    ground: dict[str, Any] = {"code": code, "entries": []}
    for name in ("facts_kk", "facts_ru", *(("assessment_kk", "assessment_ru") if assessed else ())):
        ground[name] = lines(str(raw.get(name, "")))[:_LONGEST]
        if not ground[name]:
            faults[f"{where}.{name}"] = [_("Write it in Kazakh and in Russian.")]
    return ground


def _same(grounds: Iterable[dict[str, Any]]) -> None:
    """Rules 17: both languages say the same numbers."""
    require_same_said(
        (f"grounds.{index}.", ground, name)
        for index, ground in enumerate(grounds)
        for name in ("facts", "assessment")
    )
