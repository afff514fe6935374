"""Contract A.3, the CMS itself: every broken or hostile structure gets its code, nothing is raised."""

import time
from typing import Any

import pytest
from asn1crypto import cms, core, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.egov.eds import Expect
from sandbox.eds.signer import to_pem
from tests.foundation.egov.eds_forge import (
    DATA,
    Bench,
    attributes_of,
    changed,
    der_of,
    signed_with,
    strange_attribute,
    with_attributes,
)


@pytest.mark.parametrize(
    "cms_",
    [
        "",
        b"",
        "not a signature",
        "-----BEGIN CMS-----\nMIIB\n-----END CMS-----\n",
        "-----BEGIN CMS-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        b"\x30\x80\x00\x00",
        b"\x30\x03\x02\x01\x01",
        "\ud800",
        b"\xff" * 100,
    ],
)
def test_not_a_signature(bench: Bench, cms_: bytes | str) -> None:
    assert bench.code(cms_) == "MALFORMED"


def test_bytes_after_the_structure(bench: Bench) -> None:
    assert bench.code(der_of(bench.sign("p256")) + b"\x00") == "MALFORMED"


def test_two_pem_blocks(bench: Bench) -> None:
    assert bench.code(bench.sign("p256") * 2) == "MALFORMED"


def test_too_large(bench: Bench) -> None:
    assert bench.code(bench.sign("p256", b"\x00" * 300_000, attached=True)) == "TOO_LARGE"


def test_five_megabytes_are_refused_before_they_are_read(bench: Bench) -> None:
    started = time.perf_counter()

    assert bench.code("-----BEGIN CMS-----" + "A" * 5_000_000) == "TOO_LARGE"
    assert time.perf_counter() - started < 0.1


def test_ten_thousand_attributes_within_the_limit(bench: Bench) -> None:
    extra = tuple(strange_attribute(number) for number in range(10_000))
    der = signed_with(bench.certificate("p256"), bench.key("p256"), extra_attributes=extra)
    assert len(der) < 262144

    started = time.perf_counter()

    assert bench.code(der) == "MALFORMED"
    assert time.perf_counter() - started < 2


def test_many_openings_of_pem(bench: Bench) -> None:
    started = time.perf_counter()

    assert bench.code("-----BEGIN CMS-----\n" * 13_000) == "MALFORMED"
    assert time.perf_counter() - started < 2


def test_nothing_to_check_against(bench: Bench) -> None:
    assert bench.code(bench.sign("p256"), b"") == "NO_CONTENT"


def test_no_signer(bench: Bench) -> None:
    def empty(signed: cms.SignedData) -> None:
        signed["signer_infos"] = cms.SignerInfos([])

    assert bench.code(changed(bench.sign("p256"), empty)) == "NO_SIGNER"


