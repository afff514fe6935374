"""Valkey of one cluster: broker of Celery, cache."""

import signal

from licensing_portal.embedded.places import LaunchError, Place
from licensing_portal.embedded.processes import (
    HOST,
    choose_port,
    end,
    is_running,
    listens,
    read_pid,
    run_as,
    wait_until,
)
from licensing_portal.embedded.software import Software


class Valkey:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.folder = place.folder / "valkey"
        self.config = self.folder / "valkey.conf"
        self.pid_file = self.folder / "valkey.pid"
        self.log = place.folder / "valkey.log"

    def pid(self) -> int | None:
        pid = read_pid(self.pid_file)
        return pid if is_running(pid, self.config) else None

    def port(self) -> int | None:
        if self.pid() is None:
            return None
        for line in self.config.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(" ")
            if name == "port":
                return int(value) if listens(int(value)) else None
        return None

    def url(self, port: int, secret: str) -> str:
        return f"redis://:{secret}@{HOST}:{port}/0"

    def start(self, software: Software, secret: str, remembered: int | None) -> int:
        """Under the cluster's lock."""
        if (port := self.port()) is not None:
            return port
        if (pid := self.pid()) is not None:
            end(pid, self.config)
        self.place.subfolder("valkey")
        for attempt in (1, 2, 3):
            port = choose_port(remembered if attempt == 1 else None)
            self.place.write(self.config, self._settings(port, secret))
            self.pid_file.unlink(missing_ok=True)
            run_as(self.place.owner, [software.valkey, self.config], cwd=self.folder)
            if wait_until(lambda: self.port() is not None, seconds=5):
                return port
        raise LaunchError(f"Valkey did not start; its log is {self.log}.")

    def stop(self) -> None:
        if (pid := self.pid()) is not None:
            end(pid, self.config)

    def kill(self) -> None:
        """Ends it without a snapshot, as a crash would: for tests of recovery."""
        if (pid := self.pid()) is not None:
            end(pid, self.config, signs=[signal.SIGKILL])

    def _settings(self, port: int, secret: str) -> str:
        keeps = self.place.cluster == "demo"
        settings = {
            "bind": HOST,
            "port": str(port),
            "requirepass": secret,
            "daemonize": "yes",
            "pidfile": str(self.pid_file),
            "logfile": str(self.log),
            "dir": str(self.folder),
            # The pid is recognised by the configuration's path among the arguments.
            "set-proc-title": "no",
            "appendonly": "yes" if keeps else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",  # a broker must not forget
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())
