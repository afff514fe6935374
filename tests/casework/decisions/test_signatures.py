"""Sign requests and what is kept of a signature: enough to show years later why it was accepted."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import NotSupportedError

from casework.decisions.models import Act, SignatureEvidence, SignRequest
from casework.decisions.services import signing
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import Refusal
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from tests.applications.stages import SIGNED, moment, nothing_changes, perform, request

pytestmark = pytest.mark.django_db
AT = moment("2026-11-02T11:00")


@pytest.mark.parametrize(
    ("asked", "dies", "expires"),
    [
        ("11:00:00", "18:30:00", "11:10:00"),
        ("18:25:00", "18:30:00", "18:30:00"),
        ("18:20:00", "18:30:00", "18:30:00"),
        ("18:25:00", None, "18:35:00"),
    ],
)
def test_a_request_lives_ten_minutes_or_until_the_end_of_the_day_it_bears(asked, dies, expires):
    end = signing.lifetime(
        moment(f"2026-11-02T{asked}"), dies_at=moment(f"2026-11-02T{dies}") if dies else None
    )
    assert end == moment(f"2026-11-02T{expires}")


def test_everything_about_a_signature_is_kept_and_chained(stages):
    case = stages.assigned(leave_out=("I-2",))
    perform(stages.play, "return", case, moment("2026-11-03T10:00"))
    first, second = SignatureEvidence.objects.filter(case=case).order_by("pk")
    assert (first.person, second.person) == (stages.play.people["aigerim"], stages.play.people["executor"])
    link = ""
    for kept in (first, second):
        assert kept.prev_sha256 == link
        parts = [link.encode(), bytes(kept.manifest), bytes(kept.cms), canonical_bytes(kept.report)]
        assert kept.sha256 == hashlib.sha256(b"\n".join(parts)).hexdigest()
        assert hashlib.sha256(bytes(kept.cms)).hexdigest() == kept.request.cms_sha256
        assert hashlib.sha256(bytes(kept.manifest)).hexdigest() == kept.request.manifest_sha256
        assert len(kept.chain) >= 2  # the signer's certificate and its issuer's
        assert kept.crls
        assert all(base64.b64decode(der) for der in [*kept.chain, *kept.crls])
        link = kept.sha256
    assert first.report["code"] == "OK"


def test_what_is_kept_is_neither_changed_nor_taken_away(stages):
    stages.filed()
    kept = SignatureEvidence.objects.get()
    refused = (InternalError, NotSupportedError)
    with pytest.raises(refused, match="Cannot update or delete"), transaction.atomic():
        SignatureEvidence.objects.filter(pk=kept.pk).update(ip="127.0.0.1")
    with pytest.raises(refused, match="Cannot update or delete"), transaction.atomic():
        kept.delete()


def test_the_manifest_is_canonical_and_says_for_what_it_is(stages):
    asked = request(stages.play, "submit", stages.draft(), AT)
    said = json.loads(bytes(asked.manifest))
    assert canonical_bytes(said) == bytes(asked.manifest)
    assert (said["schema"], said["purpose"]) == ("kz.portal.sign-manifest/1", "application.submit")
    assert said["issued_at"] == almaty(AT).isoformat()
    assert said["expires_at"] == almaty(AT + timedelta(minutes=10)).isoformat()
    assert len(said["nonce"]) == 32
    assert {row["language"] for row in said["documents"]} == {"kk", "ru"}
    assert [row["requirement"] for row in said["attachments"]] == sorted(
        row["requirement"] for row in said["attachments"]
    )


def test_a_second_request_kills_the_first(stages):
    case = stages.draft()
    first = request(stages.play, "submit", case, AT)
    second = request(stages.play, "submit", case, AT + timedelta(minutes=1))
    states = dict(SignRequest.objects.filter(case_id=case).values_list("pk", "state"))
    assert states == {first.pk: "dead", second.pk: "pending"}
    assert Act.objects.get(pk=first.act_id).state == "void"


def test_the_database_holds_one_pending_request_a_person_and_act(stages):
    asked = request(stages.play, "submit", stages.draft(), AT)
    asked.pk = None
    with pytest.raises(IntegrityError, match="decisions_one_pending_request"), transaction.atomic():
        asked.save(force_insert=True)


BROKEN = {
    "another content": lambda asked, key: sandbox_sign(key, bytes(asked.manifest) + b" ", at=AT),
    "one byte": lambda asked, key: sandbox_sign(
        key, bytes(asked.manifest).replace(b"submit", b"submiT"), at=AT
    ),
    "no CMS": lambda _asked, _key: "not a signature",
    "nothing": lambda _asked, _key: "",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_signature_over_anything_else_files_nothing(stages, broken):
    case = stages.draft()
    asked = request(stages.play, "submit", case, AT)
    cms = BROKEN[broken](asked, key_of("aigerim"))
    person = stages.play.people["aigerim"]
    with nothing_changes(), pytest.raises(Refusal) as refused:
        SIGNED["submit"](case, sign_request=asked.pk, cms=cms, person=person, at=AT, version=None)
    assert refused.value.status in {400, 422}
    # the request still waits: the right signature may come
    perform(stages.play, "submit", case, AT + timedelta(minutes=1))
