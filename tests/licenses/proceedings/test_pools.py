"""A changed mining pool is told within two working days, taken without a decision, kept by its dates (Rules 16)."""

import datetime as dt

import pytest

from casework.documents.models import OfficialDocument
from casework.notices.models import Message
from foundation.accounts.models import Party
from foundation.kernel.refusals import BadInput, LawRefusal, NotPermitted
from licenses.models import Proceeding
from licenses.proceedings import rules
from licenses.proceedings.selectors import latest_pool_notices, pool_history
from licenses.rules import PoolText
from sandbox.cast import COMPANY_BIN
from tests.applications.stages import nothing_changes
from tests.licenses.people import granted, moment

FRIDAY = "2026-11-20"
KNOWN = {"pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002"}
UNKNOWN = {"pool_name": "ТОО «Другой пул»", "pool_bin": "160240000008"}


def told(docket, licence, at, *, changed_on, **pool):
    case = docket.begin(licence.number, "pool_notice", at, who="aigerim")
    docket.attach(case, at, who="aigerim", title="Договор с пулом")
    docket.signed(case, "submit", at, who="aigerim", changed_on=changed_on, **(pool or KNOWN))
    return Proceeding.objects.get(pk=case)


def test_late_is_what_came_after_the_last_moment():
    last = moment("2026-11-24 23:59")
    assert not rules.notice_is_late(received=last, last_moment=last)
    assert rules.notice_is_late(received=last + dt.timedelta(seconds=1), last_moment=last)


@pytest.mark.django_db
def test_taken_at_once_with_receipt_and_history(docket, licence):
    first = told(docket, licence, moment("2026-11-24 18:00"), changed_on=FRIDAY)
    assert (first.status, first.case.is_open, first.content["late"], first.content["due_on"]) == (
        "done", False, False, "2026-11-24"
    )  # fmt: skip
    second = told(docket, licence, moment("2026-12-10 10:00"), changed_on="2026-12-01", **UNKNOWN)
    assert (second.content["late"], second.content["due_on"], second.content["accredited"]) == (
        True, "2026-12-03", False
    )  # fmt: skip
    shown = [(row.bin, row.since, row.until, row.late, row.accredited) for row in pool_history(licence)]
    assert shown == [
        ("160240000008", dt.date(2026, 12, 1), None, True, False),
        ("150140000002", dt.date(2026, 11, 20), dt.date(2026, 11, 30), False, True),
    ]
    assert [row.notice and row.notice.pk for row in latest_pool_notices(5)] == [second.pk, first.pk]
    docket.play.deliver()
    receipts = OfficialDocument.objects.filter(case_id=second.pk, kind="receipt")
    assert set(receipts.values_list("language", flat=True)) == {"kk", "ru"}
    assert (
        "изменении цифрового майнингового пула" in bytes(receipts.get(language="ru").final.content).decode()
    )
    letter = Message.objects.get(case_id=second.pk, kind="proceeding.pool_noted")
    assert "Подано после срока (03.12.2026). Пула нет в списке аккредитованных." in letter.text_ru
    assert not Message.objects.filter(case_id=second.pk, kind="proceeding.registered").exists()


@pytest.mark.django_db
def test_after_hours_it_is_in_time_by_its_receipt(docket, licence):
    notice = told(docket, licence, moment("2026-11-24 22:00"), changed_on=FRIDAY)
    assert notice.status == "submitted"
    docket.play.pass_time(moment("2026-11-25 12:00"))
    notice = Proceeding.objects.get(pk=notice.pk)
    assert (notice.status, notice.content["late"], notice.case.registered_on) == (
        "done", False, dt.date(2026, 11, 25)
    )  # fmt: skip


@pytest.mark.django_db
def test_it_needs_its_document_and_particulars_and_is_the_licensees_own(docket, licence):
    at = moment("2026-11-23 11:00")
    case = docket.begin(licence.number, "pool_notice", at, who="aigerim")
    with nothing_changes(), pytest.raises(LawRefusal) as bare:
        docket.ask(case, "submit", at, who="aigerim", changed_on=FRIDAY, **KNOWN)
    assert bare.value.code == "PROOF_MISSING"
    docket.attach(case, at, who="aigerim", title="Договор с пулом")
    with nothing_changes(), pytest.raises(BadInput) as empty:
        docket.ask(case, "submit", at, who="aigerim", changed_on="2026-11-24", pool_bin="12")
    assert sorted(empty.value.fields) == ["changed_on", "pool_bin", "pool_name"]
    with nothing_changes(), pytest.raises(NotPermitted):
        docket.begin(licence.number, "pool_notice", at, who="executor")


@pytest.mark.django_db
def test_the_history_begins_with_the_pool_of_the_application(docket):
    """Annex 11/1(3), Rules 16: until the day before the first notice tells of another."""
    pool = PoolText("ТОО «Казахстанский пул»", "150140000002")
    licence = granted(Party.objects.get(number=COMPANY_BIN), pool=pool)
    [first] = pool_history(licence)
    assert (first.bin, first.since, first.until, first.accredited, first.notice) == (
        pool.bin, licence.first_issued_on, None, True, None
    )  # fmt: skip
    told(docket, licence, moment("2026-11-24 18:00"), changed_on=FRIDAY, **UNKNOWN)
    assert [(row.bin, row.until) for row in pool_history(licence)] == [
        (UNKNOWN["pool_bin"], None),
        (pool.bin, dt.date(2026, 11, 19)),
    ]
