"""clamd of one cluster, with one local signature: demo and tests download no signature databases."""

from pathlib import Path

from licensing_portal.embedded.places import LaunchError, Place
from licensing_portal.embedded.processes import end, is_running, read_pid, required, run_as, wait_until
from licensing_portal.embedded.software import CLAMD, Software

# The EICAR test file, any type of file, anywhere in it; in hexadecimal, so that no scanner finds it here.
EICAR_SIGNATURE = (
    "Eicar-Test-Signature:0:*:"
    "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a"
)
LIMIT = "64M"


class Clamd:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.folder = place.folder / "clamd"
        self.config = self.folder / "clamd.conf"
        self.pid_file = self.folder / "clamd.pid"
        self.log = self.folder / "clamd.log"

    @property
    def socket(self) -> Path:
        return self.place.socket("clamd.sock")

    def pid(self) -> int | None:
        pid = read_pid(self.pid_file)
        return pid if is_running(pid, self.config) else None

    def start(self, software: Software) -> None:
        """Under the cluster's lock."""
        if self.pid() is not None and self.socket.exists():
            return
        if not CLAMD.exists():
            raise LaunchError("clamd is not installed: run `make setup`, or `apt-get install clamav-daemon`.")
        self.stop()
        self.place.subfolder("clamd")
        signatures = self.place.subfolder("clamd/signatures")
        self.place.write(signatures / "local.ndb", EICAR_SIGNATURE + "\n")
        self.place.write(self.config, self._settings(signatures))
        self.socket.unlink(missing_ok=True)
        self.pid_file.unlink(missing_ok=True)
        done = run_as(self.place.owner, [software.clamd, "-c", self.config], cwd=self.folder)
        required(done, "Starting clamd")
        if not wait_until(lambda: self.pid() is not None and self.socket.exists(), seconds=30):
            raise LaunchError(f"clamd did not start; its log is {self.log}.")

    def stop(self) -> None:
        if (pid := self.pid()) is not None:
            end(pid, self.config)

    def _settings(self, signatures: Path) -> str:
        settings = {
            "DatabaseDirectory": signatures,
            "LocalSocket": self.socket,
            "LocalSocketMode": "600",
            "FixStaleSocket": "yes",
            "PidFile": self.pid_file,
            "LogFile": self.log,
            "LogTime": "yes",
            "TemporaryDirectory": self.place.subfolder("clamd/work"),
            "StreamMaxLength": LIMIT,
            "MaxScanSize": "256M",
            "MaxFileSize": LIMIT,
            "AlertExceedsMax": "yes",  # what was not looked through to the end is not called clean
            "MaxThreads": "4",
            "SelfCheck": "0",
            "ExitOnOOM": "yes",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())
