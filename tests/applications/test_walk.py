"""Form 1 from draft to licence, through the services, on real parts."""

from datetime import datetime

from applications import services
from casework.deadlines.models import Term
from foundation.kernel.clock import ALMATY
from licenses.models import Licence


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def test_form_1_becomes_a_licence(play):
    draft = play.draft(at("2026-11-02T10:00"))
    play.attach(draft, at("2026-11-02T10:10"))
    filed = play.file(draft.pk, at("2026-11-02T11:00"))
    assert filed.status == "completeness"
    assert filed.case.incoming_no == "DM-2026-000001"
    play.deliver()
    play.assign(draft.pk, at("2026-11-02T12:00"))
    play.accept(draft.pk, at("2026-11-03T10:00"))
    play.find(draft.pk, at("2026-11-04T10:00"))
    play.prepare_issue(draft.pk, at("2026-11-05T10:00"))
    play.open_signing(draft.pk, at("2026-11-06T10:00"))
    issued = play.sign(draft.pk, at("2026-11-06T10:05"))
    assert issued.status == "issued"
    play.deliver()
    licence = Licence.objects.get()
    assert str(licence.expires_on) == "2029-11-06"
    assert licence.annexes.count() == 2
    assert {(t.code, t.state) for t in Term.objects.filter(case=draft.pk)} == {
        ("completeness", "met"),
        ("review", "met"),
        ("service", "met"),
        ("hearing_notice", "void"),
    }
    documents = draft.case.official_documents.filter(state="published")
    assert sorted(documents.values_list("kind", "subject", "language")) == sorted(
        (kind, subject, language)
        for kind, subject in (
            ("application_filed", ""),
            ("receipt", ""),
            ("licence_form_4", ""),
            ("annex_form_6", "001"),
            ("annex_form_6", "002"),
        )
        for language in ("kk", "ru")
    )


def test_the_same_form_may_be_asked_for_again_before_it_is_signed(play):
    """The bytes of each asking are its own, though they say the same; only the last can be signed."""
    draft = play.draft(at("2026-11-02T10:00"))
    play.attach(draft, at("2026-11-02T10:10"))
    asked = [
        services.request_signature(
            draft.pk, action="submit", params={}, person=play.people["aigerim"], at=at(f"2026-11-02T10:2{n}")
        )
        for n in range(2)
    ]
    assert bytes(asked[0].manifest) != bytes(asked[1].manifest)
    kept = draft.case.official_documents.filter(kind="application_filed")
    assert sorted(kept.values_list("state", "language")) == [
        ("prepared", "kk"),
        ("prepared", "ru"),
        ("void", "kk"),
        ("void", "ru"),
    ]
    assert play.file(draft.pk, at("2026-11-02T10:25")).status == "completeness"
