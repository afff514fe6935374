"""A complaint through the pages: begun beside the refusal, filled in, signed; satisfied by executor and head."""

import base64

import pytest

from appeals.models import Complaint
from applications.models import Application
from casework.notices.models import Notice
from foundation.kernel.clock import legal_time
from sandbox.cast import key_of
from sandbox.complaints import CONTENTS, POSITION, SATISFACTION
from sandbox.eds import sign
from sandbox.suits import Suits
from tests.applications.stages import moment

pytestmark = pytest.mark.django_db


def on(text: str):
    return moment(f"2026-11-{text}")


def signed(client, complaint, action: str, login: str, at, **said):
    """What sign-form.js does: ask for the bytes, sign them, post the form with the CMS."""
    asked = client.post(
        f"/api/v1/complaints/{complaint.pk}/sign-request/",
        {"action": action, **said},
        content_type="application/json",
    )
    assert asked.status_code == 201, asked.content.decode()
    cms = sign(key_of(login), base64.b64decode(asked.json()["data_b64"]), at=at)
    page = f"/cabinet/complaints/{complaint.pk}/"
    form = {"sign_request": asked.json()["id"], "cms": cms, "back": page, "next": page, **said}
    return client.post(f"/complaints/{complaint.pk}/actions/{action}/", form)


def test_from_the_refusal_to_the_licence_by_the_pages(refused, quiet, signed_in):
    aigerim, executor, head = signed_in("aigerim"), signed_in("executor2"), signed_in("head")
    with legal_time(on("11T10:00")):
        case_page = aigerim.get(f"/cabinet/applications/{refused}/")
        assert f"/cabinet/complaints/new/{refused}/" in case_page.content.decode()
        new = aigerim.get(f"/cabinet/complaints/new/{refused}/")
        text = new.content.decode()
        assert "жаловаться можно по Ср 10.02.2027" in text
        act = new.context["rows"][0][0].act
        begun = aigerim.post(
            "/complaints/", {"subject": str(act.pk), "about": str(refused), "back": "/cabinet/"}
        )
        complaint = Complaint.objects.get()
        assert begun["Location"] == f"/cabinet/complaints/{complaint.pk}/"
        here = begun["Location"]
        early = aigerim.post(
            f"/api/v1/complaints/{complaint.pk}/sign-request/",
            {"action": "submit"},
            content_type="application/json",
        )
        assert (early.status_code, set(early.json()["errors"])) == (
            422,
            {"actual_address", "postal_address", "circumstances", "demands"},
        )
        saved = aigerim.post(
            f"/complaints/{complaint.pk}/draft/",
            {**CONTENTS, "addressee": "superior", "complained_of": "Комитет", "back": here, "next": here},
        )
        assert saved["Location"] == here
        assert CONTENTS["demands"] in aigerim.get(here).content.decode()
        signed(aigerim, complaint, "submit", "aigerim", on("11T10:00"))
        assert aigerim.get(here).context["complaint"].status == "registered"

    office = f"/admin/complaints/{complaint.pk}/"
    with legal_time(on("11T11:00")):
        chancery = signed_in("chancery")
        assert complaint.case.draft_no[:2] == "D-"
        assert office in chancery.get("/admin/complaints/").content.decode()
        assert "assign" in {offer.action.name for offer in chancery.get(office).context["page"].possible}
        chancery.post(
            f"/complaints/{complaint.pk}/actions/assign/",
            {"executor": str(quiet.people["executor2"].pk), "back": office, "next": office},
        )
    with legal_time(on("12T10:00")):
        page = executor.get(f"{office}acts/satisfy/")
        assert {"reasons_kk", "reasons_ru"} <= set(page.context["form"].fields)
        empty = executor.post(
            f"/complaints/{complaint.pk}/actions/satisfy/",
            {
                "reasons_kk": "",
                "reasons_ru": "Есть.",
                "form": f"satisfy:{complaint.pk}",
                "back": f"{office}acts/satisfy/",
            },
        )
        refused_page = executor.get(empty["Location"]).content.decode()
        assert "Есть." in refused_page  # what was typed is kept
        executor.post(
            f"/complaints/{complaint.pk}/actions/satisfy/", {**SATISFACTION, "back": office, "next": office}
        )
        head.post(f"/complaints/{complaint.pk}/actions/open_signing/", {"back": office, "next": office})
        signing = head.get(f"{office}acts/sign/")
        assert {row.kind for row, _title in signing.context["to_sign"]} == {
            "complaint_answer",
            "licence_form_4",
            "annex_form_6",
        }
        signed(head, complaint, "sign", "head", on("12T10:00"))
    assert Complaint.objects.get().status == "satisfied"
    assert Application.objects.get(pk=refused).status == "issued"


