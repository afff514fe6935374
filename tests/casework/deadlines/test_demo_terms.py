"""The whole demo, played by the services: every term of every case follows from the journal."""

import io
from collections import Counter
from datetime import datetime

import pytest
from django.core.management import call_command

from applications.models import Application
from applications.statuses import Status
from casework.cases.models import Case
from casework.deadlines.models import LadderStep, Telling, Term
from casework.deadlines.selectors import current_calendar
from casework.deadlines.statuses import AUTHORITY_CODES, TermState
from foundation.kernel.clock import ALMATY, legal_time

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


# in office hours: what was due today is past after 18:30, as it should be
MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=ALMATY)


def test_the_terms_of_the_demo_agree_with_the_journal() -> None:
    out = io.StringIO()
    with legal_time(MONDAY):
        call_command("demo_data", stdout=out)
        # fails with status 1 where one differs
        call_command("recompute_terms", "--check", stdout=out, stderr=out)
    assert f"{Term.objects.count()}" in out.getvalue().splitlines()[-1]
    assert Case.objects.count() > 40
    assert LadderStep.objects.exists()
    assert not Telling.objects.filter(notice=None).exists()
    two_cases_in_each_status()
    due_today_tomorrow_and_passed_for_each_executor()


def two_cases_in_each_status() -> None:
    """`submitted` lasts from 18:30 to 09:00 of the next working day: the demo has such cases only then."""
    found = Counter(Application.objects.values_list("status", flat=True))
    few = {status: found[status] for status in Status.values if found[status] < 2}
    assert set(few) <= {Status.SUBMITTED}


def due_today_tomorrow_and_passed_for_each_executor() -> None:
    today = MONDAY.date()
    following = current_calendar().add_working_days(today, 1)
    for login in ("executor", "executor2"):
        own = Term.objects.filter(case__executor__login=login, case__is_open=True, code__in=AUTHORITY_CODES)
        assert own.filter(state=TermState.OPEN, due_on=today).exists(), login
        assert own.filter(state=TermState.OPEN, due_on=following).exists(), login
        assert own.filter(state=TermState.BREACHED, due_on__lt=today).exists(), login
