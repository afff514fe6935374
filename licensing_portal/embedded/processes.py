"""Starting, recognising and ending the server processes of a cluster."""

import fcntl
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from licensing_portal.embedded.places import LaunchError, Owner, claim_run_folder

HOST = "127.0.0.1"
# Below the range of outgoing sockets (32768 and up): a client's socket never sits on our port.
PORTS = range(20000, 32000)
PORT_WAIT_S = 1.5


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Two commands at once start one server. The lock dies with its holder."""
    claim_run_folder()
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run_as(
    owner: Owner,
    command: Sequence[str | Path],
    *,
    cwd: Path,
    stdin: str = "",
    timeout_s: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Runs a program as the servers' user with nothing of our environment but a plain locale.

    Output goes through a file, not a pipe: a daemon that inherits a pipe would keep us waiting for its end.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            done = subprocess.run(  # noqa: S603 - binaries of pinned packages, arguments of ours
                [os.fspath(part) for part in command],
                cwd=cwd,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": os.fspath(cwd)},
                user=owner.uid if owner.switches else None,
                group=owner.gid if owner.switches else None,
                extra_groups=[] if owner.switches else None,
                input=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise LaunchError(f"{command[0]} did not finish within {timeout_s:.0f} s; see {cwd}.") from late
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


def required(done: subprocess.CompletedProcess[str], what: str) -> None:
    if done.returncode != 0:
        raise LaunchError(
            f"{what} failed ({done.args[0]}, status {done.returncode}): {done.stdout.strip()[-2000:]}"
        )


def read_pid(path: Path) -> int | None:
    """The first line of a pid file, or None: missing, empty, or cut while being written."""
    try:
        return int(path.read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def is_running(pid: int | None, mark: Path) -> bool:
    """Is `pid` the process started with `mark` among its arguments? A pid may be someone else's by now."""
    if pid is None:
        return False
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return os.fsencode(mark) in arguments  # a zombie has no arguments


def working_in(folder: Path) -> list[int]:
    """Processes whose working folder is `folder`: what a killed server may have left behind."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if os.readlink(entry / "cwd") == os.fspath(folder):  # noqa: PTH115 - a gone folder is no Path
                    found.append(int(entry.name))
    return found


def wait_until(condition_met: Callable[[], bool], *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition_met():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def end(pid: int, mark: Path, *, signs: Sequence[signal.Signals] = (signal.SIGTERM, signal.SIGKILL)) -> None:
    """Asks the process to end, then makes it."""
    for sign in signs:
        if not is_running(pid, mark):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        if wait_until(lambda: not is_running(pid, mark), seconds=20):
            return
    raise LaunchError(f"Process {pid} ({mark}) does not end: look at it with `ps -fp {pid}`.")


def listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=2).close()
    except OSError:
        return False
    return True


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose_port(remembered: int | None) -> int:
    """The port of last time while it is free, so that addresses in open shells stay right.

    A killed server's port may take a moment to come free.
    """
    if (
        remembered is not None
        and remembered in PORTS
        and wait_until(lambda: is_free(remembered), seconds=PORT_WAIT_S)
    ):
        return remembered
    for port in random.sample(PORTS, 200):
        if is_free(port):
            return port
    raise LaunchError(f"No free port between {PORTS.start} and {PORTS.stop} on {HOST}.")
