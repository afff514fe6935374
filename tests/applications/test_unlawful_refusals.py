"""Every unlawful way to a refusal is refused with its paragraph and changes nothing (Rules 10, 17; APPC 73, 84)."""

from datetime import date
from uuid import UUID

import pytest

from applications.models import RegisterAnswer
from casework.cases.models import Case
from casework.decisions.models import Hearing
from casework.notices.models import Notice
from foundation.accounts.models import Role, RoleHolding
from foundation.kernel.refusals import Refusal
from sandbox.play import GROUNDS
from tests.applications.stages import QuietPlay, Stages, moment, nothing_changes, perform

pytestmark = pytest.mark.django_db
FOREIGN = [*GROUNDS, {**GROUNDS[0], "code": "6", "entries": []}]
FURTHER_ENTRY = [{**GROUNDS[0], "entries": ["I-1", "I-2"]}]
NOT_WEIGHED = [{**GROUNDS[0], "assessment_kk": "", "assessment_ru": ""}]
NO_EVIDENCE = [{**GROUNDS[0], "records_kk": "", "records_ru": ""}]
OTHER_RECORDS = [{**GROUNDS[0], "records_kk": "Құжат № 8.", "records_ru": "Документ № 8."}]
MET_ENTRY = [{**GROUNDS[0], "entries": ["I-2"]}]
UNEQUAL = [{**GROUNDS[0], "facts_kk": "Құжатта 3 бет жоқ.", "facts_ru": "В документе нет 8 страниц."}]


@pytest.fixture(scope="module")
def made(module_play: QuietPlay) -> dict[str, UUID]:
    stages = Stages(module_play)
    return {
        "review": stages.examined(not_met=("I-1",)),
        "hearing": stages.hearing(),
        "heard": stages.heard(),
        "prepared": stages.refusal_prepared(),
    }


@pytest.fixture
def play(made, module_play, gateway) -> QuietPlay:
    return module_play


