"""Form 2: sub-kind II from draft to Forms 5 and 7, the host by the register, a further annex that replaces the first."""

from typing import Any
from uuid import UUID

import pytest

from applications import services
from applications.permissions import Situation
from applications.services import load
from casework.documents import qr
from casework.documents.models import OfficialDocument
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses.models import Annex, Licence, LicenceEdition
from licenses.selectors import HostState, check_qr, look_up_host
from sandbox.play import CENTRES
from tests.applications.stages import FILED, Stages, moment

OTHER_PLACE = {"address": {"region": "55", "city": "Екібастұз", "street": "Абай көшесі", "house": "9"}}
HOST_KK = "«Сандбокс Майнинг» ЖШС"


@pytest.fixture
def host(stages: Stages) -> Licence:
    """The licence of sub-kind I under which hardware of others is placed."""
    stages.issued()
    return Licence.objects.get()


def decided(stages: Stages, case: UUID, day: str, *, who: str) -> Any:
    """The rest of the way, from the attachment of evidence to the signature."""
    play = stages.play

    def at(clock: str) -> Any:
        return moment(f"{day}T{clock}")

    play.attach(play.fresh(case), at("10:00"), who=who)
    play.file(case, at("10:10"), who=who)
    play.assign(case, at("10:20"))
    play.accept(case, at("10:30"))
    play.find(case, at("10:40"))
    play.prepare_issue(case, at("10:50"))
    play.open_signing(case, at("11:00"))
    return play.sign(case, at("11:05"))


def test_form_2_becomes_a_licence_with_place_and_host_in_its_conditions(stages, host):
    play = stages.play
    draft = play.draft(
        moment("2026-11-09T09:30"), who="dana", form="2", centres=(play.hosted_by(host),), owns_hardware=True
    )
    required = {
        item.code
        for item in Situation(draft, play.people["dana"], moment("2026-11-09T09:40")).report.required
    }
    assert required == {"II-1", "II-2"}
    issued = decided(stages, draft.pk, "2026-11-09", who="dana")
    assert issued.status == "issued"
    licence = Licence.objects.get(sub_kind="II")
    assert (str(licence.expires_on), licence.regions) == ("2029-11-09", ["35"])
    text = licence.editions.get()
    place = "Қарағанды облысы, Теміртау, Өнеркәсіп көшесі, 7/1"
    assert text.special_conditions_kk == (
        f"{place} (цифрлық майнинг деректерін өңдеу орталығының иесі – {HOST_KK}, № {host.number} лицензия)"
    )
    annex = licence.annexes.get().editions.get()
    assert annex.special_conditions_kk == text.special_conditions_kk
    assert (annex.host_name, annex.host_licence_number, annex.power_source) == (HOST_KK, host.number, "")
    papers = OfficialDocument.objects.filter(case=draft.case, act_id=text.act_id)
    assert sorted(papers.values_list("kind", "subject", "language")) == [
        ("annex_form_7", "001", "kk"),
        ("annex_form_7", "001", "ru"),
        ("licence_form_5", "", "kk"),
        ("licence_form_5", "", "ru"),
    ]
    filed = OfficialDocument.objects.filter(case=draft.case, kind="application_form_2").exclude(state="void")
    assert sorted(filed.values_list("language", flat=True)) == ["kk", "ru"]


def test_one_letter_serves_every_centre_of_its_host_whichever_it_is_attached_to(stages, host):
    play, at = stages.play, moment("2026-11-09T09:30")
    centres = (play.hosted_by(host), play.hosted_by(host, OTHER_PLACE))
    draft = play.draft(at, who="dana", form="2", centres=centres, owns_hardware=False)
    letters = [item for item in Situation(draft, play.people["dana"], at).report.items if item.code == "II-1"]
    assert len(letters) == 1
    second = draft.data_centres.get(position=2)
    [evidence] = play.attach(draft, at, who="dana")
    evidence.data_centre = second
    evidence.save()
    assert Situation(load(draft.pk), play.people["dana"], at).report.complete


@pytest.mark.parametrize(
    ("name", "number", "state"),
    [
        (HOST_KK, "", HostState.IN_FORCE),
        ("ТОО «Сандбокс Майнинг»", "own", HostState.IN_FORCE),
        ("ТОО «Другое»", "own", HostState.OTHER_NAME),
        ("ТОО «Другое»", "", HostState.NOT_FOUND),
        (HOST_KK, "KZ32DML00000009", HostState.NOT_FOUND),
        ("", "", HostState.NOT_NAMED),
    ],
)
def test_the_host_by_the_register(host, name, number, state):
    found = look_up_host(name, host.number if number == "own" else number, moment("2026-11-09T10:00").date())
    assert found.state is state
    assert found.good is (state is HostState.IN_FORCE)


def test_a_host_past_its_term_is_named_so(host):
    found = look_up_host(HOST_KK, host.number, moment("2029-11-07T10:00").date())
    assert (found.state, found.status) == (HostState.NOT_IN_FORCE, "expired")


