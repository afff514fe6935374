"""IIN and BIN (integrations.md 4): the 34 vectors, and the command that checks lists of them."""

import io
import json
import sys
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from foundation.accounts.identifiers import (
    Division,
    EntityType,
    Kind,
    check,
    control_digit,
    division,
    entity_type,
    is_valid,
    mask_iin,
)

TODAY = date(2026, 11, 22)

VECTORS = [
    ("IIN", "900101300007", None, []),
    ("IIN", "850505400008", None, []),
    ("IIN", "050229500007", None, ["birth_date"]),
    ("IIN", "040229500005", None, []),
    ("IIN", "150315600001", None, []),
    ("IIN", "991231200007", None, ["too_old"]),
    ("IIN", "900101300811", None, []),
    ("IIN", "001130500303", None, []),
    ("IIN", "900101300800", "no_control_digit", []),
    ("IIN", "900101300801", "no_control_digit", []),
    ("IIN", "900101300008", "control", []),
    ("IIN", "090101300007", "control", []),
    ("IIN", "901301300007", None, ["birth_date"]),
    ("IIN", "900132300006", None, ["birth_date"]),
    ("IIN", "900101000008", None, ["century_digit"]),
    ("IIN", "900101700002", None, ["century_digit"]),
    ("IIN", "300101500004", None, ["future_birth_date"]),
    ("IIN", "000000000000", "control", []),
    ("IIN", "90010130000", "format", []),
    ("IIN", "9001013000000", "format", []),
    ("IIN", "9001013OO008", "format", []),
    ("IIN", "900101 30000", "format", []),
    ("IIN", "٩٠٠١٠١٣٠٠٠٠٨", "format", []),
    ("BIN", "150140000002", None, []),
    ("BIN", "031241000109", None, []),
    ("BIN", "200952000009", None, []),
    ("BIN", "110463000001", None, []),
    ("BIN", "150140000305", None, []),
    ("BIN", "150140000385", "no_control_digit", []),
    ("BIN", "151340000002", None, ["month"]),
    ("BIN", "150149000001", None, ["division_digit"]),
    ("BIN", "900101300007", "wrong_kind", []),
    ("IIN", "150140000002", "wrong_kind", []),
    ("BIN", "150170000006", "wrong_kind", []),
]


def test_there_are_34_vectors():
    assert len(VECTORS) == 34


@pytest.mark.parametrize(("kind", "value", "error", "warnings"), VECTORS)
def test_vector(kind, value, error, warnings):
    checked = check(Kind(kind), value, today=TODAY)
    assert (checked.kind, checked.value, checked.valid, checked.error, list(checked.warnings)) == (
        kind,
        value,
        error is None,
        error,
        warnings,
    )


def test_outer_spaces_are_cut_and_nothing_else():
    assert check(Kind.IIN, "  900101300007 ", today=TODAY).value == "900101300007"
    assert check(Kind.IIN, "900101300007\n", today=TODAY).error == "format"
    assert not is_valid(Kind.IIN, " 900101300007")
    assert is_valid(Kind.BIN, "150140000002")


def test_too_old_begins_the_day_after_the_125th_birthday():
    born_1899 = "991231200007"
    assert check(Kind.IIN, born_1899, today=date(2024, 12, 31)).warnings == ()
    assert check(Kind.IIN, born_1899, today=date(2025, 1, 1)).warnings == ("too_old",)


def test_leap_day_and_today_do_not_break_the_age():
    assert check(Kind.IIN, "040229500005", today=date(2028, 2, 29)).warnings == ()


def test_control_digit_of_both_passes():
    assert control_digit("90010130000") == 7
    assert control_digit("90010130081") == 1
    assert control_digit("90010130080") is None


def test_what_the_digits_of_a_bin_say():
    assert (entity_type("150140000002"), division("150140000002")) == (EntityType.RESIDENT, Division.HEAD)
    assert (entity_type("200952000009"), division("200952000009")) == (
        EntityType.NON_RESIDENT,
        Division.REPRESENTATIVE_OFFICE,
    )
    assert entity_type("110463000001") == EntityType.JOINT_ENTREPRENEUR
    assert division("150149000001") is None


def test_mask():
    assert mask_iin("900101300007") == "900101******"
    assert mask_iin("") == ""


def run(monkeypatch, text, *arguments):
    raw = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()
    call_command("check_ids", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_command_answers_every_vector(monkeypatch):
    text = "".join(f"{kind} {value}\n" for kind, value, _error, _warnings in VECTORS)
    assert run(monkeypatch, text, "--today", "2026-11-22") == [
        {"kind": kind, "value": value, "valid": error is None, "error": error, "warnings": warnings}
        for kind, value, error, warnings in VECTORS
    ]


def test_command_skips_empty_lines_and_takes_windows_text(monkeypatch):
    answers = run(monkeypatch, "\ufeffIIN 900101300007\r\n\r\nbin 150140000002\r\n", "--today", "2026-11-22")
    assert [answer["value"] for answer in answers] == ["900101300007", "150140000002"]
    assert all(answer["valid"] for answer in answers)


def test_command_calls_a_missing_value_a_bad_format(monkeypatch):
    assert run(monkeypatch, "IIN\n", "--today", "2026-11-22")[0]["error"] == "format"


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (
            "IIN 900101300007\nRNN 1\n",
            ["--today", "2026-11-22"],
            "line 2: 'RNN 1' does not start with IIN or BIN",
        ),
        (b"IIN \xff\xfe\n", ["--today", "2026-11-22"], "line 1 is not UTF-8 text"),
        ("", ["--today", "22.11.2026"], "--today: '22.11.2026' is not a day"),
    ],
)
def test_command_refuses_bad_input_with_one_line(monkeypatch, settings, text, arguments, message):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, text, *arguments)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
