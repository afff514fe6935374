"""The authority's seal: PAdES as an incremental update over a PDF, and a detached CMS over anything else.

The seal's key and chain are PEM files in KEYS_DIR/seal (`s001.key.pem`, `s001.chain.pem`: seal first, root last),
mode 0600, put there by `rotate_keys`; the newest with a chain seals, the older ones stay for checking. pyhanko is
told the legal moment, and never asks the network.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar

from asn1crypto import cms, pem, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import load_certs_from_pemder_data
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation import (
    SignatureCoverageLevel,
    async_validate_detached_cms,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from casework.documents import seal_keys

FIELD: Final = "AuthoritySeal"
_T = TypeVar("_T")
# A new file is a new key; the signer of a file is kept, since reading an RSA key costs more than signing with it.
_signers: dict[Path, "_Seal"] = {}
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class SealReport:
    """What the seal of a PDF says: `ok` is pyhanko's bottom line and the seal covering the whole file."""

    ok: bool
    reason: str
    sealed_by: str = ""
    sealed_at: datetime | None = None


class _Seal(signers.SimpleSigner):
    """The seal with its key object kept: pyhanko's own signer reads the key anew at every signature."""

    def __init__(self, key_file: Path) -> None:
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise TypeError(f"{key_file.name}: the seal's key is RSA or elliptic-curve.")
        self._key = key
        chain = list(load_certs_from_pemder_data(seal_keys.chain_file(key_file).read_bytes()))
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyhanko's own gap
        registry.register_multiple(chain)
        super().__init__(signing_cert=chain[0], signing_key=None, cert_registry=registry)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        del digest_algorithm  # SHA-256 throughout
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class _PdfSeal(signers.PdfSigner):
    """Writes the legal moment of sealing, not the machine's."""

    def __init__(self, at: datetime) -> None:
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        super().__init__(meta, current_signer())
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def seal(content: bytes, *, at: datetime) -> bytes:
    """The PDF with the authority's invisible seal; its first bytes are exactly `content`."""

    def made() -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(content))
        sealed: bytes = _PdfSeal(at).sign_pdf(writer).getvalue()
        return sealed

    sealed = _blocking(made)
    if not sealed.startswith(content):
        raise RuntimeError("The seal did not keep the signed bytes.")
    return sealed


def seal_cms(data: bytes, *, at: datetime) -> bytes:
    """A detached CMS (DER) of the authority's seal over `data`."""

    def made() -> bytes:
        attributes = PdfCMSSignedAttributes(signing_time=at)
        job = current_signer().async_sign_general_data(data, "sha256", signed_attr_settings=attributes)
        signed: bytes = asyncio.run(job).dump()
        return signed

    return _blocking(made)


def check_seal(content: bytes, *, at: datetime | None = None) -> SealReport:
    """Whether the whole file stands under our seal, by certificates valid `at` (by default when it was sealed)."""
    try:
        return _blocking(lambda: _checked(content, at))
    except Exception as error:  # noqa: BLE001 -- a spoilt file fails in any place of two libraries; it is never sealed
        return SealReport(ok=False, reason=f"{type(error).__name__}: {error}")


def check_seal_cms(data: bytes, der: bytes, *, at: datetime) -> SealReport:
    """Whether `der` is a detached CMS of our seal over `data`."""
    try:
        return _blocking(lambda: asyncio.run(_checked_cms(data, der, at)))
    except Exception as error:  # noqa: BLE001 -- as above
        return SealReport(ok=False, reason=f"{type(error).__name__}: {error}")


def current_signer() -> _Seal:
    """The seal in force, its key held in memory."""
    key_file = seal_keys.current_key_file()
    with _loading:
        if key_file not in _signers:
            _signers[key_file] = _Seal(key_file)
        return _signers[key_file]


def _checked(content: bytes, at: datetime | None) -> SealReport:
    reader = PdfFileReader(BytesIO(content))
    seals = [one for one in reader.embedded_signatures if one.field_name == FIELD]
    if len(seals) != 1 or len(reader.embedded_signatures) != 1:
        return SealReport(ok=False, reason="not exactly one seal")
    found = seals[0]
    sealed_at = found.self_reported_timestamp
    status = validate_pdf_signature(found, signer_validation_context=_trust(at or sealed_at))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return SealReport(
        ok=bool(status.bottom_line and whole),
        reason="" if status.bottom_line and whole else status.summary(),
        sealed_by=status.signing_cert.subject.human_friendly,
        sealed_at=sealed_at,
    )


async def _checked_cms(data: bytes, der: bytes, at: datetime) -> SealReport:
    signed = cms.ContentInfo.load(der, strict=True)["content"]
    status = await async_validate_detached_cms(data, signed, signer_validation_context=_trust(at))
    ours = status.signing_cert.sha256 in {one.sha256 for one in _own_certificates()}
    ok = bool(status.bottom_line) and ours
    return SealReport(
        ok=ok,
        reason="" if ok else status.summary(),
        sealed_by=status.signing_cert.subject.human_friendly,
        sealed_at=at,
    )


def _trust(at: datetime | None) -> ValidationContext:
    """Exactly the seals of this authority, present and past: nobody else's certificate is one, whoever issued it."""
    return ValidationContext(trust_roots=list(_own_certificates()), moment=at, allow_fetching=False)


def _own_certificates() -> tuple[x509.Certificate, ...]:
    own = []
    for key_file in seal_keys.key_files():
        _kind, _headers, der = pem.unarmor(seal_keys.chain_file(key_file).read_bytes())
        own.append(x509.Certificate.load(der))
    return tuple(own)


def _blocking(work: Callable[[], _T]) -> _T:
    """pyhanko starts an event loop of its own; where one already runs (browser tests), it gets a thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    box: list[_T] = []
    failed: list[BaseException] = []

    def inside() -> None:
        try:
            box.append(work())
        except BaseException as error:  # noqa: BLE001 -- carried over to the caller's thread
            failed.append(error)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return box[0]
