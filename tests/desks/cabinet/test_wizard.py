"""The wizard: what is typed is kept, resumed, refused by field, and never lost."""

import pytest

STEPS = ("party", "request", "centres", "evidence", "fee", "check", "sign")


@pytest.fixture
def draft(play, now):
    return play.draft(now)


def url(draft, step: str) -> str:
    return f"/cabinet/applications/{draft.pk}/{step}/"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_step_opens(signed_in, draft, step, language):
    response = signed_in("aigerim", language).get(url(draft, step))
    assert response.status_code == 200
