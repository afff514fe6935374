"""The pure law of the rulebook, from its files: packs, evidence of Annex 11, fee, words."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from foundation.rulebook import fixtures
from foundation.rulebook.rules import (
    Book,
    CentreFacts,
    FormFacts,
    NoRule,
    fee_due,
    not_required_evidence,
    required_evidence,
    verdicts,
)
from foundation.rulebook.rules.evidence import CONDITIONS, Why

BOOK = fixtures.book()
DAY_A, DAY_B, DAY_C = date(2023, 12, 28), date(2024, 1, 3), date(2026, 3, 6)
CUT = date(2023, 4, 1)


def centre(connected_on=None, *, off_grid=False, connected=None, name="a", host=""):
    return CentreFacts(
        id=name,
        power_source="off_grid_producer" if off_grid else "single_purchaser",
        grid_connected_on=connected_on,
        connected=connected_on is not None if connected is None else connected,
        host=host,
    )


def codes(on, *centres, sub_kind="I", owns_hardware=False):
    facts = FormFacts(sub_kind=sub_kind, owns_hardware=owns_hardware, centres=centres)
    return [(item.code, item.data_centre_id) for item in required_evidence(BOOK.pack(on), facts)]


@pytest.mark.parametrize(
    ("on", "code", "decides"),
    [
        (date(2023, 7, 3), "A", False),
        (date(2023, 12, 19), "A", False),
        (date(2023, 12, 20), "A", True),
        (date(2023, 12, 31), "A", True),
        (date(2024, 1, 1), "B", True),
        (date(2024, 3, 15), "B", True),
        (date(2024, 3, 16), "C", True),
        (date(2031, 1, 1), "C", True),
    ],
)
def test_edition_follows_the_day_of_registration(on, code, decides):
    pack = BOOK.pack(on)
    assert (pack.code, pack.decides) == (code, decides)


# Annex 11, sub-kind I: (connected on, off grid, day) → entries for the centre
CONDITIONS_TABLE = [
    (date(2023, 3, 31), False, DAY_C, ["I-1", "I-2", "I-4", "I-5b"]),
    (CUT, False, DAY_C, ["I-1", "I-2", "I-4", "I-5a"]),
    (date(2025, 1, 1), False, DAY_C, ["I-1", "I-2", "I-4", "I-5a"]),
    (None, False, DAY_C, ["I-1", "I-2", "I-4", "I-5a"]),
    (None, True, DAY_C, ["I-1", "I-2"]),
    (date(2023, 3, 31), True, DAY_C, ["I-1", "I-2"]),
    (date(2023, 3, 31), False, DAY_B, ["I-1", "I-2", "I-4", "I-5b"]),
    (date(2023, 3, 31), False, DAY_A, ["I-1", "I-2", "I-5b"]),
    (None, False, DAY_A, ["I-1", "I-2", "I-5a"]),
    (None, True, DAY_A, ["I-1", "I-2"]),
]


@pytest.mark.parametrize(("connected_on", "off_grid", "on", "expected"), CONDITIONS_TABLE)
def test_evidence_of_a_data_centre(connected_on, off_grid, on, expected):
    assert codes(on, centre(connected_on, off_grid=off_grid)) == [(code, "a") for code in expected]


def test_pool_is_asked_once_and_only_of_an_owner_of_hardware():
    two = (centre(name="a"), centre(name="b"))
    assert ("I-3", None) in codes(DAY_C, *two, owns_hardware=True)
    assert [code for code, _centre in codes(DAY_C, *two, owns_hardware=True)].count("I-3") == 1
    assert "I-3" not in [code for code, _centre in codes(DAY_C, *two)]


def test_each_data_centre_is_judged_by_itself():
    asked = codes(
        DAY_C, centre(date(2022, 1, 1), name="old"), centre(name="new"), centre(off_grid=True, name="off")
    )
    assert [item for item in asked if item[0].startswith("I-5")] == [("I-5a", "new"), ("I-5b", "old")]
    assert [item for item in asked if item[0] == "I-4"] == [("I-4", "old"), ("I-4", "new")]


def test_missing_day_of_a_connection_asks_the_stricter_entry_and_says_so():
    facts = FormFacts("I", False, (centre(connected=True),))
    found = {item.code: item.why for item in verdicts(BOOK.pack(DAY_C), facts)}
    assert (found["I-5a"], found["I-5b"]) == (Why.CONNECTION_DAY_MISSING, Why.CONNECTION_DAY_MISSING)
    assert ("I-5a", "a") in codes(DAY_C, centre(connected=True))


def test_sub_kind_two_asks_one_letter_a_host():
    centres = (
        centre(name="a", host="ТОО «Хост»"),
        centre(name="b", host="тоо  «хост» "),
        centre(name="c", host="ТОО «Другой»"),
        centre(name="d"),
    )
    facts = FormFacts("II", True, centres)
    letters = [item for item in required_evidence(BOOK.pack(DAY_C), facts) if item.code == "II-1"]
    assert [item.data_centre_ids for item in letters] == [("a", "b"), ("c",), ("d",)]
    assert ("II-2", None) in codes(DAY_C, *centres, sub_kind="II", owns_hardware=True)
    assert "II-2" not in [code for code, _centre in codes(DAY_C, *centres, sub_kind="II")]


def test_what_is_not_asked_says_why():
    facts = FormFacts("I", False, (centre(off_grid=True),))
    told = [(item.code, item.why, item.citation) for item in not_required_evidence(BOOK.pack(DAY_C), facts)]
    assert told == [
        ("I-3", "no_hardware", "Annex 11/1(3)"),
        ("I-4", "metering_off_grid", "Annex 11/1(4)"),
        ("I-5a", "off_grid", "Annex 11/1(5)"),
        ("I-5b", "off_grid", "Annex 11/1(5)"),
    ]


def test_off_grid_metering_follows_the_policy_switch():
    turned = tuple(
        replace(row, on=True) if row.code == "metering_off_grid" else row for row in BOOK.rows.switches
    )
    pack = Book("turned", replace(BOOK.rows, switches=turned)).pack(DAY_C)
    facts = FormFacts("I", False, (centre(off_grid=True),))
    found = {item.code: item.why for item in required_evidence(pack, facts)}
    assert found["I-4"] == Why.METERING_OFF_GRID_BY_POLICY


def test_every_entry_gets_exactly_one_verdict_a_centre_whatever_the_facts():
    options = [
        centre(day, off_grid=off, connected=c)
        for day in (None, date(2023, 3, 31), CUT)
        for off in (True, False)
        for c in (True, False)
    ]
    for one, owns, on in itertools.product(options, (True, False), (DAY_A, DAY_B, DAY_C)):
        pack = BOOK.pack(on)
        given = [item.code for item in verdicts(pack, FormFacts("I", owns, (one,)))]
        assert given == [row.code for row in pack.evidence("I")]
        five = [code for code, _centre in codes(on, one, owns_hardware=owns) if code.startswith("I-5")]
        assert len(five) == (0 if one.power_source == "off_grid_producer" else 1)


@pytest.mark.parametrize(
    ("service", "sub_kind", "paid_on", "amount", "formula"),
    [
        ("new", "I", date(2024, 5, 6), "7384000.00", "2 000 МРП × 3 692 тенге = 7 384 000 тенге"),
        ("new", "I", date(2025, 5, 6), "7864000.00", "2 000 МРП × 3 932 тенге = 7 864 000 тенге"),
        ("new", "I", date(2026, 3, 6), "8650000.00", "2 000 МРП × 4 325 тенге = 8 650 000 тенге"),
        ("new", "II", date(2026, 3, 6), "21625.00", "5 МРП × 4 325 тенге = 21 625 тенге"),
        ("reissue", "I", date(2026, 3, 6), "865000.00", "10 % × 2 000 МРП × 4 325 тенге = 865 000 тенге"),
        ("reissue", "II", date(2026, 3, 6), "2162.50", "10 % × 5 МРП × 4 325 тенге = 2 162,50 тенге"),
        ("reissue", "II", date(2024, 12, 31), "1846.00", "10 % × 5 МРП × 3 692 тенге = 1 846 тенге"),
        ("reissue", "II", date(2025, 1, 1), "1966.00", "10 % × 5 МРП × 3 932 тенге = 1 966 тенге"),
        ("annex", "I", date(2026, 3, 6), "0.00", ""),
        ("correction", "II", date(2026, 3, 6), "0.00", ""),
    ],
)
def test_fee(service, sub_kind, paid_on, amount, formula):
    fee = fee_due(service, sub_kind, paid_on, BOOK.pack(DAY_B))
    assert str(fee.amount) == amount
    assert fee.formula.replace("\u202f", " ") == formula
    assert fee.due is (Decimal(amount) > 0)


def test_fee_names_its_paragraphs_and_its_index():
    fee = fee_due("reissue", "II", DAY_C, BOOK.pack(DAY_C))
    assert (fee.citation, fee.percent, fee.multiple) == ("Annex 3/7(3); TC 616", Decimal(10), Decimal(5))
    assert fee.mrp is not None
    assert fee.mrp.tenge == Decimal(4325)
    assert fee.formula_in("kk").replace("\u202f", " ") == "10 % × 5 АЕК × 4 325 теңге = 2 162,50 теңге"
    assert fee_due("annex", "I", DAY_C, BOOK.pack(DAY_C)).citation == "PL 31"


def test_no_fee_for_what_was_registered_before_2024_even_if_paid_later():
    fee = fee_due("new", "I", date(2024, 1, 10), BOOK.pack(date(2023, 12, 29)))
    assert (fee.amount, fee.due, fee.rate, fee.citation) == (Decimal("0.00"), False, None, "Order 4")
    # Sat 2023-12-30 is registered on Wed 2024-01-03: fee due
    assert fee_due("new", "I", date(2024, 1, 3), BOOK.pack(date(2024, 1, 3))).due


def test_index_before_the_table_is_an_error_not_a_guess():
    with pytest.raises(NoRule, match="'mrp' on 2022-12-31"):
        BOOK.pack(DAY_C).mrp(date(2022, 12, 31))


def test_grounds_of_refusal_by_day_and_kind():
    assert [row.code for row in BOOK.pack(DAY_A).grounds()] == ["1", "3", "4", "5", "6", "7", "8"]
    assert [row.code for row in BOOK.pack(DAY_C).grounds()] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert [row.code for row in BOOK.pack(DAY_C).grounds(annex_only=True)] == [
        "1",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
    ]
    assert [row.code for row in BOOK.pack(DAY_C).grounds() if not row.in_closed_list] == ["7", "8"]
    assert [row.code for row in BOOK.pack(DAY_C).grounds() if row.names_evidence] == ["3"]
    assert [row.code for row in BOOK.pack(DAY_C).grounds("reissue")][:3] == ["33-5", "34-2", "34-3"]


def test_grounds_of_reissue_are_numbered_as_on_the_form():
    assert [(row.number, row.ground_kind) for row in BOOK.pack(DAY_C).reissue_grounds(9)] == [
        (1, "registration"),
        (2, "reorganisation"),
        (3, "location"),
        (4, "sub_kind_name"),
        (5, "electricity"),
        (6, "law"),
    ]
    assert [row.ground_kind for row in BOOK.pack(DAY_C).reissue_grounds(10)] == [
        "registration",
        "reorganisation",
        "sub_kind_name",
        "law",
    ]


@pytest.mark.parametrize("form", [1, 2, 9, 10])
def test_four_confirmations_a_form(form):
    rows = BOOK.pack(DAY_C).confirmations(form)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert len({row.text_ru for row in rows}) == 4
    assert all(row.text_kk and row.text_en for row in rows)


def test_confirmation_is_verbatim():
    assert BOOK.pack(DAY_C).confirmations(1)[1].text("ru") == (
        "услугополучателю не запрещено судом заниматься лицензируемым видом деятельности;"
    )
    assert (
        BOOK.pack(DAY_C).confirmations(2)[3].text("ru").startswith("согласен на использование персональных")
    )


def test_words_of_equivalence_change_with_the_digital_code():
    pack = BOOK.pack(DAY_C)
    assert "N370-II" in pack.text("equivalence", date(2026, 7, 11)).text("ru")
    assert "№ 255-VIII" in pack.text("equivalence", date(2026, 7, 12)).text("ru")
    assert "Цифрлық кодексінің" in pack.text("equivalence", date(2026, 7, 12)).text("kk")


def test_authority_has_the_name_of_the_day():
    pack = BOOK.pack(DAY_A)
    assert (
        pack.authority("provider", date(2025, 12, 31))
        .text("ru")
        .startswith("Министерство цифрового развития")
    )
    assert pack.authority("provider", date(2026, 1, 1)).text("ru").startswith("Министерство искусственного")


def test_passport_has_eleven_rows_and_no_fee_before_2024():
    assert [row.number for row in BOOK.pack(DAY_C).passport()] == list(range(1, 12))
    assert 7 not in [row.number for row in BOOK.pack(DAY_A).passport()]
    nine = {row.number: row for row in BOOK.pack(DAY_C).passport()}[9]
    assert nine.text("ru").endswith("3) информацию об оплате в бюджет лицензионного сбора.")


def test_terms_of_the_process():
    pack = BOOK.pack(DAY_C)
    assert [(pack.term(code).n, pack.term(code).unit) for code in ("completeness", "review", "service")] == [
        (2, "working_days"),
        (13, "working_days"),
        (15, "working_days"),
    ]
    assert (pack.term("reissue_filing").n, pack.term("reissue_filing").unit) == (30, "calendar_days")
    assert {row.term for row in pack.terms()} >= {"service", "recusal_notice", "going_to_court"}
    assert "licence" not in {row.code for row in pack.terms()}
    assert pack.term("service").consequence("ru").startswith("Нарушение закона")
    assert pack.term("service").consequence("kk").startswith("Заң бұзылды")


LENGTHS = """
registration,new,0,working_days,Rules 5; Rules 6
registration,reissue,0,working_days,Rules 5; Rules 13
registration,long,0,working_days,Rules 5; Rules 13
completeness,new,2,working_days,Rules 7
completeness,reissue,1,working_days,Rules 14
completeness,long,2,working_days,PL 34(6)
review,new,13,working_days,Rules 8
review,long,13,working_days,PL 34(9); Rules 8
service,new,15,working_days,Annex 3/4
service,reissue,2,working_days,Rules 15; Annex 3/4
service,long,15,working_days,PL 34(9); PL 29
hearing_notice,new,-3,working_days,Rules 10
hearing_notice,long,-3,working_days,Rules 10
hearing_objections,,2,working_days,Rules 10; APPC 73(3)
earliest_refusal,,3,working_days,APPC 73(1)
reissue_filing,,30,calendar_days,PL 33(4)
pool_notice,,2,working_days,Rules 16
complaint_forwarding,,3,working_days,Rules 20
complaint_provider,,5,working_days,Rules 21; PS 25
complaint_quality,,15,working_days,Rules 22; PS 25
complaint_superior,,20,working_days,APPC 99
complaint_filing,,3,months,APPC 92
complaint_filing_long,,6,months,APPC 92
proceeding,,15,working_days,APPC 76(1)
cure_check,,10,working_days,PL 45(3)
voluntary_resumption,,3,working_days,PL 45(7)
correction,,2,working_days,PL 44
going_to_court,,10,working_days,PL 45(4)
recusal_decision,,3,working_days,APPC 67
recusal_notice,,2,working_days,APPC 67
leave_notice,,3,working_days,APPC 95
discontinuance_notice,,3,working_days,APPC 70
"""


def test_every_length_is_that_of_its_paragraph():
    """The table of process.md, Terms, once more by hand."""
    said = {
        (row.term, row.track, row.n, str(row.unit), row.citation)
        for row in BOOK.pack(DAY_C).terms()
        if row.term
    }
    read = [line.split(",", 4) for line in LENGTHS.strip().splitlines()]
    assert said == {(term, track, int(n), unit, citation) for term, track, n, unit, citation in read}


def test_every_row_cites_its_law_and_speaks_both_languages():
    wordless = {"fee_rates", "indices"}
    for name in fixtures.KINDS:
        for row in getattr(BOOK.rows, name):
            assert row.citation, row.code
            if name not in wordless:
                assert row.text_kk, (name, row.code)
                assert row.text_ru, (name, row.code)


def test_conditions_and_reasons_are_all_known():
    assert {row.condition for row in BOOK.rows.evidence} <= CONDITIONS
    pack = BOOK.pack(DAY_C)
    for why in Why:
        assert pack.text(f"why.{why}").text_kk


def test_no_two_rows_of_a_code_are_in_force_together():
    for name in fixtures.KINDS:
        rows = sorted(getattr(BOOK.rows, name), key=lambda row: (row.code, row.valid_from))
        for one, two in itertools.pairwise(rows):
            assert one.code != two.code or (one.valid_to is not None and one.valid_to < two.valid_from), (
                name,
                one.code,
            )


def test_a_bad_file_is_named_with_row_and_field(tmp_path):
    for name in fixtures.KINDS:
        (tmp_path / f"{name}.json").write_text((fixtures.DIRECTORY / f"{name}.json").read_text())
    (tmp_path / "terms.json").write_text(
        '{"rows": [{"code": "service", "valid_from": "2024-13-01", "n": 15, "unit": "days"}]}'
    )
    with pytest.raises(fixtures.BadRulebook, match=r"terms.json, row 1 \(service\): month must be in 1..12"):
        fixtures.read(tmp_path)
    (tmp_path / "terms.json").write_text(
        '{"rows": [{"code": "service", "valid_from": "2024-01-01", "days": 15}]}'
    )
    with pytest.raises(
        fixtures.BadRulebook, match=r"terms.json, row 1 \(service\): unknown fields \['days'\]"
    ):
        fixtures.read(tmp_path)
    (tmp_path / "terms.json").write_text("not json")
    with pytest.raises(fixtures.BadRulebook, match=r"terms.json: cannot be read"):
        fixtures.read(tmp_path)
