"""The trust store (contract A.1): roots in TRUST_DIR/*.pem, others in TRUST_DIR/intermediates/*.pem."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509

# The sandbox writes this word into every issuer (contract A.6); its material never counts in production.
SANDBOX_WORD = "SANDBOX"


@dataclass(frozen=True, slots=True)
class TrustStore:
    roots: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...]


def is_sandbox_made(certificate: x509.Certificate) -> bool:
    names = f"{certificate.subject.rfc4514_string()} {certificate.issuer.rfc4514_string()}"
    return SANDBOX_WORD in names.upper()


def trust_store(folder: Path, *, sandbox: bool) -> TrustStore:
    """What is trusted now; files are read again when they change."""
    return _load(str(folder), _stamp(folder), sandbox)


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    return sorted(folder.glob("*.pem")), sorted((folder / "intermediates").glob("*.pem"))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    roots, intermediates = _files(folder)
    stats = ((path, path.stat()) for path in (*roots, *intermediates))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


@lru_cache(maxsize=8)
def _load(folder: str, stamp: tuple[tuple[str, int, int], ...], sandbox: bool) -> TrustStore:
    del stamp  # only the cache's key
    roots, intermediates = _files(Path(folder))
    return TrustStore(
        roots=_certificates(roots, sandbox), intermediates=_certificates(intermediates, sandbox)
    )


def _certificates(paths: list[Path], sandbox: bool) -> tuple[x509.Certificate, ...]:
    found = [item for path in paths for item in x509.load_pem_x509_certificates(path.read_bytes())]
    return tuple(item for item in found if sandbox or not is_sandbox_made(item))
