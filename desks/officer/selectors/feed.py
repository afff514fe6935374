"""The terms of one officer as a calendar: their own cases, and those they stand in for today (process.md, People)."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.cases.models import Absence
from casework.deadlines.models import Term
from casework.deadlines.selectors import outstanding_terms, rule_of
from casework.deadlines.wording import citation_text, term_name
from desks.models import CalendarFeed
from desks.officer.services import sha256_of
from desks.templatetags.case_links import office_address
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.kernel import ics
from foundation.kernel.clock import almaty

MOST = 1000


def feed_of(person: Person) -> CalendarFeed | None:
    """The address a person has made, without its secret."""
    return CalendarFeed.objects.filter(person=person).first()


def owner_of(secret: str, at: datetime) -> Person | None:
    """Whose address it is; nobody's if it was ended, or if the person works here no more."""
    feed = CalendarFeed.objects.select_related("person").filter(secret_sha256=sha256_of(secret)).first()
    if feed is None or not feed.person.is_active or not accounts.roles_of(feed.person, at.date()):
        return None
    return feed.person


def terms_in_calendar(person: Person, at: datetime) -> bytes:
    """Every term the person has to meet as an event of its last day: number, what is due, paragraph, address; no names.

    The same terms give the same bytes, so a program that asks again is told that nothing is new.
    """
    today = almaty(at).date()
    away = Absence.objects.filter(substitute=person, first_day__lte=today, last_day__gte=today)
    mine = Q(case__executor=person) | Q(case__executor__in=away.values("officer_id"))
    with override(person.language):
        lines = [line for term in outstanding_terms(at).filter(mine)[:MOST] for line in _event(term)]
        return ics.calendar(lines, product="terms", name=_("Terms of my cases"))


def _event(term: Term) -> list[str]:
    due = almaty(term.due_at)
    return ics.event(
        f"term-{term.pk}",
        ics.whole_day(due.date()),
        summary=f"{term.case}: {term_name(term.code)}",
        description=_("until %(hour)s; %(citation)s")
        % {"hour": f"{due:%H:%M}", "citation": citation_text(rule_of(term))},
        address=f"{settings.PUBLIC_URL}{office_address(term.case.kind, term.case_id)}",
        at=term.opened_at,
    )
