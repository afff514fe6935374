"""A case walked through the pages: what each form posts, what is kept of a refused one, who else did what meanwhile."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from applications.models import Finding
from casework.cases.models import Case
from casework.decisions.models import SignRequest
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from licenses.models import Licence
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from tests.desks.officer.conftest import NOW, act_url, page


@pytest.fixture
def case(played, play):
    return played[0]


def hidden(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts an act."""
    form = re.search(rf'<form[^>]*action="[^"]*{action}/".*?</form>', html, re.DOTALL)
    assert form, action
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def press(client: Client, application_id: Any, action: str, from_page: str, **said: Any) -> Any:
    """Open a page and send its form."""
    fields = hidden(client.get(page(application_id, from_page)).content.decode(), f"actions/{action}")
    fields.pop("csrfmiddlewaretoken", None)
    return client.post(act_url(application_id, action), {**fields, **said}, follow=True)


def sign_on(client: Client, application_id: Any, action: str, who: str, from_page: str, **params: Any) -> Any:
    """What sign-form.js does: ask for the bytes with the form's fields, sign them, send the form."""
    asked = client.post(
        f"/api/v1/applications/{application_id}/sign-request/",
        json.dumps({"action": action, **params}),
        content_type="application/json",
    )
    assert asked.status_code == 201, asked.content
    request = SignRequest.objects.get(pk=asked.json()["id"])
    cms = sandbox_sign(key_of(who), bytes(request.manifest), at=NOW)
    return press(client, application_id, action, from_page, sign_request=str(request.pk), cms=cms)


def test_from_findings_to_a_signed_licence(case, play, signed_in):
    executor, head = signed_in("executor"), signed_in("head")
    html = executor.get(page(case, "evidence/")).content.decode()
    while "no finding yet" in html:
        evidence = re.search(r'action="(/applications/[^"]+/finding/)"', html)[1]
        fields = hidden(html, "finding")
        html = executor.post(
            evidence, {**fields, "result": "meets", "reason": "Соответствует."}, follow=True
        ).content.decode()
    bad = play.fresh(case).evidence.get(requirement="I-1")
    html = executor.get(page(case, f"evidence/?piece={bad.pk}")).content.decode()
    executor.post(
        re.search(r'action="(/applications/[^"]+/finding/)"', html)[1],
        {**hidden(html, "finding"), "result": "meets", "reason": "Адрес есть в приложении."},
    )
    html = executor.post(
        f"/applications/{case}/payment/", {"back": page(case), "next": page(case)}, follow=True
    ).content.decode()
    assert "is found and kept" in html
    press(
        executor,
        case,
        "prepare_issue",
        "acts/prepare_issue/",
        no_court_act_note="По банку актов запретов нет.",
    )
    assert Case.objects.get(pk=case).status_code == "signing"
    html = press(head, case, "open_signing", "acts/sign/").content.decode()
    frames = re.findall(r'<iframe src="(/documents/[^?]+)\?preview', html)
    assert len(frames) == 4  # licence and its one annex, Kazakh and Russian
    assert all(head.get(frame).status_code == 200 for frame in frames)
    assert all(executor.get(frame).status_code == 403 for frame in frames)
    html = sign_on(head, case, "sign", "head", "acts/sign/").content.decode()
    assert "Done:" in html
    assert Case.objects.get(pk=case).status_code == "issued"
    assert Licence.objects.get().case_id == case


def test_a_refused_form_keeps_what_was_typed(case, play, signed_in):
    executor = signed_in("executor")
    play.find(case, NOW)
    facts = Fact.objects.count()
    html = press(
        executor, case, "prepare_issue", "acts/prepare_issue/", no_court_act_note=" "
    ).content.decode()
    assert "Write it in a sentence." in html
    assert 'class="error-summary"' in html
    html = press(
        executor,
        case,
        "discontinue",
        "acts/discontinue/",
        reason="died",
        facts_kk="Қайтыс болды.",
        facts_ru="",
    ).content.decode()
    assert "Қайтыс болды." in html
    assert '<option value="died" selected>' in html
    assert "Write it in Kazakh and in Russian." in html
    assert (Case.objects.get(pk=case).status_code, Fact.objects.count()) == ("review", facts)


def test_a_finding_without_a_reason_is_refused_and_kept(case, signed_in):
    executor = signed_in("executor")
    html = executor.get(page(case, "evidence/")).content.decode()
    url = re.search(r'action="(/applications/[^"]+/finding/)"', html)[1]
    before = Finding.objects.count()
    html = executor.post(
        url, {**hidden(html, "finding"), "result": "does_not_meet", "reason": " "}, follow=True
    ).content.decode()
    assert 'value="does_not_meet" checked' in html
    assert "Write why, in a sentence." in html
    for who in ("executor2", "head", "auditor"):
        signed_in(who).post(url, {"result": "meets", "reason": "Да."})
    assert signed_in("dana").post(url, {"result": "meets", "reason": "Да."}).status_code == 404
    assert Finding.objects.count() == before


