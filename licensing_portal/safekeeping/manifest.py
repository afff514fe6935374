"""What a backup says of itself, and the check of every byte before anything is put back."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = "kz.portal.backup/1"
DUMP = "database.dump"
MANIFEST = "manifest.json"
CHECKSUM = "manifest.json.sha256"
FILES = "files"
CHUNK = 1024 * 1024


class SafekeepingError(Exception):
    """Why nothing was saved or put back: one line that says what, why and what to do."""


@dataclass(frozen=True, slots=True)
class SavedFile:
    """One file of the backup; `path` is relative to its folder."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of `manifest.json`."""

    made_at: str
    demo: bool
    migrations: list[str]
    facts: int
    anchors: int
    files: list[SavedFile]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """The manifest and the checksum of it, last of all: a folder without them is no backup."""
    content = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1).encode()
    (folder / MANIFEST).write_bytes(content)
    (folder / CHECKSUM).write_text(f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n", encoding="ascii")


def checked(folder: Path, tell: Callable[[str], None]) -> Manifest:
    """Read the manifest and compare every file with it; raises SafekeepingError at the first difference."""
    manifest = _read(folder)
    listed = {saved.path for saved in manifest.files}
    for path in _found(folder):
        if path not in listed:
            raise SafekeepingError(
                f"{folder / path} is not in the backup's manifest: remove it, or take another backup."
            )
    for number, saved in enumerate(manifest.files, start=1):
        _compare(folder, saved)
        if number % 1000 == 0:
            tell(f"checked {number} of {len(manifest.files)} files")
    return manifest


def _read(folder: Path) -> Manifest:
    try:
        content = (folder / MANIFEST).read_bytes()
        expected = (folder / CHECKSUM).read_text(encoding="ascii", errors="replace").split()[:1]
    except (FileNotFoundError, NotADirectoryError):
        raise SafekeepingError(
            f"{folder} is no backup: {MANIFEST} or {CHECKSUM} is missing. Name a folder that `backup` has made."
        ) from None
    if [hashlib.sha256(content).hexdigest()] != expected:
        raise _damaged(folder / MANIFEST)
    said: dict[str, Any] = json.loads(content)
    if said.pop("format", None) != FORMAT:
        raise SafekeepingError(
            f"{folder / MANIFEST} has another format than {FORMAT}: restore it with the release that made it."
        )
    files = [SavedFile(**row) for row in said.pop("files")]
    return Manifest(**said, files=files)


def _found(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            name = path.relative_to(folder).as_posix()
            if name not in (MANIFEST, CHECKSUM):
                yield name


def _compare(folder: Path, saved: SavedFile) -> None:
    name = PurePosixPath(saved.path)
    if name.is_absolute() or ".." in name.parts:
        raise _damaged(folder / MANIFEST)
    path = folder / name
    if path.is_symlink() or not path.is_file():
        raise SafekeepingError(f"{path} is missing from the backup: take another backup.")
    if path.stat().st_size != saved.size or sha256_of(path) != saved.sha256:
        raise _damaged(path)


def _damaged(path: Path) -> SafekeepingError:
    return SafekeepingError(
        f"{path} is not what was saved: its SHA-256 differs. Nothing was restored; take another backup."
    )
