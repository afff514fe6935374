"""Proceedings over plain HTTP (api.md): a suspension by an executor, a request of the licensee, a court act."""

import io

import pytest

from foundation.accounts.models import Party
from foundation.kernel.clock import legal_time
from sandbox.cast import COMPANY_BIN
from sandbox.papers import evidence_pdf
from sandbox.proceedings import ASSESSED, SUSPENSION
from tests.api.conftest import moment
from tests.applications.conftest import without_layout
from tests.licenses.people import CENTRE, granted

__all__ = ["without_layout"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def number(play, without_layout):
    return granted(Party.objects.get(number=COMPANY_BIN), centres=[CENTRE, CENTRE]).number


def act(program, case, action, body=None):
    read = program.get(f"proceedings/{case}/").json()
    key = f"{action}-{read['version']}"
    return program.post(f"proceedings/{case}/actions/{action}/", body or {}, version=read["version"], key=key)


def signed(program, case, action, **params):
    asked = program.post(f"proceedings/{case}/sign-request/", {"action": action, "params": params})
    assert asked.status_code == 201, asked.content
    return act(
        program,
        case,
        action,
        {"sign_request": asked.json()["id"], "cms": program.cms(asked.json()["data_b64"])},
    )


def begun(program, number, **body):
    answer = program.post(f"licenses/{number}/proceedings/", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_suspended_by_commands_alone(programs, number):
    executor, head = programs["executor"], programs["head"]
    with legal_time(moment("2026-11-02T11:00")):
        case = begun(executor, number, kind="suspend", annexes=[])["id"]
    with legal_time(moment("2026-11-03T10:00")):
        assert signed(executor, case, "notify_hearing", **SUSPENSION).status_code == 200
    with legal_time(moment("2026-11-06T09:30")):
        assert act(executor, case, "record_hearing").json()["status"] == "heard"
        assert act(executor, case, "prepare", {"grounds": ASSESSED}).json()["status"] == "signing"
        assert act(head, case, "open_signing").status_code == 200
        assert signed(head, case, "sign").json()["status"] == "done"
        shown = programs["aigerim"].get(f"licenses/{number}/").json()
    assert (shown["standing"]["status"], shown["standing"]["until"]) == ("suspended", "2027-02-06")


def test_a_request_begins_as_a_draft_and_names_what_can_be_done(programs, number):
    aigerim = programs["aigerim"]
    with legal_time(moment("2026-11-02T11:00")):
        made = begun(aigerim, number, kind="suspend_on_request", annexes=["002"])
        offers = {row["action"]: row["possible"] for row in made["actions"]}
        assert (made["status"], made["annexes"], offers["submit"]) == ("draft", ["002"], True)
        assert programs["executor"].get(f"proceedings/{made['id']}/").status_code == 404
        assert signed(aigerim, made["id"], "submit", months=2).json()["status"] == "registered"
        read = programs["executor"].get(f"proceedings/{made['id']}/").json()
    assert (read["content"], read["incoming_no"]) == ({"months": 2}, "DM-2026-000001")
    assert [(row["code"], row["due_on"]) for row in read["terms"]] == [("proceeding", "2026-11-23")]
    listed = aigerim.get(f"licenses/{number}/proceedings/").json()["results"]
    assert [(row["kind"], row["status"]) for row in listed] == [("suspend_on_request", "registered")]


def test_a_court_act_with_its_scan_is_confirmed_by_the_head(programs, number):
    executor, head = programs["executor"], programs["head"]
    with legal_time(moment("2026-11-02T11:00")):
        case = begun(executor, number, kind="court_act")["id"]
        scan = executor.upload(
            f"proceedings/{case}/files/", {"file": _named("act.pdf", evidence_pdf("", "Решение суда"))}
        )
        assert scan.status_code == 201, scan.content
        said = {
            "outcome": "revoked",
            "court": "СМАС города Астаны",
            "number": "7194-26",
            "in_force_on": "2026-10-20",
            "scan_id": scan.json()["id"],
        }
        assert act(executor, case, "record_court_act", said).json()["status"] == "signing"
        assert signed(head, case, "confirm_court_act").json()["status"] == "done"
        public = programs["dana"].get(f"register/{number}/", as_of="2026-10-20").json()
    assert public["standing"]["status"] == "revoked"


def test_an_error_is_corrected_by_commands_alone(programs, number):
    aigerim, executor = programs["aigerim"], programs["executor"]
    named = [{"field": "holder_ru", "reads": "ТОО «Верное имя»"}]
    with legal_time(moment("2026-11-02T11:00")):
        stands = aigerim.get(f"licenses/{number}/").json()["holder"]["name_ru"]
        made = begun(aigerim, number, kind="correct", corrections=named)
        wanted = [{"annex": "", "field": "holder_ru", "stands": stands, "reads": "ТОО «Верное имя»"}]
        assert (made["status"], made["content"]["corrections"]) == ("draft", wanted)
        proof = {"file": _named("charter.pdf", evidence_pdf("", "Устав"))}
        assert aigerim.upload(f"proceedings/{made['id']}/files/", proof).status_code == 201
        assert signed(aigerim, made["id"], "submit", corrections=named).json()["status"] == "registered"
        assigned = act(programs["chancery"], made["id"], "assign", {"executor": "executor"})
        assert assigned.status_code == 200
        read = executor.get(f"proceedings/{made['id']}/").json()
        assert [(row["code"], row["due_on"]) for row in read["terms"]] == [("correction", "2026-11-04")]
        assert act(executor, made["id"], "prepare").json()["status"] == "signing"
        assert act(programs["head"], made["id"], "open_signing").status_code == 200
        assert signed(programs["head"], made["id"], "sign").json()["status"] == "done"
        card = programs["dana"].get(f"register/{number}/").json()
    assert (card["edition"], card["holder"]["name_ru"]) == (2, "ТОО «Верное имя»")
    assert [(row["edition"], row["superseded_by"], row["correction"]) for row in card["editions"]] == [
        (1, 2, False), (2, None, True)
    ]  # fmt: skip
    assert [row["edition"] for row in card["annexes"][0]["editions"]] == [1]


def test_a_correction_opened_by_the_executor_or_refused_to_the_licensee(programs, number):
    executor, head = programs["executor"], programs["head"]
    reasons = {"facts_kk": "Мекенжай дұрыс жазылған.", "facts_ru": "Адрес указан верно."}
    with legal_time(moment("2026-11-02T11:00")):
        asked = begun(programs["aigerim"], number, kind="correct", annexes=["001"])["id"]
        unnamed = programs["aigerim"].post(
            f"proceedings/{asked}/sign-request/", {"action": "submit", "params": {}}
        )
        assert (unnamed.status_code, list(unnamed.json()["errors"])) == (422, ["corrections"])
        source = [{"annex": "001", "field": "power_source", "reads": "off_grid_producer"}]
        assert signed(programs["aigerim"], asked, "submit", corrections=source).status_code == 200
        act(programs["chancery"], asked, "assign", {"executor": "executor"})
        own = begun(executor, number, kind="correct", annexes=["002"])
        assert (own["status"], own["by_licensee"]) == ("opened", False)
        wrong = act(executor, own["id"], "prepare", {"corrections": [{**source[0], "field": "nowhere"}]})
        assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["corrections"])
        named = {"corrections": [{**source[0], "annex": "002"}]}
        for case, command, body in ((own["id"], "prepare", named), (asked, "prepare_refusal", reasons)):
            assert act(executor, case, command, body).json()["status"] == "signing"
            assert act(head, case, "open_signing").status_code == 200
        ends = [signed(head, case, "sign").json()["status"] for case in (own["id"], asked)]
        card = programs["dana"].get(f"register/{number}/").json()
    assert ends == ["done", "refused"]
    assert {row["number"]: (row["edition"], row["power_source"]) for row in card["annexes"]} == {
        "001": (1, "single_purchaser"),
        "002": (2, "off_grid_producer"),
    }
    assert card["edition"] == 1


def test_what_is_not_theirs(programs, number):
    with legal_time(moment("2026-11-02T11:00")):
        case = begun(programs["executor"], number, kind="terminate_by_event")["id"]
        answers = {
            "stranger": programs["dana"].get(f"proceedings/{case}/").status_code,
            "wrong role": act(programs["aigerim"], case, "prepare").status_code,
            "no such step": act(programs["executor"], case, "file_suit").json()["code"],
            "kind": programs["aigerim"]
            .post(f"licenses/{number}/proceedings/", {"kind": "suspend"})
            .status_code,
        }
    assert answers == {"stranger": 404, "wrong role": 403, "no such step": "NOT_OF_THIS_KIND", "kind": 403}


def _named(name, content):
    stream = io.BytesIO(content)
    stream.name = name
    return stream