# name: case, action, moment of November 2026, who, what is said, code of the refusal, its paragraph
PATHS = {
    "no notice": ("review", "prepare_refusal", "05T10:00", None, {}, "WRONG_STATE", "10"),
    "hearing not over": ("hearing", "prepare_refusal", "05T11:00", None, {}, "WRONG_STATE", "10"),
    "late notice without the head": (
        "review", "notify_hearing", "18T18:31", None, {}, "NOTICE_TOO_LATE", "10",
    ),
    "late notice on the last day of service": (
        "review", "notify_hearing", "23T10:00", None, {}, "NOTICE_TOO_LATE", "10",
    ),
    "consent by nobody but a head": (
        "review", "agree_late_notice", "19T10:00", "executor", {}, "NOT_PERMITTED", "",
    ),
    "consent while the notice is in time": (
        "review", "agree_late_notice", "18T18:29", None, {}, "NOTICE_IN_TIME", "10",
    ),
    "hearing closed too early": (
        "hearing", "record_hearing", "09T23:59", None, {}, "OBJECTIONS_OPEN", "73(3)",
    ),
    "foreign ground": (
        "heard", "prepare_refusal", "10T11:00", None, {"grounds": FOREIGN}, "GROUND_NOT_HEARD", "10",
    ),
    "further entry": (
        "heard", "prepare_refusal", "10T11:00", None, {"grounds": FURTHER_ENTRY}, "GROUND_NOT_HEARD", "10",
    ),
    "ground without evidence": (
        "review", "notify_hearing", "05T10:00", None, {"grounds": NO_EVIDENCE}, "BAD_INPUT", "10",
    ),
    "entry that was found met": (
        "review", "notify_hearing", "05T10:00", None, {"grounds": MET_ENTRY}, "ENTRY_NOT_FAILED", "8",
    ),
    "evidence that was not in the notice": (
        "heard", "prepare_refusal", "10T11:00", None, {"grounds": OTHER_RECORDS}, "EVIDENCE_NOT_HEARD", "10",
    ),
    "no ground": ("heard", "prepare_refusal", "10T11:00", None, {"grounds": []}, "BAD_INPUT", "10"),
    "missing assessment": (
        "heard", "prepare_refusal", "10T11:00", None, {"grounds": NOT_WEIGHED}, "BAD_INPUT", "10",
    ),
    "unequal texts in the notice": (
        "review", "notify_hearing", "05T10:00", None, {"grounds": UNEQUAL}, "TEXTS_DIFFER", "17",
    ),
    "unequal texts in the refusal": (
        "heard", "prepare_refusal", "10T11:00", None, {"grounds": UNEQUAL}, "TEXTS_DIFFER", "17",
    ),
    "opened by the same person": (
        "prepared", "open_signing", "10T12:00", "executor", {}, "FOUR_EYES", "9, 10",
    ),
    "signed by the same person": ("prepared", "sign", "10T12:00", "executor", {}, "FOUR_EYES", "9, 10"),
    "signed by nobody but a head": ("prepared", "sign", "10T12:00", "executor2", {}, "NOT_PERMITTED", ""),
    "signed before it was opened": ("prepared", "sign", "10T12:00", None, {}, "NOT_OPENED", ""),
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_an_unlawful_path_is_refused_with_its_paragraph_and_changes_nothing(made, play, path):
    case, action, when, who, said, code, paragraph = PATHS[path]
    if "same person" in path:  # the preparer is made a head today: the person counts, not the role
        executor, body = play.people["executor"], Case.objects.get(pk=made[case]).body
        RoleHolding.objects.create(person=executor, body=body, role=Role.HEAD, valid_from=date(2026, 1, 1))
    with nothing_changes(), pytest.raises(Refusal) as caught:
        perform(play, action, made[case], moment(f"2026-11-{when}"), who, **said)
    assert caught.value.code == code
    assert paragraph in str(caught.value.citation or "")
    assert str(caught.value.detail)


@pytest.mark.parametrize("when", ["05T13:30", "06T10:00", "09T10:00", "09T18:29"])
def test_too_early_by_the_day_of_the_notice_it_is_neither_opened_nor_signed(made, play, when):
    """APPC 73(1): three working days after the notice of the 5th are over on the 10th."""
    case = made["hearing"]
    perform(play, "waive_hearing", case, moment("2026-11-05T11:00"))
    perform(play, "record_hearing", case, moment("2026-11-05T12:00"))
    perform(play, "prepare_refusal", case, moment("2026-11-05T13:00"))
    for action in ("open_signing", "sign"):
        with nothing_changes(), pytest.raises(Refusal) as caught:
            perform(play, action, case, moment(f"2026-11-{when}"))
        assert (caught.value.code, "73(1)" in str(caught.value.citation)) == ("REFUSAL_TOO_EARLY", True)


def test_a_hearing_without_its_notice_row_lets_no_refusal_through(made, play):
    """Rows that something else has broken: the law is asked of what is there."""
    case = made["prepared"]
    Hearing.objects.filter(case=case).update(state="replaced")
    with nothing_changes(), pytest.raises(Refusal) as caught:
        perform(play, "open_signing", case, moment("2026-11-10T12:00"))
    assert (caught.value.code, "73(1)" in str(caught.value.citation)) == ("REFUSAL_TOO_EARLY", True)


def test_who_was_not_told_of_the_hearing_is_not_refused(made, play):
    """APPC 73(1), 73(3): with the worker down, or nobody who represents the applicant, there is no proof of delivery."""
    case = made["prepared"]
    Notice.objects.filter(message__case_id=case, message__kind="application.hearing_notified").delete()
    with nothing_changes(), pytest.raises(Refusal) as caught:
        perform(play, "open_signing", case, moment("2026-11-10T12:00"))
    assert (caught.value.code, "73(3)" in str(caught.value.citation)) == ("NOTICE_NOT_DELIVERED", True)
    hearing = Hearing.objects.filter(case=case)
    hearing.update(answered_at=moment("2026-11-06T10:00"))  # who answered was told
    perform(play, "open_signing", case, moment("2026-11-10T12:00"))


def test_nobody_who_is_gone_is_refused(made, play):
    """APPC 70(1): a liquidated applicant's case is discontinued, not refused."""
    case = made["prepared"]
    answered = {"subject": "entity", "outcome": "found", "facts": {"in_being": False}}
    RegisterAnswer.objects.create(application_id=case, asked_at=moment("2026-11-10T11:30"), **answered)
    with nothing_changes(), pytest.raises(Refusal) as caught:
        perform(play, "open_signing", case, moment("2026-11-10T12:00"))
    assert (caught.value.code, "70(1)" in str(caught.value.citation)) == ("PARTY_GONE", True)
