"""Tools of a forger: take a good CMS apart, change it, sign again where a thief would have the key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from foundation.egov.eds import Expect, Purpose, SignatureVerifier, VerificationResult
from foundation.egov.eds.cms import decode
from sandbox.eds import SandboxCA, sign
from sandbox.eds.identities import certificate_of, issue_identity, key_of
from sandbox.eds.signer import sign_der, signature_over
from sandbox.eds.store import PrivateKey

DATA = "Өтініш: цифрлық майнинг".encode()
NOBODY = Expect()


@dataclass(frozen=True)
class Bench:
    ca: SandboxCA
    verifier: SignatureVerifier
    at: datetime

    def sign(self, name: str, data: bytes = DATA, *, attached: bool = False) -> str:
        return sign(name, data, attached=attached, at=self.at, ca=self.ca)

    def verify(
        self,
        cms_: bytes | str,
        data: bytes = DATA,
        *,
        purpose: Purpose = Purpose.SIGN,
        expect: Expect = NOBODY,
        at: datetime | None = None,
    ) -> VerificationResult:
        return self.verifier.verify(cms_, data, purpose=purpose, expect=expect, at=at or self.at)

    def code(self, cms_: bytes | str, data: bytes = DATA, **kwargs: Any) -> str:
        result = self.verify(cms_, data, **kwargs)
        assert result.ok == (result.code == "OK")
        assert bool(result.signers) == result.ok
        return result.code

    def certificate(self, name: str) -> x509.Certificate:
        return certificate_of(name, self.ca)

    def key(self, name: str) -> PrivateKey:
        return key_of(name, self.ca)

    def identity(self, name: str, **facts: Any) -> str:
        """A P-256 identity of an individual, unless `facts` say otherwise."""
        usual: dict[str, Any] = {
            "iin": "900101300007",
            "common_name": "ТЕСТОВ ТЕСТ",
            "roles": {"INDIVIDUAL"},
            "key": "p256",
        }
        return issue_identity(name, ca=self.ca, **{**usual, **facts}).name


def der_of(pem: str) -> bytes:
    return decode(pem, max_bytes=1_000_000)


def changed(pem: str, change: Callable[[cms.SignedData], None]) -> bytes:
    """The same CMS after `change`; what was signed is not signed again."""
    info = cms.ContentInfo.load(der_of(pem)).copy()
    change(info["content"])
    return bytes(info.dump(force=True))


def with_attributes(pem: str, key: PrivateKey, attributes: list[cms.CMSAttribute]) -> bytes:
    """The same CMS with other signed attributes, signed by the key."""

    def replace(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        info["signed_attrs"] = cms.CMSAttributes(attributes)
        info["signature"] = signature_over(key, cms.CMSAttributes(attributes).dump())

    return changed(pem, replace)


def attributes_of(pem: str) -> list[cms.CMSAttribute]:
    return list(cms.ContentInfo.load(der_of(pem))["content"]["signer_infos"][0]["signed_attrs"])


def strange_attribute(number: int) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": f"1.2.3.{number}", "values": [core.Null()]})


def signed_with(certificate: x509.Certificate, key: PrivateKey, data: bytes = DATA, **kwargs: Any) -> bytes:
    return sign_der(certificate.public_bytes(Encoding.DER), key, data, **kwargs)
