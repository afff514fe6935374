"""Contract A.5: the manifest's canonical bytes and the request that the browser takes to NCALayer."""

import hashlib

from pytest_django import Settings

from foundation.egov.eds import Expect, Purpose, browser_request
from foundation.kernel.canonical import canonical_bytes
from sandbox.eds import SandboxCA
from tests.foundation.egov.eds_forge import Bench

# The test vector of the contract, keys out of order.
MANIFEST = {
    "schema": "kz.portal.sign-manifest/1",
    "purpose": "application.submit",
    "nonce": "b5c1d0f2c0a84f7f9b0d3a3f0c9f7e11",
    "locale": "ru",
    "issued_at": "2026-11-22T05:00:00Z",
    "form": {"power_source": "single_purchaser", "kato": "751110000"},
    "attachments": [
        {
            "size": 12,
            "sha256": "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447",
            "name": "ownership.pdf",
            "media_type": "application/pdf",
        }
    ],
    "application": {"service": "digital-mining.I", "revision": 3, "number": "APP-2026-000001"},
    "applicant": {"kind": "individual", "iin": "900101300007", "bin": None},
}


def test_canonical_manifest() -> None:
    data = canonical_bytes(MANIFEST)

    assert len(data) == 532
    assert hashlib.sha256(data).hexdigest() == (
        "6ce547096f149b98f780246712398698c3f0b7be652cd02366bdcc01e2d945d6"
    )


def test_canonical_manifest_is_signed_and_checked(bench: Bench) -> None:
    data = canonical_bytes(MANIFEST)

    assert bench.code(bench.sign("individual-1", data), data) == "OK"


def test_request_to_ncalayer_in_production(settings: Settings) -> None:
    settings.EDS = {**settings.EDS, "SANDBOX": False}
    expect = Expect(iin="900101300007", roles_any=frozenset({"INDIVIDUAL"}))

    request = browser_request(b"data", purpose=Purpose.SIGN, expect=expect, locale="ru")

    assert request == {
        "data_b64": "ZGF0YQ==",
        "data_sha256": hashlib.sha256(b"data").hexdigest(),
        "expect": {"iin": "900101300007", "bin": None, "roles_any": ["INDIVIDUAL"]},
        "methods": ["ncalayer"],
        "ncalayer": {
            "module": "kz.gov.pki.knca.basics",
            "method": "sign",
            "args": {
                "allowedStorages": None,
                "format": "cms",
                "data": "ZGF0YQ==",
                "signingParams": {
                    "decode": True,
                    "encapsulate": False,
                    "digested": False,
                    "tsaProfile": {},
                },
                "signerParams": {
                    "extKeyUsageOids": ["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"],
                    "iin": "900101300007",
                },
                "locale": "ru",
            },
        },
    }


def test_request_for_an_entity_in_the_sandbox(settings: Settings, ca: SandboxCA) -> None:
    """Two roles fit, NCALayer demands all listed ones: none is listed. Its chain is the sandbox's."""
    settings.EDS = {**settings.EDS, "TRUST_DIR": str(ca.trust_dir)}
    expect = Expect(bin="150140000002", roles_any=frozenset({"HEAD", "SIGN_RIGHT"}))

    request = browser_request(b"data", purpose=Purpose.AUTH, expect=expect, locale="de")

    assert request["methods"] == ["ncalayer", "sandbox"]
    args = request["ncalayer"]["args"]
    assert args["locale"] == "kk"
    assert args["signingParams"] == {"decode": True, "encapsulate": False, "digested": False}
    params = args["signerParams"]
    assert params["extKeyUsageOids"] == ["1.3.6.1.5.5.7.3.2"]
    assert params["bin"] == "150140000002"
    assert [pem.split("\n")[0] for pem in params["chain"]] == ["-----BEGIN CERTIFICATE-----"]
