"""Files of the sandbox CA: private (0600), written whole or not at all, one writer at a time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def new_key(kind: str) -> PrivateKey:
    if kind == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    sizes = {"rsa": 2048, "rsa1024": 1024}
    return rsa.generate_private_key(public_exponent=65537, key_size=sizes[kind])


def key_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Atomic: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_key(path: Path) -> PrivateKey:
    return _key(str(path), path.stat().st_mtime_ns)


def read_certificate(path: Path) -> x509.Certificate:
    return _certificate(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _key(path: str, mtime_ns: int) -> PrivateKey:
    del mtime_ns  # only the cache's key
    key = load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} holds a key of another kind")
    return key


@lru_cache(maxsize=256)
def _certificate(path: str, mtime_ns: int) -> x509.Certificate:
    del mtime_ns  # only the cache's key
    return x509.load_pem_x509_certificate(Path(path).read_bytes())
