"""Cases, people and a calendar for the tests of terms."""

from collections.abc import Callable
from typing import Any

import pytest

from casework.cases.models import Case
from foundation.accounts.models import Party
from tests.casework.deadlines.term_people import FILED, make_person, the_body

_numbers = iter(range(1, 1_000_000))


@pytest.fixture
def make_case(db: None) -> Callable[..., Case]:
    aigerim = make_person("aigerim")
    party = Party.objects.create(kind=Party.Kind.ENTITY, number="150140000002", name_ru="ТОО «Кен»")

    def _make(**fields: Any) -> Case:
        number = next(_numbers)
        values = {
            "kind": "application",
            "form": "1",
            "party": party,
            "body": the_body(),
            "draft_no": f"D-{number}",
            "incoming_no": f"DM-{number}",
            "created_by": aigerim,
            "created_at": FILED,
            "received_at": FILED,
            "registered_at": FILED,
            "registered_on": FILED.date(),
            **fields,
        }
        return Case.objects.create(**values)

    return _make


@pytest.fixture
def case(make_case: Callable[..., Case]) -> Case:
    return make_case()
