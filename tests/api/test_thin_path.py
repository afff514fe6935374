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
    aigerim, chancery = programs["aigerim"], programs["chancery"]
    executor, head = programs["executor"], programs["head"]
    with legal_time(moment("2026-11-02T10:00")):
        made = aigerim.post("applications/", {"form": "1", "party": COMPANY_BIN})
        assert made.status_code == 201, made.content
        case = made.json()["id"]
        codes = [row["code"] for row in made.json()["confirmations"]]
        assert len(codes) == 4
        changes = {
            "owns_hardware": True,
            "data_centers": [CENTRE],
            "phone": "+7 717 274 10 10",
            "confirmations": codes,
        }
        patched = aigerim.send("patch", f"applications/{case}/", changes, version=made.json()["version"])
        assert patched.status_code == 200, patched.content
        centre = patched.json()["data_centers"][0]["id"]

        needed = aigerim.get(f"applications/{case}/completeness/").json()
        assert needed["complete"] is False
        assert needed["form"] == {}
        for item in needed["items"]:
            if item["state"] == "not_required":
                continue
            fields = {
                "requirement": item["code"],
                "issued_on": "2023-11-01",
                "particulars": json.dumps({"document_number": "12-К"}),
                "file": BytesIO(evidence_pdf(item["code"], item["title"])),
            }
            fields["file"].name = f"{item['code']}.pdf"
            if item["data_center"]:
                assert item["data_center"] == centre
                fields["data_center"] = centre
            added = aigerim.upload(f"applications/{case}/evidence/", fields)
            assert added.status_code == 201, added.content
            assert added.json()["file"]["scan_state"] in ("clean", "waiting")
        assert aigerim.get(f"applications/{case}/completeness/").json()["complete"] is True

        filed = aigerim.signed(case, "submit")
        assert filed.status_code == 200, filed.content
        assert filed.json()["status"] == "completeness"
        assert filed.json()["incoming_no"] == "DM-2026-000001"
    play.deliver()
    with legal_time(moment("2026-11-02T12:00")):
        assert chancery.act(case, "assign", {"executor": "executor", "reason": "По кругу"}).status_code == 200
    with legal_time(moment("2026-11-03T10:00")):
        assert executor.act(case, "accept").json()["status"] == "review"
        shown = executor.get(f"applications/{case}/").json()
        assert [(t["code"], t["due_on"], t["days_left"]) for t in shown["terms"]] == [
            ("completeness", "2026-11-04", None),
            ("service", "2026-11-23", 14),
            ("hearing_notice", "2026-11-18", 11),
            ("review", "2026-11-20", 13),
        ]
        explained = executor.get(shown["terms"][1]["explanation"]).json()
        assert explained["days"][-1]["date"] == "2026-11-23"
        for row in shown["evidence"]:
            version = executor.version(case)
            finding = {"result": "meets", "reason": "Документ соответствует требованию."}
            found = executor.send(
                "put", f"applications/{case}/evidence/{row['id']}/finding/", finding, version=version
            )
            assert found.status_code == 200, found.content
            assert found.json()["version"] == version + 1
        ready = executor.act(case, "prepare_issue", {"no_court_act_note": "Запретов не найдено."})
        assert ready.json()["status"] == "signing", ready.content
    with legal_time(moment("2026-11-04T10:00")):
        assert head.act(case, "open_signing").status_code == 200
        asked = head.ask(case, "sign")
        assert asked.status_code == 201, asked.content
        assert asked.json()["purpose"] == "application.sign"
        body = {"sign_request": asked.json()["id"], "cms": head.cms(asked.json()["data_b64"])}
        version = head.version(case)
        signed = head.act(case, "sign", body, key="sign-1", version=version)
        assert signed.status_code == 200, signed.content
        assert signed.json()["status"] == "issued"
        again = head.act(case, "sign", body, key="sign-1", version=version)
        assert (again.status_code, again.json()) == (200, signed.json())
        play.deliver()
        final = aigerim.get(f"applications/{case}/").json()
    with legal_time(moment("2026-11-04T10:30")):
        kinds = {(row["kind"], row["language"]) for row in final["documents"]}
        assert {("licence_form_4", "kk"), ("licence_form_4", "ru"), ("annex_form_6", "kk")} <= kinds
        pdf = aigerim.get(final["documents"][0]["url"])
        assert pdf.content[:5] == b"%PDF-"
        timeline = aigerim.get(f"applications/{case}/timeline/").json()["results"]
        assert [row["kind"] for row in timeline][:3] == [
            "application.drafted",
            "application.submitted",
            "application.registered",
        ]
        licences = aigerim.get("licenses/").json()["results"]
        assert len(licences) == 1
