"""Paragraph → rule → test: where a paragraph stands in the code, and which test shows it.

Who asks "where is paragraph 7?" reads one row. A row whose rule or test is gone, or whose rule does not name its
paragraph any more, fails.
"""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPLICATIONS, DEADLINES = "tests/applications", "tests/casework/deadlines"
REGISTRATION = f"{APPLICATIONS}/test_registration_and_lapse.py"
DECISION, HEARING = f"{APPLICATIONS}/test_decision.py", f"{APPLICATIONS}/test_hearing.py"

# paragraph, rule (module:function), test (file::function); tests named by their file alone hold the rule's whole table
PARAGRAPHS = [
    (
        "Rules 4",
        "applications.services.filing:require_complete_form",
        f"{APPLICATIONS}/test_acts.py::test_it_works_and_writes_one_fact",
    ),
    (
        "Rules 5",
        "casework.deadlines.rules.days:registration_day",
        f"{REGISTRATION}::test_received_in_time_it_is_registered_in_the_same_transaction",
    ),
    (
        "Rules 5",
        "casework.deadlines.rules.days:act_day",
        f"{DECISION}::test_signed_after_hours_it_bears_the_next_working_day_and_is_shown_from_nine",
    ),
    (
        "Rules 5, 6",
        "applications.services.filing:register_due",
        f"{REGISTRATION}::test_received_after_hours_it_is_registered_at_nine_whenever_the_job_runs",
    ),
    (
        "Rules 7",
        "applications.rules:document_is_valid",
        f"{REGISTRATION}::test_a_document_is_good_on_its_last_day_and_lacking_on_the_next",
    ),
    (
        "Rules 7",
        "applications.services.completeness:refuse_further",
        f"{REGISTRATION}::test_return_after_the_term_is_refused_with_its_paragraph",
    ),
    (
        "Rules 7",
        "applications.services.completeness:review_by_lapse",
        f"{REGISTRATION}::test_a_passed_term_brings_the_case_to_review_by_itself",
    ),
    (
        "Rules 8",
        "casework.deadlines.services.terms:open_terms_of_application",
        f"{REGISTRATION}::test_review_runs_from_the_decision_and_never_past_service",
    ),
    ("Rules 8, 9", "applications.rules:findings_allow_issue", f"{DECISION}::test_every_entry_needs_a_finding_and_none_is_bad"),
    (
        "Rules 9",
        "applications.services.decision:prepare_issue",
        f"{DECISION}::test_the_executor_notes_that_no_court_act_is_known",
    ),
    (
        "Rules 10",
        "applications.services.hearing:notify_hearing",
        f"{HEARING}::test_after_the_last_day_only_a_late_notice_by_the_heads_consent_is_left",
    ),
    ("Rules 10", "casework.decisions.rules:grounds_were_heard", f"{HEARING}::test_a_refusal_names_only_grounds_that_were_heard"),
    ("Rules 17", "licenses.services.grant:grant_licence", "tests/licenses/test_register_grant.py"),
    ("Annex 3/4", "casework.deadlines.services.terms:open_terms_of_application", f"{DECISION}::test_signed_on_the_last_evening_of_service"),
    ("Annex 3/8", "casework.deadlines.rules.days:in_office_hours", f"{DEADLINES}/test_rules.py"),
    (
        "Annex 3/9",
        "applications.services.fee:look_up_payment",
        f"{APPLICATIONS}/test_fee.py::test_one_payment_serves_one_of_two_applications",
    ),
    (
        "APPC 64(9)",
        "applications.services.decision:withdraw",
        f"{DECISION}::test_withdrawn_against_an_open_request_the_later_cms_is_a_conflict",
    ),
    ("APPC 67", "applications.services.recusal:decide_recusal", f"{DECISION}::test_nobody_decides_on_their_own_recusal"),
    (
        "APPC 70(1)",
        "applications.services.decision:prepare_discontinuance",
        f"{DECISION}::test_a_discontinuance_is_signed_by_the_head_and_ends_the_case",
    ),
    (
        "APPC 73(1)",
        "casework.decisions.rules:refusal_day_reached",
        f"{HEARING}::test_a_refusal_is_not_signed_before_three_working_days_after_the_notice",
    ),
    ("APPC 73(3)", "casework.decisions.rules:may_record_hearing", f"{HEARING}::test_silence_is_no_obstacle_but_its_term_is_awaited"),
    (
        "APPC 74",
        "applications.services.hearing:sign_protocol",
        f"{HEARING}::test_an_oral_hearing_is_planned_held_and_has_a_protocol",
    ),
    ("Rules 17", "casework.decisions.rules:compare_texts", "tests/casework/decisions/test_texts.py"),
    (
        "APPC 80(5), 91(3)",
        "casework.decisions.papers:appeal_block",
        f"{HEARING}::test_form_8_names_the_way_of_appeal_by_the_rank_of_who_signs",
    ),
    ("APPC 84(1)", "applications.services.hearing:agree_late_notice", f"{HEARING}::test_a_consent_serves_one_notice"),
]  # fmt: skip


@pytest.mark.parametrize(("paragraph", "rule", "test"), PARAGRAPHS, ids=lambda value: value.split("::")[-1])
def test_a_paragraph_has_its_rule_and_its_test(paragraph, rule, test):
    module, _colon, name = rule.partition(":")
    function = inspect.unwrap(getattr(import_module(module), name))
    said = " ".join((function.__doc__ or "").split())
    act, _space, where = paragraph.partition(" ")
    for number in where.split(", "):
        assert re.search(rf"\b{act}\b[^;]*?{re.escape(number)}(?!\d)", said), (
            f"{rule} does not name {paragraph}"
        )
    file, _colons, wanted = test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert wanted in tests if wanted else any(found.startswith("test_") for found in tests)


def test_every_paragraph_of_the_procedure_of_form_1_is_there():
    """Rules 4-10 are the procedure; 17 is the register."""
    told = {
        number
        for paragraph, _rule, _test in PARAGRAPHS
        for number in re.findall(r"\bRules ([\d, ]+)", paragraph)
    }
    assert {number for numbers in told for number in numbers.split(", ")} == {
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "17",
    }