def test_what_others_did_meanwhile_is_told(case, play, signed_in):
    executor = signed_in("executor")
    fields = hidden(executor.get(page(case, "acts/discontinue/")).content.decode(), "discontinue")
    play.assign(case, NOW, executor="executor2")
    play.assign(case, NOW, executor="executor")
    said = {**fields, "reason": "died", "facts_kk": "Иә.", "facts_ru": "Да."}
    html = executor.post(act_url(case, "discontinue"), said, follow=True).content.decode()
    assert "The case changed since you opened it" in html
    assert "executor assigned – Сапарова Гүлнар Ермекқызы" in html
    assert "Иә." in html
    assert Case.objects.get(pk=case).status_code == "review"
    fields = hidden(executor.get(page(case, "acts/discontinue/")).content.decode(), "discontinue")
    executor.post(act_url(case, "discontinue"), {**said, **fields})
    assert Case.objects.get(pk=case).status_code == "signing"


def test_hearing_and_refusal_by_the_pages(case, play, signed_in):
    executor = signed_in("executor")
    html = executor.get(page(case, "acts/notify_hearing/")).content.decode()
    assert 'id="ground-2" data-ground-code value="3" checked' in html  # by the finding on I-1
    assert 'data-ground-entry value="I-1" checked' in html
    ground = {
        "code": "3",
        "entries": ["I-1"],
        "facts_kk": "Мекенжай жоқ (I-1).",
        "facts_ru": "Нет адреса (I-1).",
    }
    refused = executor.post(
        f"/api/v1/applications/{case}/sign-request/",
        json.dumps({"action": "notify_hearing", "params": {"grounds": [ground]}}),
        content_type="application/json",
    )
    assert list(refused.json()["errors"]) == ["grounds.0.evidence"]
    [file] = re.findall(r'data-ground-file value="([0-9a-f-]+)" checked', html)  # the one that does not meet
    ground["evidence"] = [f"{file}#1"]
    sign_on(
        executor, case, "notify_hearing", "executor", "acts/notify_hearing/", grounds=json.dumps([ground])
    )
    assert Case.objects.get(pk=case).status_code == "hearing"
    html = executor.get(page(case)).content.decode()
    assert "Wed 25.11.2026" in html  # the applicant's last day, until 24:00
    assert "Нет адреса (I-1)." in html or "Мекенжай жоқ (I-1)." in html
    with legal_time(NOW.replace(day=26)):
        press(executor, case, "record_hearing", "")
        assert Case.objects.get(pk=case).status_code == "heard"
        html = executor.get(page(case, "acts/prepare_refusal/")).content.decode()
        assert html.count("data-ground>") == 1  # grounds of the notice only
        said = {
            "grounds[0]code": "3",
            "grounds[0]entries": ["I-1"],
            "grounds[0]evidence": [file],
            f"grounds[0]page-{file}": "1",
            "grounds[0]facts_kk": "Мекенжай жоқ (I-1).",
            "grounds[0]facts_ru": "Нет адреса (I-1).",
            "grounds[0]assessment_kk": "Жауап берілмеді (I-1).",
            "grounds[0]assessment_ru": "",
        }
        html = press(executor, case, "prepare_refusal", "acts/prepare_refusal/", **said).content.decode()
        assert "Жауап берілмеді (I-1)." in html
        assert html.count("field--invalid") == 1
        assert Case.objects.get(pk=case).status_code == "heard"
        said["grounds[0]assessment_ru"] = "Ответа не было (I-1)."
        press(executor, case, "prepare_refusal", "acts/prepare_refusal/", **said)
        assert Case.objects.get(pk=case).status_code == "signing"
        sign_page = signed_in("head").get(page(case, "acts/sign/")).content.decode()
        assert "Ответа не было (I-1)." in sign_page


def test_sent_back_with_a_reason(case, play, signed_in):
    play.find(case, NOW)
    play.prepare_issue(case, NOW)
    head = signed_in("head")
    html = press(head, case, "send_back", "acts/sign/", reason=" ").content.decode()
    assert "Write it in a sentence." in html
    assert Case.objects.get(pk=case).status_code == "signing"
    html = press(
        head, case, "send_back", "acts/sign/", reason="Уточните, где искали судебные акты."
    ).content.decode()
    assert "Уточните, где искали судебные акты." in html
    assert Case.objects.get(pk=case).status_code == "review"


def test_unfit_signing_pages_lead_away(case, signed_in):
    assert signed_in("head").get(page(case, "acts/sign/")).status_code == 404  # nothing waits for a signature
    response = signed_in("head").get(page(case, "acts/open_signing/"))
    assert (response.status_code, response["Location"]) == (302, page(case, "acts/sign/"))


def test_registers_and_payment_are_the_executors(case, play, signed_in):
    answers = play.fresh(case).register_answers
    before = answers.count()
    play.fresh(case).payments.all().delete()
    for who in ("executor2", "head", "auditor"):
        signed_in(who).post(f"/applications/{case}/registers/", {"back": page(case), "next": page(case)})
        signed_in(who).post(f"/applications/{case}/payment/", {"back": page(case), "next": page(case)})
    assert answers.count() == before
    assert not play.fresh(case).payments.exists()
    html = (
        signed_in("executor")
        .post(f"/applications/{case}/registers/", {"back": page(case), "next": page(case)}, follow=True)
        .content.decode()
    )
    assert "The registers answered" in html
    assert answers.count() == before + 2
    signed_in("executor").post(f"/applications/{case}/payment/", {"back": page(case), "next": page(case)})
    assert play.fresh(case).payments.get().amount == 8650000