def test_a_change_of_host_is_a_new_annex_that_takes_the_place_of_the_old_one(stages, host):
    play = stages.play
    first = play.draft(moment("2026-11-09T09:30"), who="dana", form="2", centres=(play.hosted_by(host),))
    decided(stages, first.pk, "2026-11-09", who="dana")
    licence = Licence.objects.get(sub_kind="II")
    earlier = OfficialDocument.objects.get(case=first.case, kind="licence_form_5", language="ru")
    again = play.draft(
        moment("2026-11-10T09:30"),
        who="dana",
        form="2",
        centres=({**play.hosted_by(host, OTHER_PLACE), "annex": "001"},),
        scope="annex",
        target_licence=licence.number,
    )
    situation = Situation(again, play.people["dana"], moment("2026-11-10T09:40"))
    assert (situation.fee.due, str(situation.fee.amount)) == (False, "0.00")
    decided(stages, again.pk, "2026-11-10", who="dana")
    licence = Licence.objects.get(pk=licence.pk)
    assert (licence.edition, str(licence.expires_on), str(licence.first_issued_on)) == (
        2,
        "2029-11-09",
        "2026-11-09",
    )
    old, new = Annex.objects.filter(licence=licence).order_by("number")
    assert (old.number, old.status, old.replaced_by_id) == ("001", "terminated", new.pk)
    assert (new.number, new.status, str(new.expires_on)) == ("002", "active", "2029-11-09")
    text = licence.editions.get(edition=2)
    assert text.special_conditions_ru.startswith(
        "Павлодарская область, Екібастұз, Абай көшесі, 9 (владелец ЦОД"
    )
    assert licence.editions.get(edition=1).state == "superseded"
    play.deliver()
    payload = qr.signed_payload(
        qr_id=earlier.qr_id,
        kind=earlier.kind,
        number=earlier.number,
        edition=earlier.edition,
        document_date=earlier.document_date,
    )
    answer = check_qr(payload, moment("2026-11-10T12:00"), "ru")
    assert (str(answer.answer), answer.superseded_by, answer.number) == ("superseded", "2", licence.number)


# --- an annex alone on Form 1 ----------------------------------------------------------------------
def annex_draft(stages: Stages, licence: Licence, at: str = "2026-11-09T09:30", **said: Any) -> Any:
    return stages.play.draft(
        moment(at),
        centres=CENTRES[1:],
        **{"scope": "annex", "target_licence": licence.number, **said},
    )


def test_a_further_annex_gets_the_next_number_no_fee_and_renews_the_special_conditions(stages, host):
    draft = annex_draft(stages, host)
    issued = decided(stages, draft.pk, "2026-11-09", who="aigerim")
    assert issued.status == "issued"
    host = Licence.objects.get(pk=host.pk)
    assert [a.number for a in host.annexes.order_by("number")] == ["001", "002"]
    assert {str(a.expires_on) for a in host.annexes.all()} == {"2029-11-06"}
    assert (host.edition, str(host.issued_on), str(host.first_issued_on), str(host.expires_on)) == (
        2,
        "2026-11-09",
        "2026-11-06",
        "2029-11-06",
    )
    assert host.regions == ["35", "55"]
    assert host.editions.get(edition=2).special_conditions_kk == (
        "1) Қарағанды облысы, Теміртау, Өнеркәсіп көшесі, 7/1\n"
        "2) Павлодар облысы, Ақсу ауданы, Қалқаман ауылы, Гауһар Ана көшесі, 2"
    )
    assert host.editions.get(edition=1).special_conditions_kk == (
        "Қарағанды облысы, Теміртау, Өнеркәсіп көшесі, 7/1"
    )
    assert LicenceEdition.objects.filter(licence=host, state="current").count() == 1
    assert not issued.payments.exists()
    papers = OfficialDocument.objects.filter(case=draft.case, document_date="2026-11-09").exclude(
        state="void"
    )
    assert sorted(
        papers.filter(language="ru", act_id__isnull=False).values_list("kind", "subject", "edition")
    ) == [
        ("annex_form_6", "002", 1),
        ("application_filed", "", 1),
        ("licence_form_4", "", 2),
    ]


@pytest.mark.parametrize("target", ["", "other"])
def test_an_annex_needs_an_own_licence_in_force_of_the_same_sub_kind(stages, host, target):
    number = host.number if target == "other" else target
    who = "dana" if target == "other" else "aigerim"
    draft = stages.play.draft(
        moment(FILED),
        who=who,
        centres=CENTRES[1:],
        scope="annex",
        target_licence=number,
    )
    with pytest.raises(BadInput) as refused:
        stages.play.file(draft.pk, moment(FILED), who=who)
    assert list(refused.value.fields) == ["target_licence"]


def test_two_annex_cases_at_once_the_second_is_prepared_anew_and_gets_the_next_number(stages, host):
    play = stages.play
    cases = []
    for hour in ("09", "10"):
        draft = annex_draft(stages, host, f"2026-11-09T{hour}:30")
        play.attach(draft, moment(f"2026-11-09T{hour}:31"))
        play.file(draft.pk, moment(f"2026-11-09T{hour}:32"))
        play.assign(draft.pk, moment(f"2026-11-09T{hour}:33"))
        play.accept(draft.pk, moment(f"2026-11-09T{hour}:34"))
        play.find(draft.pk, moment(f"2026-11-09T{hour}:35"))
        play.prepare_issue(draft.pk, moment("2026-11-09T12:00"))
        cases.append(draft.pk)
    play.open_signing(cases[0], moment("2026-11-09T12:10"))
    play.sign(cases[0], moment("2026-11-09T12:11"))
    with pytest.raises(LawRefusal) as refused:
        play.open_signing(cases[1], moment("2026-11-09T12:12"))
    assert refused.value.code == "TARGET_CHANGED"
    services.send_back(
        cases[1],
        reason="Реестр изменился.",
        person=play.people["head"],
        at=moment("2026-11-09T12:13"),
        version=None,
    )
    play.prepare_issue(cases[1], moment("2026-11-09T12:14"))
    play.open_signing(cases[1], moment("2026-11-09T12:15"))
    play.sign(cases[1], moment("2026-11-09T12:16"))
    assert [a.number for a in host.annexes.order_by("number")] == ["001", "002", "003"]
