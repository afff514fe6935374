"""Where the files of a cluster lie, and which system user its servers run as."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

Cluster = Literal["demo", "tests"]
CLUSTERS: tuple[Cluster, ...] = ("demo", "tests")

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SOCKET_PATH_LIMIT = 107  # bytes, of the kernel


class LaunchError(SystemExit):
    """A server cannot be started: one line that says what, why and what to do, and exit status 1."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The user of the server processes. PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @property
    def switches(self) -> bool:
        return self.uid != os.geteuid()


def server_owner() -> Owner:
    """Ourselves; for root, `postgres` where that user exists, otherwise `nobody`."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(entry.pw_uid, entry.pw_gid)
    raise LaunchError(
        "PostgreSQL cannot run as root and there is neither `postgres` nor `nobody`: add one of them."
    )


def run_folder() -> Path:
    """One per user and checkout, in /var/tmp: a checkout under a 0700 home is closed to the servers' user,
    /tmp does not survive a restart of the machine, and sockets' paths must be short."""
    if chosen := os.environ.get("PORTAL_RUN_DIR"):
        return Path(chosen).resolve()
    mark = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:8]
    return Path("/var/tmp") / f"licensing-portal-{os.geteuid()}-{mark}"  # noqa: S108 - claimed by claim_run_folder


def claim_run_folder() -> Path:
    """Makes the run folder, and refuses one that another user put in its place."""
    folder = run_folder()
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise LaunchError(
            f"{folder} belongs to somebody else: remove it or set PORTAL_RUN_DIR to a folder of yours."
        )
    folder.chmod(0o755)
    return folder


@dataclass(frozen=True)
class Place:
    """The folder of one cluster and the names in it."""

    cluster: Cluster

    @cached_property
    def folder(self) -> Path:
        return run_folder() / self.cluster

    @property
    def lock(self) -> Path:
        return run_folder() / f"{self.cluster}.lock"

    @property
    def secret(self) -> Path:
        return self.folder / "secret"

    @cached_property
    def owner(self) -> Owner:
        """Whoever owns the data already keeps it, also after a user `postgres` has appeared."""
        try:
            found = self.folder.stat()
        except FileNotFoundError:
            return server_owner()
        return Owner(found.st_uid, found.st_gid)

    def make(self) -> None:
        claim_run_folder()
        owner = server_owner()
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            os.chown(self.folder, owner.uid, owner.gid)

    def subfolder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, self.owner.uid, self.owner.gid, follow_symlinks=False)
        return folder

    def write(self, path: Path, text: str) -> None:
        """A small private file of the servers' user, whole or not at all. The folder is that user's, so
        nothing found there is followed or trusted."""
        draft = path.with_name(f"{path.name}.new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchown(descriptor, self.owner.uid, self.owner.gid)
            file.write(text)
        draft.replace(path)

    def socket(self, name: str) -> Path:
        path = self.folder / name
        if len(os.fsencode(path)) > SOCKET_PATH_LIMIT:
            raise LaunchError(
                f"{path} is too long for a socket ({SOCKET_PATH_LIMIT} bytes): set a shorter PORTAL_RUN_DIR.",
            )
        return path
