"""A sandbox CA in a folder of its own, as the settings of the demo would name it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from sandbox.eds import SandboxCA, standard_identities


@pytest.fixture(scope="session")
def made_ca(tmp_path_factory: pytest.TempPathFactory) -> SandboxCA:
    folder: Path = tmp_path_factory.mktemp("sandbox-eds")
    made = SandboxCA(folder / "sandbox", folder / "trust", "http://127.0.0.1:8000")
    made.ensure()
    standard_identities(made)
    return made


@pytest.fixture
def ca(made_ca: SandboxCA, settings: Settings) -> SandboxCA:
    settings.EDS = {
        **settings.EDS,
        "SANDBOX": True,
        "SANDBOX_DIR": str(made_ca.folder),
        "TRUST_DIR": str(made_ca.trust_dir),
    }
    return made_ca
