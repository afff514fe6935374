"""Form 1 from draft to signed licence by HTTP only, signed through the sandbox signer's door."""

import json
from io import BytesIO

from foundation.kernel.clock import legal_time
from sandbox.cast import COMPANY_BIN
from sandbox.papers import evidence_pdf
from tests.api.conftest import moment

CENTRE = {
    "address": {"region": "35", "city": "Екібастұз", "street": "Өнеркәсіп көшесі", "house": "7/1"},
    "power_source": "single_purchaser",
    "grid_connected": True,
    "grid_connected_on": "2023-06-15",
}


def test_form_1_by_http(programs, play):
    aigerim, executor = programs["aigerim"], programs["executor"]
    with legal_time(moment("2026-11-02T10:00")):
        case = drafted(aigerim)
        attached(aigerim, case)
        filed = aigerim.signed(case, "submit")
        assert filed.status_code == 200, filed.content
        assert filed.json()["status"] == "completeness"
        assert filed.json()["incoming_no"] == "DM-2026-000001"
    play.deliver()
    with legal_time(moment("2026-11-02T12:00")):
        body = {"executor": "executor", "reason": "По кругу"}
        assert programs["chancery"].act(case, "assign", body).status_code == 200
    with legal_time(moment("2026-11-03T10:00")):
        assert executor.act(case, "accept").json()["status"] == "review"
        terms_are_shown(executor, case)
        found(executor, case)
        ready = executor.act(case, "prepare_issue", {"no_court_act_note": "Запретов не найдено."})
        assert ready.json()["status"] == "signing", ready.content
    with legal_time(moment("2026-11-04T10:00")):
        signed(programs["head"], case)
        play.deliver()
    with legal_time(moment("2026-11-04T10:30")):
        delivered(aigerim, case)


def drafted(aigerim):
    made = aigerim.post("applications/", {"form": "1", "party": COMPANY_BIN})
    assert made.status_code == 201, made.content
    codes = [row["code"] for row in made.json()["confirmations"]]
    assert len(codes) == 4
    changes = {
        "owns_hardware": True,
        "data_centers": [CENTRE],
        "phone": "+7 717 274 10 10",
        "confirmations": codes,
    }
    path = f"applications/{made.json()['id']}/"
    patched = aigerim.send("patch", path, changes, version=made.json()["version"])
    assert patched.status_code == 200, patched.content
    assert patched["ETag"] == f'"{patched.json()["version"]}"'
    assert len(patched.json()["data_centers"]) == 1
    return made.json()["id"]


def attached(aigerim, case):
    needed = aigerim.get(f"applications/{case}/completeness/").json()
    assert (needed["complete"], needed["form"]) == (False, {})
    for item in needed["items"]:
        if item["state"] == "not_required":
            assert item["why"]
            continue
        file = BytesIO(evidence_pdf(item["code"], item["title"]))
        file.name = f"{item['code']}.pdf"
        fields = {
            "requirement": item["code"],
            "issued_on": "2023-11-01",
            "particulars": json.dumps({"document_number": "12-К"}),
            "file": file,
            **({"data_center": item["data_center"]} if item["data_center"] else {}),
        }
        added = aigerim.upload(f"applications/{case}/evidence/", fields)
        assert added.status_code == 201, added.content
        assert added.json()["file"]["scan_state"] in ("clean", "waiting")
    assert aigerim.get(f"applications/{case}/completeness/").json()["complete"] is True


def terms_are_shown(executor, case):
    shown = executor.get(f"applications/{case}/").json()
    assert [(t["code"], t["due_on"], t["days_left"]) for t in shown["terms"]] == [
        ("completeness", "2026-11-04", None),
        ("service", "2026-11-23", 14),
        ("hearing_notice", "2026-11-18", 11),
        ("review", "2026-11-20", 13),
    ]
    explained = executor.get(shown["terms"][1]["explanation"]).json()
    assert explained["days"][-1]["date"] == "2026-11-23"
    assert sum(day["counted"] for day in explained["days"]) == 15


def found(executor, case):
    for row in executor.get(f"applications/{case}/").json()["evidence"]:
        version = executor.version(case)
        finding = {"result": "meets", "reason": "Документ соответствует требованию."}
        path = f"applications/{case}/evidence/{row['id']}/finding/"
        made = executor.send("put", path, finding, version=version)
        assert made.status_code == 200, made.content
        assert made.json()["version"] == version + 1


def signed(head, case):
    assert head.act(case, "open_signing").status_code == 200
    asked = head.ask(case, "sign")
    assert asked.status_code == 201, asked.content
    assert asked.json()["purpose"] == "application.sign"
    body = {"sign_request": asked.json()["id"], "cms": head.cms(asked.json()["data_b64"])}
    version = head.version(case)
    done = head.act(case, "sign", body, key="sign-1", version=version)
    assert done.status_code == 200, done.content
    assert done.json()["status"] == "issued"
    again = head.act(case, "sign", body, key="sign-1", version=version)
    assert (again.status_code, again.json()) == (200, done.json())


def delivered(aigerim, case):
    final = aigerim.get(f"applications/{case}/").json()
    kinds = {(row["kind"], row["language"]) for row in final["documents"]}
    assert {("licence_form_4", "kk"), ("licence_form_4", "ru"), ("annex_form_6", "kk")} <= kinds
    assert aigerim.get(final["documents"][0]["url"]).content[:5] == b"%PDF-"
    timeline = aigerim.get(f"applications/{case}/timeline/").json()["results"]
    assert [row["kind"] for row in timeline][:3] == [
        "application.drafted",
        "application.submitted",
        "application.registered",
    ]
    assert len(aigerim.get("licenses/").json()["results"]) == 1
