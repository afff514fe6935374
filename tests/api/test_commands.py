"""demo_tokens and demo_clock (api.md, Commands)."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.kernel.clock import almaty, legal_now, machine_now
from sandbox.cast import ALL
from sandbox.eds import identity


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_every_demo_person_has_a_token_that_works(db: None, client: Client):
    told = json.loads(run("demo_tokens"))
    assert list(told) == [demo.login for demo in ALL]
    assert told["aigerim"]["role"] == "applicant"
    assert told["executor2"]["role"] == "executor"
    for login, facts in told.items():
        assert identity(facts["identity"]).iin == next(demo.iin for demo in ALL if demo.login == login)
        answer = client.get("/api/v1/applications/", headers={"Authorization": f"Token {facts['token']}"})
        assert answer.status_code == 200
    assert json.loads(run("demo_tokens")) == told


def test_the_clock_moves_and_comes_back(db: None):
    assert run("demo_clock", "2026-03-06T12:00+05:00").startswith("The legal clock says 2026-03-06T12:00:0")
    assert f"{legal_now():%Y-%m-%d %H:%M}" == "2026-03-06 12:00"
    run("demo_clock", "2026-03-06T12:00")
    assert f"{legal_now():%Y-%m-%d %H:%M}" == "2026-03-06 12:00"
    run("demo_clock", "--reset")
    assert abs((legal_now() - almaty(machine_now())).total_seconds()) < 5


@pytest.mark.parametrize(
    "words", [(), ("yesterday",), ("2026-03-06T12:00", "--reset"), ("1999-01-01T00:00",)]
)
def test_the_clock_refuses_in_one_line(db: None, words: tuple[str, ...]):
    before = legal_now()
    with pytest.raises(CommandError) as refused:
        run("demo_clock", *words)
    assert "\n" not in str(refused.value)
    assert (legal_now() - before).total_seconds() < 5


def test_both_are_for_the_demo_only(db: None, settings: Any):
    settings.DEMO = False
    for words in (("demo_tokens",), ("demo_clock", "--reset")):
        with pytest.raises(CommandError, match="demo only"):
            run(*words)
