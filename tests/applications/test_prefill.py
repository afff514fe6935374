"""A draft filled in from the state registers at the applicant's wish; by hand when they are silent (integrations.md B)."""

import time

import pytest

from applications import addresses, services
from applications.models import Application
from applications.services import Prefilled
from foundation.accounts.models import Party
from foundation.egov.gateway import RegisteredAddress
from foundation.egov.models import AskedConsent
from foundation.egov.selectors import lookups_about
from foundation.kernel.refusals import LawRefusal, NotPermitted, Unavailable
from sandbox.cast import COMPANY_BIN, ensure_places
from sandbox.gateway import SandboxGateway
from tests.applications.stages import moment, nothing_changes

pytestmark = pytest.mark.django_db

DANA, CONSENTING = "900101300007", "150315600001"
IN_ALMATY = {
    "region": "75",
    "district": "Алмалинский район",
    "street": "улица Абая",
    "house": "10",
    "free_text": "город Алматы, Алмалинский район, улица Абая, 10",
    "kato": "751110000",
    "as_of": "2026-11-02",
}


@pytest.fixture
def gateway(settings):
    with SandboxGateway() as server:
        settings.GATEWAY = {**settings.GATEWAY, "URL": server.url, "TOKEN": "sandbox-token"}
        yield server


def at(text: str):
    return moment(f"2026-11-{text}")


def draft_of(stages, who):
    return stages.play.draft(at("02T10:00"), who=who, centres=())


def prefill(stages, draft, who, when="02T10:05"):
    return services.prefill(draft.pk, person=stages.play.people[who], at=at(when))


def test_the_address_of_an_entity_in_the_partys_language(stages, gateway):
    draft = draft_of(stages, "aigerim")
    assert prefill(stages, draft, "aigerim") is Prefilled.FILLED
    said = stages.play.fresh(draft.pk).address
    assert (said["region"], said["district"], said["street"]) == ("75", "Алмалы ауданы", "Абай көшесі")
    assert (said["house"], said["source"], said["kato"]) == ("10", "gbdul", "751110000")
    assert addresses.faults(said) == {}


def test_the_address_of_a_person_and_what_was_known_of_the_party_stays(stages, gateway):
    draft = draft_of(stages, "dana")
    before = Party.objects.get(number=DANA).address
    assert prefill(stages, draft, "dana") is Prefilled.FILLED
    assert stages.play.fresh(draft.pk).address == {**IN_ALMATY, "source": "gbdfl"}
    assert Party.objects.get(number=DANA).address == before
    [row] = lookups_about([DANA])
    assert (row.asked_by, row.application) == (stages.play.people["dana"].pk, draft.case.draft_no)


def test_a_party_of_which_nothing_is_known_is_filled_in_too(stages, gateway):
    Party.objects.filter(number=COMPANY_BIN).update(address={}, name_kk="", name_ru=COMPANY_BIN)
    draft = draft_of(stages, "aigerim")
    prefill(stages, draft, "aigerim")
    party = Party.objects.get(number=COMPANY_BIN)
    assert (party.name_kk, party.name_ru) == ('"Сандбокс" ЖШС', 'ТОО "Сандбокс"')
    assert party.address["kato"] == "751110000"


def test_saved_unchanged_it_stays_the_registers_changed_it_is_the_applicants(stages, gateway):
    draft = draft_of(stages, "dana")
    prefill(stages, draft, "dana")
    typed = {name: value for name, value in IN_ALMATY.items() if name in addresses.FIELDS}
    assert save(stages, draft, typed)["source"] == "gbdfl"
    assert "source" not in save(stages, draft, {**typed, "house": "12"})
    assert "source" not in save(stages, draft, {**typed, "source": "gbdfl", "kato": "111"})


def save(stages, draft, address):
    services.save_draft(
        draft.pk,
        changes={"address": address},
        person=stages.play.people["dana"],
        at=at("02T10:10"),
        version=None,
    )
    return stages.play.fresh(draft.pk).address


def test_filed_within_a_day_the_same_answer_is_the_evidence(stages, gateway):
    draft = draft_of(stages, "dana")
    prefill(stages, draft, "dana")
    services.registers.look_up_registers(draft.pk, person=None, at=at("02T11:00"))
    assert gateway.state.calls.count("POST /v1/persons/lookup") == 1
    [answer] = stages.play.fresh(draft.pk).register_answers.all()
    assert (answer.outcome, answer.facts["alive"], len(answer.snapshot_sha256)) == ("found", True, 64)


