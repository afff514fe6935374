import os
import shutil
import uuid
from pathlib import Path

import pytest

from licensing_portal import embedded


@pytest.fixture(scope="module")
def run_folder():
    """A run folder of this module alone; short and traversable, as the servers' user needs it."""
    folder = Path("/var/tmp") / f"lp-test-{os.getpid()}-{uuid.uuid4().hex[:6]}"  # noqa: S108 - removed below
    before = os.environ.get("PORTAL_RUN_DIR")
    os.environ["PORTAL_RUN_DIR"] = str(folder)
    yield folder
    for cluster in embedded.CLUSTERS:
        embedded.remove(cluster)
    if before is None:
        del os.environ["PORTAL_RUN_DIR"]
    else:
        os.environ["PORTAL_RUN_DIR"] = before
    shutil.rmtree(folder, ignore_errors=True)
