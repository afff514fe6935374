"""What people type is text and nothing else: on pages, in documents and in letters, for each of the four forms."""

import re
from typing import Any

import pypdfium2
import pytest

from applications import services
from casework.documents.models import OfficialDocument
from casework.documents.selectors.outgoing import sealed_bytes
from casework.notices.models import Message
from foundation.kernel.clock import legal_time
from foundation.kernel.plain_text import one_line
from foundation.kernel.refusals import BadInput
from sandbox.four_forms import WHO, drafted
from sandbox.play import CENTRES, GROUNDS
from tests.applications.stages import (
    EXAMINED,
    NOTIFIED,
    RECORDED,
    REFUSAL_PREPARED,
    Stages,
    moment,
    perform,
)
from tests.desks.cabinet.test_wizard import url

EVIL = (
    "<script>alert(1)</script> {{ settings.SECRET_KEY }} {% load static %} <img src=http://127.0.0.1:1/a.png>"
    ' <i style="background:url(file:///etc/passwd)">'
)
TURNED = "Жол\u202eевтсйіл\u200f\x00\u2066 7"
LONG = "Ә" * 10_000


def changes(form: str) -> dict[str, Any]:
    """Evil wherever the form takes words."""
    address = {"region": "35", "city": "Теміртау", "street": EVIL, "house": TURNED, "free_text": EVIL}
    said: dict[str, Any] = {"address": address}
    if form == "2":
        said["data_centers"] = [{"address": address, "host_name": EVIL}]
    elif form == "1":
        said["data_centers"] = [{**CENTRES[1], "address": address}]
    else:
        name = {"name_kk": EVIL, "name_ru": EVIL}
        said["grounds"] = [
            {"code": f"{form}.1", "changed_on": "2026-11-20", **name},
            {"code": "9.6" if form == "9" else "10.4", "changed_on": "2026-11-20", "act": EVIL},
        ]
    return said


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


@pytest.mark.parametrize(
    "form", ["1", pytest.param("2", marks=pytest.mark.slow), "9", pytest.param("10", marks=pytest.mark.slow)]
)
def test_it_stays_text_everywhere(signed_in, play, now, form):
    who = WHO[form]
    draft = drafted(play, form, now)
    person = play.people[who]
    services.save_draft(draft.pk, changes=changes(form), person=person, at=now, version=None)
    client = signed_in(who, "ru")
    for step in ("party", "request", "centres", "evidence", "check", "sign"):
        harmless(client.get(url(draft, step)))
    play.file(draft.pk, now, who=who)
    play.deliver()
    play.assign(draft.pk, now)
    harmless(client.get(f"/cabinet/applications/{draft.pk}/"))
    harmless(client.get(f"/cabinet/applications/{draft.pk}/filed/"))
    desk = signed_in("executor", "ru")
    harmless(desk.get(f"/admin/cases/{draft.pk}/"))

    papers = OfficialDocument.objects.filter(case_id=draft.pk, kind__startswith="application_")
    assert papers.count() == 2  # laid out: the renderer refuses to fetch anything and would have failed
    for paper in papers:
        printed = text_of(sealed_bytes(paper.pk))
        assert "<script>alert(1)</script>" in printed
        assert "{{settings.SECRET_KEY}}" in printed
        assert "root:" not in printed
    assert not Message.objects.filter(case_id=draft.pk, text_ru__contains="\u202e").exists()


def test_words_of_officers_stay_text_everywhere(signed_in, play):
    """Facts, assessment, findings, reasons and the protocol's sentences, before the applicant, the head and on paper."""
    stages = Stages(play)
    case = stages.accepted()
    evil = {
        **GROUNDS[0],
        **{name: f"{GROUNDS[0][name]} {EVIL} {TURNED}" for name in GROUNDS[0] if name[-3:] in ("_kk", "_ru")},
    }
    for evidence in play.fresh(case).evidence.all():
        services.record_finding(
            case,
            evidence_id=evidence.pk,
            result="does_not_meet" if evidence.requirement == "I-1" else "meets",
            reason=EVIL + TURNED,
            person=play.people["executor"],
            at=moment(EXAMINED),
        )
    play.notify_hearing(case, moment(NOTIFIED), grounds=[evil])
    perform(play, "answer_hearing", case, moment("2026-11-06T10:00"), text=EVIL + TURNED, final=False)
    perform(play, "record_hearing", case, moment(RECORDED))
    perform(play, "prepare_refusal", case, moment(REFUSAL_PREPARED), grounds=[evil])
    perform(play, "send_back", case, moment("2026-11-10T11:30"), reason=EVIL + TURNED)
    perform(play, "prepare_refusal", case, moment("2026-11-10T11:40"), grounds=[evil])
    play.open_signing(case, moment("2026-11-10T12:00"))
    with legal_time(moment("2026-11-10T12:01")):
        for login, page in (
            ("aigerim", f"/cabinet/applications/{case}/"),
            ("aigerim", f"/cabinet/applications/{case}/hearing/"),
            ("executor", f"/admin/cases/{case}/"),
            ("executor", f"/admin/cases/{case}/evidence/"),
            ("executor", f"/admin/cases/{case}/history/"),
            ("head", f"/admin/cases/{case}/acts/sign/"),
        ):
            harmless(signed_in(login, "ru").get(page))
    play.sign(case, moment("2026-11-10T12:05"))
    play.pass_time(moment("2026-11-10T12:10"))
    with legal_time(moment("2026-11-10T12:11")):
        harmless(signed_in("aigerim", "ru").get(f"/cabinet/applications/{case}/"))
    papers = OfficialDocument.objects.filter(case_id=case, kind__in=("hearing_notice", "refusal_form_8"))
    assert papers.count() == 4
    for paper in papers:
        printed = text_of(sealed_bytes(paper.pk))
        assert "<script>alert(1)</script>" in printed
        assert "{{settings.SECRET_KEY}}" in printed
        assert "root:" not in printed


def harmless(response: Any) -> None:
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<img src=http://127" not in page
    assert "<i style" not in page
    assert "\u202e" not in page
    assert "\x00" not in page


@pytest.mark.parametrize("form", ["1", "2", "9", "10"])
def test_what_is_too_long_is_refused_by_its_field_and_nothing_is_stored(play, now, form):
    draft = play.draft(now, who=WHO[form], form=form, centres=())
    before = play.fresh(draft.pk).address
    said = changes(form)
    said["address"] = {**said["address"], "street": LONG}
    expected = {"address.street"}
    if "grounds" in said:
        said["grounds"][0]["name_kk"] = LONG
        expected.add(f"grounds.{form}.1.name_kk")
    if form == "2":
        said["data_centers"][0]["host_name"] = LONG
        expected.add("data_centers.0.host_name")
    with pytest.raises(BadInput) as refused:
        services.save_draft(draft.pk, changes=said, person=play.people[WHO[form]], at=now, version=None)
    assert set(refused.value.fields) == expected
    assert "10000" in str(refused.value.fields["address.street"][0])
    assert play.fresh(draft.pk).address == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (TURNED, "Жолевтсйіл 7"),
        ("  a \t b\nc ", "a b c"),
        (None, ""),
        ("Ә Ғ Қ Ң Ө Ұ Ү Һ І", "Ә Ғ Қ Ң Ө Ұ Ү Һ І"),
        ("и\u0306", "й"),
    ],
)
def test_hidden_characters_are_left_out(typed, kept):
    assert one_line(typed) == kept
