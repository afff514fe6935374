"""The terms of a case as a PDF: the same days and words as the page and the API, for whoever may see the case."""

import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from casework.deadlines.explaining import explanations
from casework.deadlines.selectors import terms_of
from casework.deadlines.wording import term_name
from foundation.kernel.clock import legal_time
from tests.applications.conftest import gateway, gateway_server, play
from tests.applications.stages import Stages, moment

__all__ = ["gateway", "gateway_server", "play"]
pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    said = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(said.split())


@pytest.fixture
def case(play):
    stages = Stages(play)
    draft = stages.draft()
    with legal_time(moment("2026-11-02T11:00")):
        play.file(draft, moment("2026-11-02T11:00"))
    return draft


@pytest.mark.parametrize(("language", "said"), [("kk", "күн"), ("ru", "день")])
def test_each_day_is_printed_as_the_page_says_it(play, case, language, said, settings):
    client = Client()
    client.force_login(play.people["aigerim"])
    client.cookies["django_language"] = language
    with legal_time(moment("2026-11-03T11:00")):
        answer = client.get(reverse("deadlines:annex", args=[case]))
        page = client.get(reverse("desks:case", args=[case])).content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert reverse("deadlines:annex", args=[case]) in page
    text = text_of(answer.content)
    terms = list(terms_of(case))
    assert terms

    with override(language):
        explained = explanations(terms)
        for term in terms:
            assert f"{term_name(term.code)[1:]}: " in text
            for day in explained[term.pk].days:
                assert f"{day.date:%d.%m.%Y}" in text
                assert " ".join(day.why.split())[:30] in text
                if day.number:
                    assert f"{said} {day.number}" in text or f"{day.number}-{said}" in text


def test_nobody_else_reads_the_terms_of_a_case(play, case):
    address = reverse("deadlines:annex", args=[case])
    with legal_time(moment("2026-11-03T11:00")):
        assert Client().get(address).status_code == 302
        for who, status in (("dana", 404), ("admin", 404), ("supervisor", 200)):
            client = Client()
            client.force_login(play.people[who], backend="django.contrib.auth.backends.ModelBackend")
            assert client.get(address).status_code == status, who
