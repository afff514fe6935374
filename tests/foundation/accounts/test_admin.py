"""The back office of accounts and deliveries: who may, through which services, and what is never shown."""

from datetime import UTC, date, datetime

import pytest
from axes.models import AccessLog
from django.core import mail
from django.db import transaction
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from rest_framework.authtoken.models import Token

from foundation.accounts import services
from foundation.accounts.models import Person, Representation, RoleHolding
from foundation.journal.models import Delivery, Fact
from foundation.journal.services import deliver_open, record
from foundation.kernel.clock import machine_now

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
PAGES = ("person", "roleholding", "body", "party", "representation")
NEW = {
    "login": "newcomer", "surname": "Жаңа", "given_name": "Адам", "patronymic": "", "iin": "", "post_kk": "",
    "post_ru": "", "rank": "head", "email": "new@portal.example", "phone": "", "language": "ru", "is_active": "on",
}  # fmt: skip


@pytest.fixture
def chief(db) -> Person:
    """Who gives roles."""
    return Person.objects.create(login="chief", surname="Бірінші", given_name="Адам", is_staff=True)


@pytest.fixture
def as_role(officer, chief, provider, ca):
    def run(role: str) -> Client:
        services.grant_role(
            actor=chief, person=officer, body=provider, role=role, valid_from=date(2020, 1, 1), at=AT
        )
        visitor = Client(headers={"accept-language": "en"})
        visitor.force_login(officer)
        return visitor

    return run


def _dead() -> Delivery:
    with transaction.atomic():
        fact = record(kind="account.email_changed", stream="account:x", at=AT)
    row = Delivery.objects.get(fact=fact)
    row.state, row.attempts, row.last_error = Delivery.DEAD, 20, "OSError: no mail"
    row.available_at = machine_now()
    row.save()
    return row


def test_a_role_makes_an_officer_and_is_a_fact(officer, chief, provider):
    Person.objects.update(is_staff=False)
    services.grant_role(
        actor=chief, person=officer, body=provider, role="executor", valid_from=date(2026, 1, 1), at=AT
    )
    officer.refresh_from_db()
    assert officer.is_staff
    assert Fact.objects.get(kind="role.granted").payload == {
        "role": "executor", "body": "provider", "from": "2026-01-01", "to": None,
    }  # fmt: skip


def test_the_administrator_opens_every_page(as_role, sign_in):
    sign_in("head-1-auth")
    visitor = as_role("administrator")
    for page in PAGES:
        assert visitor.get(f"/admin/accounts/{page}/").status_code == 200, page
    own = Representation.objects.get()
    assert visitor.get(f"/admin/accounts/representation/{own.pk}/change/").status_code == 200
    assert visitor.get(f"/admin/accounts/party/{own.party_id}/change/").status_code == 200


@pytest.mark.parametrize("role", ["executor", "head", "chancery", "supervisor", "reviewer"])
def test_other_roles_see_no_accounts(as_role, role):
    visitor = as_role(role)
    for page in PAGES:
        assert visitor.get(f"/admin/accounts/{page}/").status_code == 403, page


def test_the_auditor_reads_and_changes_nothing(as_role, officer):
    visitor = as_role("auditor")
    assert visitor.get("/admin/accounts/person/").status_code == 200
    assert visitor.get("/admin/accounts/person/add/").status_code == 403
    assert visitor.post(f"/admin/accounts/person/{officer.pk}/change/", NEW).status_code == 403


def test_no_password_and_no_whole_iin_in_the_list(as_role, officer):
    Person.objects.filter(pk=officer.pk).update(iin="850505400008")
    visitor = as_role("administrator")
    page = visitor.get("/admin/accounts/person/").content.decode()
    assert "850505******" in page
    assert "850505400008" not in page
    change = visitor.get(f"/admin/accounts/person/{officer.pk}/change/").content.decode()
    assert officer.password not in change
    assert 'name="password"' not in change


def test_a_new_officer_gets_a_letter_to_set_the_password(as_role):
    visitor = as_role("administrator")
    answer = visitor.post("/admin/accounts/person/add/", NEW)
    assert answer.status_code == 302, answer.content
    made = Person.objects.get(login="newcomer")
    assert (made.is_staff, made.is_superuser, made.has_usable_password()) == (True, False, False)
    deliver_open()
    letter = next(letter for letter in mail.outbox if letter.to == ["new@portal.example"])
    address = "/accounts/set-password/" + str(letter.body).split("/accounts/set-password/")[1].split()[0]
    guest = Client(headers={"accept-language": "en"})
    form = guest.get(address, follow=True)
    target = form.redirect_chain[-1][0]
    guest.post(target, {"new_password1": "long-enough-password", "new_password2": "long-enough-password"})
    made.refresh_from_db()
    assert made.check_password("long-enough-password")


