"""Powers (design.md: a head signs them in the cabinet: IIN, scope, until, revocable)."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse

from foundation.accounts import selectors, services
from foundation.accounts.models import Challenge, Party, Person, Representation, SignatureRecord
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, NotFound, NotPermitted
from sandbox.eds import sign
from tests.foundation.accounts.conftest import COLLEAGUE_IIN, HEAD_BIN, HEAD_IIN, INDIVIDUAL_IIN

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
LAST = date(2026, 12, 31)


@pytest.fixture
def head(sign_in):
    return sign_in("head-1-auth", AT).person


@pytest.fixture
def party(head) -> Party:
    return Party.objects.get(number=HEAD_BIN)


@pytest.fixture
def words(party):
    return {
        "party_id": party.pk,
        "iin": COLLEAGUE_IIN,
        "surname": "Примеров",
        "given_name": "Арман",
        "scope": "sign",
        "until": LAST,
        "at": AT,
    }


@pytest.fixture
def give(head, words, ca):
    def run(identity: str = "head-1", **other) -> Representation:
        challenge = services.request_power(actor=head, **(words | other))
        cms = sign(identity, bytes(challenge.data), ca=ca)
        return services.grant_power(actor=head, challenge_id=challenge.pk, cms=cms, at=AT)

    return run


def _nothing_given() -> None:
    assert not Representation.objects.filter(basis="power").exists()
    assert not Person.objects.filter(iin=COLLEAGUE_IIN).exists()
    assert not Fact.objects.filter(kind="power.granted").exists()
    assert not SignatureRecord.objects.filter(purpose="power.grant").exists()


def test_a_signed_power_lets_the_colleague_sign_until_its_last_day(give, party):
    power = give()
    colleague = Person.objects.get(iin=COLLEAGUE_IIN)
    assert (power.person, power.scope, power.until, power.since) == (colleague, "sign", LAST, AT)
    assert not colleague.has_usable_password()
    evening = datetime(2026, 12, 31, 18, 59, tzinfo=UTC)
    assert selectors.may_sign_for(colleague, party.pk, evening)
    assert not selectors.may_act_for(colleague, party.pk, evening + timedelta(minutes=1))
    assert not selectors.may_act_for(colleague, party.pk, AT - timedelta(seconds=1))


def test_a_drafter_drafts_and_does_not_sign(give, party):
    colleague = give(scope="draft").person
    assert selectors.may_act_for(colleague, party.pk, AT)
    assert not selectors.may_sign_for(colleague, party.pk, AT)


def test_the_evidence_is_what_was_signed_and_cannot_be_changed(give, head):
    power = give()
    record = SignatureRecord.objects.get(purpose="power.grant")
    assert (record.subject_id, record.person, record.cms_sha256) == (power.pk, head, power.evidence_sha256)
    signed = json.loads(bytes(record.data))
    assert signed["grantee"] == {"given_name": "Арман", "iin": COLLEAGUE_IIN, "surname": "Примеров"}
    assert (signed["scope"], signed["until"]) == ("sign", "2026-12-31")
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        SignatureRecord.objects.filter(pk=record.pk).update(cms_sha256="0" * 64)


def test_the_fact_lies_on_the_colleagues_stream(give, head, party):
    power = give()
    fact = Fact.objects.get(kind="power.granted")
    assert fact.stream == f"account:{power.person_id}"
    assert (fact.actor_id, fact.subject_id) == (head.pk, power.pk)
    assert fact.payload == {
        "party": str(party.pk), "scope": "sign", "until": "2026-12-31", "evidence": power.evidence_sha256,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        ("head-1-auth", "WRONG_KEY_USAGE"),
        ("individual-1", "SIGNER_MISMATCH"),
        ("signer-1", "SIGNER_MISMATCH"),
        ("employee-1", "SIGNER_MISMATCH"),
        ("expired", "CERT_EXPIRED"),
        ("revoked", "CERT_REVOKED"),
    ],
)
def test_only_the_heads_signing_key_counts(give, identity, code):
    with pytest.raises(services.SignatureRefused) as refused:
        give(identity)
    assert refused.value.code == code
    _nothing_given()


def test_a_power_request_is_signed_once(head, words, ca):
    challenge = services.request_power(actor=head, **words)
    cms = sign("head-1", bytes(challenge.data), ca=ca)
    services.grant_power(actor=head, challenge_id=challenge.pk, cms=cms, at=AT)
    with pytest.raises(services.SignatureRefused) as refused:
        services.grant_power(actor=head, challenge_id=challenge.pk, cms=cms, at=AT)
    assert refused.value.code == "CHALLENGE_USED"
    assert Representation.objects.filter(basis="power").count() == 1


def test_the_request_of_another_person_is_none(head, words, ca, sign_in):
    challenge = services.request_power(actor=head, **words)
    cms = sign("head-1", bytes(challenge.data), ca=ca)
    stranger = sign_in("individual-1-auth").person
    with pytest.raises(NotFound):
        services.grant_power(actor=stranger, challenge_id=challenge.pk, cms=cms, at=AT)
    _nothing_given()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"iin": "900101300008"}, "iin"),
        ({"iin": HEAD_IIN}, "iin"),
        ({"until": date(2026, 11, 19)}, "until"),
        ({"scope": "everything"}, "scope"),
    ],
)
def test_a_power_that_cannot_be_is_named_by_its_field(head, words, other, field):
    with pytest.raises(BadInput) as refused:
        services.request_power(actor=head, **(words | other))
    assert list(refused.value.fields) == [field]
    assert not Challenge.objects.filter(purpose="power.grant").exists()


def test_a_slip_in_the_iin_is_found_by_the_surname(head, words, sign_in):
    sign_in("individual-1-auth")
    with pytest.raises(BadInput):
        services.request_power(actor=head, **(words | {"iin": INDIVIDUAL_IIN}))


def test_a_holder_gives_no_further_powers(give, words, party):
    colleague = give().person
    with pytest.raises(NotPermitted):
        services.request_power(actor=colleague, **(words | {"iin": INDIVIDUAL_IIN}))


def test_a_stranger_does_not_see_the_party(words, sign_in):
    stranger = sign_in("individual-1-auth").person
    with pytest.raises(NotFound):
        services.request_power(actor=stranger, **words)


def test_a_newer_power_replaces_the_older(give):
    first, second = give(), give(until=date(2027, 6, 30))
    first.refresh_from_db()
    assert first.revoked_at == AT
    assert second.revoked_at is None


def test_taken_back_is_over_at_once(give, head, party):
    power = give()
    services.revoke_power(actor=head, power_id=power.pk, at=AT + timedelta(hours=1))
    assert not selectors.may_act_for(power.person, party.pk, AT + timedelta(hours=1))
    fact = Fact.objects.get(kind="power.revoked")
    assert fact.payload == {"party": str(party.pk), "scope": "sign"}
    services.revoke_power(actor=head, power_id=power.pk, at=AT + timedelta(hours=2))
    assert Fact.objects.filter(kind="power.revoked").count() == 1


def test_the_holder_may_give_it_up(give):
    power = give()
    services.revoke_power(actor=power.person, power_id=power.pk, at=AT)
    power.refresh_from_db()
    assert power.revoked_at == AT


def test_a_stranger_takes_nothing_back(give, sign_in):
    power = give()
    stranger = sign_in("individual-1-auth").person
    with pytest.raises(NotFound):
        services.revoke_power(actor=stranger, power_id=power.pk, at=AT)
    power.refresh_from_db()
    assert power.revoked_at is None


def test_a_heads_own_right_is_not_taken_back(head):
    own = Representation.objects.get(person=head)
    with pytest.raises(NotFound):
        services.revoke_power(actor=head, power_id=own.pk, at=AT)


def test_an_entrepreneur_signs_with_the_own_key(sign_in, ca, words):
    person = sign_in("individual-1-auth", AT).person
    own = services.ensure_entrepreneur(person=person, at=AT)
    challenge = services.request_power(actor=person, **(words | {"party_id": own.pk}))
    cms = sign("individual-1", bytes(challenge.data), ca=ca)
    power = services.grant_power(actor=person, challenge_id=challenge.pk, cms=cms, at=AT)
    assert power.party == own


# --- through the pages --------------------------------------------------------------------------


def test_the_page_asks_for_the_bytes_and_takes_the_signature(head, party, ca):
    visitor = Client(headers={"accept-language": "en"})
    visitor.force_login(head)
    body = {
        "party": str(party.pk), "iin": COLLEAGUE_IIN, "surname": "Примеров", "given_name": "Арман",
        "scope": "draft", "until": "2039-12-31",
    }  # fmt: skip
    shown = visitor.post(reverse("power-sign-request"), body, content_type="application/json")
    assert shown.status_code == 201, shown.content
    assert shown.json()["expect"] == {"iin": HEAD_IIN, "bin": HEAD_BIN, "roles_any": ["HEAD"]}
    cms = sign("head-1", base64.b64decode(shown.json()["data_b64"]), ca=ca)
    url = reverse("accounts:new_power", args=[party.pk])
    answer = visitor.post(url, body | {"sign_request": shown.json()["id"], "cms": cms})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/colleagues/")
    page = visitor.get("/accounts/colleagues/")
    assert "Примеров Арман" in page.content.decode()
    power = Representation.objects.get(basis="power")
    visitor.post(reverse("accounts:revoke_power", args=[power.pk]))
    power.refresh_from_db()
    assert power.revoked_at is not None


def test_another_partys_page_is_not_there(head, sign_in):
    visitor = Client()
    visitor.force_login(sign_in("individual-1-auth").person)
    party = Party.objects.get(number=HEAD_BIN)
    assert visitor.get(reverse("accounts:new_power", args=[party.pk])).status_code == 404
    assert visitor.post(reverse("accounts:revoke_power", args=[uuid4()])).status_code == 404
