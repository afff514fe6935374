"""Documents out: kept as signed, sealed once, published at their moment, void if never signed."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from casework.documents import sealing, selectors
from casework.documents.handlers import seal_act as handle_seal_act
from casework.documents.models import ActEvidence, DocumentBytes, OfficialDocument
from casework.documents.selectors import outgoing as reads
from casework.documents.services import outgoing
from foundation.journal.models import Delivery, Fact
from foundation.journal.services import deliver_open
from foundation.kernel.refusals import Conflict, NotFound, NotPermitted
from tests.casework.documents.outgoing import samples
from tests.casework.documents.outgoing.conftest import make_world, sign_act
from tests.casework.documents.outgoing.samples import at

State = OfficialDocument.State


def states(act_id: UUID) -> set[str]:
    return set(OfficialDocument.objects.filter(act_id=act_id).values_list("state", flat=True))


def test_opened_documents_are_kept_byte_for_byte(opened, licence_pdfs):
    assert states(opened) == {State.PREPARED}
    for document in OfficialDocument.objects.filter(act_id=opened):
        assert selectors.final_bytes(document.pk) == licence_pdfs[document.language].content
        assert document.published_at is None


def test_a_signed_act_is_sealed_and_published(published, licence_pdfs):
    assert [document.language for document in published] == ["kk", "ru"]
    for document in published:
        sealed = selectors.sealed_bytes(document.pk)
        signed_bytes = licence_pdfs[document.language].content
        assert sealed.startswith(signed_bytes)
        assert len(sealed) > len(signed_bytes)
        report = sealing.check_seal(sealed)
        assert (report.ok, report.reason) == (True, "")
        assert report.sealed_at == at(6, 15, 31)
    facts = Fact.objects.filter(kind="document.published")
    assert [fact.payload["sealed_sha256"] for fact in facts] == [one.sealed_id for one in published]
    assert {key for fact in facts for key in fact.payload} == {
        "document", "kind", "language", "sha256", "sealed_sha256",
    }  # fmt: skip


def test_sealing_twice_changes_nothing(published):
    again = [outgoing.seal_and_publish(document.pk, at=at(9, 9)) for document in published]
    assert [document.sealed_id for document in again] == [document.sealed_id for document in published]
    assert Fact.objects.filter(kind="document.published").count() == 2
    assert DocumentBytes.objects.count() == 4


def test_the_handler_of_a_signed_act_seals(signed, world):
    with transaction.atomic():
        from foundation.journal.services import record

        fact = record(
            kind="act.signed", stream=world.case.stream, at=at(6, 15, 31), payload={"act": str(signed)}
        )
    handle_seal_act(fact)
    handle_seal_act(fact)
    assert states(signed) == {State.PUBLISHED}


def test_an_unsigned_document_is_not_sealed(opened):
    document = OfficialDocument.objects.filter(act_id=opened).first()
    with pytest.raises(Conflict):
        outgoing.seal_and_publish(document.pk, at=at(6, 16))
    assert states(opened) == {State.PREPARED}
    with pytest.raises(NotFound):
        selectors.sealed_bytes(document.pk)


def test_a_void_act_can_not_be_signed_and_is_never_shown(opened, world):
    assert outgoing.void_act(opened) == 2
    with pytest.raises(Conflict):
        outgoing.mark_signed(opened, at=at(6, 16), published_at=at(6, 16))
    assert states(opened) == {State.VOID}
    assert not selectors.documents_of(world.case.pk).exists()
    assert outgoing.void_act(opened) == 0


def test_a_signed_act_is_not_void_any_more(signed):
    assert outgoing.void_act(signed) == 0
    assert states(signed) == {State.SIGNED}


def test_the_same_edition_lives_once(opened, world, licence_pdfs):
    from tests.casework.documents.outgoing.conftest import composed

    again = [composed("licence_form_4", "kk")]
    with pytest.raises(DatabaseError, match="documents_one_living_edition"), transaction.atomic():
        outgoing.store_final(case_id=world.case.pk, act_id=uuid4(), documents=again, at=at(6, 16))
    outgoing.void_act(opened)
    outgoing.store_final(case_id=world.case.pk, act_id=uuid4(), documents=again, at=at(6, 16))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents_documentbytes SET content = 'x'",
        "DELETE FROM documents_documentbytes",
        "TRUNCATE documents_documentbytes CASCADE",
        "DELETE FROM documents_officialdocument",
        "UPDATE documents_officialdocument SET number = 'KZ00DML00000001'",
        "UPDATE documents_officialdocument SET qr_id = id::text::varchar(22)",
        "UPDATE documents_officialdocument SET sealed_id = final_id",
        "UPDATE documents_officialdocument SET state = 'void'",
        "UPDATE documents_officialdocument SET document_date = document_date + 1",
        "UPDATE documents_actevidence SET cms = 'x'",
        "DELETE FROM documents_actevidence",
    ],
)
def test_the_database_refuses_to_change_what_was_issued(published, sql):
    before = list(OfficialDocument.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(OfficialDocument.objects.order_by("pk").values()) == before
    assert DocumentBytes.objects.count() == 4
    assert ActEvidence.objects.count() == 1


def test_evidence_is_kept_once_and_in_order(signed):
    first = selectors.evidence_of_act(signed).get()
    again = outgoing.attach_evidence(
        signed, manifest=bytes(first.manifest), cms=bytes(first.cms), at=at(6, 17)
    )
    other = outgoing.attach_evidence(signed, manifest=bytes(first.manifest), cms=b"second", at=at(6, 17))
    assert (again.pk, other.position) == (first.pk, 2)


def test_who_sees_what_before_and_after_publication(signed, world):
    document = OfficialDocument.objects.filter(act_id=signed, language="ru").get()
    for person in (world.aigerim, world.dana):
        with pytest.raises(NotFound):
            reads.download(document.pk, person=person, at=at(6, 16))
    for person in (world.executor, world.head):
        with pytest.raises(NotPermitted):
            reads.download(document.pk, person=person, at=at(6, 16))
    outgoing.seal_act(signed, at=at(6, 15, 31))
    for person in (world.aigerim, world.executor, world.head):
        found, content = reads.download(document.pk, person=person, at=at(6, 16))
        assert found.pk == document.pk
        assert content == selectors.sealed_bytes(document.pk)
    with pytest.raises(NotFound):
        reads.download(document.pk, person=world.dana, at=at(6, 16))


def test_bytes_opened_for_signature_are_the_heads_only(opened, world):
    document = OfficialDocument.objects.filter(act_id=opened, language="ru").get()
    found, content = reads.download(document.pk, person=world.head, at=at(6, 16))
    assert (found.pk, content) == (document.pk, selectors.final_bytes(document.pk))
    for person, refusal in (
        (world.executor, NotPermitted),
        (world.aigerim, NotFound),
        (world.dana, NotFound),
    ):
        with pytest.raises(refusal):
            reads.download(document.pk, person=person, at=at(6, 16))


def test_what_is_signed_after_hours_is_shown_from_the_next_opening(opened, world):
    outgoing.mark_signed(opened, at=at(6, 19), published_at=at(9, 9))
    outgoing.seal_act(opened, at=at(6, 19))

    def seen(moment):
        return selectors.published_documents_visible_to(world.aigerim, moment).count()

    assert (seen(at(6, 20)), seen(at(9, 8, 59)), seen(at(9, 9))) == (0, 0, 2)


def _issue_receipt(case):
    return outgoing.issue_by_seal(
        case_id=case.pk,
        kind="receipt",
        contexts={language: samples.receipt(language) for language in ("kk", "ru")},
        number="APP-2026-000017",
        document_date=samples.DAY,
        at=at(6, 12),
    )


def test_a_receipt_is_certified_by_the_seal_alone_once(world):
    first = _issue_receipt(world.case)
    again = _issue_receipt(world.case)
    assert [document.pk for document in first] == [document.pk for document in again]
    assert {document.state for document in first} == {State.PUBLISHED}
    evidence = selectors.evidence_of_act(first[0].act_id).get()
    assert evidence.by_seal
    assert sealing.check_seal_cms(bytes(evidence.manifest), bytes(evidence.cms), at=at(6, 12)).ok
    assert not sealing.check_seal_cms(bytes(evidence.manifest) + b" ", bytes(evidence.cms), at=at(6, 12)).ok
    assert Fact.objects.filter(kind="documents.certified").count() == 1


def test_a_receipt_is_finished_after_a_crash_between_storing_and_sealing(world, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(outgoing, "seal_and_publish", lambda *_a, **_k: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception):
            _issue_receipt(world.case)
    assert set(OfficialDocument.objects.values_list("state", flat=True)) == {State.SIGNED}
    Delivery.objects.exclude(fact__kind="documents.certified").update(state=Delivery.DONE)
    assert deliver_open() == 1
    assert set(OfficialDocument.objects.values_list("state", flat=True)) == {State.PUBLISHED}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_seal(licence_pdfs):
    world = make_world()
    act_id = uuid4()
    outgoing.store_final(case_id=world.case.pk, act_id=act_id, documents=[licence_pdfs["kk"]], at=at(6, 15))
    sign_act(act_id)
    (document,) = selectors.documents_of_act(act_id)
    gate, seals = threading.Barrier(2), []

    def work():
        try:
            gate.wait()
            seals.append(outgoing.seal_and_publish(document.pk, at=at(6, 15, 31)).sealed_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _turn in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    document.refresh_from_db()
    assert seals == [document.sealed_id] * 2
    assert DocumentBytes.objects.count() == 2
    assert Fact.objects.filter(kind="document.published").count() == 1


def test_compose_bears_the_sentence_of_its_date_from_the_rulebook(db):
    from datetime import date

    from tests.casework.documents.outgoing.test_pdf import one_line, text_of

    old = outgoing.compose(
        "licence_form_4", "ru", samples.licence("ru"), number="N", document_date=date(2026, 7, 11)
    )
    new = outgoing.compose(
        "licence_form_4", "ru", samples.licence("ru"), number="N", document_date=date(2026, 7, 12)
    )
    assert "от 7 января 2003 года" in one_line(text_of(old.content))
    assert "Цифрового кодекса" in one_line(text_of(new.content))
    assert old.qr_id != new.qr_id