@pytest.mark.parametrize("mode", ["off", "slow", "truncate"])
def test_a_silent_register_is_said_in_time_and_nothing_is_lost(stages, gateway, mode):
    draft = draft_of(stages, "dana")
    gateway.control.mode(mode)
    began = time.monotonic()
    with nothing_changes(), pytest.raises(Unavailable) as refused:
        prefill(stages, draft, "dana")
    assert time.monotonic() - began <= 3
    assert refused.value.status == 503


def test_a_number_the_register_does_not_know(stages, gateway):
    Party.objects.filter(number=DANA).update(number="991231200007")
    draft = draft_of(stages, "dana")
    with nothing_changes():
        assert prefill(stages, draft, "dana") is Prefilled.NOT_FOUND


def test_consent_is_asked_for_at_the_persons_wish(stages, gateway):
    Party.objects.filter(number=DANA).update(number=CONSENTING)
    draft, dana = draft_of(stages, "dana"), stages.play.people["dana"]
    assert prefill(stages, draft, "dana") is Prefilled.CONSENT_NEEDED
    assert not AskedConsent.objects.exists()  # nobody is bothered unasked
    assert services.ask_consent(draft.pk, person=dana, at=at("02T10:06")) is Prefilled.CONSENT_PENDING
    assert prefill(stages, draft, "dana") is Prefilled.CONSENT_PENDING
    gateway.control.decide_consent(AskedConsent.objects.get().consent_id, "granted")
    assert services.ask_consent(draft.pk, person=dana, at=at("02T10:07")) is Prefilled.FILLED
    assert Application.objects.get(pk=draft.pk).address["source"] == "gbdfl"


def test_nobody_but_the_applicant_and_only_a_draft(stages, gateway):
    draft = draft_of(stages, "dana")
    with nothing_changes(), pytest.raises(NotPermitted):
        prefill(stages, draft, "marat")
    assert lookups_about([DANA]) == []
    case = stages.filed()
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        services.prefill(case, person=stages.play.people["aigerim"], at=at("03T10:00"))
    assert refused.value.code == "WRONG_STATE"


@pytest.mark.parametrize(
    ("line", "kato", "fields"),
    [
        (
            "Карагандинская область, Темиртау, улица Ленина, дом 7/1",
            "352310000",
            ("35", "", "Темиртау", "7/1"),
        ),
        ("Абай ауданы, Топар кенті, Мира көшесі, 3", "354033100", ("35", "Абай ауданы", "Топар кенті", "3")),
        ("город Алматы, улица Абая, 10", "751110000", ("75", "", "", "10")),
        ("где-то в степи", "352310000", ("35", "", "", "")),
        ("улица Абая, 10", "", ("", "", "", "")),
    ],
)
def test_a_registers_line_in_the_fields_of_the_form(line, kato, fields):
    told = RegisteredAddress(kato, line, "")
    found = addresses.of_register(told, source="gbdul", as_of=at("02T10:00"), language="kk")
    assert tuple(found.get(name, "") for name in ("region", "district", "city", "house")) == fields
    assert found["free_text"] == line


def test_the_place_of_an_address_by_the_official_list(stages, gateway):
    """integrations.md 5: the deepest place that is known is kept with what was typed; a place unknown stays as typed."""
    ensure_places()
    draft = draft_of(stages, "dana")
    typed = {"region": "35", "city": "Теміртау", "street": "Өнеркәсіп көшесі", "house": "7/1"}
    assert save(stages, draft, typed) == {**typed, "kato": "352410000"}
    assert save(stages, draft, {**typed, "city": "Неведомск"})["kato"] == "350000000"
    centres = [{"address": typed, "power_source": "off_grid_producer"}]
    services.save_draft(
        draft.pk,
        changes={"data_centers": centres},
        person=stages.play.people["dana"],
        at=at("02T10:20"),
        version=None,
    )
    [centre] = stages.play.fresh(draft.pk).data_centres.all()
    assert centre.address == {**typed, "kato": "352410000"}
    prefill(stages, draft, "dana")
    assert stages.play.fresh(draft.pk).address["district"] == "Алмалинский район"
