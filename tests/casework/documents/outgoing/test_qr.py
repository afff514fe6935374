"""The QR claim: signed, readable without a network, and nothing but what our keys signed is taken (forms.md)."""

import base64
from datetime import date

import pytest
from django.core.management import call_command

from casework.documents import qr
from foundation.kernel import keys

DAY = date(2026, 3, 6)


def made(**changes) -> str:
    facts = {
        "qr_id": "A" * 22,
        "kind": "annex_form_6",
        "number": "KZ47DML00000012/001",
        "edition": 2,
        "document_date": DAY,
    }
    return qr.signed_payload(**(facts | changes))


def test_the_claim_is_read_from_the_address_or_from_d_alone():
    address = made()
    assert address.startswith("http://127.0.0.1:8000/check/?d=")
    expected = qr.QrClaim(
        key_id=keys.current_key("qr")[0],
        qr_id="A" * 22,
        kind="annex_form_6",
        number="KZ47DML00000012/001",
        edition=2,
        document_date=DAY,
    )
    assert qr.read_payload(address) == expected
    assert qr.read_payload(address.partition("?d=")[2]) == expected


def test_ids_are_128_random_bits():
    ids = {qr.new_qr_id() for _turn in range(200)}
    assert len(ids) == 200
    assert {len(one) for one in ids} == {22}


def test_every_changed_character_is_refused():
    claim, _dot, signature = made().partition("?d=")[2].partition(".")
    for place in range(len(claim)):
        other = "A" if claim[place] != "A" else "B"
        with pytest.raises((qr.QrForged, qr.QrUnreadable)):
            qr.read_payload(f"{claim[:place]}{other}{claim[place + 1 :]}.{signature}")
    for place in range(len(signature) - 1):  # the last character carries four unused bits
        other = "A" if signature[place] != "A" else "B"
        with pytest.raises(qr.QrForged):
            qr.read_payload(f"{claim}.{signature[:place]}{other}{signature[place + 1 :]}")


def test_a_foreign_key_is_forged(tmp_path, settings):
    with_ours = made()
    settings.KEYS_DIR = tmp_path
    keys.new_key("qr")
    with pytest.raises(qr.QrForged):
        qr.read_payload(with_ours)


def test_old_keys_stay_good_after_rotation(capsys):
    before = made()
    call_command("rotate_keys", "--only", "qr")
    assert "signs from now on" in capsys.readouterr().out
    after = made()
    assert qr.read_payload(before).key_id != qr.read_payload(after).key_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "https://example.org/",
        "https://example.org/?d=abc",
        "абв.гдж",
        "e30.e30",
        "." * 10,
        "A" * 5000,
        base64.urlsafe_b64encode(b'[1,"q","i","??","n",1,"20260306"]').decode() + ".AAAA",
        base64.urlsafe_b64encode(b"[" * 1400).decode() + ".AAAA",
        base64.urlsafe_b64encode(b'[1,"q","i","L4","n",1,"20261306"]').decode() + ".AAAA",
        base64.urlsafe_b64encode(b'[2,"q","i","L4","n",1,"20260306"]').decode() + ".AAAA",
    ],
)
def test_what_is_no_code_is_unreadable(text):
    with pytest.raises(qr.QrUnreadable):
        qr.read_payload(text)
