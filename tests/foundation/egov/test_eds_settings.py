"""Start-up checks of the ЭЦП settings, and the verifier that settings name (contract A.1, A.6)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from foundation.egov.checks import check_eds
from foundation.egov.eds import Purpose, get_verifier
from sandbox.eds import SandboxCA
from sandbox.eds.store import new_key
from tests.foundation.egov.eds_forge import DATA, NOBODY, Bench


def eds(**changes: Any) -> dict[str, Any]:
    return {**settings.EDS, **changes}


def ids_of(config: Settings, **changes: Any) -> list[str]:
    config.EDS = eds(**changes)
    return sorted(message.id or "" for message in check_eds(None))


@pytest.fixture
def real_trust(tmp_path: Path) -> Path:
    """A root that was not made by the sandbox."""
    key = new_key("p256")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ROOT OF A REAL AUTHORITY")])
    start, end = datetime(2020, 1, 1), datetime(2040, 1, 1)  # noqa: DTZ001 -- UTC by the builder's contract
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, start, end)
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "root.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return folder


def test_the_demo_as_it_is(settings: Settings, ca: SandboxCA) -> None:
    assert ids_of(settings, TRUST_DIR=str(ca.trust_dir)) == []


def test_production_with_real_roots(settings: Settings, real_trust: Path) -> None:
    assert ids_of(settings, SANDBOX=False, CRL_PROVIDER="", TRUST_DIR=str(real_trust)) == []


def test_production_refuses_sandbox_material(settings: Settings, ca: SandboxCA) -> None:
    found = ids_of(settings, SANDBOX=False, CRL_PROVIDER="", TRUST_DIR=str(ca.trust_dir))

    assert found == ["egov.E007", "egov.E007"]


def test_production_refuses_the_sandbox_lists_and_soft_revocation(
    settings: Settings, real_trust: Path
) -> None:
    provider = "sandbox.eds.SandboxCrlProvider"

    found = ids_of(
        settings, SANDBOX=False, CRL_PROVIDER=provider, REVOCATION="soft", TRUST_DIR=str(real_trust)
    )

    assert found == ["egov.E004", "egov.E005"]


def test_production_without_roots(settings: Settings, tmp_path: Path) -> None:
    assert ids_of(settings, SANDBOX=False, CRL_PROVIDER="", TRUST_DIR=str(tmp_path)) == ["egov.E009"]


def test_the_demo_refuses_real_roots(settings: Settings, real_trust: Path) -> None:
    assert ids_of(settings, TRUST_DIR=str(real_trust)) == ["egov.E008"]


def test_unreadable_trust(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("no certificate")

    assert ids_of(settings, TRUST_DIR=str(tmp_path)) == ["egov.E006"]


def test_names(settings: Settings, ca: SandboxCA) -> None:
    found = ids_of(
        settings, BACKEND="magic", ALGORITHMS=["md5"], REVOCATION="maybe", TRUST_DIR=str(ca.trust_dir)
    )

    assert found == ["egov.E001", "egov.E002", "egov.E003"]


def test_unknown_back_end() -> None:
    with pytest.raises(ImproperlyConfigured):
        get_verifier(eds(BACKEND="magic"))


def test_verifier_with_files(bench: Bench, crl_folder: Callable[[datetime], Path]) -> None:
    folder = crl_folder(bench.at)
    verifier = get_verifier(eds(TRUST_DIR=str(bench.ca.trust_dir), CRL_DIR=str(folder), CRL_PROVIDER=""))

    result = verifier.verify(bench.sign("p256"), DATA, purpose=Purpose.SIGN, expect=NOBODY, at=bench.at)

    assert result.code == "OK"


def test_algorithm_switched_off(bench: Bench) -> None:
    verifier = get_verifier(eds(TRUST_DIR=str(bench.ca.trust_dir), ALGORITHMS=["rsa-sha256"]))

    result = verifier.verify(bench.sign("p256"), DATA, purpose=Purpose.SIGN, expect=NOBODY, at=bench.at)

    assert result.code == "ALGORITHM_NOT_ALLOWED"
