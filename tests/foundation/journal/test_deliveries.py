"""Facts reach their handlers at least once and in order; what fails is tried again, what is dead is seen."""

from datetime import timedelta

import pytest

from foundation.journal import services
from foundation.journal.models import Delivery
from foundation.kernel.clock import machine_now
from tests.foundation.journal.conftest import write

pytestmark = pytest.mark.django_db
KIND = "thing.happened"


def states() -> list[tuple[str, int, str, str]]:
    rows = Delivery.objects.order_by("stream", "seq", "handler")
    return [(row.stream, row.seq, row.handler.rpartition(".")[2], row.state) for row in rows]


def time_passes() -> None:
    Delivery.objects.filter(state="open").update(available_at=machine_now())


def test_each_fact_comes_once_in_order_to_each_handler(subscribed, told):
    subscribed(KIND, "first", lambda fact: told.append(f"first {fact.seq}"))
    subscribed(KIND, "second", lambda fact: told.append(f"second {fact.seq}"))
    for _n in range(3):
        write()
    assert services.deliver_open() == 6
    assert [line for line in told if line.startswith("first")] == ["first 1", "first 2", "first 3"]
    assert [line for line in told if line.startswith("second")] == ["second 1", "second 2", "second 3"]
    assert services.deliver_open() == 0


def test_subscribed_twice_is_told_once(subscribed, told):
    for _time in range(2):
        subscribed(KIND, "first", lambda fact: told.append(fact.kind))
    write()
    services.deliver_open()
    assert told == [KIND]


def test_a_kind_nobody_wants_owes_nothing(told):
    write(kind="nobody.cares")
    assert not Delivery.objects.exists()


def test_what_fails_is_tried_again_and_nothing_of_its_stream_overtakes_it(subscribed, told):
    broken = [True]

    def fragile(fact):
        if fact.seq == 1 and fact.stream == "case:one" and broken:
            raise ConnectionError("the mail server is down")
        told.append(f"{fact.stream}#{fact.seq}")

    subscribed(KIND, "fragile", fragile)
    write()
    write()
    write(stream="case:two")
    assert services.deliver_open() == 1
    assert told == ["case:two#1"]
    failed = Delivery.objects.get(stream="case:one", seq=1)
    assert (failed.state, failed.attempts, failed.last_error) == (
        "open",
        1,
        "ConnectionError: the mail server is down",
    )
    assert timedelta(seconds=7) < failed.available_at - machine_now() <= timedelta(seconds=12)
    assert services.deliver_open() == 0  # not before its time
    broken.clear()
    time_passes()
    assert services.deliver_open() == 2
    assert told == ["case:two#1", "case:one#1", "case:one#2"]
    assert Delivery.objects.get(pk=failed.pk).last_error == ""


def test_the_waits_grow_and_the_last_attempt_makes_a_dead_letter(subscribed):
    def never(_fact):
        raise ValueError("no")

    subscribed(KIND, "never", never)
    write()
    waits = []
    for _attempt in range(services.MAX_ATTEMPTS):
        time_passes()
        services.deliver_open()
        waits.append((Delivery.objects.get().available_at - machine_now()).total_seconds())
    assert waits[0] < waits[2] < waits[4] < waits[6]
    assert max(waits) <= 3600 * 1.2
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts) == ("dead", services.MAX_ATTEMPTS)


def test_a_dead_letter_blocks_its_own_stream_and_handler_only(subscribed, told):
    def picky(fact):
        if fact.stream == "case:one":
            raise ValueError("no")
        told.append(f"picky {fact.stream}#{fact.seq}")

    subscribed(KIND, "picky", picky)
    subscribed(KIND, "easy", lambda fact: told.append(f"easy {fact.stream}#{fact.seq}"))
    write()
    write()
    write(stream="case:two")
    services.deliver_open()
    Delivery.objects.filter(stream="case:one", seq=1, handler__endswith="picky").update(state="dead")
    time_passes()
    services.deliver_open()
    assert sorted(told) == ["easy case:one#1", "easy case:one#2", "easy case:two#1", "picky case:two#1"]
    assert ("case:one", 2, "picky", "open") in states()


@pytest.mark.parametrize(
    ("way", "left"), [("retry", ["case:one#1", "case:one#2"]), ("resolve", ["case:one#2"])]
)
def test_an_operator_puts_it_back_in_line_or_resolves_it(subscribed, told, way, left):
    subscribed(KIND, "handler", lambda fact: told.append(f"{fact.stream}#{fact.seq}"))
    write()
    write()
    dead = Delivery.objects.get(seq=1)
    Delivery.objects.filter(pk=dead.pk).update(state="dead", attempts=20)
    assert services.deliver_open() == 0
    getattr(services, way)(dead.pk)
    services.deliver_open()
    assert told == left


def test_a_handler_that_is_no_more_is_a_failure_that_is_seen(subscribed, monkeypatch):
    services.subscribe(KIND, "foundation.journal.tasks.renamed_away")
    write()
    assert services.deliver_open() == 0
    assert Delivery.objects.get().last_error.startswith("ImportError")


def test_a_claimed_delivery_is_left_alone_for_its_lease(subscribed, told):
    """The worker that took it may still be at work; when it died, another takes it after the lease."""
    subscribed(KIND, "handler", lambda fact: told.append("done"))
    write()
    claimed = services._claim()
    assert claimed is not None
    assert services.deliver_open() == 0
    Delivery.objects.filter(pk=claimed.pk).update(available_at=machine_now())
    assert services.deliver_open() == 1
    assert (told, Delivery.objects.get().attempts) == (["done"], 2)
