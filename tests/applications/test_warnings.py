"""Rules 10: the executor is warned five and four working days before the end of service, the heads hear when it is over."""

import pytest

from casework.deadlines.models import LadderStep
from casework.deadlines.services import watch
from casework.notices.models import Message, Notice
from tests.applications.stages import moment, perform

pytestmark = pytest.mark.django_db


def at(text: str):
    return moment(f"2026-11-{text}")


def steps(case, code: str = "hearing_notice") -> list[str]:
    rows = LadderStep.objects.filter(term__case=case, term__code=code, overtaken=False)
    return list(rows.order_by("due_at", "pk").values_list("step", flat=True))


def told(case, kind: str) -> list[str]:
    rows = Notice.objects.filter(message__case_id=case, message__kind=kind)
    return sorted(rows.values_list("person__login", flat=True))


def test_two_warnings_and_once_it_is_over_the_heads(stages):
    case = (
        stages.examined()
    )  # service ends on Monday the 23rd: the last day of a notice is Wednesday the 18th

    def warned(when: str) -> list[str]:
        watch(at(when))
        return steps(case)

    assert [warned("13T18:00"), warned("16T08:59")] == [[], []]
    assert [warned("16T09:00"), warned("16T10:00")] == [["two_days"], ["two_days"]]
    assert warned("17T09:00") == ["two_days", "one_day"]
    assert warned("18T18:00") == ["two_days", "one_day", "last_morning"]
    assert set(told(case, "term_warning")) == {"executor"}
    message = Message.objects.filter(case_id=case, kind="term_warning").order_by("sent_at").last()
    assert message is not None
    assert "до 18:30 18.11.2026, сегодня последний день" in message.text_ru
    assert "18.11.2026 18:30 дейін, бүгін соңғы күн" in message.text_kk
    assert "с согласия руководителя" in message.text_ru  # what is left once it passes
    assert told(case, "term_passed") == []
    assert warned("18T18:31")[3:] == ["tell_head"]
    assert warned("19T09:00")[3:] == ["tell_head"]
    assert told(case, "term_passed") == ["head", "head2"]


def test_a_case_whose_notice_went_out_or_whose_licence_is_prepared_needs_none(stages, quiet):
    heard_of = stages.examined(not_met=("I-1",))
    perform(quiet, "notify_hearing", heard_of, at("05T10:00"))
    prepared = stages.prepared(who="dana")
    watch(at("17T09:00"))
    assert steps(heard_of) == steps(prepared) == []
