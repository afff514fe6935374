"""The proceedings of the demo are what they say: in its hearing, asked for and registered, corrected."""

import datetime as dt

import pytest

from foundation.accounts.models import Party
from licenses.models import Proceeding
from licenses.proceedings.selectors import latest_pool_notices
from sandbox.cast import COMPANY_BIN
from sandbox.demo_cases import Stage
from tests.licenses.people import granted

pytestmark = pytest.mark.django_db


def test_every_proceeding_of_the_demo_stands_where_it_says(play):
    for number in (COMPANY_BIN, "900101300007"):
        granted(Party.objects.get(number=number))
    stage = Stage(play, dt.date(2026, 11, 23))
    stage.suspension_heard_of(-3, -1, executor="executor", who="aigerim")
    stage.pools_told_of(-6, who="aigerim")
    stage.resumption_asked(-6, executor="executor2", head="head2", who="dana")
    stage.error_corrected(-4, executor="executor2", head="head2", who="dana")
    stage.error_named(-1, executor="executor", who="aigerim")
    states = Proceeding.objects.order_by("kind", "status").values_list("kind", "status")
    assert list(states) == [
        ("correct", "done"),
        ("correct", "registered"),
        ("pool_notice", "done"),
        ("pool_notice", "done"),
        ("resume_on_request", "registered"),
        ("suspend", "hearing"),
        ("suspend_on_request", "done"),
    ]
    assert [(row.accredited, row.late) for row in latest_pool_notices(2)] == [(False, True), (True, False)]
