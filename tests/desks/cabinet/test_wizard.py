"""The wizard: what is typed is kept, resumed, refused by field, and never lost; its list is the officer's list."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.completeness import report_for
from applications.models import Application, Evidence
from casework.deadlines.selectors import current_calendar_registration_day
from foundation.accounts.models import Party
from foundation.kernel.clock import legal_time
from sandbox.cast import ensure_places
from sandbox.papers import evidence_pdf

STEPS = ("party", "request", "centres", "evidence", "fee", "check", "sign")
INLINE = re.compile(rb"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.fixture
def draft(play, now):
    return play.draft(now)


@pytest.fixture
def aigerim(signed_in):
    return signed_in("aigerim")


def url(draft, step: str) -> str:
    return f"/cabinet/applications/{draft.pk}/{step}/"


def save(client, draft, step: str, *, accept: str = "text/html", **said):
    body = {
        "form": f"wizard.{step}:{draft.pk}",
        "back": url(draft, step),
        "next": f"/cabinet/applications/{draft.pk}/{{wizard_step}}/",
        **{name.replace("__", "."): value for name, value in said.items()},
    }
    return client.post(f"/applications/{draft.pk}/draft/", body, headers={"Accept": accept})


def fresh(draft) -> Application:
    return Application.objects.select_related("case").get(pk=draft.pk)


def test_every_step_opens_in_three_languages_and_carries_nothing_inline(signed_in, draft):
    for language in ("kk", "ru", "en"):
        aigerim = signed_in("aigerim", language)
        for step in STEPS:
            response = aigerim.get(url(draft, step))
            assert response.status_code == 200
            assert not INLINE.search(response.content), step


def test_no_step_asks_the_database_more_than_fifteen_times(
    aigerim, draft, django_assert_max_num_queries, play, now
):
    play.attach(draft, now)
    for step in STEPS:
        aigerim.get(url(draft, step))
        with django_assert_max_num_queries(15):
            aigerim.get(url(draft, step))


def test_a_new_draft_is_filled_in_from_the_party(aigerim, play):
    party = play.people["aigerim"].representations.get().party
    made = aigerim.post(
        "/applications/",
        {"party": str(party.pk), "next": "/cabinet/applications/{id}/party/", "back": "/cabinet/"},
    )
    application = Application.objects.get()
    assert made["Location"] == f"/cabinet/applications/{application.pk}/party/"
    page = aigerim.get(made["Location"]).content.decode()
    assert 'value="office@sandbox-mining.example"' in page
    assert '<option value="35" selected' in page


def test_a_step_is_saved_and_the_draft_resumes_where_it_was_left(aigerim, draft):
    saved = save(
        aigerim,
        draft,
        "request",
        owns_hardware="false",
        scope="licence",
        wizard_step="centres",
        version=str(fresh(draft).case.version),
    )
    assert saved["Location"] == url(draft, "centres")
    assert fresh(draft).owns_hardware is False
    assert aigerim.get(f"/cabinet/applications/{draft.pk}/")["Location"] == url(draft, "centres")
    assert b"Step 3 of 7" in aigerim.get("/cabinet/").content


def test_a_refused_step_keeps_everything_typed_names_the_field_and_stores_nothing(aigerim, draft):
    before = fresh(draft)
    refused = save(
        aigerim, draft, "party", email="no address", phone="+7 701 555 44 33", address__street="Жаңа көше"
    )
    assert refused["Location"] == url(draft, "party")
    assert (fresh(draft).email, fresh(draft).case.version) == (before.email, before.case.version)
    for _reload in range(2):
        page = aigerim.get(url(draft, "party")).content.decode()
        assert 'value="no address"' in page
        assert 'value="Жаңа көше"' in page
        assert '<a href="#id_email">E-mail: This is no e-mail address' in page
        assert 'aria-invalid="true"' in page
    save(aigerim, draft, "party", email="new@portal.example", phone="+7 701 555 44 33", wizard_step="party")
    page = aigerim.get(url(draft, "party")).content.decode()
    assert "no address" not in page
    assert fresh(draft).email == "new@portal.example"


def test_autosave_answers_in_json_and_names_what_it_refuses(aigerim, draft):
    version = fresh(draft).case.version
    good = save(
        aigerim, draft, "party", accept="application/json", email="a@portal.example", version=str(version)
    )
    assert good.json()["version"] == version + 1
    bad = save(aigerim, draft, "party", accept="application/json", email="a@", version=str(version + 1))
    assert bad.status_code == 422
    assert list(bad.json()["errors"]) == ["email"]


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen(aigerim, signed_in, draft):
    seen = str(fresh(draft).case.version)
    save(signed_in("bolat"), draft, "party", email="bolat@portal.example", version=seen)
    save(aigerim, draft, "party", email="aigerim@portal.example", version=seen)
    assert fresh(draft).email == "bolat@portal.example"
    assert 'value="aigerim@portal.example"' in aigerim.get(url(draft, "party")).content.decode()


def test_data_centres_are_added_and_removed_with_what_is_typed(aigerim, draft):
    first, second = draft.data_centres.all()
    typed = {
        "centres": "2",
        "data_centers.0.id": str(first.pk),
        "data_centers.0.power_source": "single_purchaser",
        "data_centers.1.id": str(second.pk),
        "data_centers.1.address.street": "Екінші көше",
        "data_centers.1.power_source": "off_grid_producer",
    }
    save(aigerim, draft, "centres", **typed, add="centre")
    assert draft.data_centres.count() == 3
    save(aigerim, draft, "centres", **typed, remove="0")
    assert [centre.pk for centre in draft.data_centres.all()] == [second.pk]
    assert draft.data_centres.get().address["street"] == "Екінші көше"


def test_a_fault_in_the_second_centre_stands_beside_its_field(aigerim, draft):
    first, second = draft.data_centres.all()
    save(
        aigerim,
        draft,
        "centres",
        **{
            "centres": "2",
            "data_centers.0.id": str(first.pk),
            "data_centers.1.id": str(second.pk),
            "data_centers.1.grid_connected_on": "31 февраля",
            "data_centers.1.address.house": "77",
        },
    )
    page = aigerim.get(url(draft, "centres")).content.decode()
    assert 'value="31 февраля"' in page
    assert 'value="77"' in page
    assert 'href="#id_data_centers.1.grid_connected_on"' in page


def test_the_list_of_documents_is_the_officers_report(aigerim, draft, play, now):
    play.attach(draft, now, leave_out=("I-2",))
    report = report_for(fresh(draft), current_calendar_registration_day(now))
    page = aigerim.get(url(draft, "evidence"))
    shown = [entry for place in page.context["page"].places for entry in place.asked]
    assert sorted((e.item.key, e.item.state) for e in shown) == sorted((i.key, i.state) for i in report.items)
    assert {e.item.key for e in shown if e.item.lacking} == {item.key for item in report.lacking}
    check = aigerim.get(url(draft, "check")).content.decode()
    assert "The executor would find the package incomplete" in check
    for item in report.lacking:
        assert f"#entry-{item.code}-{item.data_centre_id}" in check


def attach(client, draft, code, content, name="doc.pdf", **said):
    centre = draft.data_centres.first()
    body = {
        "form": f"evidence:{draft.pk}:{code}@{centre.pk}",
        "requirement": code,
        "data_center": str(centre.pk),
        "file": SimpleUploadedFile(name, content),
        "back": url(draft, "evidence"),
        "next": url(draft, "evidence"),
        **said,
    }
    return client.post(f"/applications/{draft.pk}/evidence/", body)


def test_a_file_is_attached_corrected_and_removed(aigerim, draft):
    attach(aigerim, draft, "I-5a", evidence_pdf("I-5a", "ТУ"), **{"particulars.permitted_mw": "0,5"})
    evidence = Evidence.objects.get()
    assert evidence.particulars == {"permitted_mw": "0.5"}
    page = aigerim.get(url(draft, "evidence")).content.decode()
    assert "Permitted power, MW: 0.5 &lt; 1" in page
    assert "The form of information also asks for: Number of the document, Substation voltage, kV" in page
    change = f"/applications/{draft.pk}/evidence/{evidence.pk}/"
    said = {"particulars.permitted_mw": "12", "issued_on": "2026-01-10", "next": url(draft, "evidence")}
    aigerim.post(change, said)
    assert Evidence.objects.get().particulars == {"permitted_mw": "12"}
    aigerim.post(f"{change}remove/", {"next": url(draft, "evidence")})
    assert not Evidence.objects.exists()


def test_a_refused_file_leaves_its_particulars_on_the_page(aigerim, draft):
    attach(aigerim, draft, "I-1", b"MZ\x90\x00 program", **{"particulars.document_number": "35-201"})
    assert not Evidence.objects.exists()
    page = aigerim.get(url(draft, "evidence")).content.decode()
    assert 'value="35-201"' in page
    assert "doc.pdf" in page


def test_after_hours_the_page_tells_the_day_that_counts(signed_in, draft, play, now):
    with legal_time(now.replace(hour=19)):
        page = signed_in("aigerim").get(url(draft, "check")).content.decode()
    assert "registered at 09:00 on Tue 24.11.2026" in page
    assert "Thu 26.11.2026, 18:30" in page
    assert "Tue 15.12.2026, 18:30" in page


def test_the_fee_is_derived_looked_up_and_kept(aigerim, draft):
    page = aigerim.get(url(draft, "fee")).content.decode()
    assert "2\u202f000 MRP × 4\u202f325 tenge = 8\u202f650\u202f000 tenge" in page
    assert "105402" in page
    aigerim.post(f"/applications/{draft.pk}/payment/", {"back": url(draft, "fee"), "next": url(draft, "fee")})
    assert b"The fee is paid" in aigerim.get(url(draft, "fee")).content


def test_a_draft_begins_from_an_earlier_application(aigerim, draft):
    aigerim.post("/applications/", {"copy_of": str(draft.pk), "next": "/cabinet/applications/{id}/party/"})
    copy = Application.objects.exclude(pk=draft.pk).get()
    assert [c.address for c in copy.data_centres.all()] == [c.address for c in draft.data_centres.all()]
    assert copy.confirmations.count() == 0
    assert copy.evidence.count() == 0


def test_a_draft_without_a_centre_claims_no_finished_documents(aigerim, play):
    party = play.people["aigerim"].representations.get().party
    aigerim.post("/applications/", {"party": str(party.pk), "next": "/cabinet/", "back": "/cabinet/"})
    made = Application.objects.get()
    page = aigerim.get(url(made, "party")).content.decode()
    evidence = page.split('value="evidence" class="wizard-track__step"')[1].split("</button>")[0]
    assert "something is still open" in evidence
    assert "this step is done" not in evidence


def test_what_the_check_names_stands_beside_its_field(aigerim, draft):
    centre = draft.data_centres.first()
    centre.grid_connected_on = date(2026, 12, 1)  # after the day of the clock
    centre.save()
    check = aigerim.get(url(draft, "check")).content.decode()
    target = "/centres/?faults#id_data_centers.0.grid_connected_on"
    assert target in check
    assert (
        "Confirmations" not in check.split('id="faults"')[1].split("</section>")[0]
    )  # their own step follows
    page = aigerim.get(f"{url(draft, 'centres')}?faults").content.decode()
    words = "This day lies in the future; choose “not yet” if the connection was not made."
    assert page.count(words) == 2  # in the summary and beside the field
    assert 'value="2026-12-01"' in page
    assert words not in aigerim.get(url(draft, "centres")).content.decode()


def test_confirming_too_little_stays_on_the_page_and_says_so(aigerim, draft):
    draft.confirmations.all().delete()
    here = url(draft, "sign")
    said = {"back": here, "next": f"{here}#signature", "confirmations": "1.contacts"}
    answer = aigerim.post(f"/applications/{draft.pk}/confirmations/", said, follow=True)
    assert answer.redirect_chain == [(here, 302)]
    assert "Tick each of the four confirmations of the form." in answer.content.decode()


def test_an_upload_refused_at_once_is_not_said_again_later(aigerim, draft):
    entry = {"form": f"evidence:{draft.pk}:I-2", "requirement": "I-2", "back": url(draft, "evidence")}
    answer = aigerim.post(
        f"/applications/{draft.pk}/evidence/", entry, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"file": ["Choose a file."]}
    assert "kept_input" not in aigerim.session
    aigerim.post(f"/applications/{draft.pk}/evidence/", entry)  # without JavaScript the next page says it
    assert f"evidence:{draft.pk}:I-2" in aigerim.session["kept_input"]


def test_a_colleague_drafts_but_cannot_sign(signed_in, draft, play, now):
    play.attach(draft, now)
    bolat = signed_in("bolat")
    page = bolat.get(url(draft, "sign")).content.decode()
    assert "You prepare this application; somebody else signs it" in page
    assert "Тестова Айгерім" in page
    assert "data-eds-sign" not in page
    asked = bolat.post(
        f"/api/v1/applications/{draft.pk}/sign-request/",
        {"action": "submit"},
        content_type="application/json",
    )
    assert asked.status_code == 403
    assert fresh(draft).status == "draft"


def test_a_stranger_finds_nothing(signed_in, draft):
    dana = signed_in("dana")
    before = fresh(draft).case.version
    for step in STEPS:
        assert dana.get(url(draft, step)).status_code == 404
    for page in ("", "withdraw/", "hearing/"):
        assert dana.get(f"/cabinet/applications/{draft.pk}/{page}").status_code == 404
    for door in (
        "draft",
        "confirmations",
        "evidence",
        "payment",
        "discard",
        "actions/submit",
        "actions/withdraw",
    ):
        assert (
            dana.post(f"/applications/{draft.pk}/{door}/", {"email": "d@portal.example"}).status_code == 404
        )
    assert dana.post("/applications/", {"copy_of": str(draft.pk)}).status_code == 404
    assert dana.post("/applications/", {"party": str(draft.case.party_id)}).status_code == 404
    assert fresh(draft).case.version == before
    assert Application.objects.count() == 1


def test_a_draft_is_thrown_away(aigerim, draft):
    aigerim.post(f"/applications/{draft.pk}/discard/", {"next": "/cabinet/"})
    assert aigerim.get(url(draft, "party")).status_code == 404
    assert draft.case.draft_no.encode() not in aigerim.get("/cabinet/").content


def test_places_of_the_official_list_are_offered_without_a_script(signed_in, play, now):
    ensure_places()
    draft = play.draft(now, centres=())
    client = signed_in("aigerim", "ru")
    save(
        client, draft, "party", wizard_step="party", address__region="35", address__district="Абайский район"
    )
    page = client.get(url(draft, "party")).content.decode()
    assert 'list="id_address.city_list"' in page
    assert '<datalist id="id_address.city_list">' in page
    assert '<option value="Темиртау">' in page
    assert '<option value="с.Сарепта">' in page
    assert "353200000 – Карагандинская область, Абайский район" in page
    assert "Предложить места этого региона" in page
    kazakh = signed_in("aigerim", "kk").get(url(draft, "party")).content.decode()
    assert '<option value="Теміртау">' in kazakh
    english = signed_in("aigerim", "en").get(url(draft, "party")).content.decode()
    assert "Karaganda Region" in english


CAUTIONED = ("party", "fee", "check", "sign")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("031241000109", "БИН принадлежит филиалу или представительству"),
        ("200952000009", "БИН принадлежит нерезиденту"),
        ("110463000001", ""),  # a joint entrepreneur may hold a licence
    ],
)
def test_who_may_not_hold_a_licence_is_warned_before_paying_and_files_all_the_same(
    signed_in, draft, play, number, said
):
    Party.objects.filter(pk=draft.case.party_id).update(number=number)
    client = signed_in("aigerim", "ru")
    for step in STEPS:
        page = client.get(url(draft, step)).content.decode()
        assert ("БИН принадлежит" in page and said in page) == bool(said and step in CAUTIONED)
    answer = client.get(
        f"/api/v1/applications/{draft.pk}/completeness/", headers={"Accept-Language": "ru"}
    ).json()
    assert [caution["title"] for caution in answer["cautions"]] == ([said] if said else [])


def test_a_second_case_for_the_same_data_centre_is_warned_about_never_blocked(aigerim, play, now):
    first = play.draft(now)
    play.attach(first, now)
    filed = play.file(first.pk, now)
    second = play.draft(now)
    page = aigerim.get(url(second, "check")).content.decode()
    assert "Another application for the same data centre is open" in page
    assert filed.case.incoming_no in page
    for centre in second.data_centres.all():
        centre.address = {**centre.address, "house": "999"}
        centre.save()
    assert "the same data centre is open" not in aigerim.get(url(second, "check")).content.decode()
