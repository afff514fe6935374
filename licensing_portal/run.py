"""`make run`: prepares the demo database and serves the portal until Ctrl-C.

Web, worker, beat and the sandbox's servers run as children of this process. When one of them ends by itself,
all are ended and the reason is shown: a demo that half works teaches the wrong thing. The embedded servers
stay until `make stop`.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

HOST = "127.0.0.1"
READY_S = 300  # the first start makes every table, on a slow machine too
GRACE_S = 15
TAIL = 2000


class Stopped(Exception):  # noqa: N818 - not an error: the person pressed Ctrl-C
    """The person, or the system, asked us to end."""


class Broken(Exception):  # noqa: N818 - says what happened, in words
    """A part ended or never came up."""


@dataclass(slots=True)
class Supervisor:
    """A few child processes that live and end together."""

    logs: Path
    environment: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str]) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        with self.log(name).open("wb") as log:
            # A group of its own: Ctrl-C reaches us only, and we end the others in order. Should we be
            # killed, the kernel tells the child (setpriv belongs to Debian's essential packages).
            self.children[name] = subprocess.Popen(  # noqa: S603 - our own programs
                ["/usr/bin/setpriv", "--pdeathsig", "TERM", *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                start_new_session=True,
            )

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def check(self) -> None:
        for name, child in self.children.items():
            if (status := child.poll()) is not None:
                tail = self.log(name).read_bytes()[-TAIL:].decode(errors="replace").strip()
                raise Broken(
                    f"{name} ended with status {status}. Its log, {self.log(name)}, ends with:\n{tail}"
                )

    def stop(self) -> None:
        """Last started, first ended: beat and worker before what they talk to."""
        for child in reversed(self.children.values()):
            _signal(child, signal.SIGTERM)
        end = time.monotonic() + GRACE_S
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.1, end - time.monotonic()))
        for child in self.children.values():
            _signal(child, signal.SIGKILL)  # the group: also what an ended child left behind
            child.wait()


def _signal(child: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, sign)


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as taken:
            if taken.errno == errno.EADDRINUSE:
                return True
            raise
    return False


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError:
        return True  # it answers; what it says is for people to read
    except OSError:
        return False


def web(port: int) -> list[str]:
    """The web server; it brings the database up to date itself, so that Django starts once before it answers."""
    return [
        *(sys.executable, "-m", "gunicorn", "licensing_portal.run_wsgi", f"--bind={HOST}:{port}"),
        *("--preload", "--workers=2", "--threads=4", "--no-control-socket"),
    ]


def others(available: Mapping[str, str], var: Path) -> dict[str, list[str]]:
    """What runs beside the web server, in the order of starting."""
    python = [sys.executable]
    quiet_root = ["-W", "ignore:You're running the worker with superuser privileges"]
    celery = [*python, *quiet_root, "-m", "celery", "-A", "licensing_portal"]
    parts = {
        "sandbox": [*python, "manage.py", "sandbox_servers"],
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=INFO"],
        "beat": [*celery, "beat", f"--schedule={var / 'beat-schedule'}", "--pidfile=", "--loglevel=INFO"],
    }
    if "sandbox_servers" not in available:
        del parts["sandbox"]
    return parts


def prepare() -> None:
    """Checks and migrations, in the web server before it answers; ends it with the reason where they fail."""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError
    from django.db import connections

    try:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
    except SystemCheckError as refused:
        raise SystemExit(f"The settings or the database are not as they must be.\n{refused}") from refused
    connections.close_all()


def fill() -> Mapping[str, str]:
    """Demo people and cases where there are none, before the worker and the beat, whose watch would join the play.

    Returns the commands there are.
    """
    import django
    from django.core.management import call_command, get_commands
    from django.db import connections

    django.setup()
    available: dict[str, str] = {name: str(app) for name, app in get_commands().items()}
    if "demo_data" in available:
        call_command("demo_data", "--if-empty")
    connections.close_all()
    return available


def serve(port: int) -> None:
    from licensing_portal import embedded

    if port_is_taken(port):
        raise Broken(
            f"Port {port} of {HOST} is taken, perhaps by a `make run` in another window. "
            f"End that, or choose another port: PORTAL_PORT=8001 make run",
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "licensing_portal.settings")
    os.environ.setdefault("PORTAL_DEMO", "1")
    os.environ.setdefault("PORTAL_PUBLIC_URL", f"http://{HOST}:{port}")
    if "CLAMD_SOCKET" not in os.environ:
        embedded.ensure_clamd("demo")
    from django.conf import settings

    supervisor = Supervisor(settings.VAR_DIR / "logs", dict(os.environ))
    try:
        # Web alone at first: on a small machine the others' start would take its time from it.
        supervisor.start("web", web(port))
        _wait_for_web(supervisor, port)
        _say(f"The portal answers at http://{HOST}:{port}; a new demo now files its cases, a minute or two.")
        for name, command in others(fill(), settings.VAR_DIR).items():
            supervisor.start(name, command)
        _say(f"The portal is at http://{HOST}:{port} - Ctrl-C ends it; logs are in {supervisor.logs}")
        while True:
            supervisor.check()
            time.sleep(0.5)
    finally:
        # A second Ctrl-C must not leave half of the children behind.
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        supervisor.stop()


def _wait_for_web(supervisor: Supervisor, port: int) -> None:
    end = time.monotonic() + READY_S
    while not answers(f"http://{HOST}:{port}/healthz"):
        supervisor.check()
        if time.monotonic() > end:
            raise Broken(f"The web server does not answer after {READY_S} s; see {supervisor.log('web')}.")
        time.sleep(0.1)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop(_sign: int, _frame: FrameType | None) -> None:
    raise Stopped


def main() -> int:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _stop)
    try:
        serve(int(os.environ.get("PORTAL_PORT", "8000")))
    except Stopped:
        _say("Ended. The embedded servers stay until `make stop`.")
    except Broken as reason:
        sys.stderr.write(f"make run: {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
