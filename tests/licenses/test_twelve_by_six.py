"""Twelve days by six histories: the card's page, its API, the list, CSV and JSON say one thing of each (process.md)."""

import csv
import datetime as dt
import io
import json
import re
import uuid

import pytest

from foundation.kernel.clock import legal_time
from licenses.permissions import PublicRate
from licenses.services import (
    end_stay,
    resume_licence,
    revoke_licence,
    stay_suspension,
    suspend_licence,
    terminate_licence,
)
from licenses.statuses import Basis
from tests.licenses.people import entity, granted, moment

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = moment("2029-06-01 12:00")
# all granted on 2 March 2026 until 2 March 2029; "-": there was no licence yet; stayed: suspended on paper, in force
EXPECTED = {
    #             nothing    cured        stayed       court        ended         suspended at its end
    "2026-03-01": ["-",       "-",         "-",         "-",         "-",          "-"],
    "2026-03-02": ["active",  "active",    "active",    "active",    "active",     "active"],
    "2026-03-31": ["active",  "active",    "active",    "active",    "active",     "active"],
    "2026-04-01": ["active",  "suspended", "suspended", "suspended", "active",     "active"],
    "2026-04-20": ["active",  "suspended", "stayed",    "suspended", "active",     "active"],
    "2026-05-03": ["active",  "suspended", "stayed",    "suspended", "active",     "active"],
    "2026-05-04": ["active",  "suspended", "stayed",    "revoked",   "active",     "active"],
    "2026-05-20": ["active",  "suspended", "suspended", "revoked",   "active",     "active"],
    "2026-07-15": ["active",  "active",    "suspended", "revoked",   "active",     "active"],
    "2026-08-01": ["active",  "active",    "suspended", "revoked",   "terminated", "active"],
    "2029-03-02": ["active",  "active",    "suspended", "revoked",   "terminated", "suspended"],
    "2029-03-03": ["expired", "expired",   "expired",   "revoked",   "terminated", "expired"],
}  # fmt: skip
BINS = ("150140000002", "031241000109", "110463000001", "150140000305", "200140000106", "200140000205")


def _act(licence, change, at, **words):
    change(licence_id=licence.pk, act_id=uuid.uuid4(), actor_id=uuid.uuid4(), at=moment(at), **words)


@pytest.fixture
def six():
    licences = [granted(entity(number, f"ТОО «История {no}»")) for no, number in enumerate(BINS)]
    _nothing, cured, stayed, court, ended, late = licences
    for licence in (cured, stayed, court):
        since = dt.date(2026, 4, 1)
        _act(licence, suspend_licence, "2026-04-01 12:00", since=since, months=4, basis=Basis.SUSPEND)
    _act(cured, resume_licence, "2026-07-15 12:00", since=dt.date(2026, 7, 15), basis=Basis.RESUME)
    _act(stayed, stay_suspension, "2026-04-20 12:00", since=dt.date(2026, 4, 20))
    _act(stayed, end_stay, "2026-05-20 12:00", since=dt.date(2026, 5, 20))
    # the court's act came into force on the 4th and reached the register on the 20th
    _act(court, revoke_licence, "2026-05-20 12:00", since=dt.date(2026, 5, 4))
    since = dt.date(2026, 8, 1)
    _act(ended, terminate_licence, "2026-08-01 12:00", since=since, basis=Basis.TERMINATE_ON_REQUEST)
    since = dt.date(2029, 1, 10)
    _act(late, suspend_licence, "2029-01-10 12:00", since=since, months=6, basis=Basis.SUSPEND_ON_REQUEST)
    with legal_time(TODAY):
        yield [licence.number for licence in licences]


def _word(status, stayed):
    return "stayed" if stayed else status


def _list(client, day):
    rows = client.get("/api/v1/register/", {"as_of": day}).json()["results"]
    return {row["number"]: _word(row["standing"]["status"], row["standing"]["stayed"]) for row in rows}


def _csv(client, day):
    text = b"".join(client.get("/api/v1/register.csv", {"as_of": day}).streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return {row["number"]: _word(row["status"], row["stayed"] == "1") for row in rows}


def _json(client, day):
    said = json.loads(b"".join(client.get("/api/v1/register.json", {"as_of": day}).streaming_content))
    return {row["number"]: _word(row["status"], row["stayed"]) for row in said["licences"]}


def _card(client, number, day):
    answer = client.get(f"/api/v1/register/{number}/", {"as_of": day})
    if answer.status_code == 404:
        return "-", None
    said = answer.json()
    then = said["known_then"]
    return _word(said["standing"]["status"], said["standing"]["stayed"]), then and then["status"]


def _page(client, number, day):
    """The state of the first line of the card, and what was known then, as a person reads them."""
    page = client.get(f"/register/{number}/", {"as_of": day}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    if "there was no such licence yet" in page:
        return "-", None
    line = page.split("<dt>State</dt><dd>")[1].split("</dd>")[0]
    state = re.search(r'data-status="([a-z]+)">', line)
    then = re.search(r"On that day itself the register showed: ([a-z ]+)\.", page)
    return _word(state and state[1], "stayed by a complaint: in force" in line), then and then[1]


def test_five_doors_say_one_thing_of_every_day_and_history(client, six, monkeypatch):
    monkeypatch.setattr(PublicRate, "THROTTLE_RATES", {"public": "1000/min"})
    said: dict[str, dict[str, list[str]]] = {"list": {}, "csv": {}, "json": {}, "card": {}, "page": {}}
    known = {}
    for day in EXPECTED:
        listed, exported = _list(client, day), _csv(client, day)
        cards = [_card(client, number, day) for number in six]
        pages = [_page(client, number, day) for number in six]
        said["list"][day] = [listed.get(number, "-") for number in six]
        said["csv"][day] = [exported.get(number, "-") for number in six]
        said["json"][day] = [_json(client, day).get(number, "-") for number in six]
        said["card"][day] = [state for state, _then in cards]
        said["page"][day] = [state for state, _then in pages]
        assert [then for _state, then in pages] == [then for _state, then in cards]
        known |= {(day, no): then for no, (_state, then) in enumerate(cards) if then}
    for door, table in said.items():
        assert table == EXPECTED, door
    assert known == {("2026-05-04", 3): "suspended"}
