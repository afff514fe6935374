"""Bad input, each refused with what, why and what to do, in the person's language, with nothing changed (issue 2)."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest

from casework.cases.models import Case
from casework.decisions.models import Act, SignatureEvidence, SignRequest
from casework.documents.models import StoredFile
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from sandbox.cast import ALL, COMPANY_BIN, provider_bin
from sandbox.demo_cases import ONE_CENTRE
from sandbox.eds import issue_identity, revoke
from tests.api.conftest import Program, moment
from tests.applications.stages import UNTRUE

NOW = moment("2026-11-20T11:00")
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CYRILLIC = re.compile("[а-яА-ЯәғқңөұүһіӘҒҚҢӨҰҮҺІ]")


@dataclass
class Scene:
    """Aigerim's draft, complete but for what a test spoils, and her program."""

    case: str
    program: Program
    play: Any

    def version(self) -> int:
        return int(Case.objects.values_list("version", flat=True).get(pk=self.case))

    def request(self) -> dict[str, Any]:
        answer = self.program.ask(self.case, "submit")
        assert answer.status_code == 201, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def submit(self, request: dict[str, Any], cms: str, **kwargs: Any) -> Any:
        return self.program.act(self.case, "submit", {"sign_request": request["id"], "cms": cms}, **kwargs)

    def attach(self, name: str, content: bytes) -> Any:
        file = BytesIO(content)
        file.name = name
        fields = {"requirement": "I-1", "data_center": self.centre(), "file": file}
        return self.program.upload(f"applications/{self.case}/evidence/", fields)

    def centre(self) -> str:
        return str(self.play.fresh(self.case).data_centres.get().pk)


@pytest.fixture(params=["kk", "ru"])
def scene(play: Any, programs: dict[str, Program], request: Any) -> Any:
    draft = play.draft(NOW, centres=ONE_CENTRE)
    program = programs["aigerim"]
    program.language = request.param
    with legal_time(NOW):
        yield Scene(str(draft.pk), program, play)


def everything() -> dict[str, Any]:
    """What must be the same after a refusal."""
    return {
        "cases": sorted(Case.objects.values_list("pk", "status_code", "version", "incoming_no")),
        "facts": Fact.objects.count(),
        "signatures": SignatureEvidence.objects.count(),
        "signed": Act.objects.filter(state="signed").count(),
        "used": SignRequest.objects.filter(state="used").count(),
        "files": StoredFile.objects.count(),
    }


def refused(answer: Any, status: int, code: str, language: str, before: dict[str, Any]) -> dict[str, Any]:
    """A problem in the person's language that says what and what to do; nothing was changed."""
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer["Content-Language"] == language
    assert CYRILLIC.search(body["detail"]), body["detail"]
    assert body["title"]
    assert everything() == before
    return body


def aigerims(**facts: Any) -> dict[str, Any]:
    demo = next(demo for demo in ALL if demo.login == "aigerim")
    usual = {
        "iin": demo.iin,
        "common_name": "ТЕСТОВА АЙГЕРІМ",
        "surname": "ТЕСТОВА",
        "roles": {"ORGANIZATION", "HEAD"},
        "bin": COMPANY_BIN,
        "organization": "ТОО «Сандбокс Майнинг»",
    }
    return {**usual, **facts}


def expired() -> str:
    made = issue_identity("aigerim-expired", not_after=moment("2021-01-01T00:00"), **aigerims())
    return made.name


def revoked() -> str:
    made = issue_identity("aigerim-revoked", **aigerims())
    revoke(made.name, moment("2024-06-01T00:00"))
    return made.name


def sign_in_key() -> str:
    return issue_identity("aigerim-sign-in", sign=False, **aigerims()).name


def of_another_iin() -> str:
    return issue_identity("aigerim-wrong-iin", **aigerims(iin="001130500303")).name


def of_another_company() -> str:
    return issue_identity("aigerim-elsewhere", **aigerims(bin=provider_bin())).name


def of_dana() -> str:
    return "dana"


