"""The proceedings of the demo are what they say: one in its hearing, one asked for and registered."""

import datetime as dt

import pytest

from foundation.accounts.models import Party
from licenses.models import Proceeding
from licenses.proceedings.selectors import latest_pool_notices
from sandbox.cast import COMPANY_BIN
from sandbox.demo_cases import Stage
from tests.licenses.people import granted

pytestmark = pytest.mark.django_db


def test_a_suspension_in_its_hearing_and_a_resumption_asked_for(play):
    for number in (COMPANY_BIN, "900101300007"):
        granted(Party.objects.get(number=number))
    stage = Stage(play, dt.date(2026, 11, 23))
    stage.suspension_heard_of(-3, -1, executor="executor", who="aigerim")
    stage.pools_told_of(-6, who="aigerim")
    stage.resumption_asked(-6, executor="executor2", head="head2", who="dana")
    states = Proceeding.objects.order_by("kind").values_list("kind", "status")
    assert list(states) == [
        ("pool_notice", "done"),
        ("pool_notice", "done"),
        ("resume_on_request", "registered"),
        ("suspend", "hearing"),
        ("suspend_on_request", "done"),
    ]
    assert [(row.accredited, row.late) for row in latest_pool_notices(2)] == [(False, True), (True, False)]
