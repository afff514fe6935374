"""The supervisor behind `make run`."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from licensing_portal import run
from licensing_portal.embedded.places import CHECKOUT

SLEEP = [sys.executable, "-S", "-c", "import time; print('up', flush=True); time.sleep(60)"]


@pytest.fixture
def supervisor(tmp_path):
    supervisor = run.Supervisor(tmp_path / "logs", dict(os.environ))
    yield supervisor
    supervisor.stop()


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def is_alive(pid):
    """Zombies do not count: in a container nobody may be there to collect them."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_all_parts_in_order_of_starting():
    assert "--bind=127.0.0.1:8001" in run.web(8001)
    parts = run.others({"sandbox_servers": "sandbox"}, Path("/srv/var"))
    assert list(parts) == ["sandbox", "worker", "beat"]
    assert "--schedule=/srv/var/beat-schedule" in parts["beat"]


def test_without_the_sandboxs_servers_the_rest_runs():
    assert list(run.others({}, Path("/srv/var"))) == ["worker", "beat"]


def test_a_part_that_ends_is_named_with_the_end_of_its_log(supervisor):
    supervisor.start("web", SLEEP)
    supervisor.start("worker", [sys.executable, "-S", "-c", "print('no broker'); raise SystemExit(3)"])
    until(lambda: supervisor.children["worker"].poll() is not None)
    with pytest.raises(run.Broken, match=r"worker ended with status 3\.(.|\n)*no broker"):
        supervisor.check()


def test_stop_ends_the_parts_and_what_they_started(supervisor):
    code = (
        f"import subprocess; print(subprocess.Popen({SLEEP!r}).pid, flush=True); import time; time.sleep(60)"
    )
    supervisor.start("worker", [sys.executable, "-c", code])
    until(lambda: supervisor.log("worker").read_text().count("\n") > 0)
    grandchild = int(supervisor.log("worker").read_text().split()[0])
    child = supervisor.children["worker"].pid
    assert is_alive(grandchild)
    supervisor.stop()
    until(lambda: not is_alive(grandchild))
    assert not is_alive(child)


def test_a_killed_supervisor_leaves_nobody_behind(tmp_path):
    code = (
        "import os, time; from pathlib import Path; from licensing_portal import run;"
        f"s = run.Supervisor(Path({str(tmp_path)!r}), dict(os.environ)); s.start('web', {SLEEP!r});"
        "print(s.children['web'].pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        until(lambda: (tmp_path / "web.log").read_text() == "up\n")
        parent.kill()
    until(lambda: not is_alive(child))


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_one_clear_line_and_nothing_is_started(taken_port, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "licensing_portal.run"],
        cwd=CHECKOUT,
        env={**os.environ, "PORTAL_PORT": str(taken_port), "PORTAL_RUN_DIR": str(tmp_path / "run")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"make run: Port {taken_port} of 127.0.0.1 is taken, perhaps by a `make run` in another window. "
        "End that, or choose another port: PORTAL_PORT=8001 make run\n"
    )
    assert not (tmp_path / "run").exists()


def test_a_port_nobody_listens_on_is_free(taken_port):
    assert run.port_is_taken(taken_port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert not run.port_is_taken(free)
    assert not run.answers(f"http://127.0.0.1:{free}/healthz")


def test_ctrl_c_says_that_servers_stay_and_is_no_failure(monkeypatch, capsys):
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(run, "serve", lambda _port: signal.raise_signal(signal.SIGINT))
    try:
        assert run.main() == 0
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    assert capsys.readouterr().out == "Ended. The embedded servers stay until `make stop`.\n"
