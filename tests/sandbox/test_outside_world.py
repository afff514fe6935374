"""The doubles of the demo: mail that becomes files, the receiver of the monitoring feed, the kept gateway."""

import json
import smtplib
import time
from email.message import EmailMessage
from functools import partial

import httpx
import pytest
from django.core.mail import EmailMessage as DjangoMail
from django.core.mail import get_connection

from sandbox.gateway import serve
from sandbox.local_http import Request
from sandbox.mail import MailServer
from sandbox.monitoring import MonitoringApp, MonitoringReceiver, signature

SECRET = "sandbox-secret"


def event(event_id, seq, number="APP-1", stage="REVIEW"):
    return {"event_id": event_id, "seq": seq, "stage": stage, "application": {"number": number}}


def post(receiver, *events, secret=SECRET, age=0):
    raw = json.dumps({"feed": "licensing-portal", "schema": 1, "events": events}).encode()
    timestamp = str(int(time.time()) - age)
    headers = {"X-Feed-Timestamp": timestamp, "X-Feed-Signature": signature(secret, timestamp, raw)}
    return httpx.post(f"{receiver.url}/v1/events", content=raw, headers=headers, trust_env=False)


@pytest.fixture
def receiver():
    with MonitoringReceiver() as running:
        yield running


def test_signature_vector():
    raw = b'{"events":[],"feed":"licensing-portal","schema":1}'
    assert signature(SECRET, "1795320000", raw) == (
        "sha256=4d2a2245a3ba7c0437a2a274e3c7ae5a0c60cd69abf46ff22d07d3c16b741f52"
    )


def test_the_vector_is_accepted_within_the_window_only():
    raw = b'{"events":[],"feed":"licensing-portal","schema":1}'
    headers = {"x-feed-timestamp": "1795320000", "x-feed-signature": signature(SECRET, "1795320000", raw)}
    request = Request("POST", "/v1/events", headers, raw)
    for now, status in ((1795320300.0, 202), (1795320301.0, 401), (1795319700.0, 202), (1795319699.0, 401)):
        assert MonitoringApp(SECRET, now=partial(float, now)).respond(request).status == status


def test_order_repeats_and_heads(receiver):
    assert post(receiver, event("a", 1), event("b", 2)).json()["accepted"] == ["a", "b"]
    assert post(receiver, event("b", 2)).json()["duplicates"] == ["b"]
    gap = post(receiver, event("d", 4))
    assert (gap.status_code, gap.json()["rejected"]) == (
        409,
        [{"event_id": "d", "code": "SEQUENCE_GAP", "expected_seq": 3}],
    )
    assert post(receiver, event("x", 1)).json()["rejected"][0]["code"] == "SEQUENCE_STALE"
    assert post(receiver, {"event_id": "z"}).json()["rejected"] == [
        {"event_id": "z", "code": "INVALID_EVENT"}
    ]
    heads = httpx.get(f"{receiver.url}/v1/streams/monitoring/heads?since=0", trust_env=False)
    assert heads.json() == {"APP-1": 2}
    assert [item["event_id"] for item in receiver.events] == ["a", "b"]


def test_licence_events_have_their_own_order(receiver):
    issued = {"event_id": "l", "seq": 1, "stage": "LICENSE_ISSUED", "license": {"number": "KZ00DML00000001"}}
    assert post(receiver, event("a", 1), issued).status_code == 202
    heads = httpx.get(f"{receiver.url}/v1/streams/registry/heads", trust_env=False)
    assert heads.json() == {"KZ00DML00000001": 1}


def test_wrong_secret_and_old_letters_are_refused(receiver):
    assert post(receiver, event("a", 1), secret="other").status_code == 401
    assert post(receiver, event("a", 1), age=400).status_code == 401
    assert receiver.events == []


def test_a_restart_of_the_receiver_forgets_nothing(tmp_path):
    path = tmp_path / "monitoring" / "events.jsonl"
    with MonitoringReceiver(path=path) as first:
        post(first, event("a", 1))
    with MonitoringReceiver(path=path) as second:
        assert post(second, event("a", 1), event("b", 2)).json() == {
            "accepted": ["b"],
            "duplicates": ["a"],
            "rejected": [],
        }


def test_a_letter_becomes_a_file(tmp_path):
    with MailServer(tmp_path) as mail:
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=mail.port
        )
        letter = DjangoMail(
            "Өтініш тіркелді", "Бірінші жол\n.нүкте\nСоңы", "a@portal.example", ["b@example.kz"]
        )
        letter.connection = connection
        assert letter.send() == 1
        (path,) = mail.letters()
    assert b"To: b@example.kz" in path.read_bytes()


def test_dots_and_order_of_commands(tmp_path):
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = "b@example.kz", "a@example.kz", "x"
    message.set_content(".first\n..second\n")
    with MailServer(tmp_path) as mail, smtplib.SMTP("127.0.0.1", mail.port) as client:
        assert client.docmd("DATA")[0] == 503
        assert client.docmd("VRFY", "x")[0] == 502
        client.send_message(message)
        (path,) = mail.letters()
        assert b"\r\n.first\r\n..second\r\n" in path.read_bytes()


def test_the_gateway_keeps_its_payments_over_a_restart(tmp_path):
    path = tmp_path / "gateway.json"
    server, _url = serve(path=path)
    with server:
        reference = server.control.pay("900101300007", "21625")["reference"]
    again, _url = serve(path=path)
    with again:
        assert again.state.payments[reference]["amount"] == "21625.00"
        assert again.control.pay("900101300007", "1")["reference"] != reference


def test_the_gateway_takes_demo_people_and_refuses_wrong_numbers():
    server, _url = serve()
    with server:
        server.control.add_person("040229500005", "ДЕМО", "АЙГЕРИМ")
        server.control.add_entity("110463000001", "КХ «Демо»", "«Демо» ШҚ", leader={"iin": "040229500005"})
        assert server.state.entities["110463000001"]["name"]["ru"] == "КХ «Демо»"
        with pytest.raises(httpx.HTTPStatusError):
            server.control.add_person("040229500006", "ДЕМО", "АЙГЕРИМ")
        with pytest.raises(httpx.HTTPStatusError):
            server.control.pay("040229500005", "many")
