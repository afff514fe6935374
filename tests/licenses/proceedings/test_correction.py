"""An error in a licence or an annex is corrected in two working days, without a fee (PL 31, 44)."""

import datetime as dt

import pytest

from casework.documents.models import OfficialDocument
from licenses.models import Licence
from tests.licenses.people import moment

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
