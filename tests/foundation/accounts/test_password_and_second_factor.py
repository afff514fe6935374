"""Officers: password, lock-out after five failures, TOTP; ЭЦП needs no second step (quality.md, Security)."""

import base64

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from foundation.accounts import services
from foundation.accounts.models import Person
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput
from sandbox.eds import sign
from tests.foundation.accounts.conftest import HEAD_IIN

pytestmark = pytest.mark.django_db
PASSWORD = "right-password-1"


@pytest.fixture(autouse=True)
def _second_factor_is_asked_for(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def _enter(visitor: Client, password: str = PASSWORD, **more: str):
    data = {"username": "executor", "password": password, **more}
    return visitor.post(reverse("accounts:sign_in_password"), data)


def _code(device: TOTPDevice, shift: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift + shift)
    return f"{totp.token():06d}"


def _with_app(officer: Person) -> TOTPDevice:
    return TOTPDevice.objects.create(user=officer, name="totp", confirmed=True)


def test_a_wrong_password_says_so_and_keeps_out(visitor, officer):
    answer = _enter(visitor, "wrong")
    assert answer.status_code == 422
    assert b"Login and password do not fit together" in answer.content
    assert "_auth_user_id" not in visitor.session
    assert not Fact.objects.exists()


def test_five_failures_close_the_login(visitor, officer):
    for _turn in range(4):
        assert _enter(visitor, "wrong").status_code == 422
    assert _enter(visitor, "wrong").status_code == 429
    answer = _enter(visitor)
    assert answer.status_code == 429
    assert b"closed for a quarter of an hour" in answer.content
    assert "_auth_user_id" not in visitor.session


def test_a_success_forgets_the_failures(visitor, officer):
    for _turn in range(4):
        _enter(visitor, "wrong")
    assert _enter(visitor).status_code == 302
    assert _enter(Client(), "wrong").status_code == 422


def test_the_password_alone_opens_nothing(visitor, officer):
    answer = _enter(visitor, next="/admin/")
    assert answer["Location"] == "/accounts/second-factor/?next=%2Fadmin%2F"
    page = visitor.get("/admin/")
    assert (page.status_code, page["Location"]) == (302, "/accounts/second-factor/?next=%2Fadmin%2F")
    for name in ("profile", "colleagues"):
        assert visitor.get(reverse(f"accounts:{name}"))["Location"].startswith("/accounts/second-factor/")
    for name in ("sign_in", "second_factor", "stay"):  # the way in and the second step stay open
        answer = visitor.get(reverse(f"accounts:{name}"))
        assert not answer.get("Location", "").startswith("/accounts/second-factor/?next=%2Faccounts")
    refused = visitor.post("/api/v1/powers/sign-request/", {})
    assert refused.status_code == 403
    assert refused.json()["code"] == "SECOND_FACTOR_REQUIRED"


def test_an_applicant_needs_no_second_step(visitor, officer):
    Person.objects.update(is_staff=False)
    _enter(visitor)
    assert visitor.get(reverse("accounts:colleagues")).status_code == 200


def test_the_first_time_an_app_is_taught(visitor, officer):
    _enter(visitor)
    answer = visitor.get(reverse("accounts:second_factor"))
    assert answer["Location"].startswith("/accounts/second-factor/set-up/")
    page = visitor.get(answer["Location"])
    device = TOTPDevice.objects.get(user=officer, confirmed=False)
    assert base64.b32encode(device.bin_key) in page.content
    assert b"<svg" in page.content
    answer = visitor.post(answer["Location"], {"token": _code(device), "next": "/accounts/profile/"})
    assert answer["Location"] == "/accounts/profile/"
    device.refresh_from_db()
    assert device.confirmed
    assert Fact.objects.filter(kind="totp.enabled").count() == 1
    assert visitor.session["otp_device_id"] == device.persistent_id


def test_a_wrong_first_code_confirms_nothing(visitor, officer):
    _enter(visitor)
    visitor.get(reverse("accounts:second_factor_set_up"))
    device = TOTPDevice.objects.get()
    wrong = "000000" if _code(device) != "000000" else "000001"
    assert visitor.post(reverse("accounts:second_factor_set_up"), {"token": wrong}).status_code == 422
    device.refresh_from_db()
    assert not device.confirmed
    assert not Fact.objects.filter(kind="totp.enabled").exists()


def test_a_code_passes_once(visitor, officer):
    device = _with_app(officer)
    code = _code(device)
    _enter(visitor)
    assert visitor.post(reverse("accounts:second_factor"), {"token": code}).status_code == 302
    assert visitor.get("/admin/", follow=True).status_code == 200
    other = Client(headers={"accept-language": "en"})
    _enter(other)
    answer = other.post(reverse("accounts:second_factor"), {"token": code})
    assert answer.status_code == 422
    assert b"This code does not fit." in answer.content


def test_failures_of_codes_are_throttled(officer):
    device = _with_app(officer)
    with pytest.raises(BadInput):
        services.verify_totp(person=officer, token="123456")
    device.refresh_from_db()
    assert device.throttling_failure_count == 1


def test_who_has_an_app_cannot_teach_another_without_it(visitor, officer):
    _with_app(officer)
    _enter(visitor)
    answer = visitor.get(reverse("accounts:second_factor_set_up"))
    assert answer["Location"] == reverse("accounts:second_factor")
    assert not TOTPDevice.objects.filter(confirmed=False).exists()


def test_eds_is_a_second_factor_by_itself(visitor, officer, ca):
    Person.objects.filter(pk=officer.pk).update(iin=HEAD_IIN)
    shown = visitor.post("/api/v1/eds/challenges/").json()
    cms = sign("head-1-auth", base64.b64decode(shown["data_b64"]), ca=ca)
    visitor.post(
        f"/api/v1/eds/challenges/{shown['id']}/signature/", {"cms": cms}, content_type="application/json"
    )
    assert visitor.get("/admin/").status_code == 200


def test_a_lost_telephone_is_reset_by_the_administrator(officer):
    _with_app(officer)
    services.reset_second_factor(actor=officer, person_id=officer.pk, at=legal_now())
    assert not TOTPDevice.objects.exists()
    assert Fact.objects.get().kind == "totp.reset"


def test_the_session_key_changes_and_signing_out_ends_it(visitor, officer):
    visitor.get(reverse("accounts:sign_in"))
    visitor.post("/api/v1/eds/challenges/")
    before = visitor.session.session_key
    _enter(visitor)
    assert visitor.session.session_key != before
    visitor.post(reverse("accounts:sign_out"))
    assert "_auth_user_id" not in visitor.session
    assert visitor.get(reverse("accounts:profile")).status_code == 302


def test_more_time_is_given_to_who_asks(visitor, officer):
    Person.objects.update(is_staff=False)
    _enter(visitor)
    assert visitor.post(reverse("accounts:stay")).json() == {"seconds": 14400}
    assert Client().post(reverse("accounts:stay")).status_code == 302


def test_the_admin_site_has_no_door_of_its_own(visitor):
    answer = visitor.get("/admin/login/?next=/admin/accounts/person/")
    assert answer["Location"] == "/accounts/sign-in/?next=%2Fadmin%2Faccounts%2Fperson%2F"
