"""A licence of the demo company in force since 2 March 2026, and the people of its proceedings."""

import pytest

from foundation.accounts.models import Party
from sandbox.cast import COMPANY_BIN
from sandbox.play import Play
from sandbox.proceedings import Docket
from tests.applications.conftest import without_layout
from tests.licenses.people import CENTRE, granted

__all__ = ["without_layout"]


@pytest.fixture
def play(db, without_layout) -> Play:
    return Play.begin()


@pytest.fixture
def docket(play) -> Docket:
    return Docket(play)


@pytest.fixture
def licence(play):
    return granted(Party.objects.get(number=COMPANY_BIN), centres=[CENTRE, CENTRE])
