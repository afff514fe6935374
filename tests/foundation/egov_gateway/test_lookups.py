"""Questions to the registers: each audited with its purpose, answers kept a day for it, consents asked once."""

from datetime import datetime, timedelta

import pytest

from foundation.egov import services
from foundation.egov.gateway import Code, GatewayError, Purpose
from foundation.egov.models import AskedConsent, KeptAnswer, Lookup
from foundation.egov.selectors import consent_asked, lookups_about
from foundation.egov.services import Question
from foundation.kernel.clock import ALMATY
from sandbox.gateway import TOKEN

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=ALMATY)
OFFICER = "6f4f7d3e-0c7f-4a51-9a3e-4dbb38d1f001"
PERSON, COMPANY, CONSENTING = "900101300007", "150140000002", "150315600001"


@pytest.fixture
def asked(sandbox, settings):
    settings.GATEWAY = {**settings.GATEWAY, "URL": sandbox.url, "TOKEN": TOKEN}
    return sandbox.state.calls


def question(number, *, at=NOON, application="D-2026-000001", officer=OFFICER, fresh=False):
    purpose = Purpose(application=application, legal_basis="law-202-V-art-25", officer=officer)
    return Question(number, purpose, at, fresh=fresh)


def test_who_asked_about_whom_why_and_what_came(asked):
    services.ask_person(question(PERSON))
    services.ask_entity(question(COMPANY, officer="system"))
    services.ask_payments(question(PERSON))
    [payments, person] = lookups_about([PERSON])
    assert (person.register, person.outcome, person.subject_masked) == ("persons", "found", "900101******")
    assert (str(person.asked_by), person.application) == (OFFICER, "D-2026-000001")
    assert (person.legal_basis, person.at, person.kept) == ("law-202-V-art-25", NOON, False)
    assert (payments.register, payments.outcome, payments.answered) == ("payments", "not_found", True)
    [company] = lookups_about([COMPANY])
    assert (company.asked_by, company.register) == (None, "entities")
    assert len(lookups_about([PERSON, COMPANY])) == 3
    assert lookups_about(["991231200007"]) == []


def test_the_audit_holds_no_number_and_no_answer(asked):
    services.ask_person(question(PERSON))
    [row] = Lookup.objects.values()
    assert PERSON not in str(row)
    assert "ТЕСТОВ" not in str(row)


def test_an_answer_serves_its_purpose_for_24_hours(asked):
    first = services.ask_entity(question(COMPANY))
    again = services.ask_entity(question(COMPANY, at=NOON + timedelta(hours=23, minutes=59)))
    assert (again.entity, again.snapshot) == (first.entity, first.snapshot)
    assert asked.count("POST /v1/legal-entities/lookup") == 1
    assert [row.kept for row in lookups_about([COMPANY])] == [True, False]
    services.ask_entity(question(COMPANY, application="D-2026-000002"))  # another purpose
    services.ask_entity(question(COMPANY, fresh=True))
    services.ask_entity(question(COMPANY, at=NOON + timedelta(hours=24)))
    services.ask_entity(question(COMPANY, at=NOON - timedelta(days=1)))  # the demo's clock went back
    assert asked.count("POST /v1/legal-entities/lookup") == 5


def test_a_number_that_is_not_there_is_asked_again_after_minutes(asked):
    services.ask_person(question("991231200007"))
    assert services.ask_person(question("991231200007", at=NOON + timedelta(minutes=9))).person is None
    assert asked.count("POST /v1/persons/lookup") == 1
    services.ask_person(question("991231200007", at=NOON + timedelta(minutes=10)))
    assert asked.count("POST /v1/persons/lookup") == 2


def test_payments_are_never_kept(asked):
    services.ask_payments(question(PERSON))
    services.ask_payments(question(PERSON))
    assert asked.count("POST /v1/payments/lookup") == 2
    assert KeptAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("mode", "code"), [("off", Code.UPSTREAM_UNAVAILABLE), ("truncate", Code.UPSTREAM_BAD_RESPONSE)]
)
def test_silence_is_audited_and_not_kept(asked, sandbox, mode, code):
    sandbox.state.mode = mode
    with pytest.raises(GatewayError):
        services.ask_entity(question(COMPANY))
    [row] = lookups_about([COMPANY])
    assert (row.outcome, row.answered) == (code, False)
    assert KeptAnswer.objects.count() == 0


def test_kept_answers_are_swept_when_their_day_is_over(asked):
    services.ask_entity(question(COMPANY))
    assert services.sweep(at=NOON + timedelta(hours=23)) == 0
    assert services.sweep(at=NOON + timedelta(hours=24)) == 1
    assert Lookup.objects.count() == 1  # the audit stays


def test_a_consent_is_asked_once_and_then_opens_the_register(asked, sandbox):
    with pytest.raises(GatewayError) as refused:
        services.ask_person(question(CONSENTING))
    assert refused.value.code is Code.CONSENT_REQUIRED
    consent = services.ask_consent(question(CONSENTING))
    assert services.ask_consent(question(CONSENTING)).pk == consent.pk
    assert asked.count("POST /v1/consents") == 1
    with pytest.raises(GatewayError):
        services.ask_person(question(CONSENTING))
    decide(sandbox, consent, "granted")
    assert services.ask_person(question(CONSENTING)).person.surname == "СОГЛАСИЕВА"
    assert consent_asked(CONSENTING, application="D-2026-000001").status == "granted"
    assert "token-of" not in str(list(AskedConsent.objects.values()))
    outcomes = [(row.register, row.outcome) for row in reversed(lookups_about([CONSENTING]))]
    assert outcomes == [
        ("persons", "CONSENT_REQUIRED"),
        ("consents", "pending"),
        ("persons", "CONSENT_REQUIRED"),
        ("persons", "found"),
    ]


def test_a_refused_consent_may_be_asked_anew(asked, sandbox):
    first = services.ask_consent(question(CONSENTING))
    decide(sandbox, first, "refused")
    assert services.ask_consent(question(CONSENTING)).pk != first.pk
    first.refresh_from_db()
    assert first.status == "refused"


def decide(sandbox, consent, status):
    token = f"token-of-{consent.consent_id}" if status == "granted" else None
    sandbox.state.consents[consent.consent_id] |= {"status": status, "consent_token": token}
