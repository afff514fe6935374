"""Where the seal's keys lie, and how a new one is made (`rotate_keys`)."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

_KEY, _CHAIN, _REQUEST = ".key.pem", ".chain.pem", ".csr.pem"


def folder() -> Path:
    """KEYS_DIR/seal."""
    return Path(settings.KEYS_DIR) / "seal"


def key_files() -> list[Path]:
    """Every key with a certificate, oldest first."""
    return sorted(file for file in folder().glob(f"*{_KEY}") if chain_file(file).exists())


def chain_file(key_file: Path) -> Path:
    """The certificates of a key: the seal's own first, the root last."""
    return key_file.with_name(key_file.name.removesuffix(_KEY) + _CHAIN)


def current_key_file() -> Path:
    """The newest key with a certificate; the demo makes its first one by itself."""
    found = key_files()
    if not found and settings.SEAL["PROVIDER"]:
        with _one_at_a_time():
            found = key_files() or [folder() / f"{_make()}{_KEY}"]
    if not found:
        raise ImproperlyConfigured(
            "The authority has no seal: run `manage.py rotate_keys` and put the issued certificates beside the key."
        )
    return found[-1]


def new_seal() -> str:
    """Make the next key: with a provider (demo) its certificate too, else a request for the certification centre.

    Returns the id; a key without a chain file beside it does not seal yet.
    """
    with _one_at_a_time():
        return _make()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Web and worker of a fresh demo both ask for the first seal: they get the same one."""
    folder().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder().mkdir(exist_ok=True, mode=0o700)
    handle = os.open(folder() / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make() -> str:
    key_id = f"s{len(list(folder().glob(f'*{_KEY}'))) + 1:03d}"
    name, number = settings.SEAL["ORGANIZATION"], settings.SEAL["BIN"]
    provider = settings.SEAL["PROVIDER"]
    if provider:
        issued = import_string(provider)(organization=name, bin=number)
        _write(key_id + _CHAIN, issued.certificate_pem + issued.chain_pem)
        _write(key_id + _KEY, issued.key_pem)
        return key_id
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key_id + _KEY, secret)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{number}"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    _write(key_id + _REQUEST, request.public_bytes(serialization.Encoding.PEM))
    return key_id


def _write(name: str, content: bytes) -> None:
    """A new file, closed to others and whole from its first moment; an existing one is never overwritten."""
    draft = folder() / f".{name}"
    draft.unlink(missing_ok=True)  # left by a process that was killed
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.link(draft, folder() / name)
    draft.unlink()
