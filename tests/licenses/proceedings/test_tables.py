"""The tables of actions and the pure rules of proceedings (process.md; api.md; DA 9; PL 35, 45)."""

import datetime as dt

import pytest

from licenses.proceedings import rules
from licenses.proceedings.api.acting import COMMANDS
from licenses.proceedings.statuses import ACTIONS, ACTIONS_OF, BY_EXECUTOR, BY_LICENSEE, TERMS, Kind

TODAY, PAST, AHEAD = dt.date(2026, 11, 23), dt.date(2026, 11, 22), dt.date(2027, 2, 1)
CONTRACT = (
    "submit assign ask_recusal decide_recusal notify_hearing request_oral waive_hearing answer_hearing postpone_hearing "
    "agree_late_notice sign_protocol record_hearing prepare prepare_refusal send_back open_signing sign withdraw drop "
    "file_suit record_court_act confirm_court_act"
)
STATES = {
    "active": ("active", "", None),
    "suspended": ("suspended", "suspend", AHEAD),
    "past its term": ("suspended", "suspend", PAST),
    "on request": ("suspended", "suspend_on_request", AHEAD),
    "expired": ("expired", "", None),
    "terminated": ("terminated", "", None),
    "revoked": ("revoked", "", None),
}
OPEN_TO = {
    "suspend": {"active"},
    "suspend_on_request": {"active"},
    "resume_after_cure": {"suspended", "past its term"},
    "resume_on_request": {"on request"},
    "go_to_court": {"past its term"},
    "court_act": {"active", "suspended", "past its term", "on request"},
    "terminate_on_request": {"active", "suspended", "past its term", "on request"},
    "terminate_by_event": {"active", "suspended", "past its term", "on request"},
    "pool_notice": {"active", "suspended", "past its term", "on request"},
    "correct": {"active", "suspended", "past its term", "on request"},
}


def test_every_action_of_the_contract_has_its_door_and_nothing_else():
    assert set(ACTIONS) == set(COMMANDS) == set(CONTRACT.split())


@pytest.mark.parametrize("kind", list(Kind))
def test_which_state_of_the_target_a_kind_asks_for(kind):
    found = {
        name
        for name, (status, basis, until) in STATES.items()
        if rules.target_allows(kind, status=status, basis=basis, until=until, today=TODAY)
    }
    assert found == OPEN_TO[kind]


def test_a_hearing_stands_only_where_the_table_says():
    heard = {kind for kind in Kind if "notify_hearing" in ACTIONS_OF[kind]}
    assert heard == {Kind.SUSPEND, Kind.SUSPEND_ON_REQUEST, Kind.RESUME_AFTER_CURE}
    assert ACTIONS_OF[Kind.SUSPEND]["prepare"].sources == ("heard",)
    assert "prepare_refusal" not in ACTIONS_OF[Kind.RESUME_ON_REQUEST]
    assert "prepare_refusal" not in ACTIONS_OF[Kind.TERMINATE_ON_REQUEST]


def test_what_the_licensee_opens_is_withdrawn_and_what_the_authority_opens_is_dropped():
    for kind in BY_LICENSEE:
        assert "withdraw" in ACTIONS_OF[kind]
        assert ("drop" in ACTIONS_OF[kind]) == (kind in BY_EXECUTOR)
    for kind in BY_EXECUTOR:
        assert "drop" in ACTIONS_OF[kind]
        assert ("withdraw" in ACTIONS_OF[kind]) == (kind in BY_LICENSEE)
    assert set(BY_LICENSEE) & set(BY_EXECUTOR) == {Kind.CORRECT}
    assert not {"drop", "withdraw"} & set(ACTIONS_OF[Kind.GO_TO_COURT])


def test_which_term_runs():
    assert {str(kind): code for kind, code in TERMS.items()} == {
        "suspend": "proceeding",
        "suspend_on_request": "proceeding",
        "terminate_on_request": "proceeding",
        "resume_after_cure": "cure_check",
        "resume_on_request": "voluntary_resumption",
        "correct": "correction",
        "go_to_court": "going_to_court",
    }


def test_one_to_six_months():
    assert [months for months in range(-1, 9) if rules.months_allowed(months)] == [1, 2, 3, 4, 5, 6]
