"""What a PDF may not hold: scripts, actions that start things, attachments, coded forms, the test virus."""

import mmap
import re
import zlib
from typing import BinaryIO

import pikepdf
from django.db import models
from django.utils.translation import gettext_lazy as _
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream


class Finding(models.TextChoices):
    """Why a PDF is not taken."""

    SCRIPT = "script", _("it holds a script")
    ACTION = "action", _("it starts programs or sends data")
    ATTACHMENT = "attachment", _("other files are attached inside it")
    MEDIA = "media", _("it plays sound, film or 3D")
    FORM = "form", _("it is a form with code (XFA)")
    COMPLEX = "complex", _("it has too many parts to be checked")
    LOCKED = "locked", _("it is locked with a password")
    DAMAGED = "damaged", _("it is damaged")
    EICAR = "eicar", _("it holds the test virus")


_KEYS = {
    "/JS": Finding.SCRIPT,
    "/JavaScript": Finding.SCRIPT,
    "/EF": Finding.ATTACHMENT,
    "/EmbeddedFiles": Finding.ATTACHMENT,
    "/XFA": Finding.FORM,
    "/RichMediaContent": Finding.MEDIA,
}
_VALUES = {
    "/JavaScript": Finding.SCRIPT,
    "/Launch": Finding.ACTION,
    "/SubmitForm": Finding.ACTION,
    "/ImportData": Finding.ACTION,
    "/GoToE": Finding.ATTACHMENT,
    "/EmbeddedFile": Finding.ATTACHMENT,
    "/FileAttachment": Finding.ATTACHMENT,
    "/Rendition": Finding.MEDIA,
    "/Movie": Finding.MEDIA,
    "/Sound": Finding.MEDIA,
    "/RichMedia": Finding.MEDIA,
    "/3D": Finding.MEDIA,
}
_NAMING_KEYS = ("/S", "/Type", "/Subtype")
# A quick sieve; strings may hold these words too, so whatever it finds is looked at properly.
_SUSPECT = re.compile("|".join(sorted({re.escape(word) for word in (*_KEYS, *_VALUES)})).encode())
# In the file's own bytes these also tell of objects that the table of contents hides.
_RAW = re.compile(rb"/(JavaScript|Launch|EmbeddedFile)\b")
_RAW_FINDINGS = {
    b"JavaScript": Finding.SCRIPT,
    b"Launch": Finding.ACTION,
    b"EmbeddedFile": Finding.ATTACHMENT,
}
_MAX_OBJECTS = 200_000
_STREAM_BYTES, _ALL_STREAM_BYTES = 1 << 20, 64 << 20
_UNPACKED_BYTES = 64 << 20

# For the whole process: a stream that unpacks to more is an attack on memory, not a page.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_UNPACKED_BYTES,
    run_length_max_memory=_UNPACKED_BYTES,
    png_max_memory=_UNPACKED_BYTES,
    tiff_max_memory=_UNPACKED_BYTES,
    dct_max_memory=_UNPACKED_BYTES,
    doc_max_warnings=1000,
)


def look(file: BinaryIO, content: mmap.mmap, virus: bytes) -> Finding | None:
    """The first reason not to take the PDF, or None."""
    if raw := _RAW.search(content):
        return _RAW_FINDINGS[raw[1]]
    file.seek(0)
    try:
        with pikepdf.open(file, suppress_warnings=True) as pdf:
            return _look_through(pdf, virus)
    except pikepdf.PasswordError:
        return Finding.LOCKED
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return Finding.DAMAGED


def page_count(file: BinaryIO) -> int:
    """How many pages a PDF that was looked through has; the form counts attached sheets by them."""
    file.seek(0)
    with pikepdf.open(file, suppress_warnings=True) as pdf:
        return len(pdf.pages)


def _look_through(pdf: Pdf, virus: bytes) -> Finding | None:
    if int(pdf.trailer.get("/Size", 0)) > _MAX_OBJECTS:
        return Finding.COMPLEX
    if not len(pdf.pages):
        return Finding.DAMAGED
    budget = _ALL_STREAM_BYTES
    for item in pdf.objects:
        facts = item.stream_dict if isinstance(item, Stream) else item
        if _SUSPECT.search(facts.unparse(resolved=True)) and (finding := _finding(facts)):
            return finding
        if isinstance(item, Stream) and budget > 0 and facts.get("/Subtype") != Name.Image:
            beginning = _beginning(item)
            if virus in beginning:
                return Finding.EICAR
            budget -= len(beginning)
    return None


def _finding(item: Object) -> Finding | None:
    """Look at a dictionary and what stands directly in it; what it refers to is looked at in its own turn."""
    if isinstance(item, Array):
        children = list(item.as_list())
    elif isinstance(item, Dictionary):
        children = []
        for key, value in item.items():
            if found := _KEYS.get(key) or _named(key, value):
                return found
            children.append(value)
    else:
        return None
    for child in children:
        if isinstance(child, (Array, Dictionary)) and not child.is_indirect and (found := _finding(child)):
            return found
    return None


def _named(key: str, value: object) -> Finding | None:
    return _VALUES.get(str(value)) if key in _NAMING_KEYS and isinstance(value, Name) else None


def _beginning(stream: Stream) -> bytes:
    """The first megabyte of a stream as a reader would see it; b"" when it cannot be unpacked."""
    raw = stream.read_raw_bytes()
    try:
        if stream.stream_dict.get("/Filter") == Name.FlateDecode:
            return zlib.decompressobj().decompress(raw, _STREAM_BYTES)
        return bytes(stream.read_bytes()) if len(raw) <= _STREAM_BYTES else bytes(raw[:_STREAM_BYTES])
    except (zlib.error, pikepdf.PdfError):
        return b""
