"""The portal's own check of a file before the scanner's: one file must be one thing, and a passive one.

It needs no signatures and runs when the scanner is down. A file that is two things at once (a picture that is
also an archive) is refused, since two programs would show two people two documents.
"""

import lzma
import mmap
import re
import struct
import zipfile
import zlib
from enum import Enum
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from casework.documents import pdf_content
from casework.documents.media_types import MediaType, media_type_of, refuse
from foundation.kernel.refusals import BadInput

# The test file every scanner knows, in two halves so that no scanner finds it in our own code.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

_SNIFFED = 1024  # how far browsers and PDF readers look for a beginning
_MARKUP = re.compile(rb"<(!doctype\s+html|html|script|svg|iframe|body|\?php)[\s>]", re.IGNORECASE)
_FOREIGN = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|This program cannot be run in DOS mode")
_FOREIGN_IN_IMAGE = re.compile(rb"%PDF-[12]\.\d|<(!doctype\s+html|html|script|svg|\?php)[\s>]", re.IGNORECASE)
# After FF come stuffed zeros and restart marks inside a picture's data; anything else ends the data.
_JPEG_MARK = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)
_JPEG_END, _JPEG_SCAN = b"\xd9", b"\xda"
_PNG_FIRST_CHUNK = 8
_ZIP_MEMBERS, _ZIP_BYTES = 50, 1 << 20


class _Archive(Enum):
    NONE = 0
    SOME = 1
    HARMFUL = 2


def examine(file: BinaryIO, name: str) -> MediaType:
    """The type of a file that is whole, one thing and passive; raises BadInput otherwise."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        archive = _archive(file)
        if content.find(EICAR) >= 0 or archive == _Archive.HARMFUL:
            raise infected(name, "Eicar-Test-Signature")
        kind = media_type_of(file, name)
        _require_one_thing(content, name, kind, archive)
        if kind == MediaType.PDF:
            _require_passive_pdf(file, content, name)
        elif not (_whole_jpeg(content) if kind == MediaType.JPEG else _whole_png(content)):
            raise _damaged(name)
    return kind


def infected(name: str, signature: str) -> BadInput:
    """The refusal of a file in which harmful content was found."""
    return refuse(
        "FILE_INFECTED",
        _("“{name}” holds harmful content ({signature}) and was not kept.").format(
            name=name, signature=signature
        ),
        _("Check your computer for viruses, scan the paper document anew and upload the new file."),
    )


def _require_one_thing(content: mmap.mmap, name: str, kind: MediaType, archive: _Archive) -> None:
    is_pdf = kind == MediaType.PDF
    mixed = (
        _MARKUP.search(content[:_SNIFFED])
        or _FOREIGN.search(content)
        or (not is_pdf and _FOREIGN_IN_IMAGE.search(content))
        or (is_pdf and _pdf_tail(content))
        or archive != _Archive.NONE
    )
    if mixed:
        raise refuse(
            "FILE_MIXED",
            _("“{name}” is a {kind} file with a second file hidden in it or after it.").format(
                name=name, kind=kind.label
            ),
            _("Open it, print or save it anew as PDF, and upload the new file."),
        )


def _require_passive_pdf(file: BinaryIO, content: mmap.mmap, name: str) -> None:
    if content.rfind(b"%%EOF") < 0:
        raise _damaged(name)
    finding = pdf_content.look(file, content, EICAR)
    if finding == pdf_content.Finding.EICAR:
        raise infected(name, "Eicar-Test-Signature")
    if finding == pdf_content.Finding.LOCKED:
        raise refuse(
            "FILE_LOCKED",
            _("“{name}” is locked with a password, so nobody can read or check it.").format(name=name),
            _("Save it without a password and upload it again."),
        )
    if finding == pdf_content.Finding.DAMAGED:
        raise _damaged(name)
    if finding is not None:
        raise refuse(
            "FILE_ACTIVE",
            _("“{name}” is a PDF that does more than show pages: {found}.").format(
                name=name, found=finding.label
            ),
            _("Print it to a new PDF (without scripts, forms and attachments) and upload that."),
        )


def _damaged(name: str) -> BadInput:
    return refuse(
        "FILE_DAMAGED",
        _("“{name}” is damaged or was cut off: it cannot be read to its end.").format(name=name),
        _("Check that it opens on your computer, save or scan it anew and upload it again."),
    )


def _pdf_tail(content: mmap.mmap) -> bytes:
    """What stands behind the last end mark, without blank space."""
    end = content.rfind(b"%%EOF")
    return content[end + 5 :].strip(b"\0\t\n\f\r ") if end >= 0 else b""


def _archive(file: BinaryIO) -> _Archive:
    """Whether a ZIP reader would open the file, whatever stands before the archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            for member in members[:_ZIP_MEMBERS]:
                if EICAR in _beginning(archive, member):
                    return _Archive.HARMFUL
            return _Archive.SOME if members else _Archive.NONE
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        return _Archive.NONE


def _beginning(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as inner:
            return inner.read(_ZIP_BYTES)
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, zlib.error, lzma.LZMAError):
        return b""  # locked or broken: an archive is refused by its type anyway


def _whole_png(content: mmap.mmap) -> bool:
    """Chunks from IHDR to IEND without a gap and nothing behind them."""
    place, kind = _PNG_FIRST_CHUNK, b""
    while kind != b"IEND":
        try:
            length, kind = struct.unpack_from(">I4s", content, place)
        except struct.error:
            return False
        if place == _PNG_FIRST_CHUNK and kind != b"IHDR":
            return False
        place += 12 + length
    return place <= len(content) and not content[place:].strip(b"\0\r\n")


def _whole_jpeg(content: mmap.mmap) -> bool:
    """Segments up to the end mark; what telephones put behind it (more pictures, notes) is let be."""
    place, has_picture = 2, False
    while found := _JPEG_MARK.search(content, place):
        mark = found[1]
        if mark == _JPEG_END:
            return has_picture
        length = int.from_bytes(content[found.end() : found.end() + 2], "big")
        has_picture = has_picture or mark == _JPEG_SCAN
        place = found.end() + max(length, 2)
    return False