@pytest.mark.parametrize(
    ("identity", "status", "code"),
    [
        (of_another_iin, 403, "SIGNER_MISMATCH"),
        (of_another_company, 403, "SIGNER_MISMATCH"),
        (of_dana, 403, "SIGNER_MISMATCH"),
        (expired, 422, "CERT_EXPIRED"),
        (revoked, 422, "CERT_REVOKED"),
        (sign_in_key, 422, "WRONG_KEY_USAGE"),
    ],
)
def test_a_wrong_key(scene: Scene, identity: Callable[[], str], status: int, code: str):
    name = identity()
    asked = scene.request()
    before = everything()
    answer = scene.submit(asked, scene.program.cms(asked["data_b64"], name))
    refused(answer, status, code, scene.program.language, before)
    # nothing is lost: the same request still takes the right key
    assert scene.submit(asked, scene.program.cms(asked["data_b64"])).status_code == 200


def test_a_changed_byte(scene: Scene):
    asked = scene.request()
    data = bytearray(base64.b64decode(asked["data_b64"]))
    data[len(data) // 2] ^= 1
    before = everything()
    answer = scene.submit(asked, scene.program.cms(base64.b64encode(bytes(data)).decode()))
    refused(answer, 422, "DIGEST_MISMATCH", scene.program.language, before)


def test_a_replayed_sign_request(scene: Scene):
    asked = scene.request()
    cms = scene.program.cms(asked["data_b64"])
    assert scene.submit(asked, cms).status_code == 200
    before = everything()
    answer = scene.submit(asked, cms)
    refused(answer, 409, "CHALLENGE_USED", scene.program.language, before)


def test_a_replayed_sign_request_of_a_step_that_may_be_repeated(scene: Scene, programs: dict[str, Program]):
    play, executor = scene.play, programs["executor"]
    play.attach(play.fresh(scene.case), NOW)
    play.file(scene.case, NOW)
    play.assign(scene.case, NOW)
    play.accept(scene.case, NOW)
    executor.language = scene.program.language
    asked = executor.ask(scene.case, "notify_hearing", {"grounds": UNTRUE}).json()
    body = {"sign_request": asked["id"], "cms": executor.cms(asked["data_b64"])}
    assert executor.act(scene.case, "notify_hearing", body).json()["status"] == "hearing"
    before = everything()
    answer = executor.act(scene.case, "notify_hearing", body)
    refused(answer, 409, "CHALLENGE_USED", executor.language, before)


def test_a_request_whose_time_is_over(scene: Scene):
    asked = scene.request()
    cms = scene.program.cms(asked["data_b64"])
    before = everything()
    with legal_time(moment("2026-11-20T11:11")):
        answer = scene.submit(asked, cms)
    refused(answer, 409, "CHALLENGE_EXPIRED", scene.program.language, before)


def test_a_missing_confirmation(scene: Scene):
    draft = scene.program.get(f"applications/{scene.case}/").json()
    codes = [row["code"] for row in draft["confirmations"]]
    path = f"applications/{scene.case}/"
    changed = scene.program.send("patch", path, {"confirmations": codes[1:]}, version=draft["version"])
    assert changed.status_code == 200
    before = everything()
    body = refused(
        scene.program.ask(scene.case, "submit"), 422, "FORM_INCOMPLETE", scene.program.language, before
    )
    assert list(body["errors"]) == ["confirmations"]
    assert CYRILLIC.search(body["errors"]["confirmations"][0])
    assert body["citation"]
    assert body["advice"]


def test_an_exe_renamed_to_pdf(scene: Scene):
    before = everything()
    answer = scene.attach("Выписка.pdf", b"MZ\x90\x00" + b"\x00" * 512)
    body = refused(answer, 422, "FILE_TYPE", scene.program.language, before)
    assert "Выписка.pdf" in body["detail"]
    assert body["advice"]


def test_eicar(scene: Scene):
    before = everything()
    answer = scene.attach("Выписка.pdf", EICAR)
    body = refused(answer, 422, "FILE_INFECTED", scene.program.language, before)
    assert body["advice"]


def test_a_wrong_number_of_the_applicant(scene: Scene):
    before = everything()
    answer = scene.program.post("applications/", {"form": "1", "party": "900101300008"})
    body = refused(answer, 422, "BAD_INPUT", scene.program.language, before)
    assert "900101300008" in body["detail"]
    assert list(body["errors"]) == ["party"]
    assert body["advice"]


def test_a_sound_number_of_somebody_else(scene: Scene):
    before = everything()
    stranger = next(demo for demo in ALL if demo.login == "dana")
    answer = scene.program.post("applications/", {"form": "1", "party": stranger.iin})
    assert refused(answer, 404, "NOT_FOUND", scene.program.language, before)["advice"]


def test_a_stale_version_tells_who_changed_what(scene: Scene, programs: dict[str, Program]):
    old = scene.version()
    asked = scene.request()
    assert scene.submit(asked, scene.program.cms(asked["data_b64"])).status_code == 200
    chancery = programs["chancery"]
    assert chancery.act(scene.case, "assign", {"executor": "executor"}).status_code == 200
    before = everything()
    answer = scene.program.post(
        f"applications/{scene.case}/actions/withdraw/",
        {"sign_request": asked["id"], "cms": "-----BEGIN CMS-----"},
        version=old,
    )
    body = refused(answer, 409, "STALE_VERSION", scene.program.language, before)
    assert (body["your_version"], body["current_version"]) == (old, scene.version())
    kinds = [change["kind"] for change in body["changes"]]
    assert kinds == ["application.assigned", "application.registered", "application.submitted"]
    first = body["changes"][0]
    assert CYRILLIC.search(first["what"])
    # the applicant reads the role, an officer the name
    assert "Сапарова" not in first["who"]
    assert CYRILLIC.search(first["who"])
    told = programs["executor"].post(f"applications/{scene.case}/actions/accept/", {}, version=old).json()
    assert told["changes"][0]["who"] == "Сапарова Гүлнар Ермекқызы"


def test_the_same_key_twice(scene: Scene):
    asked = scene.request()
    body = {"sign_request": asked["id"], "cms": scene.program.cms(asked["data_b64"])}
    version = scene.version()
    first = scene.program.act(scene.case, "submit", body, key="once", version=version)
    assert first.status_code == 200
    before = everything()
    again = scene.program.act(scene.case, "submit", body, key="once", version=version)
    assert (again.status_code, again.json()) == (200, first.json())
    assert everything() == before
    other = scene.program.act(scene.case, "submit", {**body, "cms": "x"}, key="once", version=version)
    refused(other, 422, "IDEMPOTENCY_KEY_REUSED", scene.program.language, before)


def test_a_filing_without_a_key(scene: Scene):
    before = everything()
    answer = scene.program.post(f"applications/{scene.case}/actions/submit/", {}, version=scene.version())
    refused(answer, 422, "IDEMPOTENCY_KEY_REQUIRED", scene.program.language, before)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"email": "nobody"}, "email"),
        ({"phone": "+7 600 123"}, "phone"),
        ({"data_centers": [{"power_source": "sun"}]}, "data_centers.0.power_source"),
        ({"data_centers": "one"}, "data_centers"),
        ({"confirmations": ["everything"]}, "confirmations"),
        ({"status": "issued"}, "status"),
    ],
)
def test_a_wrong_value_in_a_draft(scene: Scene, changes: dict[str, Any], where: str):
    before = everything()
    stored = scene.play.fresh(scene.case)
    answer = scene.program.send("patch", f"applications/{scene.case}/", changes, version=scene.version())
    body = refused(answer, 422, "BAD_INPUT", scene.program.language, before)
    assert list(body["errors"]) == [where]
    after = scene.play.fresh(scene.case)
    assert (after.email, after.phone) == (stored.email, stored.phone)


def test_a_body_that_lacks_a_field(scene: Scene):
    before = everything()
    answer = scene.program.act(scene.case, "submit", {"cms": "-----BEGIN CMS-----"})
    body = refused(answer, 422, "BAD_INPUT", scene.program.language, before)
    assert list(body["errors"]) == ["sign_request"]
    assert CYRILLIC.search(body["errors"]["sign_request"][0])
