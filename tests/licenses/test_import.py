"""`import_licenses`: the whole file or nothing, each fault by row and field, the same file twice changes nothing."""

import json
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from foundation.accounts.models import Party
from foundation.journal.models import Fact
from foundation.kernel.clock import ALMATY, legal_time
from licenses.models import Licence
from licenses.rules import licence_number, standing_on
from licenses.selectors import HostState, look_up_host
from sandbox.cast import ensure_cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 11, 0, tzinfo=ALMATY)
FIRST = {
    "number": licence_number("ELC", 17),
    "sub_kind": "I",
    "holder": {
        "number": "031241000109",
        "name_kk": "«Бұрынғы» ЖШС",
        "name_ru": "ТОО «Прежнее»",
        "location_kk": "Алматы",
        "location_ru": "Алматы",
    },
    "first_issued_on": "2024-02-01",
    "expires_on": "2027-02-01",
    "head_name": "Қасымов Нұрлан",
    "annexes": [
        {
            "address_kk": "Екібастұз",
            "address_ru": "Экибастуз",
            "region": "55",
            "power_source": "single_purchaser",
        },
        {
            "address_kk": "Теміртау",
            "address_ru": "Темиртау",
            "region": "35",
            "power_source": "off_grid_producer",
        },
    ],
}
SUSPENDED = {
    **FIRST,
    "number": licence_number("ELC", 18),
    "status": "suspended",
    "status_from": "2026-10-01",
    "until": "2026-12-31",
}


@pytest.fixture(autouse=True)
def _people() -> None:
    ensure_cast()


@pytest.fixture
def load(tmp_path: Any, capsys: Any) -> Any:
    def run(*rows: dict[str, Any], check: bool = False) -> str:
        file = tmp_path / "licences.json"
        file.write_text(json.dumps(rows), encoding="utf-8")
        with legal_time(AT), translation.override("en"):
            call_command("import_licenses", str(file), check=check)
        return str(capsys.readouterr().out).strip()

    return run


def test_a_licence_of_before_is_found_checked_and_hosts(load):
    assert load(FIRST, SUSPENDED, check=True) == "2 to enter, 0 there already"
    assert Licence.objects.count() == 0
    assert load(FIRST, SUSPENDED) == "2 entered, 0 there already"
    licence = Licence.objects.get(number=FIRST["number"])
    suspended = Licence.objects.get(number=SUSPENDED["number"])
    assert (licence.first_issued_on, licence.expires_on, licence.status) == (
        date(2024, 2, 1),
        date(2027, 2, 1),
        "active",
    )
    assert [annex.number for annex in licence.annexes.order_by("number")] == ["001", "002"]
    [text] = licence.editions.all()
    assert (text.holder_ru, text.special_conditions_ru) == ("ТОО «Прежнее»", "1) Экибастуз\n2) Темиртау")
    assert look_up_host("ТОО «Прежнее»", licence.number, AT.date()).state is HostState.IN_FORCE
    days = {day: status(suspended, day) for day in (date(2026, 9, 30), date(2026, 10, 1))}
    assert days == {date(2026, 9, 30): "active", date(2026, 10, 1): "suspended"}
    assert Party.objects.filter(number="031241000109").count() == 1
    assert Fact.objects.filter(kind="licence.imported").count() == 2

    assert load(FIRST, SUSPENDED) == "0 entered, 2 there already"
    assert Fact.objects.filter(kind="licence.imported").count() == 2


def status(licence: Licence, day: date) -> str:
    standing = standing_on([row.as_rule() for row in licence.periods.all()], licence.expires_on, day)
    assert standing is not None
    return str(standing.status)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"number": "KZ00ELC00000017"}, "2.number: No licence number, or its check digits do not agree."),
        (
            {"number": licence_number("DML", 5)},
            "2.number: This series of numbers is given out by the portal itself.",
        ),
        ({"number": FIRST["number"]}, "2.number: Twice in the file."),
        ({"sub_kind": "III"}, "2.sub_kind: I or II."),
        ({"first_issued_on": "1.2.2024"}, "2.first_issued_on: A date as 2024-02-01."),
        ({"expires_on": "2028-02-01"}, "2.expires_on: Three years: 01.02.2027 (DA 9(1))."),
        ({"holder": {}}, "2.holder.number: No IIN and no BIN."),
        ({"annexes": []}, "2.annexes: A licence has at least one annex (PL 24)."),
        ({"status": "suspended"}, "2.until: The last day of the suspension."),
        ({"sub_kind": "II"}, "2.annexes.1.host_name: Needed (Form 5)."),
    ],
)
def test_a_fault_is_named_by_row_and_field_and_nothing_enters(load, change, fault):
    wrong = {**deepcopy(FIRST), "number": licence_number("ELC", 19), **change}
    with pytest.raises(CommandError) as refused:
        load(FIRST, wrong)
    assert fault in str(refused.value)
    assert Licence.objects.count() == 0


def test_another_holder_under_a_number_that_is_there_is_a_fault(load):
    load(FIRST)
    other = {**FIRST, "first_issued_on": "2024-02-02", "expires_on": "2027-02-02"}
    with pytest.raises(CommandError, match="In the register with another holder or day of issue"):
        load(other)
    assert Licence.objects.get().first_issued_on == date(2024, 2, 1)
