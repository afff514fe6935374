"""Check this bundle, without a network, with nothing but Python 3.9+ and the openssl command.

    python3 verify.py            beside index.json, in the unpacked bundle
    python3 verify.py FILE.zip   the bundle as it was downloaded

What is checked: every file by its SHA-256; the index by the authority's signature; the chain of the journal; every
signed list of documents by its signature; every document by that list and by the seal over it. Exit status 0 only
if all of it holds. The certificates in trust/ are the ones the authority trusted when the bundle was made: compare
their fingerprints, printed at the end, with those the certification centre publishes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from typing import Any

INDEX, SIGNATURE, KEY = "index.json", "index.sig", "trust/anchor.pem"
UNLISTED = frozenset((INDEX, SIGNATURE))
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


class Bundle:
    """The files of the bundle, the findings on the way."""

    def __init__(self, files: dict[str, bytes], folder: str) -> None:
        self.files, self.folder = files, folder
        self.good = 0
        self.bad: list[str] = []

    def found(self, ok: bool, what: str) -> None:
        if ok:
            self.good += 1
        else:
            self.bad.append(what)
            sys.stdout.write(f"BAD {what}\n")

    def on_disk(self, content: bytes) -> str:
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as handle:
            handle.write(content)
            return handle.name


def read(source: pathlib.Path) -> dict[str, bytes]:
    """Name → bytes, of a ZIP or of a folder; names that leave the bundle are refused."""
    if source.is_dir():
        return {
            file.relative_to(source).as_posix(): file.read_bytes()
            for file in sorted(source.rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts
        }
    with zipfile.ZipFile(source) as packed:
        names = packed.namelist()
        if len(names) != len(set(names)):
            raise ValueError("the archive names a file twice")
        return {name: packed.read(name) for name in names}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def openssl(*arguments: str) -> bool:
    done = subprocess.run(["openssl", *arguments], capture_output=True, check=False)  # noqa: S603, S607 -- the reader's own openssl, on files of our own naming
    return done.returncode == 0


def check_index(bundle: Bundle) -> dict[str, Any]:
    files = bundle.files
    raw = files.get(INDEX, b"")
    bundle.found(
        openssl(
            "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", bundle.on_disk(files.get(KEY, b"")),
            "-sigfile", bundle.on_disk(files.get(SIGNATURE, b"")), "-in", bundle.on_disk(raw),
        ),
        f"{INDEX}: the authority's signature",
    )  # fmt: skip
    index: dict[str, Any] = json.loads(raw)
    listed = index["files"]
    for name in sorted(set(files) | set(listed)):
        if name in UNLISTED:
            continue
        known = listed.get(name)
        if known is None:
            bundle.found(False, f"{name}: is not in the index")
        elif name not in files:
            bundle.found(False, f"{name}: is missing")
        else:
            bundle.found(sha256(files[name]) == known["sha256"], f"{name}: SHA-256")
    return index


def check_journal(bundle: Bundle, index: dict[str, Any]) -> None:
    for name in index["journals"]:
        previous = None
        for row in json.loads(bundle.files[name])["facts"]:
            linked = previous is None or (
                row["seq"] == previous["seq"] + 1 and row["prev_hash"] == previous["hash"]
            )
            bundle.found(linked, f"{name}: entry {row['seq']} does not follow the one before")
            if "canonical" in row:
                link = b"%s\n%d\n%s" % (
                    row["prev_hash"].encode(),
                    row["seq"],
                    base64.b64decode(row["canonical"]),
                )
                bundle.found(sha256(link) == row["hash"], f"{name}: entry {row['seq']}: hash")
            previous = row


def der(signature: bytes) -> bytes:
    """A CMS as it was kept: DER, PEM, or base64."""
    if signature[:1] == b"\x30":
        return signature
    return base64.b64decode(re.sub(rb"-----[^-]+-----|\s", b"", signature))


def cms_holds(bundle: Bundle, content: bytes, signature: bytes, roots: str, moment: int) -> bool:
    return openssl(
        "cms", "-verify", "-binary", "-inform", "DER", "-in", bundle.on_disk(der(signature)),
        "-content", bundle.on_disk(content), "-CAfile", roots, "-partial_chain", "-purpose", "any",
        "-attime", str(moment), "-out", bundle.on_disk(b""),
    )  # fmt: skip


def check_acts(bundle: Bundle, index: dict[str, Any], roots: dict[str, str]) -> dict[str, set[str]]:
    """Each signed list with its signatures; gives back the documents that each act's lists name."""
    named: dict[str, set[str]] = {}
    for act in index["acts"]:
        named[act["id"]] = set()
        for signed in act["signatures"]:
            manifest = bundle.files[signed["manifest"]]
            kind = "seal" if signed["by_seal"] else "people"
            ok = cms_holds(bundle, manifest, bundle.files[signed["cms"]], roots[kind], signed["at"])
            bundle.found(ok, f"{signed['cms']}: signature over {signed['manifest']}")
            named[act["id"]] |= {row.get("sha256") for row in json.loads(manifest).get("documents", ())}
    return named


def check_documents(
    bundle: Bundle, index: dict[str, Any], named: dict[str, set[str]], roots: dict[str, str]
) -> None:
    for row in index["documents"]:
        name, content = row["file"], bundle.files[row["file"]]
        bundle.found(sha256(content[: row["signed_size"]]) == row["signed_sha256"], f"{name}: signed bytes")
        bundle.found(row["signed_sha256"] in named.get(row["act"], ()), f"{name}: is in no signed list")
        bundle.found(sealed(bundle, content, roots["seal"], row["at"]), f"{name}: the authority's seal")


def sealed(bundle: Bundle, content: bytes, roots: str, moment: int) -> bool:
    """The one seal of a PDF, over all of it but the seal itself."""
    ranges = RANGE.findall(content)
    if len(ranges) != 1:
        return False
    first, length, second, rest = (int(number) for number in ranges[0])
    if first != 0 or second + rest != len(content) or content[length : length + 1] != b"<":
        return False
    seal = bytes.fromhex(content[length + 1 : second - 1].decode("ascii"))
    return cms_holds(bundle, content[:length] + content[second:], seal, roots, moment)


def fingerprints(bundle: Bundle) -> None:
    for name in sorted(bundle.files):
        if name.startswith("trust/"):
            sys.stdout.write(f"{name}: SHA-256 {sha256(bundle.files[name])}\n")


def main(arguments: list[str]) -> int:
    source = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory() as folder:
        try:
            bundle = Bundle(read(source), folder)
            index = check_index(bundle)
            roots = {
                kind: bundle.on_disk(bundle.files.get(f"trust/{kind}.pem", b""))
                for kind in ("people", "seal")
            }
            check_journal(bundle, index)
            check_documents(bundle, index, check_acts(bundle, index, roots), roots)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
            sys.stdout.write(f"BAD the bundle cannot be read: {type(error).__name__}: {error}\nCHANGED\n")
            return 1
        fingerprints(bundle)
        for row in index["left_out"]:
            sys.stdout.write(f"left out: {row['name']} ({row['why']})\n")
    if bundle.bad:
        sys.stdout.write(f"CHANGED: {len(bundle.bad)} of {bundle.good + len(bundle.bad)} checks failed\n")
        return 1
    sys.stdout.write(f"WHOLE: {bundle.good} checks hold for {index['of']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
