"""A sandbox CA of its own for the signature tests: made once, revocations and all."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foundation.egov.eds import SignatureVerifier
from foundation.egov.eds.builtin import BuiltinVerifier
from sandbox.eds import SandboxCA, SandboxCrlProvider, standard_identities
from tests.foundation.egov.eds_forge import Bench

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> SandboxCA:
    folder = tmp_path_factory.mktemp("eds")
    made = SandboxCA(folder / "sandbox", folder / "trust", "http://127.0.0.1:8000")
    made.ensure()
    standard_identities(made)
    return made


@pytest.fixture(scope="session")
def verifier(ca: SandboxCA) -> SignatureVerifier:
    return BuiltinVerifier(trust_dir=ca.trust_dir, crl_provider=SandboxCrlProvider(ca), sandbox=True)


@pytest.fixture(scope="session")
def bench(ca: SandboxCA, verifier: SignatureVerifier) -> Bench:
    return Bench(ca, verifier, AT)


@pytest.fixture
def crl_folder(ca: SandboxCA, tmp_path: Path) -> Callable[[datetime], Path]:
    """A folder of lists as a production server has it, made for one moment."""

    def make(at: datetime) -> Path:
        for which in ("root", "issuing"):
            (tmp_path / f"{which}.crl").write_bytes(ca.crl(which, at))
        return tmp_path

    return make