def test_changes_go_through_the_service_and_are_facts(as_role, officer):
    visitor = as_role("administrator")
    answer = visitor.post(f"/admin/accounts/person/{officer.pk}/change/", NEW | {"post_ru": "Эксперт"})
    assert answer.status_code == 302
    officer.refresh_from_db()
    assert (officer.login, officer.surname, officer.post_ru) == ("executor", "Жаңа", "Эксперт")
    assert "post_ru" in Fact.objects.get(kind="account.updated").payload["fields"]


def test_nobody_gives_a_role_to_themselves_or_prolongs_it(as_role, officer, provider):
    visitor = as_role("administrator")
    own = RoleHolding.objects.get(person=officer)
    new = {
        "person": str(officer.pk),
        "body": "provider",
        "role": "executor",
        "valid_from": "2026-01-01",
        "order": "№ 1",
    }
    given = visitor.post("/admin/accounts/roleholding/add/", new)
    moved = visitor.post(f"/admin/accounts/roleholding/{own.pk}/change/", {"valid_to": "2030-06-30"})
    for refused in (given, moved):
        assert refused.status_code == 403
        assert "Nobody gives a role to themselves" in refused.content.decode()
    assert list(RoleHolding.objects.filter(person=officer).values_list("role", "valid_to")) == [
        ("administrator", None)
    ]
    assert Fact.objects.filter(kind__in=("role.granted", "role.ended")).count() == 1  # the fixture's own


@pytest.mark.parametrize("role", ["auditor", "administrator", "superuser"])
def test_secrets_of_people_are_on_no_page(as_role, officer, chief, role):
    """An auditor with everybody's tokens could act as everybody."""
    token = Token.objects.create(user=chief)
    device = TOTPDevice.objects.create(user=chief, name="totp")
    if role == "superuser":
        Person.objects.filter(pk=officer.pk).update(is_superuser=True)
    visitor = as_role("administrator" if role == "superuser" else role)
    pages = (
        "authtoken/tokenproxy/", "authtoken/tokenproxy/add/", f"authtoken/tokenproxy/{chief.pk}/change/",
        "otp_totp/totpdevice/", f"otp_totp/totpdevice/{device.pk}/change/", f"otp_totp/totpdevice/{device.pk}/qrcode/",
        "auth/group/",
    )  # fmt: skip
    for page in pages:
        answer = visitor.get(f"/admin/{page}")
        assert answer.status_code == 404, page
        assert token.key not in answer.content.decode()
    assert visitor.post("/admin/authtoken/tokenproxy/add/", {"user": str(officer.pk)}).status_code == 404
    assert not Token.objects.filter(user=officer).exists()


def test_records_of_sign_ins_are_to_look_at_only(as_role, officer):
    row = AccessLog.objects.create(username="head", ip_address="127.0.0.1", path_info="/", user_agent="x")
    Person.objects.filter(pk=officer.pk).update(is_superuser=True)
    visitor = as_role("administrator")
    assert visitor.get("/admin/axes/accesslog/").status_code == 200
    assert visitor.post(f"/admin/axes/accesslog/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert AccessLog.objects.filter(pk=row.pk).exists()


def test_a_role_is_given_and_ended_never_deleted(as_role, chief, provider):
    visitor = as_role("administrator")
    new = {
        "person": str(chief.pk), "body": "provider", "role": "head", "valid_from": "2026-01-01", "valid_to": "",
        "order": "№ 1",
    }  # fmt: skip
    assert visitor.post("/admin/accounts/roleholding/add/", new).status_code == 302
    row = RoleHolding.objects.get(role="head")
    visitor.post(f"/admin/accounts/roleholding/{row.pk}/change/", {"valid_to": "2026-06-30"})
    row.refresh_from_db()
    assert row.valid_to == date(2026, 6, 30)
    assert visitor.post(f"/admin/accounts/roleholding/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Fact.objects.filter(kind="role.ended").count() == 1


def test_dead_letters_are_listed_retried_and_resolved(as_role):
    row = _dead()
    visitor = as_role("supervisor")
    page = visitor.get("/admin/journal/delivery/").content.decode()
    assert "OSError: no mail" in page
    visitor.post("/admin/journal/delivery/", {"action": "retry", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("open", 0)
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.DEAD)
    visitor.post("/admin/journal/delivery/", {"action": "resolve", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.state == "done"


def test_the_auditor_only_looks_at_deliveries(as_role):
    row = _dead()
    visitor = as_role("auditor")
    assert visitor.get("/admin/journal/delivery/").status_code == 200
    visitor.post("/admin/journal/delivery/", {"action": "resolve", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.state == "dead"
