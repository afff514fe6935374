"""Several people on one case, and many cases, at the same moment: one outcome, no number twice, nothing of the loser."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count

from applications import services
from applications.models import Application, DataCentre, Evidence, Finding, Payment
from casework.cases.models import Absence, Case
from casework.deadlines.models import Term
from casework.decisions.models import Act, Hearing, SignatureEvidence, SignRequest
from casework.documents.models import OfficialDocument
from foundation.journal.anchors import faults
from foundation.journal.models import Fact
from foundation.kernel.refusals import Refusal
from licenses import services as licenses
from licenses.models import Licence, LicenceNumber
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from tests.applications.stages import NOTIFIED, RECORDED, SIGNED, QuietPlay, Stages, moment, perform, request

pytestmark = pytest.mark.django_db(transaction=True)
OPENED, SIGNED_AT = moment("2026-11-06T10:00"), moment("2026-11-06T10:05")
ENDED = "issued", "withdrawn"


@pytest.fixture
def play(transactional_db, gateway, without_layout) -> QuietPlay:
    found = QuietPlay.begin()
    assert isinstance(found, QuietPlay)
    return found


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each act in a thread and on a connection of its own, let go together; a refusal is an answer."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(30)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(120) for future in [pool.submit(run, act) for act in acts]]


def prepared_like(case_id: UUID, number: int) -> UUID:
    """One more prepared case with the same content, by rows: what is raced is the decision, not the way to it."""
    case = Case.objects.get(pk=case_id)
    case.pk, case._state.adding = uuid.uuid4(), True
    case.draft_no, case.incoming_no = f"D-2026-9{number:05d}", f"DM-2026-9{number:05d}"
    case.save()
    application = Application.objects.get(pk=case_id)
    rows: dict[type, list[Any]] = {
        model: list(model.objects.filter(**{link: case_id}))
        for model, link in ((DataCentre, "application"), (Evidence, "application"), (Payment, "application"))
    }
    findings = list(Finding.objects.filter(evidence__application=case_id).order_by("pk"))  # the last counts
    application.case, application._state.adding = case, True
    application.save(force_insert=True)
    new = {}
    for row in [*rows[DataCentre], *rows[Evidence], *rows[Payment]]:
        old, row.pk = row.pk, uuid.uuid4() if isinstance(row.pk, UUID) else None
        row._state.adding, row.application = True, application
        if isinstance(row, Payment):
            row.reference = f"{row.reference}/{number}"
        if isinstance(row, Evidence) and row.data_centre_id:
            row.data_centre_id = new[row.data_centre_id]
        row.save(force_insert=True)
        new[old] = row.pk
    for finding in findings:
        finding.pk, finding.evidence_id = None, new[finding.evidence_id]
        finding.save(force_insert=True)
    acts = Act.objects.filter(case=case_id, kind__in=["licence", "hearing_notice"])
    for row in [*Term.objects.filter(case=case_id), *acts, *Hearing.objects.filter(case=case_id)]:
        old, row.pk = row.pk, None if isinstance(row, Term) else uuid.uuid4()
        row.case, row._state.adding = case, True
        if isinstance(row, Hearing):
            row.notice_id = new[row.notice_id]
        row.save(force_insert=True)
        new[old] = row.pk
    key: UUID = case.pk
    return key


@pytest.fixture
def prepared(play) -> Iterator[Callable[[], UUID]]:
    first = Stages(play).prepared()
    count = 0

    def another() -> UUID:
        nonlocal count
        count += 1
        return prepared_like(first, count)

    yield another


def test_two_heads_who_open_the_same_case_at_once_see_the_same_number(play, prepared):
    case = prepared()

    def number() -> str:
        return licenses.reserve_number(case_id=case, at=OPENED)

    for _turn in range(5):
        assert len(set(at_once(number, number, number))) == 1
        LicenceNumber.objects.filter(case_id=case).delete()


def answered(play: QuietPlay, asked: SignRequest, who: str) -> Callable[[], Any]:
    """The act of sending a CMS that is made already."""
    cms = sandbox_sign(key_of(who), bytes(asked.manifest), at=SIGNED_AT)
    person = play.people[who]
    facts = {"sign_request": asked.pk, "cms": cms, "person": person, "at": SIGNED_AT, "version": None}
    return lambda: SIGNED[asked.action](asked.case_id, **facts)


def nothing_of_a_loser(case: UUID) -> str:
    """Exactly one outcome, with exactly what belongs to it; returns it."""
    row = Case.objects.get(pk=case)
    assert row.status_code in ENDED
    assert row.is_open is False
    facts = Fact.objects.filter(subject_id=case)
    assert facts.filter(kind__in=[f"application.{end}" for end in ENDED]).count() == 1
    assert facts.filter(kind=f"application.{row.status_code}").count() == 1
    issued = row.status_code == "issued"
    assert Licence.objects.filter(case_id=case).count() == issued
    assert LicenceNumber.objects.filter(case_id=case, state="used").count() == issued
    assert not LicenceNumber.objects.filter(case_id=case).exclude(state="used").exists()
    decision = Act.objects.get(case=case, kind="licence")
    assert decision.state == ("signed" if issued else "void")
    states = set(OfficialDocument.objects.filter(act_id=decision.pk).values_list("state", flat=True))
    assert states - {"void"} == ({"signed"} if issued else set())
    assert SignatureEvidence.objects.filter(act=decision).count() == issued
    assert not SignRequest.objects.filter(case=case, state="pending").exists()
    assert set(Payment.objects.filter(application=case).values_list("state", flat=True)) == {
        "used" if issued else "released"
    }
    assert not Term.objects.filter(case=case, state="open").exists()
    return row.status_code


def test_two_heads_open_and_sign_the_same_case_at_once_and_there_is_one_licence(play, prepared):
    case = prepared()

    def decide(who: str) -> Any:
        perform(play, "open_signing", case, OPENED, who)
        return perform(play, "sign", case, SIGNED_AT, who)

    for _turn in range(4):  # both may lose to each other's opening: a head tries again
        answers = at_once(lambda: decide("head"), lambda: decide("head2"))
        assert sum(not isinstance(found, Refusal) for found in answers) <= 1
        if Case.objects.get(pk=case).status_code == "issued":
            break
    assert nothing_of_a_loser(case) == "issued"
    assert Licence.objects.count() == 1


def test_the_same_sign_request_sent_twice_at_once_signs_once(play, prepared):
    case = prepared()
    perform(play, "open_signing", case, OPENED)
    send = answered(play, request(play, "sign", case, OPENED), "head")
    answers = at_once(send, send, send)
    refusals = [found for found in answers if isinstance(found, Refusal)]
    assert [(found.status, found.code) for found in refusals] == [(409, "CHALLENGE_USED")] * 2
    assert nothing_of_a_loser(case) == "issued"


def race(play: QuietPlay, prepared: Callable[[], UUID], rounds: int) -> None:
    outcomes = []
    for turn in range(rounds):
        case = prepared()
        perform(play, "open_signing", case, OPENED)
        withdrawal = answered(play, request(play, "withdraw", case, OPENED), "aigerim")
        signature = answered(play, request(play, "sign", case, OPENED), "head")
        # who is let go first changes from round to round
        pair = (signature, withdrawal) if turn % 2 else (withdrawal, signature)
        answers = at_once(*pair)
        lost = [found for found in answers if isinstance(found, Refusal)]
        assert [(found.status, found.code) for found in lost] == [(409, "CHALLENGE_EXPIRED")]
        outcomes.append(nothing_of_a_loser(case))
    assert Licence.objects.count() == outcomes.count("issued")
    assert LicenceNumber.objects.count() <= rounds
    assert list(faults()) == []


def test_issue_against_withdrawal(play, prepared):
    race(play, prepared, 20)


@pytest.mark.slow
def test_issue_against_withdrawal_for_long(play, prepared):
    race(play, prepared, 100)


def many(play: QuietPlay, prepared: Callable[[], UUID], count: int) -> None:
    cases = [prepared() for _number in range(count)]

    def decide(case: UUID) -> Callable[[], Any]:
        def act() -> Any:
            perform(play, "open_signing", case, OPENED)
            return perform(play, "sign", case, SIGNED_AT)

        return act

    answers = at_once(*(decide(case) for case in cases))
    assert [found for found in answers if isinstance(found, Refusal)] == []
    assert {nothing_of_a_loser(case) for case in cases} == {"issued"}
    assert Licence.objects.count() == Licence.objects.values("number").distinct().count() == count
    # no number is skipped either: the counter is only as far as there are licences
    assert sorted(LicenceNumber.objects.values_list("serial", flat=True)) == list(range(1, count + 1))
    doubled = Fact.objects.values("stream", "seq").annotate(n=Count("pk")).filter(n__gt=1)
    assert list(doubled) == []
    assert list(faults()) == []


def test_twenty_licences_at_once_bear_twenty_numbers(play, prepared):
    many(play, prepared, 20)


@pytest.mark.slow
def test_fifty_licences_at_once_bear_fifty_numbers(play, prepared):
    many(play, prepared, 50)


# --- issue against refusal -----------------------------------------------------------------------
HEARD_AT, REFUSED_AT = moment("2026-11-10T10:00"), moment("2026-11-10T10:05")


@pytest.fixture
def heard(play) -> Callable[[], UUID]:
    """A case that may be issued and may be refused: heard, every finding good again, the fee found."""
    first = Stages(play).examined()
    perform(play, "notify_hearing", first, moment(NOTIFIED))
    perform(play, "answer_hearing", first, moment("2026-11-06T10:00"))  # who answered was told
    perform(play, "record_hearing", first, moment(RECORDED))
    services.look_up_payment(first, person=play.people["executor"], at=moment("2026-11-10T09:45"))
    Absence.objects.create(
        officer=play.people["executor"],
        substitute=play.people["executor2"],
        first_day=HEARD_AT.date(),
        last_day=HEARD_AT.date(),
        order="Приказ № 12-к",
    )
    count = 0

    def another() -> UUID:
        nonlocal count
        count += 1
        return prepared_like(first, count)

    return another


def test_issue_against_refusal_in_two_threads_fifty_rounds(play, heard):
    """One outcome, with its own papers only; the other was refused before it changed anything."""
    outcomes = []
    for turn in range(50):
        case = heard()
        version = Case.objects.get(pk=case).version

        def decide(prepare: str, executor: str, head: str, case: UUID = case, version: int = version) -> str:
            perform(play, prepare, case, HEARD_AT, executor, version=version)
            perform(play, "open_signing", case, HEARD_AT, head)
            perform(play, "sign", case, REFUSED_AT, head)
            return prepare

        issue = partial(decide, "prepare_issue", "executor", "head")
        refuse = partial(decide, "prepare_refusal", "executor2", "head2")
        answers = at_once(*((issue, refuse) if turn % 2 else (refuse, issue)))
        lost = [found for found in answers if isinstance(found, Refusal)]
        assert len(lost) == 1
        assert lost[0].code in ("STALE_VERSION", "WRONG_STATE")
        outcomes.append(only_one_outcome(case))
    assert set(outcomes) <= {"issued", "refused"}
    assert Licence.objects.count() == outcomes.count("issued")
    assert list(faults()) == []


def only_one_outcome(case: UUID) -> str:
    row = Case.objects.get(pk=case)
    issued = row.status_code == "issued"
    decisions = Act.objects.filter(case=case, four_eyes=True)
    assert [(act.kind, act.state) for act in decisions] == [("licence" if issued else "refusal", "signed")]
    assert Licence.objects.filter(case_id=case).count() == issued
    assert LicenceNumber.objects.filter(case_id=case).count() == issued
    kinds = set(
        OfficialDocument.objects.filter(act_id=decisions[0].pk, state="signed").values_list("kind", flat=True)
    )
    assert kinds == ({"licence_form_4", "annex_form_6"} if issued else {"refusal_form_8"})
    states = set(Payment.objects.filter(application=case).values_list("state", flat=True))
    assert states == ({"used"} if issued else {"released"})
    ended = Fact.objects.filter(subject_id=case, kind__in=["application.issued", "application.refused"])
    assert [fact.kind for fact in ended] == [f"application.{row.status_code}"]
    assert not SignRequest.objects.filter(case=case, state="pending").exists()
    return row.status_code
