"""A case of an applicant, its people, and files of every sort."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
from PIL import Image

from casework.cases.models import Case
from casework.documents.first_look import EICAR
from casework.documents.models import StoredFile
from casework.documents.services.incoming import receive_file
from foundation.accounts.models import Person

AT = datetime(2026, 3, 2, 11, 0, tzinfo=ZoneInfo("Asia/Almaty"))


@dataclass
class World:
    """Aigerim applies, Bolat is her colleague, Dana a stranger, Erlan the executor."""

    aigerim: Person
    bolat: Person
    dana: Person
    erlan: Person
    case: Case

    def receive(self, content: bytes, name: str = "договор.pdf", **changes: Any) -> StoredFile:
        facts: dict[str, Any] = {"case_id": self.case.pk, "uploaded_by": self.aigerim, "at": AT} | changes
        return receive_file(name=name, stream=io.BytesIO(content), **facts)

    def file_it(self) -> None:
        Case.objects.filter(pk=self.case.pk).update(received_at=AT)


def pdf(change=None, **options) -> bytes:
    """One blank page; `change(document)` may add to it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if change:
            change(document)
        document.save(out, **options)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(out, kind)
    return out.getvalue()


def eicar_in_pdf(document) -> None:
    document.Root.Note = pikepdf.Stream(document, b" " * 10 + EICAR)


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
