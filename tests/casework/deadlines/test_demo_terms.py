"""The whole demo, played by the services: every term of every case follows from the journal."""

import io

import pytest
from django.core.management import call_command

from casework.cases.models import Case
from casework.deadlines.models import LadderStep, Telling, Term

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_terms_of_the_demo_agree_with_the_journal() -> None:
    out = io.StringIO()
    call_command("demo_data", stdout=out)
    call_command(
        "recompute_terms", "--check", stdout=out, stderr=out
    )  # fails with status 1 where one differs
    assert f"{Term.objects.count()}" in out.getvalue().splitlines()[-1]
    assert Case.objects.count() > 40
    assert LadderStep.objects.exists()
    assert not Telling.objects.filter(notice=None).exists()
