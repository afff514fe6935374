"""The words in which people read days and terms; one wording for screen, API, mail, PDF and command."""

from collections.abc import Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.deadlines.calendar import DayKind, Reason
from casework.deadlines.models import CalendarException
from casework.deadlines.rules import Day, TermRule
from foundation.kernel.citations import cite, cite_all

HOLIDAYS: dict[str, Promise] = {
    "new_year": gettext_lazy("New Year"),
    "christmas": gettext_lazy("Orthodox Christmas"),
    "womens_day": gettext_lazy("International Women's Day"),
    "constitution_day": gettext_lazy("Constitution Day"),
    "nauryz": gettext_lazy("Nauryz meiramy"),
    "unity_day": gettext_lazy("Day of Unity of the People of Kazakhstan"),
    "defender_day": gettext_lazy("Defender of the Fatherland Day"),
    "victory_day": gettext_lazy("Victory Day"),
    "capital_day": gettext_lazy("Capital Day"),
    "republic_day": gettext_lazy("Republic Day"),
    "first_president_day": gettext_lazy("Day of the First President"),
    "independence_day": gettext_lazy("Independence Day"),
    "kurban_ait": gettext_lazy("first day of Kurban-ait"),
}

TERMS: dict[str, Promise] = {
    "registration": gettext_lazy("registration"),
    "completeness": gettext_lazy("completeness of the documents"),
    "review": gettext_lazy("review of the documents"),
    "service": gettext_lazy("result of the service"),
    "hearing_notice": gettext_lazy("last day of the hearing notice"),
    "hearing_objections": gettext_lazy("objections to the preliminary decision"),
    "earliest_refusal": gettext_lazy("earliest day of a refusal"),
    "reissue_filing": gettext_lazy("application for re-issue"),
    "pool_notice": gettext_lazy("notice of a changed pool"),
    "complaint_forwarding": gettext_lazy("forwarding of the complaint"),
    "complaint_provider": gettext_lazy("consideration of the complaint by the provider"),
    "complaint_quality": gettext_lazy("consideration of the complaint by the quality body"),
    "complaint_superior": gettext_lazy("consideration of the complaint by the superior body"),
    "complaint_filing": gettext_lazy("filing of a complaint"),
    "complaint_filing_long": gettext_lazy("filing of a complaint where the act names no way of appeal"),
    "proceeding": gettext_lazy("decision of the proceeding"),
    "cure_check": gettext_lazy("check of the cure"),
    "voluntary_resumption": gettext_lazy("resumption on request"),
    "correction": gettext_lazy("correction of an error"),
    "going_to_court": gettext_lazy("going to court"),
    "recusal_decision": gettext_lazy("decision on the recusal"),
    "recusal_notice": gettext_lazy("notice of the recusal"),
    "leave_notice": gettext_lazy("notice of leaving without consideration"),
    "discontinuance_notice": gettext_lazy("notice of discontinuance"),
}


BASES: dict[str, Promise] = {
    "registration": gettext_lazy("registration"),
    "receipt": gettext_lazy("receipt"),
    "completeness_decision": gettext_lazy("decision on completeness"),
    "service_end": gettext_lazy("last day of the result"),
    "hearing_notice": gettext_lazy("notice of the hearing"),
    "change": gettext_lazy("change"),
    "arrival": gettext_lazy("arrival of the complaint"),
    "delivery": gettext_lazy("delivery of the act"),
    "suspension_end": gettext_lazy("end of the suspension"),
    "request": gettext_lazy("request"),
    "decision": gettext_lazy("decision"),
    "act": gettext_lazy("act"),
}


def opened_text(rule: TermRule, start: date) -> str:
    """Why the first date is what it is."""
    return _("counted from %(day)s: %(event)s (%(citation)s)") % {
        "day": day_text(start),
        "event": BASES.get(rule.basis, rule.basis),
        "citation": citation_text(rule),
    }


def moved_text(exceptions: Iterable[CalendarException]) -> str:
    """Which acts moved a date."""
    kk = get_language() == "kk"
    acts = [
        f"{day_text(row.day)} – {row.get_kind_display()} ({row.act_kk if kk else row.act_ru})"
        for row in exceptions
    ]
    return _("the calendar was revised: %(acts)s") % {"acts": "; ".join(acts)}


def voided_text() -> str:
    """An earlier term of the same kind that lost its object."""
    return _("this term lost its object; a new one was opened")


def term_name(code: str) -> str:
    """What a term is called."""
    return str(TERMS.get(code, code))


def citation_text(rule: TermRule) -> str:
    """The paragraphs that set a term's length."""
    return str(cite_all(*(cite(act, where) for act, where in rule.sources)))


def day_text(day: date) -> str:
    """A date as every language of the portal reads it."""
    return f"{day:%d.%m.%Y}"


def act_text(reason: Reason) -> str:
    """The act in the reader's language; the Russian name stands in for a missing one."""
    return (reason.act_kk if get_language() == "kk" else reason.act_ru) or reason.act_ru or reason.act_kk


_REASONS: dict[DayKind, Promise] = {
    DayKind.WORKING: gettext_lazy("working day"),
    DayKind.WORKED_BY_ACT: gettext_lazy("working day by act: %(act)s"),
    DayKind.WEEKEND: gettext_lazy("weekend (Labour Code, art. 84)"),
    DayKind.HOLIDAY: gettext_lazy("holiday: %(name)s (Law on holidays, art. 5)"),
    DayKind.SUBSTITUTE: gettext_lazy("day off for %(day)s, %(name)s on a weekend (Law on holidays, art. 5)"),
    DayKind.DAY_OFF: gettext_lazy("day off: %(name)s (Labour Code, art. 84(5))"),
    DayKind.OFF_BY_ACT: gettext_lazy("day off by act: %(act)s (Labour Code, art. 85(3))"),
}
_PROVISIONAL = gettext_lazy("day off: %(name)s, computed, not announced yet (Labour Code, art. 84(5))")


def reason_text(reason: Reason) -> str:
    """What a day is, and by which act."""
    values = {
        "name": HOLIDAYS.get(reason.holiday, reason.holiday),
        "act": act_text(reason),
        "day": day_text(reason.instead_of) if reason.instead_of else "",
    }
    return str(_PROVISIONAL if reason.provisional else _REASONS[reason.kind]) % values


def why_text(day: Day) -> str:
    """Why a day of an explanation counts or not."""
    if day.shifted:
        return _("the last day was a day off, the term moves on (APPC, art. 76(5)): %(reason)s") % {
            "reason": reason_text(day.reason)
        }
    return reason_text(day.reason)
