"""Forms 9 and 10: targets, grounds, both ways, refusal, new editions with the old ones superseded and the dates kept."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from applications import events, letters, rules, services
from applications.papers import decision_papers, draft_of
from applications.permissions import Situation
from applications.rules import Way
from applications.services import load
from applications.telling import told_late
from casework.deadlines.models import Term
from casework.decisions.models import Act
from casework.documents.models import OfficialDocument
from foundation.accounts.models import Party, Representation
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses.models import Licence
from licenses.services import suspend_licence
from licenses.statuses import Basis
from sandbox.cast import key_of, number
from sandbox.eds import issue_identity
from sandbox.play import CENTRES
from tests.applications.stages import Stages, moment, perform

NAME = {
    "code": "9.1",
    "changed_on": "2026-11-05",
    "name_kk": "«Жаңа Майнинг» ЖШС",
    "name_ru": "ТОО «Новый Майнинг»",
}
REFUSAL = [{"code": "33-5", "facts_kk": "Көшірмеде қол жоқ (R-1).", "facts_ru": "В копии нет подписи (R-1)."}]


@pytest.fixture
def licence(stages: Stages) -> Licence:
    stages.issued()
    return Licence.objects.get()


def drafted(
    stages: Stages, licence: Licence, *grounds: dict[str, Any], at: str = "2026-11-09T09:30", **said: Any
) -> Any:
    """A complete draft of Form 9 or 10 with the files it needs."""
    play = stages.play
    who = said.pop("who", "aigerim")
    form = said.pop("form", "9")
    draft = play.draft(
        moment(at),
        who=who,
        form=form,
        centres=said.pop("centres", ()),
        owns_hardware=False,
        **{"target_licence": licence.number, "targets": ["licence"], "grounds": list(grounds), **said},
    )
    play.attach(draft, moment(at), who=who)
    return play.fresh(draft.pk)


def reviewed(stages: Stages, case: UUID, day: str = "2026-11-09", who: str = "aigerim") -> None:
    play = stages.play
    play.file(case, moment(f"{day}T10:00"), who=who)
    play.assign(case, moment(f"{day}T10:10"))
    play.accept(case, moment(f"{day}T10:20"))


def signed(stages: Stages, case: UUID, day: str = "2026-11-09") -> Any:
    play = stages.play
    play.prepare_issue(case, moment(f"{day}T11:00"))
    play.open_signing(case, moment(f"{day}T11:10"))
    return play.sign(case, moment(f"{day}T11:15"))


def now(licence: Licence) -> Licence:
    return Licence.objects.get(pk=licence.pk)


def refused_by(situation: Situation, head: Any, code: str) -> tuple[str, str, str]:
    """What notice, Form 8 and letter say of a refusal on this ground: the matter and the paragraphs of its way."""
    ground = {"code": code, "facts_kk": "Құжат жоқ.", "facts_ru": "Документа нет."}
    ground |= {"records_kk": "Құжат № 7.", "records_ru": "Документ № 7."}
    notice = draft_of("notify_hearing", situation, {"grounds": [ground]}).papers[0].context("ru")
    application = situation.application
    application.prepared_outcome = "refuse"
    act = Act(kind="refusal_form_8", content={"grounds": [ground]})
    (form_8,) = decision_papers(application, act, head=head, act_date=date(2026, 11, 20), number="1")
    letter = letters.letter_of(situation.case, events.REFUSED)
    return notice.preliminary, form_8.context("ru").decision[0], letter.text_ru


# --- the way (pure law) ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "grounds", "reorganisation", "moves", "single", "switch", "way"),
    [
        ("1", (), "", False, False, True, Way.NEW),
        ("2", (), "", False, False, True, Way.NEW),
        ("9", ("registration",), "", False, False, True, Way.REISSUE),
        ("9", ("location",), "", False, False, True, Way.REISSUE),
        ("9", ("location",), "", True, False, True, Way.NEW_ANNEX),
        ("9", ("location",), "", True, False, False, Way.REISSUE),
        ("9", ("electricity",), "", False, True, True, Way.NEW_ANNEX),
        ("9", ("electricity",), "", False, False, True, Way.REISSUE),
        ("9", ("registration",), "", False, True, True, Way.REISSUE),
        ("9", ("sub_kind_name",), "", False, False, True, Way.REISSUE),
        ("9", ("law",), "", False, False, True, Way.REISSUE),
        *(
            (form, ("reorganisation",), kind, False, False, True, way)
            for form in ("9", "10")
            for kind, way in (
                ("merger", Way.REISSUE),
                ("transformation", Way.REISSUE),
                ("accession", Way.REISSUE),
                ("spin_off", Way.SUCCESSION),
                ("split", Way.SUCCESSION),
            )
        ),
    ],
)
def test_which_way_a_form_goes(form, grounds, reorganisation, moves, single, switch, way):
    found = rules.way_of(
        form,
        grounds=grounds,
        reorganisation=reorganisation,
        moves=moves,
        to_single_purchaser=single,
        move_as_new_annex=switch,
    )
    assert found is way


@pytest.mark.parametrize(
    ("kind", "moves", "timed"),
    [
        ("registration", False, True),
        ("reorganisation", False, True),
        ("location", False, True),
        ("location", True, False),
        ("electricity", False, False),
        ("sub_kind_name", False, False),
        ("law", False, False),
    ],
)
def test_the_thirty_days_run_for_grounds_one_two_and_an_address_without_a_move(kind, moves, timed):
    assert rules.is_timed(kind, moves=moves) is timed


@pytest.mark.parametrize(
    ("kind", "details", "entity", "faults"),
    [
        ("registration", {}, True, {}),
        ("reorganisation", {}, True, {"reorganisation": "required"}),
        ("reorganisation", {"reorganisation": "merger"}, False, {"reorganisation": "entities_only"}),
        ("reorganisation", {"reorganisation": "split"}, True, {}),
        ("location", {}, True, {}),
        ("electricity", {}, True, {}),
        ("sub_kind_name", {}, True, {"act": "required"}),
        ("law", {"act": "ст. 33 Закона"}, True, {}),
    ],
)
def test_what_each_ground_needs(kind, details, entity, faults):
    day, today = date(2026, 11, 5), date(2026, 11, 9)
    assert rules.ground_faults(kind, changed_on=day, details=details, today=today, entity=entity) == faults
    late = rules.ground_faults(
        kind, changed_on=date(2026, 11, 10), details=details, today=today, entity=entity
    )
    assert late == {"changed_on": "change_in_future", **faults}
    none = rules.ground_faults(kind, changed_on=None, details=details, today=today, entity=entity)
    assert none == {"changed_on": "required", **faults}


# --- the short way ---------------------------------------------------------------------------------
def test_a_new_name_makes_a_new_edition_in_two_days_and_keeps_the_dates(stages, licence):
    draft = drafted(stages, licence, NAME)
    situation = Situation(draft, stages.play.people["aigerim"], moment("2026-11-09T09:40"))
    assert situation.way is Way.REISSUE
    assert str(situation.fee.amount) == "865000.00"
    assert [(item.code, str(item.state)) for item in situation.report.items] == [
        ("R-1", "present"),
        ("R-2", "not_required"),
        ("R-2c", "not_required"),
        ("R-3", "not_required"),
        ("R-5", "not_required"),
    ]
    reviewed(stages, draft.pk)
    assert {(t.code, str(t.due_on)) for t in Term.objects.filter(case=draft.pk)} == {
        ("completeness", "2026-11-10"),
        ("service", "2026-11-11"),
    }
    assert signed(stages, draft.pk).status == "issued"
    made = now(licence)
    text, old = made.editions.get(edition=2), made.editions.get(edition=1)
    assert (made.number, made.edition, made.status) == (licence.number, 2, "active")
    assert (str(made.first_issued_on), str(made.expires_on), str(made.issued_on)) == (
        "2026-11-06",
        "2029-11-06",
        "2026-11-09",
    )
    assert (text.holder_kk, text.holder_ru, text.state) == (NAME["name_kk"], NAME["name_ru"], "current")
    assert (old.holder_kk, old.state) == ("«Сандбокс Майнинг» ЖШС", "superseded")
    assert made.annexes.get().editions.count() == 1
    papers = OfficialDocument.objects.filter(case=draft.case, act_id=text.act_id)
    assert sorted(papers.values_list("kind", "edition", "language", "number")) == [
        ("licence_form_4", 2, "kk", licence.number),
        ("licence_form_4", 2, "ru", licence.number),
    ]


def test_told_after_thirty_days_it_is_taken_and_flagged(stages, licence):
    person, at = stages.play.people["aigerim"], moment("2026-12-08T09:30")
    in_time = drafted(stages, licence, {**NAME, "changed_on": "2026-11-09"}, at="2026-12-08T09:00")
    assert told_late(in_time, at) == []  # 9 December is the thirtieth day
    late = drafted(stages, licence, {**NAME, "changed_on": "2026-11-06"}, at="2026-12-08T09:00")
    [told] = told_late(late, at)
    assert str(told.due_on) == "2026-12-07"
    reviewed(stages, late.pk, "2026-12-08")
    assert load(late.pk).status == "review"
    assert Situation(load(late.pk), person, at).represents


def test_several_grounds_and_targets_at_once(stages, licence):
    """Name, a new address of a centre that did not move, and its new off-grid source: licence and annex anew."""
    place = {"region": "35", "city": "Теміртау", "street": "Жаңа көшесі", "house": "7/1"}
    draft = drafted(
        stages,
        licence,
        NAME,
        {"code": "9.3", "changed_on": "2026-11-05"},
        {"code": "9.5", "changed_on": "2026-11-06"},
        targets=["001", "licence"],
        centres=({"annex": "001", "address": place, "moves": False, "power_source": "off_grid_producer"},),
    )
    situation = Situation(draft, stages.play.people["aigerim"], moment("2026-11-09T09:40"))
    assert {item.code for item in situation.report.required} == {"R-1", "R-3", "R-5"}
    reviewed(stages, draft.pk)
    signed(stages, draft.pk)
    made = now(licence)
    annex = made.annexes.get()
    text = annex.editions.get(edition=2)
    assert (annex.number, annex.edition, annex.status, str(annex.expires_on)) == (
        "001",
        2,
        "active",
        "2029-11-06",
    )
    assert (text.address_kk, text.power_source) == (
        "Қарағанды облысы, Теміртау, Жаңа көшесі, 7/1",
        "off_grid_producer",
    )
    assert made.editions.get(edition=2).special_conditions_kk == text.address_kk
    assert annex.editions.get(edition=1).state == "superseded"


def test_an_annex_alone_is_re_issued_free_of_charge(stages, licence):
    draft = drafted(
        stages,
        licence,
        {"code": "9.5", "changed_on": "2026-11-06"},
        targets=["001"],
        centres=({"annex": "001", "power_source": "off_grid_producer"},),
    )
    assert not Situation(draft, stages.play.people["aigerim"], moment("2026-11-09T09:40")).fee.due
    reviewed(stages, draft.pk)
    signed(stages, draft.pk)
    made = now(licence)
    assert (made.edition, made.annexes.get().edition) == (
        1,
        2,
    )  # the place is the same, so are the conditions


def test_the_licence_of_a_suspended_one_is_re_issued_and_stays_suspended(stages, licence):
    suspend_licence(
        licence_id=licence.pk,
        since=date(2026, 11, 7),
        months=1,
        basis=Basis.SUSPEND_ON_REQUEST,
        act_id=licence.pk,
        actor_id=licence.pk,
        at=moment("2026-11-07T10:00"),
    )
    draft = drafted(stages, licence, NAME)
    reviewed(stages, draft.pk)
    signed(stages, draft.pk)
    made = now(licence)
    assert (made.status, made.edition) == ("suspended", 2)


def test_refusal_without_a_hearing_only_as_the_law_on_permits_allows(stages, licence):
    play = stages.play
    draft = drafted(stages, licence, NAME)
    reviewed(stages, draft.pk)
    executor, at = play.people["executor"], moment("2026-11-09T11:00")
    with pytest.raises(LawRefusal) as refused:
        play.notify_hearing(draft.pk, at, grounds=REFUSAL)
    assert refused.value.code == "NO_HEARING"
    with pytest.raises(BadInput):
        services.prepare_refusal(
            draft.pk, grounds=[{**REFUSAL[0], "code": "3"}], person=executor, at=at, version=None
        )
    services.prepare_refusal(draft.pk, grounds=REFUSAL, person=executor, at=at, version=None)
    play.open_signing(draft.pk, moment("2026-11-09T11:10"))
    assert play.sign(draft.pk, moment("2026-11-09T11:15")).status == "refused"
    assert now(licence).edition == 1


def test_a_document_improperly_drawn_up_bars_the_re_issue(stages, licence):
    draft = drafted(stages, licence, NAME)
    reviewed(stages, draft.pk)
    stages.play.find(draft.pk, moment("2026-11-09T10:50"), not_met=("R-1",))
    with pytest.raises(LawRefusal) as refused:
        stages.play.prepare_issue(draft.pk, moment("2026-11-09T11:00"))
    assert (refused.value.code, load(draft.pk).status) == ("DOCUMENTS_NOT_IN_ORDER", "review")


def test_without_the_copy_the_package_is_returned_within_one_day(stages, licence):
    play = stages.play
    draft = play.draft(
        moment("2026-11-09T09:30"),
        form="9",
        centres=(),
        target_licence=licence.number,
        targets=["licence"],
        grounds=[NAME],
    )
    play.file(draft.pk, moment("2026-11-09T10:00"))
    play.assign(draft.pk, moment("2026-11-09T10:10"))
    assert play.refuse_further(draft.pk, moment("2026-11-10T18:00")).status == "returned"


# --- what the form must say ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"target_licence": ""}, "target_licence"),
        ({"targets": []}, "targets"),
        ({"targets": ["009"]}, "targets"),
        ({"grounds": []}, "grounds"),
        ({"grounds": [{"code": "9.1"}]}, "grounds.9.1.changed_on"),
        ({"grounds": [{"code": "9.2", "changed_on": "2026-11-05"}]}, "grounds.9.2.reorganisation"),
        ({"grounds": [{"code": "9.3", "changed_on": "2026-11-05"}]}, "data_centers"),
        ({"grounds": [{"code": "9.4", "changed_on": "2026-11-05"}]}, "grounds.9.4.act"),
    ],
)
def test_what_is_missing_is_named(stages, licence, said, fault):
    draft = stages.play.draft(
        moment("2026-11-09T09:30"),
        form="9",
        centres=(),
        **{"target_licence": licence.number, "targets": ["licence"], "grounds": [NAME], **said},
    )
    with pytest.raises(BadInput) as refused:
        stages.play.file(draft.pk, moment("2026-11-09T10:00"))
    assert fault in refused.value.fields


def test_another_partys_licence_only_under_reorganisation(stages, licence):
    draft = stages.play.draft(
        moment("2026-11-09T09:30"),
        who="dana",
        form="9",
        centres=(),
        target_licence=licence.number,
        targets=["licence"],
        grounds=[NAME],
    )
    with pytest.raises(BadInput) as refused:
        stages.play.file(draft.pk, moment("2026-11-09T10:00"), who="dana")
    assert list(refused.value.fields) == ["target_licence"]
    with pytest.raises(BadInput) as unknown:
        services.save_draft(
            draft.pk,
            changes={"grounds": [{"code": "10.1"}]},
            person=stages.play.people["dana"],
            at=moment("2026-11-09T09:31"),
            version=None,
        )
    assert "grounds" in unknown.value.fields


# --- reorganisation --------------------------------------------------------------------------------
def succession(stages: Stages, licence: Licence, kind: str, **said: Any) -> Any:
    return drafted(
        stages,
        licence,
        {"code": "9.2", "changed_on": "2026-11-05", "reorganisation": kind, **said.pop("details", {})},
        who=said.pop("who", "marat"),
        **said,
    )


def test_a_transformed_entity_gets_the_licence_and_the_register_shows_the_predecessor(stages, licence):
    draft = succession(stages, licence, "transformation")
    reviewed(stages, draft.pk, who="marat")
    signed(stages, draft.pk)
    made = now(licence)
    assert made.party.number == draft.case.party.number
    assert [(e.edition, e.holder_ru) for e in made.editions.order_by("edition")] == [
        (1, "ТОО «Сандбокс Майнинг»"),
        (2, "ТОО «Казына Дата»"),
    ]
    assert (str(made.expires_on), made.number) == ("2029-11-06", licence.number)


def test_an_acquirer_who_holds_one_is_refused(stages, licence):
    play = stages.play
    own = play.draft(moment("2026-11-02T10:00"), who="marat", centres=CENTRES[:1])
    play.attach(own, moment("2026-11-02T10:00"), who="marat")
    play.file(own.pk, moment("2026-11-02T11:00"), who="marat")
    play.assign(own.pk, moment("2026-11-02T12:00"))
    play.accept(own.pk, moment("2026-11-03T10:00"))
    play.find(own.pk, moment("2026-11-04T10:00"))
    play.prepare_issue(own.pk, moment("2026-11-05T10:00"))
    play.open_signing(own.pk, moment("2026-11-06T10:00"))
    play.sign(own.pk, moment("2026-11-06T10:05"))
    draft = succession(stages, licence, "accession")
    reviewed(stages, draft.pk, who="marat")
    with pytest.raises(LawRefusal) as refused:
        play.prepare_issue(draft.pk, moment("2026-11-09T11:00"))
    assert refused.value.code == "ACQUIRER_HOLDS_LICENCE"
    known = {
        row.code
        for row in Situation(
            load(draft.pk), play.people["executor"], moment("2026-11-09T11:00")
        ).grounds_known
    }
    assert known == {"33-5", "34-3"}
    # on a merger the successor's other licence of the sub-kind ends that day instead
    merger = succession(stages, licence, "merger", details={"merged": [own.case.party.number]})
    reviewed(stages, merger.pk, who="marat")
    signed(stages, merger.pk)
    states = {row.number: row.status for row in Licence.objects.all()}
    assert states.pop(licence.number) == "active"
    assert set(states.values()) == {"terminated"}


def test_a_spin_off_goes_the_long_way_with_evidence_and_consent(stages, licence):
    centre = {
        "annex": "001",
        "power_source": "single_purchaser",
        "grid_connected": True,
        "grid_connected_on": "2023-06-15",
    }
    draft = succession(stages, licence, "spin_off", centres=(centre,))
    situation = Situation(draft, stages.play.people["marat"], moment("2026-11-09T09:40"))
    assert situation.way is Way.SUCCESSION
    assert {item.code for item in situation.report.required} == {"I-1", "I-2", "I-4", "I-5a", "R-2", "R-2c"}
    reviewed(stages, draft.pk, who="marat")
    due = {t.code: str(t.due_on) for t in Term.objects.filter(case=draft.pk)}
    assert (due["completeness"], due["service"], due["hearing_notice"]) == (
        "2026-11-11",
        "2026-11-30",
        "2026-11-25",
    )
    assert {row.code for row in situation.grounds_known} == {"33-5", "34-4-consent", "34-4-qualification"}
    executor = Situation(load(draft.pk), stages.play.people["executor"], moment("2026-11-09T10:40"))
    preliminary, decided, told = refused_by(executor, stages.play.people["head"], "34-4-consent")
    assert preliminary.endswith("об отказе в переоформлении лицензии и (или) приложения к лицензии")
    assert "(пункты 10, 11 Правил; пункт 4 статьи 34 Закона" in decided
    assert "пункты 10, 11, 19 Правил; статья 34" in told
    stages.play.find(draft.pk, moment("2026-11-09T10:50"))
    assert signed(stages, draft.pk).status == "issued"
    assert now(licence).party.number == draft.case.party.number


@pytest.fixture
def second_successor(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> str:
    """Dana as the head of another entity that the split made; her login."""
    dana = stages.play.people["dana"]
    party = Party.objects.create(
        kind=Party.Kind.ENTITY,
        number=number("20034000012"),
        name_kk="«Екінші Дата» ЖШС",
        name_ru="ТОО «Вторая Дата»",
        address={"region": "55", "city": "Павлодар", "street": "улица Лермонтова", "house": "5"},
        email="office@second-data.example",
        phone="+77182555020",
    )
    Representation.objects.filter(person=dana).update(party=party)
    key = issue_identity(
        "dana-head",
        iin=dana.iin,
        bin=party.number,
        organization=party.name_ru,
        common_name="ТЕСТОВ ДАНА",
        surname="ТЕСТОВ",
        patronymic="ТЕСТҰЛЫ",
        sign=True,
        roles={"ORGANIZATION", "HEAD"},
    )
    monkeypatch.setattr("sandbox.play.key_of", lambda login: key if login == "dana" else key_of(login))
    return "dana"


def test_of_the_successors_of_a_split_one_gets_the_licence(stages, licence, second_successor):
    """PL 34(5): checked anew with a hearing of its own; who comes second is refused for that reason and no other."""
    centre = {
        "annex": "001",
        "power_source": "single_purchaser",
        "grid_connected": True,
        "grid_connected_on": "2023-06-15",
    }
    first = succession(stages, licence, "split", centres=(centre,))
    second = succession(stages, licence, "split", who=second_successor, centres=(centre,))
    situation = Situation(first, stages.play.people["marat"], moment("2026-11-09T09:40"))
    assert situation.way is Way.SUCCESSION
    assert {item.code for item in situation.report.required} == {"I-1", "I-2", "I-4", "I-5a", "R-2"}
    assert {row.code for row in situation.grounds_known} == {"33-5", "34-5-taken", "34-5-qualification"}
    for draft, who in ((first, "marat"), (second, second_successor)):
        reviewed(stages, draft.pk, who=who)
        stages.play.find(draft.pk, moment("2026-11-09T10:50"))
    assert signed(stages, first.pk).status == "issued"
    assert now(licence).party.number == first.case.party.number
    assert str(now(licence).expires_on) == "2029-11-06"
    with pytest.raises(LawRefusal) as refused:
        perform(stages.play, "prepare_issue", second.pk, moment("2026-11-09T12:00"))
    assert refused.value.code == "SPLIT_TAKEN"
    assert "34(5)" in str(refused.value.citation)
    assert now(licence).party.number == first.case.party.number


# --- decided as a new annex ------------------------------------------------------------------------
def test_a_physical_move_is_decided_as_a_new_annex_and_the_old_one_is_superseded(stages, licence):
    place = {"region": "55", "city": "Екібастұз", "street": "Абай көшесі", "house": "9"}
    centre = {"annex": "001", "address": place, "moves": True, "power_source": "off_grid_producer"}
    draft = drafted(
        stages, licence, {"code": "9.3", "changed_on": "2026-11-05"}, targets=["001"], centres=(centre,)
    )
    situation = Situation(draft, stages.play.people["aigerim"], moment("2026-11-09T09:40"))
    assert situation.way is Way.NEW_ANNEX
    assert {item.code for item in situation.report.required} == {"I-1", "I-2", "R-3"}
    assert {row.code for row in situation.grounds_known} == {"1", "3", "4", "5", "6", "7", "8"}
    reviewed(stages, draft.pk)
    executor = Situation(load(draft.pk), stages.play.people["executor"], moment("2026-11-09T10:40"))
    preliminary, decided, told = refused_by(executor, stages.play.people["head"], "1")
    assert preliminary.endswith("об отказе в выдаче нового приложения к лицензии")
    assert "(пункт 10 Правил; пункт 6 статьи 29 Закона" in decided
    assert "пункты 10, 19 Правил; пункт 6 статьи 29" in told
    stages.play.find(draft.pk, moment("2026-11-09T10:50"))
    signed(stages, draft.pk)
    made = now(licence)
    old, new = made.annexes.order_by("number")
    assert (old.number, old.status, old.replaced_by_id) == ("001", "terminated", new.pk)
    assert (new.number, new.status, str(new.expires_on)) == ("002", "active", "2029-11-06")
    assert (made.edition, made.regions) == (2, ["55"])


# --- Form 10 ---------------------------------------------------------------------------------------
def test_form_10_re_issues_a_licence_of_sub_kind_two(stages, licence):
    play = stages.play
    first = play.draft(
        moment("2026-11-09T08:30"),
        who="dana",
        form="2",
        centres=(play.hosted_by(licence),),
        owns_hardware=False,
    )
    play.attach(first, moment("2026-11-09T08:31"), who="dana")
    play.file(first.pk, moment("2026-11-09T08:32"), who="dana")
    play.assign(first.pk, moment("2026-11-09T08:33"))
    play.accept(first.pk, moment("2026-11-09T08:34"))
    play.find(first.pk, moment("2026-11-09T08:35"))
    signed(stages, first.pk)
    second = Licence.objects.get(sub_kind="II")
    name = {"code": "10.1", "changed_on": "2026-11-09", "name_kk": "ЖК Тестова", "name_ru": "ИП Тестова"}
    draft = drafted(stages, second, name, at="2026-11-10T09:30", who="dana", form="10")
    situation = Situation(draft, play.people["dana"], moment("2026-11-10T09:40"))
    assert str(situation.fee.amount) == "2162.50"
    reviewed(stages, draft.pk, "2026-11-10", who="dana")
    signed(stages, draft.pk, "2026-11-10")
    made = now(second)
    assert (made.edition, str(made.expires_on)) == (2, "2029-11-09")
    assert made.editions.get(edition=2).holder_ru == "ИП Тестова"
    papers = OfficialDocument.objects.filter(case=draft.case, edition=2).values_list("kind", flat=True)
    assert set(papers) == {"licence_form_5"}
