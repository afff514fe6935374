"""The public check: every situation has its own answer."""

import base64
import datetime as dt
import json
import uuid

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from casework.documents.qr import new_qr_id, signed_payload
from licenses.models import AnnexEdition, LicenceEdition
from licenses.rules import CentreText, licence_number
from licenses.selectors import (
    check_number,
    check_qr,
    signed_status_list,
    status_of_document,
    verification_keys,
)
from licenses.services import (
    release_number,
    reserve_number,
    revoke_licence,
    stay_suspension,
    suspend_licence,
    terminate_licence,
)
from licenses.statuses import Basis
from tests.licenses.people import CENTRE, document, granted, moment, there

pytestmark = pytest.mark.django_db
NOW = moment("2026-06-01 12:00")
SINCE = dt.date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path


def answer(text, at=NOW):
    return check_number(text, at, "ru").answer.value


def act():
    return {
        "act_id": uuid.uuid4(),
        "actor_id": uuid.uuid4(),
        "at": moment("2026-04-01 12:00"),
        "since": SINCE,
    }


def test_in_force_then_expired():
    licence = granted()
    assert answer(licence.number) == answer(f"{licence.number}/001") == "in_force"
    assert answer(licence.number, moment("2029-03-02 23:59")) == "in_force"
    assert answer(licence.number, moment("2029-03-03 00:00")) == "expired"


def test_suspended_until_and_past_its_term():
    licence = granted()
    suspend_licence(licence_id=licence.pk, months=2, basis=Basis.SUSPEND, **act())
    result = check_number(licence.number, NOW, "ru")
    assert (result.answer.value, there(result.standing).until) == ("suspended", dt.date(2026, 6, 1))
    assert answer(licence.number, moment("2026-06-02 00:00")) == "suspended_past_term"
    assert answer(f"{licence.number}/001", moment("2026-06-02 00:00")) == "suspended_past_term"


def test_stayed_by_a_complaint():
    licence = granted()
    suspend_licence(licence_id=licence.pk, months=2, basis=Basis.SUSPEND, **act())
    stay_suspension(licence_id=licence.pk, **{**act(), "since": dt.date(2026, 4, 10)})
    assert answer(licence.number) == "in_force_stayed"
    assert answer(f"{licence.number}/001") == "in_force_stayed"


def test_terminated_and_revoked():
    ended, revoked = granted(), granted()
    terminate_licence(licence_id=ended.pk, basis=Basis.TERMINATE_BY_EVENT, **act())
    revoke_licence(licence_id=revoked.pk, **act())
    assert answer(ended.number) == answer(f"{ended.number}/001") == "terminated"
    assert answer(revoked.number) == "revoked"


def test_never_issued_unknown_and_mistyped():
    case = uuid.uuid4()
    reserved = reserve_number(case_id=case, at=NOW)
    assert answer(reserved) == "never_issued"
    release_number(case)
    assert answer(reserved) == "never_issued"
    stranger = check_number(licence_number("DML", 777), NOW, "ru")
    assert (stranger.answer.value, stranger.mistyped) == ("unknown", False)
    slip = check_number("KZ33DML00000001", NOW, "ru")
    assert (slip.answer.value, slip.mistyped) == ("unknown", True)
    licence = granted()
    assert answer(f"{licence.number}/002") == "unknown"


def test_signed_after_hours_is_not_there_before_nine():
    licence = granted(at="2026-03-06 19:00", issued_on="2026-03-09")
    assert answer(licence.number, moment("2026-03-09 08:59")) == "never_issued"
    assert answer(licence.number, moment("2026-03-09 09:00")) == "in_force"


def payload_of(made):
    return signed_payload(
        qr_id=made.qr_id,
        kind=made.kind,
        number=made.number,
        edition=made.edition,
        document_date=made.document_date,
    )


def test_by_the_codes_of_licence_and_annex():
    licence = granted(centres=[CENTRE, CentreText("a", "b", "10")])
    act_id = licence.editions.get().act_id
    paper = document(licence, act_id)
    annex = document(licence, act_id, "annex_form_6", subject="002")
    result = check_qr(payload_of(paper), NOW, "ru")
    assert (result.answer.value, result.number, result.edition) == ("in_force", licence.number, 1)
    result = check_qr(payload_of(annex), NOW, "ru")
    assert (result.answer.value, result.number, result.annex) == ("in_force", licence.number, "002")


