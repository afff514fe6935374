"""An error in a licence or an annex is corrected in two working days, without a fee (PL 31, 44)."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.utils import translation

from applications.models import Payment
from casework.deadlines.models import Term
from casework.documents.models import OfficialDocument
from casework.notices.models import Message
from foundation.accounts.models import Party, Role, RoleHolding
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal
from licenses.models import Licence, Proceeding
from licenses.papers import corrected_words
from licenses.proceedings.statuses import CITATIONS
from licenses.rules import Correction
from licenses.rules.answers import Answer
from licenses.selectors import check_number, licence_card, living_licence, status_of_document
from licenses.services import SignedBy, change_licence, suspend_licence
from sandbox.cast import COMPANY_BIN
from tests.applications.stages import nothing_changes, taken_back
from tests.licenses.people import CENTRE, granted, moment

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (
    moment("2026-11-02 11:00"),
    moment("2026-11-03 10:00"),
    moment("2026-11-04 11:00"),
    moment("2026-11-05 11:00"),
)
NAME = {"field": "holder_ru", "reads": "ТОО «Верное имя»"}
ADDRESS = [
    {"annex": "002", "field": "address_kk", "reads": "Павлодар облысы, Екібастұз қаласы, Энергетиктер көшесі, 7"},
    {"annex": "002", "field": "address_ru", "reads": "Павлодарская область, город Экибастуз, улица Энергетиков, 7"},
]  # fmt: skip


def filed(docket, licence, corrections, at=MONDAY, annexes=()):
    case = docket.begin(licence.number, "correct", at, who="aigerim", annexes=annexes)
    docket.signed(case, "submit", at, who="aigerim", corrections=corrections)
    docket.assign(case, at)
    return case


def corrected(docket, licence, corrections, **said):
    case = filed(docket, licence, corrections, **said)
    docket.act("prepare", case, TUESDAY, who="executor")
    docket.decide(case, WEDNESDAY)
    docket.play.deliver()
    return case


def test_a_name_is_corrected_in_a_new_edition_of_the_licence_alone(docket, licence):
    before = licence.editions.get()
    case = corrected(docket, licence, [NAME])
    found = Licence.objects.get(pk=licence.pk)
    new = found.editions.get(edition=2)
    assert (new.holder_ru, new.holder_kk, new.issued_on) == (
        "ТОО «Верное имя»", before.holder_kk, dt.date(2026, 11, 4)
    )  # fmt: skip
    assert (found.number, found.first_issued_on, found.expires_on) == (
        licence.number, licence.first_issued_on, licence.expires_on
    )  # fmt: skip
    assert {edition.edition: edition.state for edition in found.editions.all()} == {
        1: "superseded",
        2: "current",
    }
    assert {annex.edition for annex in found.annexes.all()} == {1}
    papers = OfficialDocument.objects.filter(case_id=case, kind="licence_form_4").order_by("language")
    assert [(row.language, row.number, row.edition, row.state) for row in papers] == [
        ("kk", licence.number, 2, "published"),
        ("ru", licence.number, 2, "published"),
    ]


def test_an_address_renews_its_annex_and_the_licence_that_lists_it(docket, licence):
    case = corrected(docket, licence, ADDRESS, annexes=["002"])
    found = Licence.objects.get(pk=licence.pk)
    assert {annex.number: annex.edition for annex in found.annexes.all()} == {"001": 1, "002": 2}
    text = found.annexes.get(number="002").editions.get(edition=2)
    assert (text.address_ru, text.power_source) == (ADDRESS[1]["reads"], "single_purchaser")
    conditions = found.editions.get(edition=2).special_conditions_ru
    assert conditions == f"1) {CENTRE.address_ru}\n2) {ADDRESS[1]['reads']}"
    papers = OfficialDocument.objects.filter(case_id=case, language="kk").exclude(kind="receipt")
    assert sorted(papers.values_list("kind", "subject", "edition")) == [
        ("annex_form_6", "002", 2),
        ("licence_form_4", "", 2),
    ]


def test_the_old_edition_answers_superseded_and_the_history_names_the_correction(docket, licence):
    first = corrected(docket, licence, ADDRESS)
    again = [{**row, "reads": row["reads"].replace(" 7", " 9")} for row in ADDRESS]
    case = docket.begin(licence.number, "correct", THURSDAY, who="executor")
    docket.act("prepare", case, THURSDAY, who="executor", content={"corrections": again})
    docket.decide(case, moment("2026-11-05 12:00"))
    docket.play.deliver()
    at = moment("2026-11-05 13:00")
    answers = {}
    for row in OfficialDocument.objects.filter(case_id__in=[first, case], language="ru"):
        if row.kind in ("licence_form_4", "annex_form_6"):
            answers[row.case_id == case, row.kind] = status_of_document(row.qr_id, at, "ru")
    assert {name: (found.answer, found.superseded_by) for name, found in answers.items()} == {
        (False, "licence_form_4"): (Answer.SUPERSEDED, "3"),
        (False, "annex_form_6"): (Answer.SUPERSEDED, "3"),
        (True, "licence_form_4"): (Answer.IN_FORCE, ""),
        (True, "annex_form_6"): (Answer.IN_FORCE, ""),
    }
    assert check_number(licence.number, at, "ru").answer is Answer.IN_FORCE
    card = licence_card(Licence.objects.get(pk=licence.pk), at, "ru")
    assert [(row.edition, row.correction) for row in card.editions] == [(1, False), (2, True), (3, True)]
    moved = next(annex for annex in card.annexes if annex.number == "002")
    assert [(row.edition, row.superseded_by, row.correction) for row in moved.editions] == [
        (1, 2, False), (2, 3, True), (3, None, True)
    ]  # fmt: skip
    assert Fact.objects.filter(kind="licence.corrected", subject_id=licence.pk).count() == 2


def test_a_suspended_licence_is_corrected_and_stays_suspended(docket, licence):
    suspend_licence(
        licence_id=licence.pk,
        since=dt.date(2026, 10, 1),
        months=3,
        basis="suspend",
        act_id=uuid.uuid4(),
        actor_id=uuid.uuid4(),
        at=moment("2026-10-01 12:00"),
    )
    corrected(docket, licence, [NAME])
    found = Licence.objects.get(pk=licence.pk)
    assert (found.edition, found.status) == (2, "suspended")


def test_form_7_and_form_5_name_the_host_as_corrected(docket):
    host = replace(CENTRE, power_source="", host_name="ТОО «Хост»", region_code="55")
    licence = granted(Party.objects.get(number=COMPANY_BIN), sub_kind="II", centres=[host])
    corrected(docket, licence, [{"annex": "001", "field": "host_name", "reads": "ТОО «Хостинг»"}])
    found = Licence.objects.get(pk=licence.pk)
    annex = found.annexes.get().editions.get(edition=2)
    assert "владелец ЦОД цифрового майнинга – ТОО «Хостинг»" in annex.special_conditions_ru
    assert found.editions.get(edition=2).special_conditions_ru == annex.special_conditions_ru


def test_two_working_days_from_registration(docket, licence):
    case = filed(docket, licence, [NAME])
    term = Term.objects.get(case_id=case, code="correction")
    assert (term.due_on, term.start) == (dt.date(2026, 11, 4), dt.date(2026, 11, 2))
    docket.act("prepare", case, TUESDAY, who="executor")
    docket.decide(case, moment("2026-11-04 18:29"))
    term.refresh_from_db()
    assert (term.state, term.met_at) == ("met", moment("2026-11-04 18:29"))


def test_a_correction_past_its_term_is_a_breach_that_stays(docket, licence):
    case = filed(docket, licence, [NAME])
    docket.act("prepare", case, TUESDAY, who="executor")
    docket.play.pass_time(THURSDAY)
    term = Term.objects.get(case_id=case, code="correction")
    assert term.state == "breached"
    told = Message.objects.filter(case_id=case, kind="term.breached")
    assert "исправление ошибки в лицензии" in told.get().text_ru
    docket.decide(case, moment("2026-11-05 12:00"))
    term.refresh_from_db()
    assert (term.state, term.met_at) == ("breached", moment("2026-11-05 12:00"))
    assert Licence.objects.get(pk=licence.pk).edition == 2


def test_who_prepared_it_does_not_sign_it(docket, licence):
    case = filed(docket, licence, [NAME])
    RoleHolding.objects.create(
        person=docket.play.people["executor"],
        body=licence.body,
        role=Role.HEAD,
        valid_from=dt.date(2026, 1, 1),
    )
    docket.act("prepare", case, TUESDAY, who="executor")
    with nothing_changes(), pytest.raises(LawRefusal) as own:
        docket.decide(case, WEDNESDAY, head="executor")
    assert own.value.code == "FOUR_EYES"
    docket.decide(case, WEDNESDAY)
    assert Proceeding.objects.get(pk=case).status == "done"


def test_no_fee_and_the_licensee_is_told(docket, licence):
    case = corrected(docket, licence, [NAME])
    assert Payment.objects.count() == 0
    told = Message.objects.get(case_id=case, kind="proceeding.done")
    assert "без сбора" in told.text_ru
    assert "ақысыз" in told.text_kk


def test_a_refusal_has_reasons_in_both_languages_and_changes_nothing(docket, licence):
    case = filed(docket, licence, [NAME])
    with nothing_changes(), pytest.raises(BadInput) as one_sided:
        docket.act(
            "prepare_refusal",
            case,
            TUESDAY,
            who="executor",
            content={"grounds": [{"facts_ru": "В уставе наименование то же, что в лицензии."}]},
        )
    assert sorted(one_sided.value.fields) == ["grounds.0.facts_kk"]
    said = {
        "facts_kk": "Жарғыдағы атау лицензиядағымен бірдей.",
        "facts_ru": "В уставе наименование то же, что в лицензии.",
    }
    docket.act("prepare_refusal", case, TUESDAY, who="executor", content={"grounds": [said]})
    docket.decide(case, WEDNESDAY)
    docket.play.deliver()
    papers = {
        row.language: bytes(row.final.content).decode()
        for row in OfficialDocument.objects.filter(case_id=case, kind="request_refusal")
    }
    assert said["facts_ru"] in papers["ru"]
    assert said["facts_kk"] in papers["kk"]
    assert "статья 44 Закона о разрешениях" in papers["ru"]
    assert Licence.objects.get(pk=licence.pk).edition == 1
    assert Proceeding.objects.get(pk=case).status == "refused"


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ([], "corrections"),
        ([{"field": "holder_ru", "reads": ""}], "corrections.0.reads"),
        ([{"field": "address_ru", "reads": "другой"}], "corrections.0.field"),
        ([{"field": "holder_number", "reads": "150140000002"}], "corrections.0.field"),
        ([{"annex": "009", "field": "address_ru", "reads": "другой"}], "corrections.0.field"),
        ([{"annex": "001", "field": "host_name", "reads": "другой"}], "corrections.0.field"),
        ([{"annex": "001", "field": "power_source", "reads": "ветер"}], "corrections.0.reads"),
        ([{"annex": "001", "field": "power_source", "reads": "single_purchaser"}], "corrections.0.reads"),
        ([{"annex": "001", "field": "region_code", "reads": "71"}], "corrections"),
        ([{**NAME, "stands": "не то"}], "corrections.0.field"),
        ([NAME, NAME], "corrections"),
    ],
)
def test_what_is_no_error_is_named_by_its_place(docket, licence, named, place):
    case = docket.begin(licence.number, "correct", MONDAY, who="aigerim")
    with nothing_changes(), pytest.raises(BadInput) as refused:
        docket.ask(case, "submit", MONDAY, who="aigerim", corrections=named)
    assert list(refused.value.fields) == [place]
    assert refused.value.citation == CITATIONS["correct"]


def test_only_the_annexes_it_is_about(docket, licence):
    case = docket.begin(licence.number, "correct", MONDAY, who="aigerim", annexes=["001"])
    for named in (NAME, ADDRESS[0]):
        with nothing_changes(), pytest.raises(BadInput):
            docket.ask(case, "submit", MONDAY, who="aigerim", corrections=[named])


def test_what_was_asked_for_is_corrected_whole_or_refused(docket, licence):
    case = filed(docket, licence, [NAME, *ADDRESS])
    with nothing_changes(), pytest.raises(BadInput) as partly:
        docket.act("prepare", case, TUESDAY, who="executor", content={"corrections": [NAME]})
    assert "мотивированно откажите" in _in_russian(partly.value.fields["corrections"])


def test_both_languages_say_the_same_number(docket, licence):
    case = filed(docket, licence, ADDRESS[:1])
    with nothing_changes(), pytest.raises(LawRefusal) as differ:
        docket.act("prepare", case, TUESDAY, who="executor")
    assert differ.value.code == "TEXTS_DIFFER"
    docket.act("prepare", case, TUESDAY, who="executor", content={"corrections": ADDRESS})
    assert Proceeding.objects.get(pk=case).status == "signing"


def test_another_edition_meanwhile_stops_the_signature(docket, licence):
    """What was signed must be what the register makes: the bytes name the edition."""
    name = filed(docket, licence, [NAME], annexes=())
    docket.act("prepare", name, TUESDAY, who="executor")
    docket.act("open_signing", name, TUESDAY, who="head")
    asked = docket.ask(name, "sign", TUESDAY, who="head")
    head, day = docket.play.people["head"], dt.date(2026, 11, 3)
    target = living_licence(licence.number, day)
    location = Correction("", "location_ru", target.holder.location_ru, "город Алматы")
    words = corrected_words(target, [location], head=head, issued_on=day)
    signed = SignedBy(uuid.uuid4(), uuid.uuid4(), day, words.signer, head.pk, TUESDAY)
    change_licence(licence_id=licence.pk, change=words.change, signed=signed)
    with nothing_changes(), pytest.raises(Conflict) as stale:
        docket.answer(asked, TUESDAY, who="head")
    assert stale.value.code == "STALE_VERSION"
    docket.decide(name, WEDNESDAY)
    new = Licence.objects.get(pk=licence.pk).editions.get(edition=3)
    assert (new.holder_ru, new.location_ru) == (NAME["reads"], "город Алматы")


def test_what_reads_otherwise_by_now_is_sent_back(docket, licence):
    case = filed(docket, licence, [NAME])
    docket.act("prepare", case, TUESDAY, who="executor")
    licence.editions.update(holder_ru="ТОО «Иное»")
    with nothing_changes(), pytest.raises(LawRefusal) as changed:
        docket.decide(case, WEDNESDAY)
    assert changed.value.code == "TARGET_CHANGED"


def test_the_executor_opens_one_and_may_drop_it(docket, licence):
    case = docket.begin(licence.number, "correct", MONDAY, who="executor", content={"corrections": [NAME]})
    assert Term.objects.get(case_id=case, code="correction").due_on == dt.date(2026, 11, 4)
    named = Proceeding.objects.get(pk=case).content["corrections"]
    assert named == [{"annex": "", "stands": licence.editions.get().holder_ru, **NAME}]
    with nothing_changes(), pytest.raises(LawRefusal):
        docket.act("prepare_refusal", case, TUESDAY, who="executor", content={"grounds": []})
    with taken_back():
        docket.act("drop", case, TUESDAY, who="executor", reason="Ошибки нет.")
        assert Proceeding.objects.get(pk=case).status == "dropped"
    docket.act("prepare", case, TUESDAY, who="executor")
    docket.decide(case, WEDNESDAY)
    docket.play.deliver()
    assert Licence.objects.get(pk=licence.pk).editions.get(edition=2).holder_ru == NAME["reads"]
    opened = Message.objects.get(case_id=case, kind="proceeding.opened")
    assert "статья 44 Закона о разрешениях" in opened.text_ru


def _in_russian(texts):
    with translation.override("ru"):
        return " ".join(str(text) for text in texts)
