"""The official list of places (KATO): entered as of a day, succeeded, found by what people type (integrations.md 5)."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from foundation.kernel import places
from foundation.kernel.models import Place
from foundation.kernel.place_list import BadListError, core, read
from foundation.kernel.refusals import Conflict
from foundation.kernel.services import PlacesEntered, enter_places

EXTRACT = settings.BASE_DIR / "fixtures" / "kato" / "extract.csv"
WHOLE = Path(os.environ.get("KATO_FILE", "kato.csv"))
BEGAN, LATER = date(2025, 2, 1), date(2026, 7, 17)
HEAD = "kato,kato_version,level,type_code,name_ru,name_kk\n"
KARAGANDA = "350000000,NK,oblast,0,Карагандинская область,Қарағанды облысы\n"


def listed(lines: str) -> list:
    return read((HEAD + KARAGANDA + lines).encode())


@pytest.mark.parametrize(
    "name", ["г.Темиртау", "Темиртау", "  ТЕМИРТАУ ", "город Темиртау", "Темиртау Г.А.", "«Темиртау»"]
)
def test_a_name_is_known_however_it_is_written(name):
    assert core(name) == "темиртау"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe\x00", "cannot be read as CSV"),
        (b"code,name\n1,2\n", "names these columns"),
        (HEAD.encode(), "The list is empty."),
        ((HEAD + KARAGANDA + "35100,NK,district,1,А,Ә\n").encode(), "line 3: “35100” is no code"),
        ((HEAD + KARAGANDA + KARAGANDA).encode(), "line 3: 350000000 stands there twice"),
        ((HEAD + "980000000,NK,oblast,0,А,Ә\n").encode(), "980000000 lies in no known region"),
        ((HEAD + KARAGANDA + "351000000,NK,village,1,А,Ә\n").encode(), "line 3: level is one of"),
        ((HEAD + KARAGANDA + "351000000,NK,district,1,,Ә\n").encode(), "line 3: 351000000 has no name"),
        ((HEAD + "351000000,NK,district,1,А,Ә\n").encode(), "there is no 350000000 above it"),
        (
            (HEAD + KARAGANDA + f"351000000,NK,district,1,{'А' * 201},Ә\n").encode(),
            "the name of 351000000 is longer than 200 letters",
        ),
    ],
)
def test_a_bad_list_is_refused_by_line(content, fault):
    with pytest.raises(BadListError, match=fault):
        read(content)


@pytest.fixture
def entered(db) -> None:
    enter_places(read(EXTRACT.read_bytes()), on=BEGAN)


@pytest.mark.django_db
def test_what_is_new_begins_what_changed_is_succeeded_what_is_missing_ends():
    first = listed("351000000,NK,district,1,Старый,Ескі\n352000000,NK,district,1,Ушедший,Кеткен\n")
    assert enter_places(first, on=BEGAN) == PlacesEntered(3, 0, 0, 0)
    assert enter_places(first, on=LATER) == PlacesEntered(0, 0, 0, 3)
    second = listed("351000000,NK2,district,1,Новый,Жаңа\n353000000,NK2,district,1,Третий,Үшінші\n")
    assert enter_places(second, on=LATER) == PlacesEntered(1, 1, 1, 1)
    before = set(places.in_force(date(2026, 7, 16)).values_list("name_ru", flat=True))
    after = set(places.in_force(LATER).values_list("name_ru", flat=True))
    assert before == {"Карагандинская область", "Старый", "Ушедший"}
    assert after == {"Карагандинская область", "Новый", "Третий"}
    with pytest.raises(Conflict):
        enter_places(first, on=date(2025, 3, 1))
    assert Place.objects.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"region": "35", "city": "Теміртау"}, "352410000"),
        ({"region": "35", "city": "г. Темиртау"}, "352410000"),
        ({"region": "35", "district": "Абай ауданы", "settlement": "Сарепта"}, "353237100"),
        ({"region": "35", "district": "Абайский район"}, "353200000"),
        ({"region": "55", "city": "Ақсу", "settlement": "Қалқаман ауылы"}, "551610000"),
        ({"region": "75", "district": "Алмалинский район"}, "751110000"),
        ({"region": "35", "city": "Нигде"}, "350000000"),
        ({"region": "10", "city": "Темиртау"}, "100000000"),
        ({"region": "", "city": "Темиртау"}, ""),
        ({"city": "Темиртау"}, ""),
    ],
)
def test_the_deepest_place_that_is_meant(entered, said, code):
    assert places.code_of(said, LATER) == code


@pytest.mark.django_db
def test_what_is_offered_follows_region_and_district(entered):
    karaganda = places.suggestions({"region": "35"}, LATER, "ru")
    assert (karaganda.districts, karaganda.settlements) == (["Абайский район"], [])
    assert "Темиртау" in karaganda.cities
    assert "Теміртау" in places.suggestions({"region": "35"}, LATER, "kk").cities
    inside = places.suggestions({"region": "35", "district": "Абай ауданы"}, LATER, "ru").settlements
    assert "с.Сарепта" in inside
    assert "Алмалинский район" in places.suggestions({"region": "75"}, LATER, "ru").districts
    assert places.suggestions({"region": "35"}, date(2025, 1, 31), "ru") == places.NOTHING
    assert places.suggestions({}, LATER, "ru") == places.Suggestions([], [], [], listed=True)


@pytest.mark.django_db
def test_a_code_in_the_fields_of_the_form_and_in_words(entered):
    assert places.fields_of("352410000", LATER, "kk") == {"city": "Теміртау"}
    assert places.fields_of("751110000", LATER, "ru") == {"district": "Алмалинский район"}
    assert places.fields_of("353237100", LATER, "ru") == {
        "district": "Абайский район",
        "settlement": "с.Сарепта",
    }
    assert places.line_of("352410000", LATER, "ru") == "Карагандинская область, Темиртау Г.А., г.Темиртау"
    assert places.fields_of("999999999", LATER, "ru") == {}


@pytest.mark.django_db
def test_the_command_enters_checks_and_refuses(tmp_path, capsys):
    call_command("import_kato", str(EXTRACT), "--on", "2025-02-01", "--check")
    assert Place.objects.count() == 0
    call_command("import_kato", str(EXTRACT), "--on", "2025-02-01")
    assert Place.objects.count() == 138
    call_command("import_kato", str(EXTRACT), "--on", "2026-07-17")
    assert capsys.readouterr().out.splitlines()[-1] == "places: 0 new, 0 changed, 0 ended, 138 as before"
    bad = tmp_path / "bad.csv"
    bad.write_text(HEAD)
    with pytest.raises(CommandError, match=r"Nothing was entered\."):
        call_command("import_kato", str(bad), "--on", "2026-07-17")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_kato", str(tmp_path / "none.csv"), "--on", "2026-07-17")


@pytest.mark.django_db
@pytest.mark.skipif(not WHOLE.is_file(), reason="KATO_FILE names no whole list")
def test_the_whole_list():
    done = enter_places(read(WHOLE.read_bytes()), on=BEGAN)
    assert done == PlacesEntered(15_594, 0, 0, 0)
    by_level = {level: Place.objects.filter(level=level).count() for level in Place.Level.values}
    assert by_level == {"oblast": 20, "district": 209, "sub_district": 2_379, "settlement": 12_986}
    assert places.code_of({"region": "55", "city": "Ақсу"}, LATER) == "551610000"
