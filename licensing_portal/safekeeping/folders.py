"""The folders whose files belong to the portal's state, copied out and back."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

from licensing_portal.safekeeping.manifest import CHUNK, FILES, SafekeepingError, SavedFile

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def areas() -> dict[str, Path]:
    """Name in the backup → folder. The demo's own certification centre goes along with what it certified."""
    if not isinstance(default_storage, FileSystemStorage):
        raise SafekeepingError(
            "Files are kept outside this machine: save them with the means of that storage."
        )
    found = {
        "files": Path(default_storage.location),
        "keys": Path(settings.KEYS_DIR),
        "trust": Path(settings.EDS["TRUST_DIR"]),
        "crl": Path(settings.EDS["CRL_DIR"]),
    }
    if settings.DEMO:
        found["sandbox"] = Path(settings.EDS["SANDBOX_DIR"])
    return found


def copy_out(target: Path, tell: Callable[[str], None]) -> Iterator[SavedFile]:
    """Copy every area under `target`/files; what is named is what was read, in one pass."""
    done = 0
    for area, source in areas().items():
        for path in _files_of(source):
            name = f"{FILES}/{area}/{path.relative_to(source).as_posix()}"
            size, digest = _copy(path, target / name)
            yield SavedFile(name, size, digest)
            done += 1
            if done % 1000 == 0:
                tell(f"copied {done} files")


def occupied() -> Path | None:
    """The first area that already holds a file."""
    return next((folder for folder in areas().values() if any(_files_of(folder))), None)


def copy_back(source: Path, files: list[SavedFile], written: list[Path], tell: Callable[[str], None]) -> None:
    """Put the files of the backup in their areas; `written` grows as it goes, so that a failure can be undone."""
    where = areas()
    for number, saved in enumerate(files, start=1):
        _files, area, name = saved.path.split("/", 2)
        target = where[area] / name
        copied = _copy(source / saved.path, target)
        written.append(target)
        if copied != (saved.size, saved.sha256):
            raise SafekeepingError(f"{saved.path} changed while it was read: take another backup.")
        if number % 1000 == 0:
            tell(f"restored {number} of {len(files)} files")


def remove(written: list[Path]) -> None:
    """Undo `copy_back`, and the folders it left empty."""
    for path in written:
        path.unlink(missing_ok=True)
    for folder in areas().values():
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _files_of(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _copy(source: Path, target: Path) -> tuple[int, str]:
    """Copy to a new private file; returns its size and SHA-256."""
    _make_folder(target.parent)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    try:
        with source.open("rb") as read, os.fdopen(descriptor, "wb") as write:
            while chunk := read.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                write.write(chunk)
            write.flush()
            os.fsync(write.fileno())
    except BaseException:
        target.unlink()
        raise
    shutil.copystat(source, target)  # the time of a file tells what the sweeps may remove
    target.chmod(FILE_MODE)
    return size, digest.hexdigest()


def _make_folder(folder: Path) -> None:
    """`mkdir(parents=True)` gives its mode to the last folder only."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
