"""The journal is append-only, and whoever gets past that is named by `verify_journal` (quality.md, Tests)."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import InternalError, connection, transaction
from django.db.utils import NotSupportedError

from foundation.journal import services
from foundation.journal.anchors import Fault, anchor_due, faults, make_anchor
from foundation.journal.models import Anchor, Fact, StreamHead
from foundation.kernel.canonical import canonical_bytes
from tests.foundation.journal.conftest import AT, triggers_asleep, write

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture(autouse=True)
def _keys(tmp_path, settings):
    settings.KEYS_DIR = tmp_path


@pytest.fixture
def five() -> list[Fact]:
    for n in range(1, 6):
        write(n=n)
        write(stream="case:two", n=n)
    return list(Fact.objects.filter(stream="case:one").order_by("seq"))


def sql(statement: str, *values: object) -> None:
    with triggers_asleep(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def rehash(stream: str) -> None:
    """What a thorough forger does: every link and the head made anew."""
    link = ""
    for seq, fact in enumerate(Fact.objects.filter(stream=stream).order_by("seq"), start=1):
        fresh = services.chain_hash(link, seq, bytes(fact.canonical))
        sql(
            "UPDATE journal_fact SET seq = %s, prev_hash = %s, hash = %s WHERE id = %s",
            seq,
            link,
            fresh,
            fact.pk,
        )
        link = fresh
    count = Fact.objects.filter(stream=stream).count()
    sql("UPDATE journal_streamhead SET seq = %s, hash = %s WHERE stream = %s", count, link, stream)


# --- refused by the database ------------------------------------------------------------------------
@pytest.mark.parametrize("table", ["journal_fact", "journal_anchor", "decisions_signatureevidence"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_the_database_itself_refuses(five, table, statement):
    make_anchor(DAY)
    empty = table == "decisions_signatureevidence" and "TRUNCATE" not in statement
    if empty:  # row triggers need a row; that there are triggers is looked at instead
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
            )
            assert cursor.fetchone() == (2,)
        return
    with (
        pytest.raises((InternalError, NotSupportedError), match=r"Cannot update or delete|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert Fact.objects.count() == 10


def test_the_model_is_refused_too(five):
    with (
        pytest.raises((InternalError, NotSupportedError), match="Cannot update or delete"),
        transaction.atomic(),
    ):
        five[0].delete()
    with (
        pytest.raises((InternalError, NotSupportedError), match="Cannot update or delete"),
        transaction.atomic(),
    ):
        Fact.objects.filter(pk=five[0].pk).update(kind="other")


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_recorded_in_the_transaction_of_its_act():
    with pytest.raises(RuntimeError):
        services.record(kind="x", stream="case:one", at=AT)
    assert not Fact.objects.exists()


def test_an_act_that_is_rolled_back_tells_nothing(five):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.record(kind="x", stream="case:one", at=AT)
        raise ZeroDivisionError
    assert (Fact.objects.count(), StreamHead.objects.get(stream="case:one").seq) == (10, 5)


# --- found by the check -----------------------------------------------------------------------------
def changed(five: list[Fact]) -> None:
    sql(
        "UPDATE journal_fact SET canonical = %s WHERE id = %s",
        canonical_bytes({"payload": {"n": 99}}),
        five[2].pk,
    )


def garbage(five: list[Fact]) -> None:
    sql("UPDATE journal_fact SET canonical = %s WHERE id = %s", b"\xff no JSON", five[2].pk)


def column(five: list[Fact]) -> None:
    sql("UPDATE journal_fact SET kind = 'thing.other' WHERE id = %s", five[2].pk)


def deleted(five: list[Fact]) -> None:
    sql("DELETE FROM journal_fact WHERE id = %s", five[2].pk)


def swapped(five: list[Fact]) -> None:
    sql("UPDATE journal_fact SET seq = 99 WHERE id = %s", five[2].pk)
    sql("UPDATE journal_fact SET seq = 3 WHERE id = %s", five[3].pk)
    sql("UPDATE journal_fact SET seq = 4 WHERE id = %s", five[2].pk)


def cut(five: list[Fact]) -> None:
    sql("DELETE FROM journal_fact WHERE id IN (%s, %s)", five[3].pk, five[4].pk)


def cut_with_its_head(five: list[Fact]) -> None:
    cut(five)
    sql("UPDATE journal_streamhead SET seq = 3, hash = %s WHERE stream = 'case:one'", five[2].hash)


def gone(_five: list[Fact]) -> None:
    sql("DELETE FROM journal_fact WHERE stream = 'case:one'")


def gone_with_its_head(five: list[Fact]) -> None:
    gone(five)
    sql("DELETE FROM journal_streamhead WHERE stream = 'case:one'")


def all_gone(_five: list[Fact]) -> None:
    sql("TRUNCATE journal_fact, journal_streamhead CASCADE")


def head_gone(_five: list[Fact]) -> None:
    sql("DELETE FROM journal_streamhead WHERE stream = 'case:one'")


@pytest.mark.parametrize(
    ("tamper", "seq"),
    [
        (changed, 3),
        (garbage, 3),
        (column, 3),
        (deleted, 4),
        (swapped, 3),
        (cut, 4),
        (gone, 1),
        (head_gone, 6),
    ],
)
def test_by_the_chain_alone(five, tamper, seq):
    assert list(faults()) == []
    tamper(five)
    assert [(fault.stream, fault.seq) for fault in faults()] == [("case:one", seq)]


@pytest.mark.parametrize(
    ("tamper", "streams"),
    [
        (changed, {"case:one"}),
        (garbage, {"case:one"}),
        (deleted, {"case:one"}),
        (swapped, {"case:one"}),
        (cut_with_its_head, {"case:one"}),
        (gone_with_its_head, {"case:one"}),
        (all_gone, {"case:one", "case:two"}),
    ],
)
@pytest.mark.parametrize("forger_rehashes", [False, True])
def test_by_the_signed_anchor_also_after_rehashing(five, tamper, streams, forger_rehashes):
    make_anchor(DAY)
    tamper(five)
    if forger_rehashes and tamper in (changed, garbage, deleted, swapped):
        rehash("case:one")
    found = list(faults())
    assert {fault.stream for fault in found} == streams
    assert (
        Fault("case:one", 5, "the entry that a signed anchor names is not there") in found
        or not forger_rehashes
    )


def test_rehashed_before_any_anchor_only_the_payload_is_believed(five):
    """What the anchors are for: without one, a forger who makes every link anew is not seen."""
    sql("DELETE FROM journal_fact WHERE id = %s", five[4].pk)
    rehash("case:one")
    assert list(faults()) == []


@pytest.mark.parametrize("field", ["content", "garbage", "signature", "hash", "key_id"])
def test_a_changed_anchor_is_named(five, field):
    make_anchor(DAY)
    write(n=6)
    make_anchor(DAY)
    forged = {"content": b'{"seq":1,"prev":"","heads":[]}', "garbage": b"no JSON", "signature": b"0" * 64}
    value = forged.get(field, "0" * 20)
    field = "content" if field == "garbage" else field
    sql(f"UPDATE journal_anchor SET {field} = %s WHERE seq = 1", value)
    assert next(faults()) == Fault("anchors", 1, "the anchor is not the one that was signed")


def test_an_anchor_signed_by_another_key_is_named(five, tmp_path, settings):
    """Content, hash and all: only the signature tells."""
    anchor = make_anchor(DAY)
    assert anchor is not None
    settings.KEYS_DIR = tmp_path / "elsewhere"
    content = bytes(anchor.content).replace(b"case:one", b"case:0ne")
    from foundation.kernel import keys

    _key_id, key = keys.current_key("anchor")
    sql(
        "UPDATE journal_anchor SET content = %s, hash = %s, signature = %s WHERE seq = 1",
        content,
        hashlib.sha256(content).hexdigest(),
        key.sign(content),
    )
    settings.KEYS_DIR = tmp_path
    assert [fault.stream for fault in faults()] == ["anchors"]


@pytest.mark.parametrize("seq", [1, 2])
def test_a_missing_anchor_is_named(five, seq):
    make_anchor(DAY)
    write(n=6)
    make_anchor(DAY)
    write(n=7)
    make_anchor(DAY)
    sql("DELETE FROM journal_anchor WHERE seq = %s", seq)
    assert next(faults()).stream == "anchors"


# --- the command, and what comes after the last anchor ------------------------------------------------
def test_the_command_names_the_first_bad_entry_and_exits_1(five, capsys):
    call_command("verify_journal")
    assert capsys.readouterr().out == "OK 10 facts, 0 anchors\n"
    changed(five)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_journal")
    assert ended.value.code == 1
    assert capsys.readouterr().out == "BAD case:one 3: the entry does not follow from the one before it\n"


@pytest.mark.parametrize("since_anchor", [False, True])
def test_since_the_anchor_new_entries_are_checked_too(five, since_anchor):
    make_anchor(DAY)
    for n in (6, 7, 8):
        write(n=n)
    assert list(faults(since_anchor=since_anchor)) == []
    sql("UPDATE journal_fact SET kind = 'other' WHERE stream = 'case:one' AND seq = 7")
    assert [(fault.stream, fault.seq) for fault in faults(since_anchor=since_anchor)] == [("case:one", 7)]


def test_one_anchor_a_day_and_none_when_nothing_moved(five):
    first = anchor_due(DAY)
    assert first is not None
    assert (anchor_due(DAY), make_anchor(DAY)) == (None, None)
    write(n=6)
    second = make_anchor(DAY)
    assert second is not None
    assert (Anchor.objects.count(), second.seq) == (2, 2)
    import json

    said = json.loads(bytes(second.content))
    assert said["prev"] == first.hash
    assert [head[:2] for head in said["heads"]] == [["case:one", 6]]


def test_order_is_by_number_never_by_time(five):
    """The legal clock may go back."""
    with transaction.atomic():
        services.record(kind="x", stream="case:one", at=AT.replace(year=2025))
    assert list(faults()) == []
