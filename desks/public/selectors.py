"""What the public pages tell: fees with today's index, real processing times, the law as the portal applies it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_low

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from applications.statuses import ACTIONS, Status
from casework.deadlines import rules, wording
from casework.deadlines.models import Term
from casework.deadlines.rules import TERM_RULES, TermRule, Unit
from casework.deadlines.selectors import confirmed_outages, current_calendar, rules_on
from casework.deadlines.statuses import TermState
from foundation.kernel.citations import Citation
from foundation.rulebook import citations
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules import FeeDerivation, Pack, Service, fee_due

YEAR = timedelta(days=365)
LATEST = 1000  # decisions that the times are taken from
FEES = ((Service.NEW, "I"), (Service.NEW, "II"), (Service.REISSUE, "I"), (Service.REISSUE, "II"))


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One service with what it costs if paid today."""

    name: Promise
    derivation: FeeDerivation
    formula: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Times:
    """How long decisions really took, in working days from registration."""

    form: str
    decided: int
    median: int
    slowest: int
    in_time: int

    @property
    def share(self) -> int:
        return self.in_time * 100 // self.decided


@dataclass(frozen=True, slots=True)
class LawLine:
    """One rule of the portal: its paragraph, what it says, and who is bound or acts."""

    citation: Citation
    name: str | Promise
    says: str | Promise
    who: str | Promise


_NAMES: dict[tuple[Service, str], Promise] = {
    (Service.NEW, "I"): _("Licence of sub-kind I: own data centre"),
    (Service.NEW, "II"): _("Licence of sub-kind II: own hardware in another's data centre"),
    (Service.REISSUE, "I"): _("Re-issue of a licence of sub-kind I"),
    (Service.REISSUE, "II"): _("Re-issue of a licence of sub-kind II"),
}
_WHO: dict[str, Promise] = {
    "portal": _("the portal"),
    "executor": _("the executor"),
    "provider": _("the authority"),
    "head": _("the head"),
    "reviewer": _("the reviewer of complaints"),
    "applicant": _("the applicant"),
    "signatory": _("the applicant, signed"),
    "licensee": _("the licensee"),
    "assigner": _("the chancery or the supervisor"),
    "secretary": _("another officer as secretary"),
    "participant": _("the applicant or an officer"),
}
_TRACKS: dict[str, Promise] = {
    "new": _("new licence or annex"),
    "reissue": _("re-issue"),
    "long": _("spin-off, split, or decided as a new annex"),
}


def fees(at: datetime) -> list[FeeLine]:
    """Every fee if paid today; nothing where none is in force (Annex 3/7, TC 616)."""
    today = at.date()
    pack = rulebook.pack(today)
    return [_fee(pack, service, sub_kind, at) for service, sub_kind in FEES]


def _fee(pack: Pack, service: Service, sub_kind: str, at: datetime) -> FeeLine:
    derived = fee_due(service, sub_kind, at.date(), pack)
    return FeeLine(
        _NAMES[service, sub_kind],
        derived,
        derived.formula_in(get_language() or "ru"),
        citations.shown(derived.citation),
    )


def times(at: datetime) -> list[Times]:
    """Working days from registration to the decision, over the last year, by form."""
    rows = (
        Term.objects.filter(
            code="service",
            state__in=[TermState.MET, TermState.BREACHED],
            met_at__gte=at - YEAR,
            met_at__lte=at,
            case__kind="application",
            case__status_code__in=[Status.ISSUED, Status.REFUSED],
        )
        .order_by("-met_at")
        .values_list("case__form", "state", "case__registered_on", "met_at")[:LATEST]
    )
    calendar = current_calendar()
    found: dict[str, list[tuple[int, bool]]] = {}
    for form, state, registered_on, met_at in rows:
        if registered_on is None or met_at is None:  # a met service term has both
            continue
        took = calendar.working_days_between(registered_on, rules.act_day(met_at, calendar))
        found.setdefault(form, []).append((took, state == TermState.MET))
    return [_times(form, taken) for form, taken in sorted(found.items(), key=lambda pair: int(pair[0]))]


def _times(form: str, taken: list[tuple[int, bool]]) -> Times:
    days = [day for day, _in_time in taken]
    return Times(form, len(days), median_low(days), max(days), sum(in_time for _day, in_time in taken))


OUTAGES_SHOWN = 10


def outages_shown(language: str) -> list[tuple[datetime, datetime | None, str]]:
    """The latest outages of the portal that two people vouch for (Annex 3/8)."""
    rows = confirmed_outages().order_by("-began_at")[:OUTAGES_SHOWN]
    return [(row.began_at, row.ended_at, row.what(language)) for row in rows]


def law_of_terms(today: date) -> list[LawLine]:
    """Every term as the portal counts it, from the one table that counts them, in the order of the procedure."""
    order = {(rule.code, rule.track): place for place, rule in enumerate(TERM_RULES)}
    return [
        LawLine(wording.citation_text(rule), _term_name(rule), length(rule), _WHO.get(rule.who, rule.who))
        for rule in sorted(rules_on(today), key=lambda rule: order.get((rule.code, rule.track), len(order)))
    ]


def _term_name(rule: TermRule) -> str:
    name = wording.term_name(rule.code)
    return f"{name} ({_TRACKS[rule.track]})" if rule.track else name


def length(rule: TermRule) -> str:
    """How long, in words."""
    if rule.n == 0:
        return str(_("the same or the next working day"))
    if rule.n < 0:
        return ngettext(
            "{n} working day before the end of the service term",
            "{n} working days before the end of the service term",
            -rule.n,
        ).format(n=-rule.n)
    words = {
        Unit.WORKING_DAYS: ngettext("{n} working day", "{n} working days", rule.n),
        Unit.CALENDAR_DAYS: ngettext("{n} calendar day", "{n} calendar days", rule.n),
        Unit.MONTHS: ngettext("{n} month", "{n} months", rule.n),
    }
    return words[rule.unit].format(n=rule.n)


def law_of_acts() -> Iterator[LawLine]:
    """Every act of an application, from the one table that offers them."""
    for action in ACTIONS.values():
        said = _("with a signature") if action.signed else _("without a signature")
        yield LawLine(action.citation, action.label, said, _WHO.get(action.actor, action.actor))
