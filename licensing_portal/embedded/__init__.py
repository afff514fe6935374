"""A real PostgreSQL and a real Valkey without a system install, and Debian's clamd with a local signature.

The settings ask `for_settings` where `DATABASE_URL` or `REDIS_URL` is missing: the servers are started on
first need and stay until `make stop`. Each checkout and user has a cluster for the demo and one for tests
(docs/adr/0001-embedded-servers.md).
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from licensing_portal.embedded.clamav import Clamd
from licensing_portal.embedded.places import CLUSTERS, Cluster, LaunchError, Place, run_folder
from licensing_portal.embedded.postgres import Postgres
from licensing_portal.embedded.processes import locked
from licensing_portal.embedded.software import software
from licensing_portal.embedded.valkey import Valkey

__all__ = [
    "CLUSTERS",
    "Cluster",
    "LaunchError",
    "Servers",
    "clamd_socket",
    "ensure_clamd",
    "for_settings",
    "remove",
    "run_folder",
    "running",
    "stop",
]


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the servers of one cluster listen."""

    database_url: str
    redis_url: str


# Port 9 is "discard": whoever connects although it said it needs no servers fails at once.
NO_SERVERS = Servers("postgresql://portal@127.0.0.1:9/portal", "redis://127.0.0.1:9/0")


def for_settings(cluster: Cluster) -> Servers:
    """The addresses of the cluster's servers, started if they do not run."""
    if os.environ.get("PORTAL_NO_SERVERS") == "1":
        return NO_SERVERS
    place = Place(cluster)
    return _found(place) or _started(place)


def clamd_socket(cluster: Cluster) -> Path:
    """Where clamd of the cluster listens when `ensure_clamd` started it."""
    return Clamd(Place(cluster)).socket


def ensure_clamd(cluster: Cluster) -> Path:
    """Starts clamd if it does not run, and returns its socket."""
    place = Place(cluster)
    with locked(place.lock):
        place.make()
        Clamd(place).start(software())
    return clamd_socket(cluster)


def stop(cluster: Cluster) -> None:
    """Ends the servers of the cluster; the data stay."""
    place = Place(cluster)
    if not place.folder.exists():
        return
    with locked(place.lock):
        Clamd(place).stop()
        Valkey(place).stop()
        Postgres(place).stop(software())


def remove(cluster: Cluster) -> None:
    """Ends the servers and removes their data for good; with the last cluster also the copied binaries."""
    stop(cluster)
    place = Place(cluster)
    with locked(place.lock):
        shutil.rmtree(place.folder, ignore_errors=True)
        if not any(Place(other).folder.exists() for other in CLUSTERS):
            shutil.rmtree(run_folder())


def running(cluster: Cluster) -> dict[str, int | None]:
    """Process numbers by server; None where it does not run."""
    place = Place(cluster)
    return {"postgresql": Postgres(place).pid(), "valkey": Valkey(place).pid(), "clamd": Clamd(place).pid()}


def _found(place: Place) -> Servers | None:
    """The quick way, without the lock: both answer already."""
    postgres, valkey = Postgres(place), Valkey(place)
    try:
        secret = place.secret.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    database_port, redis_port = postgres.port(), valkey.port()
    if database_port is None or redis_port is None:
        return None
    return Servers(postgres.url(database_port, secret), valkey.url(redis_port, secret))


def _started(place: Place) -> Servers:
    with locked(place.lock):
        place.make()
        if not place.secret.exists():
            place.write(place.secret, secrets.token_hex(16))
        secret = place.secret.read_text(encoding="utf-8")
        binaries = software()
        postgres, valkey = Postgres(place), Valkey(place)
        database_port = postgres.start(binaries, secret, _remembered(place, "postgresql"))
        _remember(place, "postgresql", database_port)
        redis_port = valkey.start(binaries, secret, _remembered(place, "valkey"))
        _remember(place, "valkey", redis_port)
    return Servers(postgres.url(database_port, secret), valkey.url(redis_port, secret))


def _remembered(place: Place, server: str) -> int | None:
    try:
        return int((place.folder / f"{server}.port").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _remember(place: Place, server: str, port: int) -> None:
    if _remembered(place, server) != port:
        place.write(place.folder / f"{server}.port", f"{port}\n")
