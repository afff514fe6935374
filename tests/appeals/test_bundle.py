"""A forwarded complaint carries the administrative case: one ZIP with the covering letter, for who considers it."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from appeals.models import Complaint
from casework.decisions.models import Act
from casework.documents.models import OfficialDocument, StoredFile
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from sandbox.complaints import Complaints
from tests.applications.stages import QuietPlay, Stages, moment
from tests.applications.test_bundle import checked
from tests.journeys.printed import text_of

pytestmark = pytest.mark.django_db


def on(text: str):
    return moment(f"2026-11-{text}")


def answer(client, play, who, complaint: Complaint, at="12T12:00"):
    client.force_login(play.people[who])
    with legal_time(on(at)):
        return client.get(reverse("appeals-api:bundle", args=[complaint.pk]))


def test_the_body_takes_letter_and_case_along_and_it_is_recorded(play, client, tmp_path):
    """Rules 20, APPC 91(4): nothing of it before the letter is signed; then documents, files, both journals."""
    play.__class__ = QuietPlay
    complaints = Complaints(play)
    refused = Stages(play).refused()
    play.pass_time(on("10T12:10"))
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    assert answer(client, play, "superior", complaint, "11T11:00").status_code == 404
    complaints.forward(complaint.pk, on("12T10:00"))
    complaints.open_and_sign(complaint.pk, on("12T11:00"), who="head2")
    play.pass_time(on("12T11:10"))
    play.deliver()

    complaint = Complaint.objects.get(pk=complaint.pk)
    about = complaint.about
    numbers = [one.incoming_no for one in (about, complaint.case) if one.incoming_no]
    assert len(numbers) == 2
    refusal = Act.objects.get(case=about, kind="refusal", state="signed")
    for language, named in (("kk", "әкімшілік іс беріледі"), ("ru", "передаётся административное дело")):
        letter = OfficialDocument.objects.get(
            case=complaint.case, kind="complaint_forwarding", language=language
        )
        sheet = tmp_path / f"{language}.pdf"
        sheet.write_bytes(bytes(letter.sealed.content))

        said = " ".join(text_of(sheet).split())
        for word in (named, *numbers, refusal.number, "SHA-256"):
            assert word in said, (language, word)

    before = Fact.objects.filter(kind="bundle.taken").count()
    for outside in ("quality", "dana", "admin"):
        assert answer(client, play, outside, complaint).status_code == 404, outside
    assert Fact.objects.filter(kind="bundle.taken").count() == before
    taken = answer(client, play, "superior", complaint)
    assert taken.status_code == 200
    file = tmp_path / "complaint.zip"
    file.write_bytes(b"".join(taken.streaming_content))
    status, said = checked(file)
    assert status == 0, said

    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as packed:
        names = packed.namelist()
        index = json.loads(packed.read("index.json"))
        journals = {
            name: json.loads(packed.read(name))["stream"] for name in ("timeline.json", "case_timeline.json")
        }
    assert journals == {"timeline.json": complaint.case.stream, "case_timeline.json": about.stream}
    kinds = {(row["kind"], row["language"]) for row in index["documents"]}
    for kind in ("complaint_filed", "complaint_forwarding", "application_filed", "refusal_form_8"):
        assert {(kind, "kk"), (kind, "ru")} <= kinds, kind
    published = OfficialDocument.objects.filter(
        case_id__in=[complaint.pk, about.pk], published_at__isnull=False, published_at__lte=on("12T12:00")
    )
    assert len(index["documents"]) == published.count()
    assert len([name for name in names if name.startswith("files/")]) == StoredFile.objects.count() > 0
    facts = Fact.objects.filter(kind="bundle.taken", actor_id=play.people["superior"].pk)
    assert {fact.stream for fact in facts} == {complaint.case.stream, about.stream}
