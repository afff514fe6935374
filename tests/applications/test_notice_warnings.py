"""Rules 10: the executor is warned five and four working days before the end of service, the heads hear when it is over."""

import pytest

from applications.services.notice_warnings import warn_of_notices
from casework.deadlines.services import watch
from casework.notices.models import Message, Notice
from tests.applications.stages import moment, perform

pytestmark = pytest.mark.django_db


def at(text: str):
    return moment(f"2026-11-{text}")


def told(case, kind: str) -> list[str]:
    rows = Notice.objects.filter(message__case_id=case, message__kind=kind)
    return sorted(rows.values_list("person__login", flat=True))


def test_two_warnings_and_once_it_is_over_the_heads(stages):
    case = (
        stages.examined()
    )  # service ends on Monday the 23rd: the last day of a notice is Wednesday the 18th

    def warned(when: str) -> int:
        watch(at(when))
        warn_of_notices(at=at(when))
        return len(told(case, "notice_warning"))

    assert [warned("13T18:00"), warned("16T09:00"), warned("16T10:00")] == [0, 1, 1]
    assert [warned("17T09:00"), warned("18T18:00"), told(case, "notice_late")] == [2, 2, []]
    assert set(told(case, "notice_warning")) == {"executor"}
    first = Message.objects.filter(case_id=case, kind="notice_warning").first()
    assert first is not None
    assert "до 18:30 18.11.2026" in first.text_ru
    assert "Қағидалардың 9, 10-тармақтары" in first.text_kk
    assert [warned("18T18:31"), warned("19T09:00")] == [2, 2]
    assert told(case, "notice_late") == ["head", "head2"]


def test_a_case_whose_notice_went_out_or_whose_licence_is_prepared_needs_none(stages, quiet):
    heard_of = stages.examined(not_met=("I-1",))
    perform(quiet, "notify_hearing", heard_of, at("05T10:00"))
    prepared = stages.prepared(who="dana")
    assert warn_of_notices(at=at("17T09:00")) == 0
    assert told(heard_of, "notice_warning") == told(prepared, "notice_warning") == []
