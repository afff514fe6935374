"""PostgreSQL of one cluster."""

import shutil
import signal
from pathlib import Path

from licensing_portal.embedded.places import Cluster, LaunchError, Place
from licensing_portal.embedded.processes import (
    HOST,
    choose_port,
    end,
    is_running,
    listens,
    read_pid,
    required,
    run_as,
    wait_until,
    working_in,
)
from licensing_portal.embedded.software import Software

USER = DATABASE = "portal"
# Under collation "C" lower('Қ') does nothing and pg_trgm finds nothing; ICU would be a second path.
LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-ctype=C.UTF-8",
    "--lc-collate=C.UTF-8",
    "--lc-messages=C",
)
SETTINGS: dict[Cluster, dict[str, str]] = {
    "demo": {"max_connections": "100", "shared_buffers": "128MB"},
    "tests": {
        "max_connections": "200",
        "shared_buffers": "256MB",
        # Nothing in this cluster outlives a crash of the machine, and nothing has to.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    },
}
PORT_LINE, STATUS_LINE = 3, 7  # of postmaster.pid


class Postgres:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.data = place.folder / "postgresql"
        self.pid_file = self.data / "postmaster.pid"
        self.log = place.folder / "postgresql.log"

    def pid(self) -> int | None:
        pid = read_pid(self.pid_file)
        return pid if is_running(pid, self.data) else None

    def port(self) -> int | None:
        """Of the server that accepts connections now, otherwise None. Cheap: settings ask at every start."""
        try:
            lines = self.pid_file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return None
        if len(lines) <= STATUS_LINE or lines[STATUS_LINE].strip() != "ready" or self.pid() is None:
            return None
        port = int(lines[PORT_LINE])
        return port if listens(port) else None

    def url(self, port: int, secret: str) -> str:
        return f"postgresql://{USER}:{secret}@{HOST}:{port}/{DATABASE}"

    def start(self, software: Software, secret: str, remembered: int | None) -> int:
        """Under the cluster's lock."""
        if (port := self.port()) is not None:
            return port
        if self.pid() is None:
            self._clear_the_way()
            if not self.data.exists():
                self._initialise(software, secret)
            self._launch(software, remembered)
        if not wait_until(lambda: self.port() is not None, seconds=60):
            raise LaunchError(f"PostgreSQL does not answer; its log is {self.log}.")
        started = self.port()
        if started is None:
            raise LaunchError(f"PostgreSQL ended right after its start; its log is {self.log}.")
        return started

    def stop(self, software: Software) -> None:
        if self.pid() is not None:
            command: list[str | Path] = [
                software.postgres_bin / "pg_ctl",
                "stop",
                "-D",
                self.data,
                "-m",
                "fast",
                "-w",
                "-t",
                "60",
            ]
            required(
                run_as(self.place.owner, command, cwd=self.place.folder, timeout_s=70), "Stopping PostgreSQL"
            )

    def kill(self) -> None:
        """Ends it without a checkpoint, as a crash would: for tests of recovery."""
        if (pid := self.pid()) is not None:
            end(pid, self.data, signs=[signal.SIGKILL])

    def _clear_the_way(self) -> None:
        """After a crash: children of a killed server leave by themselves; a pid file that names a process of
        someone else would keep PostgreSQL from starting."""
        if not wait_until(lambda: not working_in(self.data), seconds=15):
            left = ", ".join(map(str, working_in(self.data)))
            raise LaunchError(f"Processes {left} still work in {self.data}: end them, then try again.")
        self.pid_file.unlink(missing_ok=True)

    def _initialise(self, software: Software, secret: str) -> None:
        """A new cluster with our database in it, made aside and put in place when it is whole."""
        draft = self.data.with_name("postgresql.new")
        shutil.rmtree(draft, ignore_errors=True)
        password = self.place.folder / "initdb-password"
        self.place.write(password, secret)
        run = self.place.owner, self.place.folder
        # The secret is 128 random bits, so a thousand rounds of hashing per connection buy nothing.
        command: list[str | Path] = [
            *(software.postgres_bin / "initdb", "-D", draft, "-U", USER, f"--pwfile={password}", *LOCALE),
            *("--auth=scram-sha-256", "--set=scram_iterations=1", "--no-instructions"),
            *(["--no-sync"] if self.place.cluster == "tests" else []),
        ]
        required(run_as(run[0], command, cwd=run[1], timeout_s=180), "Preparing PostgreSQL's data")
        password.unlink()
        create = run_as(
            run[0],
            [software.postgres_bin / "postgres", "--single", "-D", draft, "postgres"],
            cwd=run[1],
            stdin=f"CREATE DATABASE {DATABASE};\n",
        )
        required(create, "Creating the database")
        draft.rename(self.data)

    def _launch(self, software: Software, remembered: int | None) -> None:
        for attempt in (1, 2, 3):
            port = choose_port(remembered if attempt == 1 else None)
            done = run_as(
                self.place.owner, self._command(software, port), cwd=self.place.folder, timeout_s=150
            )
            if done.returncode == 0:
                return
        raise LaunchError(f"PostgreSQL did not start: {self._log_tail()}")

    def _command(self, software: Software, port: int) -> list[str | Path]:
        settings = {
            "listen_addresses": HOST,
            # TCP only: a killed server would leave the socket's own lock file in the next one's way.
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",  # short queries only: compiling them costs more than it saves
            "cluster_name": f"licensing-portal-{self.place.cluster}",
            **SETTINGS[self.place.cluster],
        }
        options = " ".join([f"-p {port}", *(f"-c {name}={value}" for name, value in settings.items())])
        return [
            *(software.postgres_bin / "pg_ctl", "start", "-D", self.data, "-l", self.log),
            *("-w", "-t", "120", "-o", options),
        ]

    def _log_tail(self) -> str:
        if not self.log.exists():
            return "no log"
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
