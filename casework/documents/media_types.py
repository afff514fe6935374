"""Which kinds of file are taken, told by content, and how a file's name is shown.

The closed list is PDF, JPEG and PNG: "electronic copy" in Annex 11 means a scan or a photograph. TIFF is left
out because it may hold anything between its pages and no browser shows it; office files and archives because
they carry programs. What is refused is named, so that people understand why.
"""

import re
import unicodedata
from typing import BinaryIO

import filetype
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.kernel.refusals import BadInput, Text


class MediaType(models.TextChoices):
    """The closed list."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


EXTENSIONS: dict[str, tuple[str, ...]] = {
    MediaType.PDF: ("pdf",),
    MediaType.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    MediaType.PNG: ("png",),
}
MAX_NAME = 255
HEAD = 4096

_MAGIC: tuple[tuple[re.Pattern[bytes], MediaType], ...] = (
    (re.compile(rb"%PDF-[12]\.\d"), MediaType.PDF),
    (re.compile(rb"\xff\xd8\xff"), MediaType.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), MediaType.PNG),
)
# Text formats have no fixed first bytes, so `filetype` does not know them.
_TEXT_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<svg[\s>]", re.IGNORECASE), "SVG"),
    (re.compile(rb"<(!doctype\s+html|html|script|body|iframe)[\s>]", re.IGNORECASE), "HTML"),
    (re.compile(rb"\A(\xef\xbb\xbf)?\s*<\?xml", re.IGNORECASE), "XML"),
    (re.compile(rb"\A#!"), "SH"),
)
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})\Z")
# Unassigned and private characters too: what a font cannot show must not hide in a name.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def refuse(code: str, detail: Text, advice: Text) -> BadInput:
    """A refusal of the file itself, in the shape every door shows beside its file field."""
    return BadInput(detail, code=code, advice=advice, fields={"file": [detail]})


def display_name(raw: str) -> str:
    """The name without folders, control and direction marks; cut to 255 characters, ending kept."""
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", raw)
        if char.isspace() or unicodedata.category(char) not in _HIDDEN
    )
    last = re.split(r"[/\\]", visible)[-1]
    return _shortened(" ".join(last.split()).strip(". "))


def extension(name: str) -> str:
    """The extension in small letters without its dot; "" when what follows the dot is no extension."""
    found = _EXTENSION.search(name)
    return found[1].lower() if found else ""


def media_type_of(file: BinaryIO, name: str) -> MediaType:
    """The type by content; raises BadInput when it is none of ours or the name says another one."""
    file.seek(0)
    head = file.read(HEAD)
    for magic, kind in _MAGIC:
        if magic.match(head):
            _require_fitting_name(name, kind)
            return kind
    raise refuse(
        "FILE_TYPE",
        _wrong_type(name, _kind_of(head)),
        _("Scan or export the document as PDF, or take a photograph as JPEG or PNG, and upload that."),
    )


def named(name: str, kind: MediaType) -> str:
    """The name for display, completed with the extension of its content."""
    if extension(name) in EXTENSIONS[kind]:
        return name
    return _shortened(f"{name or 'file'}.{EXTENSIONS[kind][0]}")


def _require_fitting_name(name: str, kind: MediaType) -> None:
    said = extension(name)
    if said and said not in EXTENSIONS[kind]:
        raise refuse(
            "FILE_NAME_MISMATCH",
            _("“{name}” is a {kind} file by its content, but its name ends in .{said}.").format(
                name=name, kind=kind.label, said=said
            ),
            _("Give it the ending that belongs to its content (.{right}) and upload it again.").format(
                right=EXTENSIONS[kind][0]
            ),
        )


def _wrong_type(name: str, found: str) -> str:
    if found == "PDF":
        return _("“{name}” holds a PDF with something else before it.").format(name=name)
    if not found:
        return _("“{name}” is of a kind the portal does not know.").format(name=name)
    if (said := extension(name)) and said != found.lower():
        return _(
            "“{name}” is in fact {found}, although its name ends in .{said}. "
            "Only PDF, JPEG and PNG are taken: other kinds can carry programs that harm whoever opens them."
        ).format(name=name, found=found, said=said)
    return _(
        "“{name}” is {found}. Only PDF, JPEG and PNG are taken: other kinds can carry programs that harm "
        "whoever opens them."
    ).format(name=name, found=found)


def _kind_of(head: bytes) -> str:
    """A short name of foreign content (EXE, ZIP, DOCX, SVG, …), "" when unknown."""
    for pattern, kind in _TEXT_KINDS:
        if pattern.search(head):
            return kind
    if b"%PDF-" in head[:1024] and not head.startswith((b"MZ", b"PK")):
        return "PDF"
    found = filetype.guess(head)
    return str(found.extension).upper() if found else ""


def _shortened(name: str) -> str:
    if len(name) <= MAX_NAME:
        return name
    ending = f".{extension(name)}" if extension(name) else ""
    return name[: MAX_NAME - len(ending)].rstrip(". ") + ending
