"""What stands in the logs, and what never does."""

import io
import json
import logging

import pytest
from django.test import Client

from casework.cases.services import lock_case
from foundation.kernel.refusals import NotFound
from licensing_portal.logs import configured

IIN = "900101300008"


@pytest.fixture
def lines():
    """What is logged from here on, as the configured handler writes it."""
    root, requests = logging.getLogger(), logging.getLogger("django_structlog")
    (handler,) = [one for one in root.handlers if one.formatter.__class__.__name__ == "ProcessorFormatter"]
    written, levels = io.StringIO(), (root.level, requests.level)
    before = handler.setStream(written)
    root.setLevel("INFO")
    requests.setLevel("INFO")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.setLevel(levels[0])
    requests.setLevel(levels[1])
    handler.setStream(before)


def test_commands_are_quiet_and_requests_are_not():
    made = configured("WARNING", "INFO")
    assert (made["root"]["level"], made["loggers"]["django_structlog"]["level"]) == ("WARNING", "INFO")


@pytest.mark.django_db
def test_a_request_is_one_json_object_a_line_without_what_was_searched_for(lines):
    assert Client().get("/register/", {"q": IIN}).status_code == 200
    started, finished = [line for line in lines() if line["event"].startswith("request_")]
    assert (started["request"], finished["request"], finished["code"]) == (
        "GET /register/",
        "GET /register/",
        200,
    )
    assert started["request_id"] == finished["request_id"]
    assert IIN not in json.dumps(lines())


@pytest.mark.django_db
def test_a_line_names_the_case_it_is_about(lines):
    missing = "8f14e45f-ceea-467f-9575-1ff2d9b7f3a1"
    with pytest.raises(NotFound):
        lock_case(missing)
    logging.getLogger("casework").info("looked for")
    assert [line["case_id"] for line in lines() if line["event"] == "looked for"] == [missing]


def test_numbers_of_people_and_companies_are_masked_in_tracebacks_too(lines):
    try:
        {}[f"no party {IIN}"]
    except KeyError:
        logging.getLogger("library").exception("look-up of %s failed", IIN)
    (line,) = lines()
    assert (line["event"], line["level"]) == ("look-up of ********0008 failed", "error")
    assert "no party ********0008" in line["exception"]
    assert IIN not in json.dumps(line)
