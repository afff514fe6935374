"""The browser's side in a real Chromium: sandbox signer, NCALayer's protocol, every failure said aloud.

The page is served with the portal's own content security policy; NCALayer is the double on its real port.
"""

import fcntl
import json
import mimetypes
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page, expect

from foundation.egov.eds import Expect, Purpose, browser_request, get_verifier
from foundation.kernel.clock import legal_time
from sandbox.eds import SandboxCA
from sandbox.ncalayer import NCALayerDouble

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
DATA = "Өтініш".encode()
PERSON = Expect(iin="900101300007", roles_any=frozenset({"INDIVIDUAL"}))
POLICY = "default-src 'self'; connect-src 'self' wss://127.0.0.1:13579; form-action 'self'; object-src 'none'"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("ncalayers_port")]


@dataclass
class Portal:
    """As much of a portal as a form needs: the page, its sign request, and the form's target."""

    url: str = ""
    refusal: dict[str, Any] | None = None
    asked: list[tuple[dict[str, Any], dict[str, str]]] = field(default_factory=list)
    received: list[dict[str, list[str]]] = field(default_factory=list)

    def page(self) -> str:
        with translation.override("en"):
            attributes = render_to_string("egov/sign_attributes.html")
            panel = render_to_string("egov/sign_panel.html", {"demo": True, "sign_purpose": "sign"})
        return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign</title>
<form method="post" action="/done" data-eds-sign data-sign-request-url="/request" data-sign-action="withdraw"
 data-sign-fields="reason" data-if-match="7" {attributes}>