def test_a_stranger_sees_nothing_and_an_officer_cannot_write_it(refused, complaints, signed_in):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    with legal_time(on("11T11:00")):
        dana = signed_in("dana")
        assert dana.get(f"/cabinet/complaints/{complaint.pk}/").status_code == 404
        assert dana.get(f"/cabinet/complaints/new/{refused}/").status_code == 404
        assert dana.get(f"/api/v1/complaints/{complaint.pk}/").status_code == 404
        assert dana.get("/admin/complaints/").status_code in (302, 403)
        executor = signed_in("executor")
        assert executor.get(f"/cabinet/complaints/{complaint.pk}/")["Location"].startswith("/admin/")
        before = Complaint.objects.get()
        executor.post(f"/complaints/{complaint.pk}/actions/forward/", {**POSITION, "back": "/", "next": "/"})
        assert Complaint.objects.get().status == before.status == "registered"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_pages_answer_in_both_languages(refused, complaints, signed_in, language):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    draft = complaints.draft(refused, on("11T10:10"))
    with legal_time(on("11T11:00")):
        for who, path in (
            ("aigerim", f"/cabinet/complaints/{complaint.pk}/"),
            ("aigerim", f"/cabinet/complaints/{draft.pk}/"),
            ("aigerim", f"/cabinet/complaints/{complaint.pk}/acts/withdraw/"),
            ("aigerim", "/cabinet/"),
            ("chancery", f"/admin/complaints/{complaint.pk}/acts/forward/"),
            ("head", f"/admin/complaints/{complaint.pk}/"),
        ):
            answer = signed_in(who, language).get(path)
            assert answer.status_code == 200, path
            assert f'lang="{language}"' in answer.content.decode()


def test_lists_and_messages_lead_to_the_complaint(refused, complaints, signed_in, quiet):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    complaints.assign(complaint.pk, on("11T10:30"), to="executor2")
    quiet.pass_time(on("11T10:40"))
    page = f"/admin/complaints/{complaint.pk}/"
    with legal_time(on("11T11:00")):
        supervisor, executor = signed_in("supervisor"), signed_in("executor")
        board = supervisor.get("/admin/dashboard/").content.decode()
        assert "form=complaint" in board
        owed = supervisor.get("/admin/dashboard/terms/?form=complaint")
        assert [line["case"].pk for line in owed.context["lines"]] == [complaint.pk]
        assert f'href="{page}"' in owed.content.decode()
        every = supervisor.get("/admin/complaints/").content.decode()
        assert "Удовлетворить полностью или направить вместе с делом (п. 20 Правил)" in every
        assert (
            page in supervisor.get("/admin/complaints/", {"q": complaint.case.incoming_no}).content.decode()
        )
        nothing = supervisor.get("/admin/complaints/", {"q": "KZ-none"}).content.decode()
        assert "По этому запросу открытых жалоб нет." in nothing
        assert page not in executor.get("/admin/complaints/?mine=1").content.decode()
        assert page in signed_in("executor2").get("/admin/complaints/?mine=1").content.decode()
        notice = Notice.objects.filter(message__case=complaint.case, person__login="aigerim").first()
        assert notice is not None
        told = signed_in("aigerim").get(f"/cabinet/messages/{notice.pk}/").content.decode()
        assert f'href="/cabinet/complaints/{complaint.pk}/"' in told


def test_the_page_of_assignment_offers_only_who_may_get_it_and_proposes_one(
    refused, complaints, signed_in, quiet
):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    page = f"/admin/complaints/{complaint.pk}/acts/assign/"
    with legal_time(on("11T11:00")):
        field = signed_in("chancery").get(page).context["form"].fields["executor"]
        offered = dict(field.choices)
        assert str(quiet.people["superior"].pk) not in offered  # the complaint has not come to that body
        assert {str(quiet.people[login].pk) for login in ("executor", "executor2")} < set(offered)
        assert quiet.people["executor2"].full_name in field.help_text  # the other one has waited less
    complaints.forward(complaint.pk, on("12T10:00"))
    complaints.open_and_sign(complaint.pk, on("12T11:00"), who="head2")
    with legal_time(on("12T12:00")):
        offered = dict(signed_in("chancery").get(page).context["form"].fields["executor"].choices)
        assert str(quiet.people["superior"].pk) in offered
        assert str(quiet.people["executor2"].pk) not in offered


def test_a_suit_on_the_same_matter_is_seen_beside_the_complaint(refused, complaints, quiet, signed_in):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    pages = {
        "executor": f"/admin/complaints/{complaint.pk}/",
        "aigerim": f"/cabinet/complaints/{complaint.pk}/",
    }

    def seen() -> dict[str, str]:
        with legal_time(on("12T10:00")):
            return {who: signed_in(who).get(path).content.decode() for who, path in pages.items()}

    assert not any("7194-26" in page for page in seen().values())
    Suits(quiet).record(refused, on("12T09:50"), number="7194-26")
    after = seen()
    assert "7194-26" in after["executor"]
    assert "7194-26" in after["aigerim"]
    assert "статья 95 АППК" in after["executor"]
    assert "статья 95 АППК" not in after["aigerim"]