def test_two_signers(bench: Bench) -> None:
    def double(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        signed["signer_infos"] = cms.SignerInfos([info, info.copy()])

    assert bench.code(changed(bench.sign("p256"), double)) == "TOO_MANY_SIGNERS"


def test_more_signers_than_configured_are_never_expected(bench: Bench) -> None:
    def double(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        signed["signer_infos"] = cms.SignerInfos([info, info.copy()])

    assert bench.code(changed(bench.sign("p256"), double), expect=Expect(signers=2)) == "TOO_MANY_SIGNERS"


def test_other_content_attached(bench: Bench) -> None:
    assert bench.code(bench.sign("p256", b"other", attached=True)) == "CONTENT_MISMATCH"


def test_content_of_another_kind(bench: Bench) -> None:
    def other(signed: cms.SignedData) -> None:
        signed["encap_content_info"]["content_type"] = "enveloped_data"

    assert bench.code(changed(bench.sign("p256"), other)) == "MALFORMED"


def test_certificate_left_out(bench: Bench) -> None:
    def remove(signed: cms.SignedData) -> None:
        signed["certificates"] = None

    assert bench.code(changed(bench.sign("p256"), remove)) == "NO_SIGNER_CERT"


def test_certificate_of_another_embedded(bench: Bench) -> None:
    def swap(signed: cms.SignedData) -> None:
        other = cms.ContentInfo.load(der_of(bench.sign("head-1")))
        signed["certificates"] = other["content"]["certificates"]

    assert bench.code(changed(bench.sign("p256"), swap)) == "NO_SIGNER_CERT"


def test_eleven_certificates(bench: Bench) -> None:
    def fill(signed: cms.SignedData) -> None:
        signed["certificates"] = cms.CertificateSet([signed["certificates"][0]] * 11)

    assert bench.code(changed(bench.sign("p256"), fill)) == "MALFORMED"


def test_no_signed_attributes(bench: Bench) -> None:
    def remove(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["signed_attrs"] = None

    assert bench.code(changed(bench.sign("p256"), remove)) == "NO_SIGNED_ATTRS"


@pytest.mark.parametrize("missing", ["content_type", "message_digest"])
def test_required_attribute_missing(bench: Bench, missing: str) -> None:
    pem = bench.sign("p256")
    kept = [item for item in attributes_of(pem) if item["type"].native != missing]

    assert bench.code(with_attributes(pem, bench.key("p256"), kept)) == "NO_SIGNED_ATTRS"


def test_attribute_twice(bench: Bench) -> None:
    pem = bench.sign("p256")
    attributes = attributes_of(pem)

    assert bench.code(with_attributes(pem, bench.key("p256"), [*attributes, attributes[0]])) == "MALFORMED"


def test_attribute_with_two_values(bench: Bench) -> None:
    pem = bench.sign("p256")
    kept = [item for item in attributes_of(pem) if item["type"].native != "message_digest"]
    double = cms.CMSAttribute({"type": "message_digest", "values": [b"\x00" * 32, b"\x01" * 32]})

    assert bench.code(with_attributes(pem, bench.key("p256"), [*kept, double])) == "MALFORMED"


def test_content_type_of_another_kind(bench: Bench) -> None:
    pem = bench.sign("p256")
    kept = [item for item in attributes_of(pem) if item["type"].native != "content_type"]
    other = cms.CMSAttribute({"type": "content_type", "values": ["signed_data"]})

    assert bench.code(with_attributes(pem, bench.key("p256"), [*kept, other])) == "MALFORMED"


def test_unsigned_attributes_count_for_nothing(bench: Bench) -> None:
    def add(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([strange_attribute(1)])

    assert bench.code(changed(bench.sign("p256"), add)) == "OK"


@pytest.mark.parametrize("name", ["individual-1", "p256"])
def test_one_flipped_bit_of_the_signature(bench: Bench, name: str) -> None:
    def flip(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        value = bytearray(info["signature"].native)
        value[-1] ^= 1
        info["signature"] = bytes(value)

    assert bench.code(changed(bench.sign(name), flip)) == "SIGNATURE_INVALID"


def test_signed_attributes_changed_after_signing(bench: Bench) -> None:
    def move(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        attributes = [item for item in info["signed_attrs"] if item["type"].native != "signing_time"]
        info["signed_attrs"] = cms.CMSAttributes(attributes)

    assert bench.code(changed(bench.sign("p256"), move)) == "SIGNATURE_INVALID"


def test_named_certificate_is_another(bench: Bench) -> None:
    """ESSCertIDv2: the same key in another certificate must not pass for it."""
    pem = bench.sign("p256")
    kept = [item for item in attributes_of(pem) if item["type"].native != "signing_certificate_v2"]
    named = tsp.SigningCertificateV2({"certs": [{"cert_hash": b"\x00" * 32}]})
    other = cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]})

    assert bench.code(with_attributes(pem, bench.key("p256"), [*kept, other])) == "SIGNATURE_INVALID"


def test_named_certificate_is_optional(bench: Bench) -> None:
    pem = bench.sign("p256")
    kept = [item for item in attributes_of(pem) if item["type"].native != "signing_certificate_v2"]

    assert bench.code(with_attributes(pem, bench.key("p256"), kept)) == "OK"


def test_sha1(bench: Bench) -> None:
    key = bench.key("individual-1")
    assert isinstance(key, rsa.RSAPrivateKey)

    def weaken(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        info["digest_algorithm"] = {"algorithm": "sha1"}
        info["signature_algorithm"] = {"algorithm": "sha1_rsa"}
        set_of = b"\x31" + info["signed_attrs"].dump()[1:]
        info["signature"] = key.sign(set_of, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 -- must be refused

    assert bench.code(changed(bench.sign("individual-1"), weaken)) == "ALGORITHM_NOT_ALLOWED"


@pytest.mark.parametrize("oid", ["1.2.398.3.10.1.1.2.3.2", "1.2.3.4"], ids=["GOST 34.10-2015", "unknown"])
def test_algorithms_not_known_here(bench: Bench, oid: str) -> None:
    def exotic(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": oid}

    assert bench.code(changed(bench.sign("p256"), exotic)) == "ALGORITHM_NOT_ALLOWED"


def test_gost_digest_is_named_as_not_allowed(bench: Bench) -> None:
    def exotic(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["digest_algorithm"] = {"algorithm": "1.2.398.3.10.1.3.3"}

    assert bench.code(changed(bench.sign("p256"), exotic)) == "ALGORITHM_NOT_ALLOWED"


def test_version_of_signer_info(bench: Bench) -> None:
    def other(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["version"] = "v3"

    assert bench.code(changed(bench.sign("p256"), other)) == "MALFORMED"


def test_signer_named_by_key_id(bench: Bench) -> None:
    def by_key(signed: cms.SignedData) -> None:
        info = signed["signer_infos"][0]
        key_id = signed["certificates"][0].chosen.key_identifier
        info["version"] = "v3"
        info["sid"] = cms.SignerIdentifier({"subject_key_identifier": core.OctetString(key_id)})
        signed["version"] = "v3"

    assert bench.code(changed(bench.sign("p256"), by_key)) == "OK"


@pytest.mark.parametrize("serial", [0, -5])
def test_a_serial_number_that_is_not_positive(bench: Bench, serial: int) -> None:
    def renumbered(signed: cms.SignedData) -> None:
        signed["certificates"][0].chosen["tbs_certificate"]["serial_number"] = serial

    assert bench.code(changed(bench.sign("p256"), renumbered)) == "MALFORMED"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_raises(bench: Bench, data: st.DataObject) -> None:
    """Any byte of a good CMS changed: an answer, never an exception."""
    der = bytearray(der_of(bench.sign("individual-1")))
    position = data.draw(st.integers(0, len(der) - 1))
    der[position] ^= data.draw(st.integers(1, 255))

    result = bench.verify(bytes(der))

    assert result.ok == (result.code == "OK")
    assert result.content_sha256 == bench.verify(to_pem(bytes(der))).content_sha256


@settings(max_examples=150, deadline=None)
@given(cms_=st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_no_noise_raises(bench: Bench, cms_: Any) -> None:
    assert not bench.verify(cms_, DATA).ok
