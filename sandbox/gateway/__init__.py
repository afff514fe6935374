"""A gateway on loopback that speaks part B of integrations.md, for the demo and the tests."""

from pathlib import Path
from typing import Any

import httpx

from sandbox.gateway.app import GatewayApp
from sandbox.gateway.state import State
from sandbox.local_http import LocalServer

TOKEN = "sandbox-token"


class Control:
    """What a demo or a test arranges at the gateway, over HTTP like everything else."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    def pay(self, payer: str, amount: str, **more: Any) -> dict[str, Any]:
        """A payment of the fee; `paid_at`, `payer_name`, `kbk`, `reference`, `state` may be given."""
        return self._post("/sandbox/payments", {"payer": payer, "amount": amount, **more})

    def autopay(self, payers: list[str], amounts: list[str]) -> None:
        """These payers always have an unused payment of each of these amounts."""
        self._post("/sandbox/autopay", {"payers": payers, "amounts": amounts})

    def add_person(self, iin: str, surname: str, name: str, **more: Any) -> None:
        self._post("/sandbox/persons", {"iin": iin, "surname": surname, "name": name, **more})

    def add_entity(
        self, bin_number: str, name_ru: str, name_kk: str, leader: dict[str, Any], **more: Any
    ) -> None:
        body = {"bin_number": bin_number, "name_ru": name_ru, "name_kk": name_kk, "leader": leader}
        self._post("/sandbox/entities", body | more)

    def decide_consent(self, consent_id: str, status: str) -> None:
        self._post(f"/sandbox/consents/{consent_id}", {"status": status})

    def mode(self, mode: str, delay_s: float = 3.0) -> None:
        """`up`, `off` (503), `slow`, `truncate`."""
        self._post("/sandbox/mode", {"mode": mode, "delay_s": delay_s})

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        response = httpx.post(self._url + path, json=body, headers=self._headers, timeout=10, trust_env=False)
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer


class SandboxGateway(LocalServer):
    """The running server with its control and its state."""

    def __init__(self, port: int = 0, *, path: Path | None = None, token: str = TOKEN) -> None:
        self.state = State(path)
        super().__init__(GatewayApp(self.state, token), port)
        self.control = Control(self.url, token)


def serve(port: int = 0, *, path: Path | None = None, token: str = TOKEN) -> tuple[SandboxGateway, str]:
    """Start the gateway on loopback (a free port by default); `close()` or leaving a `with` ends it."""
    server = SandboxGateway(port, path=path, token=token)
    return server, server.url