<input type="hidden" name="csrfmiddlewaretoken" value="token"><input name="reason" value="moved">
{panel}<button name="way" value="signed">Sign</button>
<button name="way" value="saved" data-eds-skip>Save</button></form>
<script type="module" src="/static/js/eds/sign-form.js"></script>"""

    def request(self) -> dict[str, Any]:
        made = browser_request(DATA, purpose=Purpose.SIGN, expect=PERSON, locale="kk")
        return {"id": "request-1", "purpose": "application.withdraw", **made}


def handler_of(portal: Portal) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                self.reply(200, "text/html", portal.page().encode())
            elif self.path.startswith("/static/"):
                path = django_settings.BASE_DIR / self.path.lstrip("/")
                self.reply(200, mimetypes.guess_type(path)[0] or "", path.read_bytes())
            else:
                self.pass_on("GET", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/request":
                portal.asked.append((json.loads(body), dict(self.headers)))
                status = 409 if portal.refusal else 201
                self.reply(
                    status, "application/json", json.dumps(portal.refusal or portal.request()).encode()
                )
            elif self.path == "/done":
                portal.received.append(parse_qs(body.decode()))
                self.reply(200, "text/html", b"<!doctype html><title>Done</title><h1>Done</h1>")
            else:
                self.pass_on("POST", body)

        def pass_on(self, method: str, body: bytes) -> None:
            with legal_time(AT):
                answer = Client().generic(method, self.path, body, content_type="application/json")
            self.reply(answer.status_code, answer["Content-Type"], answer.content)

        def reply(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler


@pytest.fixture
def portal(ca: SandboxCA) -> Iterator[Portal]:
    made = Portal()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(made))
    made.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def ncalayers_port() -> Iterator[None]:
    """There is one NCALayer on a machine, and one of its port: test processes take turns."""
    with (Path(tempfile.gettempdir()) / "portal-tests-ncalayer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def ncalayer(ca: SandboxCA, ncalayers_port: None) -> Iterator[NCALayerDouble]:
    with NCALayerDouble(ca=ca, at=AT).running() as double:
        yield double


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    return {"ignore_https_errors": True}  # NCALayer's certificate is its installer's own


def opened(page: Page, portal: Portal, method: str, identity: str = "") -> None:
    page.goto(portal.url)
    page.locator("select[data-eds-method]").select_option(method)
    expect(page.locator("select[data-eds-identity] option[value='individual-1']")).to_be_attached()
    page.locator("select[data-eds-identity]").select_option(identity)


def verdict(portal: Portal) -> str:
    [form] = portal.received
    assert form["sign_request"] == ["request-1"]
    result = get_verifier().verify(form["cms"][0], DATA, purpose=Purpose.SIGN, expect=PERSON, at=AT)
    return result.code


def refused(page: Page, portal: Portal, words: str) -> None:
    expect(page.locator("[data-eds-error]")).to_contain_text(words)
    expect(page.get_by_role("button", name="Sign")).to_be_enabled()
    assert portal.received == []


def test_sandbox_signer_finds_the_key_of_the_expected_person(page: Page, portal: Portal) -> None:
    opened(page, portal, "sandbox")
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading")).to_have_text("Done")

    assert verdict(portal) == "OK"
    [(body, headers)] = portal.asked
    assert body == {"action": "withdraw", "reason": "moved"}
    assert (headers["X-CSRFToken"], headers["If-Match"]) == ("token", "7")
    assert portal.received[0]["way"] == ["signed"]


@pytest.mark.parametrize(
    ("identity", "code"),
    [("individual-2", "SIGNER_MISMATCH"), ("revoked", "CERT_REVOKED"), ("expired", "CERT_EXPIRED")],
)
def test_a_wrong_key_can_be_tried_in_the_demo(page: Page, portal: Portal, identity: str, code: str) -> None:
    opened(page, portal, "sandbox", identity)
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading")).to_have_text("Done")

    assert verdict(portal) == code


def test_ncalayer(page: Page, portal: Portal, ncalayer: NCALayerDouble) -> None:
    opened(page, portal, "ncalayer")
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading")).to_have_text("Done")

    assert verdict(portal) == "OK"
    [call] = ncalayer.requests
    assert (call["module"], call["method"]) == ("kz.gov.pki.knca.basics", "sign")
    assert call["args"]["signerParams"]["iin"] == "900101300007"
    assert call["args"]["locale"] == "kk"


def test_cancelled_in_ncalayer_then_signed(page: Page, portal: Portal, ncalayer: NCALayerDouble) -> None:
    ncalayer.will("cancel")
    opened(page, portal, "ncalayer")
    page.get_by_role("button", name="Sign").click()
    refused(page, portal, "Signing was cancelled")

    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading")).to_have_text("Done")
    assert verdict(portal) == "OK"


def test_ncalayer_fails(page: Page, portal: Portal, ncalayer: NCALayerDouble) -> None:
    ncalayer.will("fail")
    opened(page, portal, "ncalayer")
    page.get_by_role("button", name="Sign").click()

    refused(page, portal, "NCALayer could not sign")


def test_ncalayer_is_closed_while_signing(page: Page, portal: Portal, ncalayer: NCALayerDouble) -> None:
    ncalayer.will("quit")
    opened(page, portal, "ncalayer")
    page.get_by_role("button", name="Sign").click()

    refused(page, portal, "connection to NCALayer was lost")


def test_ncalayer_is_not_running(page: Page, portal: Portal) -> None:
    opened(page, portal, "ncalayer")
    page.get_by_role("button", name="Sign").click()

    refused(page, portal, "Start NCALayer on this computer")


def test_two_calls_at_once_wait_for_each_other(page: Page, portal: Portal, ncalayer: NCALayerDouble) -> None:
    """Answers carry no number: the second question is asked when the first is answered."""
    ncalayer.will("individual-1")
    ncalayer.will("individual-2")
    opened(page, portal, "sandbox")

    signers = page.evaluate(
        """async (request) => {
            const { NCALayer } = await import("/static/js/eds/ncalayer.js");
            const layer = new NCALayer({ heartbeatMs: 5 });
            return Promise.all([layer.sign({ request }), layer.sign({ request })]);
        }""",
        portal.request(),
    )

    found = [
        get_verifier().verify(cms, DATA, purpose=Purpose.SIGN, expect=Expect(), at=AT).signers[0].iin
        for cms in signers
    ]
    assert found == ["900101300007", "001130500303"]


def test_refusal_of_the_portal_is_shown(page: Page, portal: Portal) -> None:
    portal.refusal = {"code": "STALE_VERSION", "detail": "The case changed. Open it again."}
    opened(page, portal, "sandbox")
    page.get_by_role("button", name="Sign").click()

    refused(page, portal, "The case changed. Open it again.")


def test_saving_needs_no_signature(page: Page, portal: Portal) -> None:
    opened(page, portal, "sandbox")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading")).to_have_text("Done")

    assert portal.received[0]["way"] == ["saved"]
    assert "cms" not in portal.received[0]
    assert portal.asked == []
