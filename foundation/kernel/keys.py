"""The authority's Ed25519 keys for QR codes and journal anchors: files of mode 0600, old ones stay published.

The newest key of a purpose signs; every key ever used stays in `public_keys`, so that old paper stays checkable.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PURPOSES = ("qr", "anchor")


def _folder(purpose: str) -> Path:
    return Path(settings.KEYS_DIR) / purpose


def _files(purpose: str) -> list[Path]:
    folder = _folder(purpose)
    return sorted(folder.glob("*.pem"), key=lambda file: file.stem) if folder.is_dir() else []


def new_key(purpose: str) -> str:
    """Make the next key of a purpose and return its id (`q1`, `q2`, … / `a1`, …)."""
    folder = _folder(purpose)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # the mode holds for the last folder only
    folder.mkdir(exist_ok=True, mode=0o700)
    key_id = f"{purpose[0]}{len(_files(purpose)) + 1:03d}"
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        handle = os.open(folder / f"{key_id}.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster: its key serves as well
        return key_id
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return key_id


def current_key(purpose: str) -> tuple[str, Ed25519PrivateKey]:
    """The key that signs now; the demo makes its first one, production must have run `rotate_keys`."""
    files = _files(purpose)
    if not files:
        if not settings.DEMO:
            raise ImproperlyConfigured(f"No {purpose} key in KEYS_DIR: run `manage.py rotate_keys`.")
        new_key(purpose)
        files = _files(purpose)
    return files[-1].stem, _load(files[-1])


@lru_cache(maxsize=64)
def _load(file: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{file.name} is no Ed25519 key.")
    return key


def public_keys(purpose: str) -> Iterator[tuple[str, Ed25519PublicKey]]:
    """Every key of a purpose ever used, oldest first."""
    for file in _files(purpose):
        yield file.stem, _load(file).public_key()


def verifies(purpose: str, key_id: str, signature: bytes, data: bytes) -> bool:
    """Whether `signature` over `data` was made by the named key."""
    for known, key in public_keys(purpose):
        if known == key_id:
            try:
                key.verify(signature, data)
            except InvalidSignature:
                return False
            return True
    return False
