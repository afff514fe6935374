"""A refused and a returned application with people who complain."""

import pytest

from sandbox.complaints import Complaints
from tests.applications.conftest import gateway, gateway_server, play, quiet, stages, without_layout

__all__ = ["gateway", "gateway_server", "play", "quiet", "stages", "without_layout"]


@pytest.fixture
def complaints(quiet) -> Complaints:
    return Complaints(quiet)
