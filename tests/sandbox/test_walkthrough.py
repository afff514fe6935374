"""`walkthrough --out DIR`: every document with its signatures, each genuine, none after one changed byte (api.md)."""

import json
from collections import Counter
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command

KAZAKH = set("әғқңөұүһі")
# the application, its receipt, the licence, and an annex for each of the two data centres: Kazakh and Russian
KINDS = Counter({"application_filed": 2, "receipt": 2, "licence_form_4": 2, "annex_form_6": 4})
DECISION = ("licence_form_4", "annex_form_6")


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def verdict(file: Path) -> int:
    try:
        call_command("verify_document", str(file), stdout=StringIO(), stderr=StringIO())
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def flipped(file: Path, folder: Path) -> Path:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    changed = folder / file.name
    changed.write_bytes(content)
    return changed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_document_is_there_genuine_and_tells_of_one_changed_byte(tmp_path):
    out = tmp_path / "out"
    call_command("walkthrough", out=str(out), stdout=StringIO())
    index = json.loads((out / "index.json").read_text(encoding="utf-8"))
    assert Counter(row["kind"] for row in index) >= KINDS
    assert Counter(row["language"] for row in index) == {"kk": len(index) / 2, "ru": len(index) / 2}
    for row in index:
        content = (out / row["file"]).read_bytes()
        assert sha256(content).hexdigest() == row["sha256"]
        # what was sealed begins with the very bytes that were signed
        assert sha256(content[: row["signed_bytes"]]).hexdigest() == row["signed_sha256"]
    assert [row["file"] for row in index if row["kind"] in DECISION and "cms" not in row] == []
    decision = next(row for row in index if row["kind"] == "licence_form_4")
    assert (out / "manifest.json").read_bytes() == (out / decision["manifest"]).read_bytes()
    changed = tmp_path / "changed"
    changed.mkdir()
    pdfs = [out / row["file"] for row in index]
    signed = [out / row[name] for row in index if "cms" in row for name in ("cms", "manifest")]
    assert [file.name for file in signed if verdict(file) != 0] == []
    for pdf in pdfs:
        assert verdict(pdf) == 0, pdf.name
        assert verdict(flipped(pdf, changed)) == 1, pdf.name
        with pikepdf.open(pdf) as opened:
            assert opened.Root.Lang is not None
    kazakh = "".join(text_of(out / row["file"]) for row in index if row["language"] == "kk").lower()
    assert set(kazakh) >= KAZAKH
