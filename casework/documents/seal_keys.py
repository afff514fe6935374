"""Where the seal's keys lie, and how a new one is made (`rotate_keys`)."""

import os
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
        new_seal()
        found = key_files()
    if not found:
        raise ImproperlyConfigured(
            "The authority has no seal: run `manage.py rotate_keys` and put the issued certificates beside the key."
        )
    return found[-1]


def new_seal() -> str:
    """Make the next key: with a provider (demo) its certificate too, else a request for the certification centre.

    Returns the id; a key without a chain file beside it does not seal yet.
    """
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    key_id = f"s{len(list(folder().glob(f'*{_KEY}'))) + 1:03d}"
    name, number = settings.SEAL["ORGANIZATION"], settings.SEAL["BIN"]
    provider = settings.SEAL["PROVIDER"]
    if provider:
        issued = import_string(provider)(organization=name, bin=number)
        if not _write(key_id + _KEY, issued.key_pem):
            return key_id
        _write(key_id + _CHAIN, issued.certificate_pem + issued.chain_pem)
        return key_id
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    if _write(key_id + _KEY, secret):
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


def _write(name: str, content: bytes) -> bool:
    """Whole or not at all; false if another process was faster."""
    target = folder() / name
    draft = target.with_name(f".{name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.link(draft, target)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
