"""What the launcher decides without starting anything."""

import os
import socket
import stat
from pathlib import Path

import pytest

from licensing_portal import embedded
from licensing_portal.embedded import places, processes
from licensing_portal.embedded.__main__ import main
from licensing_portal.embedded.places import LaunchError, Place


def test_commands_that_read_code_only_start_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_NO_SERVERS", "1")
    monkeypatch.setenv("PORTAL_RUN_DIR", str(tmp_path / "run"))
    assert embedded.for_settings("demo") == embedded.Servers(
        "postgresql://portal@127.0.0.1:9/portal",
        "redis://127.0.0.1:9/0",
    )
    assert not (tmp_path / "run").exists()


def test_each_checkout_has_a_run_folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.delenv("PORTAL_RUN_DIR", raising=False)
    ours = embedded.run_folder()
    assert ours.parent == Path("/var/tmp")  # noqa: S108 - the answer, not a use
    assert ours.name.startswith(f"licensing-portal-{os.geteuid()}-")
    monkeypatch.setattr(places, "CHECKOUT", tmp_path)
    assert embedded.run_folder() != ours


def test_a_run_folder_of_somebody_else_is_refused(monkeypatch, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "real")
    monkeypatch.setattr(places, "run_folder", lambda: tmp_path / "run")
    with pytest.raises(LaunchError, match="belongs to somebody else"):
        places.claim_run_folder()


def test_a_path_too_long_for_a_socket_is_named_before_anything_starts(monkeypatch):
    monkeypatch.setenv("PORTAL_RUN_DIR", "/run/" + "қ" * 50)
    with pytest.raises(LaunchError, match="PORTAL_RUN_DIR"):
        Place("tests").socket("clamd.sock")


def test_a_missing_clamd_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_RUN_DIR", str(tmp_path))
    monkeypatch.setattr("licensing_portal.embedded.clamav.CLAMD", tmp_path / "none")
    with pytest.raises(LaunchError, match="apt-get install clamav-daemon"):
        embedded.ensure_clamd("tests")


def test_a_pid_counts_only_with_its_mark(tmp_path):
    assert processes.is_running(os.getpid(), tmp_path) is False
    assert processes.is_running(None, tmp_path) is False
    assert processes.is_running(2**22 + 1, tmp_path) is False


@pytest.mark.parametrize("content", ["", "\n", "soon", "12x\n"])
def test_a_pid_file_cut_while_being_written_is_no_pid(tmp_path, content):
    (tmp_path / "pid").write_text(content)
    assert processes.read_pid(tmp_path / "pid") is None


def test_the_remembered_port_is_kept_while_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outside = taken.getsockname()[1]
    free = processes.choose_port(outside)  # above the range: not ours to keep
    assert free in processes.PORTS
    assert processes.choose_port(free) == free
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free))
        taken.listen()
        assert processes.choose_port(free) != free


def test_private_files_follow_no_links(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_RUN_DIR", str(tmp_path))
    place = Place("tests")
    place.folder.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    (place.folder / "secret.new").symlink_to(victim)
    place.write(place.secret, "hidden")
    assert victim.read_text() == "untouched"
    assert place.secret.read_text() == "hidden"
    assert stat.S_IMODE(place.secret.lstat().st_mode) == 0o600


def test_status_of_what_never_ran(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PORTAL_RUN_DIR", str(tmp_path))
    assert main(["status", "tests"]) == 0
    assert main(["stop"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "tests: postgresql does not run, valkey does not run, clamd does not run",
        "demo: postgresql does not run, valkey does not run, clamd does not run",
        "tests: postgresql does not run, valkey does not run, clamd does not run",
    ]
    with pytest.raises(SystemExit) as refused:
        main(["start", "production"])
    assert refused.value.code == 2
