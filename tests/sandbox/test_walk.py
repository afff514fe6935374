"""The courses of `walkthrough`: each outcome, and each end of a complaint."""

from datetime import date

import pytest

from casework.cases.models import Case
from sandbox.walk import walk
from tests.applications.conftest import gateway, gateway_server, quiet, without_layout

__all__ = ["gateway", "gateway_server", "quiet", "without_layout"]
TODAY = date(2026, 11, 27)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("outcome", "complaint", "states"),
    [
        ("issue", "", ["issued"]),
        ("return", "", ["returned"]),
        ("issue-after-hearing", "", ["issued"]),
        ("refuse", "", ["refused"]),
        ("refuse", "satisfied", ["issued", "satisfied"]),
        ("refuse", "forwarded", ["refused", "forwarded"]),
        ("refuse", "dismissed", ["refused", "dismissed"]),
    ],
)
def test_every_course_comes_to_its_end(db, quiet, outcome, complaint, states):
    cases = walk(quiet, TODAY, outcome, complaint=complaint)
    assert [Case.objects.get(pk=case).status_code for case in cases] == states


@pytest.mark.slow
@pytest.mark.parametrize("form", ["2", "9", "10"])
@pytest.mark.parametrize(("outcome", "state"), [("issue", "issued"), ("return", "returned")])
def test_every_form_comes_to_its_end(db, quiet, form, outcome, state):
    cases = walk(quiet, TODAY, outcome, form=form)
    played = Case.objects.get(pk=cases[-1])
    assert (played.form, played.status_code) == (form, state)