@pytest.mark.parametrize("state", ["prepared", "void"])
def test_prepared_but_never_signed(state):
    licence = granted()
    paper = document(licence, licence.editions.get().act_id, state=state)
    result = check_qr(payload_of(paper), NOW, "ru")
    assert (result.answer.value, result.number) == ("never_issued", licence.number)


def test_a_genuine_code_of_no_document():
    code = signed_payload(
        qr_id=new_qr_id(),
        kind="licence_form_4",
        number=licence_number("DML", 5),
        edition=1,
        document_date=SINCE,
    )
    assert check_qr(code, NOW, "ru").answer.value == "never_issued"


def test_one_changed_bit_is_not_genuine():
    licence = granted()
    code = payload_of(document(licence, licence.editions.get().act_id))
    claim, _dot, signature = code.partition("?d=")[2].partition(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[10] ^= 1
    forged = f"{claim}.{base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}"
    assert check_qr(forged, NOW, "ru").answer.value == "not_genuine"
    result = check_qr("https://example.org/?d=abc", NOW, "ru")
    assert (result.answer.value, result.mistyped) == ("unknown", True)


def test_an_archived_edition_never_answers_in_force():
    licence = granted()
    first = licence.editions.get()
    paper = document(licence, first.act_id)
    reissue(licence, first)
    result = check_qr(payload_of(paper), NOW, "ru")
    assert (result.answer.value, result.edition, result.superseded_by) == ("superseded", 1, "2")
    assert check_number(licence.number, NOW, "ru").answer.value == "in_force"
    new = document(licence, LicenceEdition.objects.get(edition=2).act_id, edition=2)
    assert check_qr(payload_of(new), NOW, "ru").answer.value == "in_force"


def reissue(licence, first):
    with transaction.atomic():
        LicenceEdition.objects.filter(pk=first.pk).update(state="superseded")
        first.pk, first.edition, first.act_id, first.state = uuid.uuid4(), 2, uuid.uuid4(), "current"
        first.issued_on, first.public_from = SINCE, moment("2026-04-01 12:00")
        first.save(force_insert=True)


def test_an_older_edition_of_an_annex():
    licence = granted()
    text = AnnexEdition.objects.get()
    paper = document(licence, text.act_id, "annex_form_6", subject="001")
    AnnexEdition.objects.filter(pk=text.pk).update(state="superseded")
    text.pk, text.edition, text.act_id, text.state = uuid.uuid4(), 2, uuid.uuid4(), "current"
    text.save(force_insert=True)
    result = check_qr(payload_of(paper), NOW, "ru")
    assert (result.answer.value, result.superseded_by) == ("superseded", "2")


def test_another_document_of_the_authority():
    paper = document(None, uuid.uuid4(), "refusal_form_8")
    result = check_qr(payload_of(paper), NOW, "kk")
    assert (result.answer.value, result.document_title) == ("other_document", "Уәжді бас тарту")


def test_a_document_nobody_knows():
    assert status_of_document("nothing", NOW, "ru").answer.value == "never_issued"


def test_the_status_list_is_signed_and_knows_every_document():
    licence = granted()
    act_id = licence.editions.get().act_id
    paper, annex = document(licence, act_id), document(licence, act_id, "annex_form_6", subject="001")
    prepared = document(licence, uuid.uuid4(), state="prepared", language="kk")
    other = document(None, uuid.uuid4(), "receipt")
    suspend_licence(licence_id=licence.pk, months=3, basis=Basis.SUSPEND, **act())
    signed = signed_status_list(NOW)
    content, signature = (base64.urlsafe_b64decode(signed[part] + "==") for part in ("content", "signature"))
    (raw,) = [key["public_key"] for key in verification_keys() if key["key_id"] == signed["key_id"]]
    key = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(raw + "=="))
    key.verify(signature, content)
    with pytest.raises(InvalidSignature):
        key.verify(signature, content[:-1] + b" ")
    said = json.loads(content)
    assert (said["schema"], said["date"]) == ("kz.portal.status-list/1", "2026-06-01")
    entry = {"answer": "suspended", "expires_on": "2029-03-02", "until": "2026-07-01"}
    by_id = {row.pop("id"): row for row in said["documents"]}
    assert by_id == {paper.qr_id: entry, annex.qr_id: entry, other.qr_id: {"answer": "other_document"}}
    assert prepared.qr_id not in by_id
