"""Sign-in by ЭЦП with real sandbox certificates (integrations.md A.5; design.md, a person gets a party)."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from foundation.accounts import selectors, services
from foundation.accounts.models import Challenge, Party, Person, Representation, SignatureRecord
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound, NotPermitted
from sandbox.eds import sign
from tests.foundation.accounts.conftest import COLLEAGUE_IIN, HEAD_BIN, HEAD_IIN, INDIVIDUAL_IIN, SESSION

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def _nothing_happened() -> None:
    assert not Person.objects.exists()
    assert not Party.objects.exists()
    assert not SignatureRecord.objects.exists()
    assert not Fact.objects.exists()
    assert not Challenge.objects.exclude(used_at=None).exists()


def test_an_individual_becomes_a_person_without_a_party(sign_in):
    signed = sign_in("individual-1-auth", AT)
    person = Person.objects.get(iin=INDIVIDUAL_IIN)
    assert person == signed.person
    assert person.full_name == "Тестов Тест Тестович"
    assert not person.has_usable_password()
    assert INDIVIDUAL_IIN not in person.login
    assert list(selectors.parties_of(person, AT)) == []


def test_the_same_iin_is_the_same_person(sign_in):
    assert sign_in("individual-1-auth").person == sign_in("individual-1-auth").person
    assert Person.objects.count() == 1


def test_a_head_may_sign_for_the_party_of_the_certificate(sign_in):
    person = sign_in("head-1-auth", AT).person
    party = Party.objects.get(number=HEAD_BIN)
    assert (party.kind, party.name_ru) == ("entity", 'ТОО "Сандбокс"')
    row = Representation.objects.get()
    assert (row.basis, row.scope, row.since, row.person) == ("head", "sign", AT, person)
    assert row.until is not None
    assert selectors.may_sign_for(person, party.pk, AT)
    assert row.evidence_sha256 == SignatureRecord.objects.get().cms_sha256


def test_a_second_sign_in_of_the_head_opens_nothing_new(sign_in):
    sign_in("head-1-auth", AT)
    sign_in("head-1-auth", AT + timedelta(days=1))
    assert Representation.objects.count() == 1
    assert Fact.objects.filter(kind="representation.opened").count() == 1


@pytest.mark.parametrize("identity", ["employee-1-auth", "signer-1-auth"])
def test_other_roles_in_an_entity_give_no_right(sign_in, identity):
    person = sign_in(identity).person
    assert not Representation.objects.filter(person=person).exists()
    assert not Party.objects.exists()


def test_the_head_of_the_authority_gets_no_party(sign_in, provider):
    provider.bin = HEAD_BIN
    provider.save()
    sign_in("head-1-auth")
    assert not Party.objects.exists()


def test_an_officer_is_found_by_iin_and_keeps_the_name(sign_in, officer):
    Person.objects.filter(pk=officer.pk).update(iin=HEAD_IIN)
    assert sign_in("head-1-auth").person == officer
    officer.refresh_from_db()
    assert officer.surname == "Ахметов"


def test_the_fact_names_the_evidence_and_no_person(sign_in):
    signed = sign_in("individual-1-auth", AT)
    fact = Fact.objects.get(kind="account.signed_in")
    assert fact.stream == f"account:{signed.person.pk}"
    assert fact.at == AT
    assert fact.payload == {"method": "eds", "evidence": signed.evidence.cms_sha256}
    assert INDIVIDUAL_IIN.encode() not in bytes(fact.canonical)


def test_evidence_holds_bytes_cms_chain_and_lists(sign_in):
    record = sign_in("individual-1-auth", AT).evidence
    record.refresh_from_db()
    assert json.loads(bytes(record.data))["schema"] == "kz.portal.login/1"
    assert bytes(record.chain).count(b"BEGIN CERTIFICATE") == 3
    assert bytes(record.crls).count(b"BEGIN X509 CRL") == 2
    assert record.result["code"] == "OK"


@pytest.mark.parametrize(
    ("identity", "code", "status"),
    [
        ("individual-1", "WRONG_KEY_USAGE", 422),
        ("expired-auth", "CERT_EXPIRED", 422),
        ("revoked-auth", "CERT_REVOKED", 422),
    ],
)
def test_a_bad_key_is_refused_and_changes_nothing(sign_in, identity, code, status):
    with pytest.raises(services.SignatureRefused) as refused:
        sign_in(identity)
    assert (refused.value.code, refused.value.status) == (code, status)
    _nothing_happened()


def test_a_sign_key_may_be_allowed_by_setting(sign_in, settings):
    settings.EDS = {**settings.EDS, "LOGIN_WITH_SIGN_KEY": True}
    assert sign_in("individual-1").person.iin == INDIVIDUAL_IIN


def test_other_bytes_are_refused(db, ca):
    challenge = services.open_login_challenge(session_key=SESSION)
    cms = sign("individual-1-auth", bytes(challenge.data) + b" ", ca=ca)
    with pytest.raises(services.SignatureRefused) as refused:
        services.sign_in_by_eds(challenge_id=challenge.pk, cms=cms, session_key=SESSION, at=AT)
    assert refused.value.code == "DIGEST_MISMATCH"
    _nothing_happened()


def test_a_challenge_serves_once(db, ca):
    challenge = services.open_login_challenge(session_key=SESSION)
    facts: dict[str, Any] = {
        "challenge_id": challenge.pk,
        "cms": sign("individual-1-auth", bytes(challenge.data), ca=ca),
        "session_key": SESSION,
        "at": AT,
    }
    services.sign_in_by_eds(**facts)
    with pytest.raises(services.SignatureRefused) as refused:
        services.sign_in_by_eds(**facts)
    assert (refused.value.code, refused.value.status) == ("CHALLENGE_USED", 409)
    assert SignatureRecord.objects.count() == 1


def test_a_challenge_dies_after_five_minutes_of_machine_time(db, ca):
    challenge = services.open_login_challenge(session_key=SESSION)
    cms = sign("individual-1-auth", bytes(challenge.data), ca=ca)
    assert challenge.expires_at - challenge.issued_at == timedelta(minutes=5)
    with (
        time_machine.travel(challenge.expires_at, tick=False),
        pytest.raises(services.SignatureRefused) as refused,
    ):
        services.sign_in_by_eds(challenge_id=challenge.pk, cms=cms, session_key=SESSION, at=legal_now())
    assert (refused.value.code, refused.value.status) == ("CHALLENGE_EXPIRED", 409)
    _nothing_happened()


def test_another_session_cannot_use_it(db, ca):
    challenge = services.open_login_challenge(session_key=SESSION)
    cms = sign("individual-1-auth", bytes(challenge.data), ca=ca)
    with pytest.raises(NotFound):
        services.sign_in_by_eds(challenge_id=challenge.pk, cms=cms, session_key="another", at=AT)
    _nothing_happened()


def test_who_may_not_sign_in_is_told_so(sign_in):
    person = sign_in("individual-1-auth").person
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(NotPermitted):
        sign_in("individual-1-auth")
    assert SignatureRecord.objects.count() == 1


def test_dead_challenges_are_swept(db, ca):
    old, fresh = (services.open_login_challenge(session_key=SESSION) for _turn in range(2))
    Challenge.objects.filter(pk=old.pk).update(expires_at=old.expires_at - timedelta(days=2))
    assert services.sweep_challenges() == 1
    assert list(Challenge.objects.all()) == [fresh]


def test_an_entrepreneur_acts_by_the_own_iin(sign_in):
    person = sign_in("individual-1-auth", AT).person
    party = services.ensure_entrepreneur(person=person, at=AT)
    assert (party.kind, party.number) == ("entrepreneur", INDIVIDUAL_IIN)
    assert services.ensure_entrepreneur(person=person, at=AT) == party
    assert selectors.may_sign_for(person, party.pk, AT)
    assert Representation.objects.get().until is None


def test_a_colleague_first_entered_by_hand_is_named_by_the_certificate(sign_in):
    Person.objects.create(login="p-1", iin=COLLEAGUE_IIN, surname="Примеров", given_name="Армен")
    assert sign_in("individual-2-auth").person.given_name == "Арман"


# --- through HTTP -------------------------------------------------------------------------------


def _challenge(visitor):
    answer = visitor.post("/api/v1/eds/challenges/")
    assert answer.status_code == 201
    return answer.json()


def test_the_challenge_has_the_shape_of_the_contract(db, visitor):
    shown = _challenge(visitor)
    assert shown["purpose"] == "login"
    assert shown["ncalayer"]["args"]["signerParams"]["extKeyUsageOids"] == ["1.3.6.1.5.5.7.3.2"]
    words = json.loads(base64.b64decode(shown["data_b64"]))
    assert sorted(words) == ["issued_at", "nonce", "origin", "schema", "session"]
    assert len(words["nonce"]) == 64


def test_signing_in_by_the_api_rotates_the_session(db, visitor, ca):
    shown = _challenge(visitor)
    before = visitor.session.session_key
    cms = sign("head-1-auth", base64.b64decode(shown["data_b64"]), ca=ca)
    answer = visitor.post(
        f"/api/v1/eds/challenges/{shown['id']}/signature/", {"cms": cms}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "accepted"
    assert answer.json()["signer"]["roles"] == ["HEAD", "ORGANIZATION"]
    assert visitor.session.session_key != before
    assert visitor.session["_auth_user_id"] == str(Person.objects.get().pk)
    assert visitor.session["otp_device_id"].startswith("accounts.edskey/")


def test_the_api_refuses_with_problem_json(db, visitor, ca):
    shown = _challenge(visitor)
    cms = sign("individual-1", base64.b64decode(shown["data_b64"]), ca=ca)
    answer = visitor.post(
        f"/api/v1/eds/challenges/{shown['id']}/signature/", {"cms": cms}, content_type="application/json"
    )
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "WRONG_KEY_USAGE"
    assert "AUTH" in answer.json()["detail"]
    assert "_auth_user_id" not in visitor.session


def test_another_browser_is_told_there_is_no_such_request(db, visitor, ca, client):
    shown = _challenge(visitor)
    cms = sign("individual-1-auth", base64.b64decode(shown["data_b64"]), ca=ca)
    answer = client.post(
        f"/api/v1/eds/challenges/{shown['id']}/signature/", {"cms": cms}, content_type="application/json"
    )
    assert answer.status_code == 404
    _nothing_happened()


def test_the_form_signs_in_and_goes_where_one_wanted(db, visitor, ca):
    shown = _challenge(visitor)
    cms = sign("individual-1-auth", base64.b64decode(shown["data_b64"]), ca=ca)
    answer = visitor.post(
        reverse("accounts:sign_in_eds"),
        {"sign_request": shown["id"], "cms": cms, "next": "/accounts/profile/"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/profile/")
    assert answer.cookies["django_language"].value == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_next_never_leads_out(db, visitor, ca, elsewhere):
    shown = _challenge(visitor)
    cms = sign("individual-1-auth", base64.b64decode(shown["data_b64"]), ca=ca)
    answer = visitor.post(
        reverse("accounts:sign_in_eds"), {"sign_request": shown["id"], "cms": cms, "next": elsewhere}
    )
    assert answer["Location"] == "/home/"


@pytest.mark.parametrize("sign_request", ["", "not-an-id", "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11"])
def test_a_form_without_a_signature_says_what_to_do(db, visitor, sign_request):
    answer = visitor.post(reverse("accounts:sign_in_eds"), {"sign_request": sign_request, "cms": ""})
    assert answer.status_code in {404, 422}
    assert b"notice--danger" in answer.content


def test_a_day_is_a_day_of_almaty(sign_in):
    """A right that ends on a day ends with that day in Almaty, not in Greenwich."""
    person = sign_in("head-1-auth", AT).person
    Representation.objects.update(until=date(2026, 12, 31))
    party = Party.objects.get()
    assert selectors.may_sign_for(person, party.pk, datetime(2026, 12, 31, 18, 59, tzinfo=UTC))
    assert not selectors.may_sign_for(person, party.pk, datetime(2026, 12, 31, 19, 0, tzinfo=UTC))
