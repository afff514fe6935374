"""A document is genuine whole, and not after one flipped byte, wherever it lies (issue: shows that it is done)."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from casework.documents import seal_keys, sealing, selectors
from casework.documents.models import OfficialDocument
from casework.documents.services import outgoing
from casework.documents.verification import verify_file
from sandbox.eds import SandboxCA
from tests.casework.documents.outgoing import samples
from tests.casework.documents.outgoing.samples import at


def test_a_published_document_is_genuine(published):
    for document in published:
        verdict = verify_file(selectors.sealed_bytes(document.pk))
        assert [(check.name, check.ok) for check in verdict.checks] == [
            ("seal", True), ("bytes", True), ("manifest", True), ("signature", True),
        ]  # fmt: skip
        assert (verdict.ok, verdict.document) == (True, document)
        assert "ҰЛЫҚБЕКҰЛЫ ҺӘКІМ" in verdict.checks[-1].text


def test_one_flipped_byte_anywhere_is_found(published, flipped):
    sealed = selectors.sealed_bytes(published[0].pk)
    places = [0, 5, len(sealed) // 2, len(sealed) - 1, *range(701, len(sealed), len(sealed) // 25)]
    for place in places:
        assert not verify_file(flipped(sealed, place)).ok, place


def test_a_byte_more_or_less_is_found(published):
    sealed = selectors.sealed_bytes(published[0].pk)
    assert not verify_file(sealed + b"\n").ok
    assert not verify_file(sealed[:-1]).ok


def test_the_signed_bytes_without_the_seal_are_not_enough(published):
    document = published[0]
    verdict = verify_file(selectors.final_bytes(document.pk))
    assert [(check.name, check.ok) for check in verdict.checks][:2] == [("seal", False), ("bytes", False)]
    assert verdict.document == document


def test_a_second_seal_over_the_same_bytes_is_not_the_published_file(published):
    again = sealing.seal(selectors.final_bytes(published[0].pk), at=at(10, 10))
    assert sealing.check_seal(again).ok
    verdict = verify_file(again)
    assert [(check.name, check.ok) for check in verdict.checks][:2] == [("seal", True), ("bytes", False)]
    assert verdict.document == published[0]


def test_a_seal_of_a_stranger_is_refused(published, settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    stranger = sealing.seal(selectors.final_bytes(published[0].pk), at=at(6, 16))
    settings.KEYS_DIR = tmp_path / "ours"
    sealing.current_signer()
    assert not sealing.check_seal(stranger).ok


def test_pyhanko_alone_trusts_the_seal_by_the_root_of_its_centre(published):
    root = asn1_x509.Certificate.load(SandboxCA.configured().chain()[-1].public_bytes(Encoding.DER))
    trust = ValidationContext(trust_roots=[root], moment=at(6, 16))
    (seal,) = PdfFileReader(io.BytesIO(selectors.sealed_bytes(published[0].pk))).embedded_signatures
    status = validate_pdf_signature(seal, trust)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_the_first_seal_of_a_fresh_demo_is_made_once(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _turn: seal_keys.current_key_file(), range(8)))
    assert found == {tmp_path / "seal" / "s001.key.pem"}


def test_documents_sealed_before_a_rotation_stay_genuine(published, capsys):
    call_command("rotate_keys", "--only", "seal")
    assert "seals from now on" in capsys.readouterr().out
    assert verify_file(selectors.sealed_bytes(published[0].pk)).ok
    assert sealing.check_seal(sealing.seal(selectors.final_bytes(published[0].pk), at=at(7, 9))).ok


def test_cms_and_manifest_are_checked_too(published, flipped):
    evidence = selectors.evidence_of_act(published[0].act_id).get()
    for content in (bytes(evidence.cms), bytes(evidence.manifest)):
        assert verify_file(content).ok
        for place in range(0, len(content), max(1, len(content) // 40)):
            assert not verify_file(flipped(content, place)).ok


def test_a_manifest_that_does_not_name_the_document_is_refused(opened, world):
    outgoing.mark_signed(opened, at=at(6, 16), published_at=at(6, 16))
    manifest = b'{"documents":[{"sha256":"%s"}]}' % (b"0" * 64)
    outgoing.attach_evidence(
        opened, manifest=manifest, cms=sealing.seal_cms(manifest, at=at(6, 16)), at=at(6, 16), by_seal=True
    )
    (document, _other) = outgoing.seal_act(opened, at=at(6, 16))
    verdict = verify_file(selectors.sealed_bytes(document.pk))
    assert [(check.name, check.ok) for check in verdict.checks][2:] == [
        ("manifest", False),
        ("signature", True),
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"hello", b"\x30\x80\x00"])
def test_rubbish_is_refused(db, content):
    assert not verify_file(content).ok


def test_the_command_says_what_and_exits_0_or_1(published, flipped, tmp_path, capsys):
    sealed = selectors.sealed_bytes(published[1].pk)
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(sealed)
    bad.write_bytes(flipped(sealed, 9000))
    call_command("verify_document", str(good))
    said = capsys.readouterr().out
    assert "OK  seal" in said
    assert samples.NUMBER in said
    with pytest.raises(SystemExit) as ended:
        call_command("verify_document", str(bad))
    assert ended.value.code == 1
    assert "BAD" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_document", str(tmp_path / "none.pdf"))


def test_the_keys_are_closed_to_others(keys: Path):
    files = list(keys.rglob("*.pem"))
    assert files
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (keys / "seal").stat().st_mode & 0o777 == 0o700


def test_without_a_provider_a_request_is_written_and_the_old_seal_stays(settings, tmp_path, capsys):
    settings.KEYS_DIR = tmp_path
    first = sealing.current_signer()
    settings.SEAL = settings.SEAL | {"PROVIDER": ""}
    call_command("rotate_keys", "--only", "seal")
    assert "s002.csr.pem certified" in capsys.readouterr().out
    assert (tmp_path / "seal" / "s002.csr.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE REQUEST")
    assert sealing.current_signer() is first


def test_the_documents_bytes_are_told_by_their_hash(published):
    for document in OfficialDocument.objects.all():
        assert hashlib.sha256(selectors.final_bytes(document.pk)).hexdigest() == document.sha256
        assert hashlib.sha256(selectors.sealed_bytes(document.pk)).hexdigest() == document.sealed_id
