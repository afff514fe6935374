"""The launcher on real servers: docs/adr/0001-embedded-servers.md."""

import os
import socket
import stat
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import psycopg2
import pytest
import redis

from licensing_portal import embedded
from licensing_portal.embedded.places import CHECKOUT, Place
from licensing_portal.embedded.postgres import Postgres
from licensing_portal.embedded.valkey import Valkey

EICAR = bytes.fromhex(
    "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d"
    "5354414e444152442d414e544956495255532d544553542d46494c452124482b482a",
)


@pytest.fixture
def servers(run_folder):
    return embedded.for_settings("tests")


@pytest.fixture
def place(servers):
    return Place("tests")


def runs(cluster):
    pids = embedded.running(cluster)
    return pids["postgresql"] is not None or pids["valkey"] is not None


def ask(servers, question):
    connection = psycopg2.connect(servers.database_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_kazakh_letters_are_lowered_and_found(servers):
    ask(servers, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    assert ask(servers, "SELECT lower('ӘҒҚҢӨҰҮҺІ'), similarity('ҚАЗАҚ', 'қазақ')") == [("әғқңөұүһі", 1.0)]
    assert ask(
        servers,
        "SELECT datlocprovider::text, datlocale, datcollate, datctype, pg_encoding_to_char(encoding)"
        " FROM pg_database WHERE datname = current_database()",
    ) == [("b", "C.UTF-8", "C.UTF-8", "C.UTF-8", "UTF8")]


@pytest.mark.parametrize("extension", ["btree_gist", "unaccent", "citext"])
def test_extensions_are_there(servers, extension):
    ask(servers, f"CREATE EXTENSION {extension}")
    assert (extension,) in ask(servers, "SELECT extname FROM pg_extension")


def test_version_and_settings_of_the_tests_cluster(servers):
    assert ask(servers, "SHOW server_version") == [("18.6",)]
    for name, value in {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "200",
        "listen_addresses": "127.0.0.1",
    }.items():
        assert ask(servers, f"SHOW {name}") == [(value,)]


def test_a_second_call_is_quick_and_gives_the_same(servers):
    began = time.perf_counter()
    assert embedded.for_settings("tests") == servers
    assert time.perf_counter() - began < 0.05


def test_servers_do_not_run_as_root_and_keep_their_files_to_themselves(servers, place):
    for pid in (Postgres(place).pid(), Valkey(place).pid()):
        assert pid is not None
        assert Path(f"/proc/{pid}").stat().st_uid == place.owner.uid != 0
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.secret.stat().st_mode) == 0o600


def test_ports_lie_below_those_of_outgoing_sockets(servers, place):
    for port in (Postgres(place).port(), Valkey(place).port()):
        assert port is not None
        assert 20000 <= port < 32000


def test_without_the_password_nobody_comes_in(servers, place):
    secret = place.secret.read_text()
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(servers.database_url.replace(secret, "guess"))
    with (
        redis.from_url(servers.redis_url.replace(secret, "guess")) as client,
        pytest.raises(redis.exceptions.AuthenticationError),
    ):
        client.ping()
    with redis.from_url(servers.redis_url) as client:
        assert client.ping() is True


def test_clusters_are_apart(servers):
    assert runs("tests")
    assert not runs("demo")


def in_other_processes(count):
    code = "from licensing_portal import embedded; print(embedded.for_settings('tests').database_url)"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=CHECKOUT,
            env=dict(os.environ),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    return [process.communicate(timeout=60)[0].strip() for process in started]


def postmasters(place):
    """Processes started on the data folder (children do not carry it among their arguments)."""
    mark = os.fsencode(Postgres(place).data)
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = entry.read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if mark in arguments and b"-D" in arguments:
            found.append(int(entry.parent.name))
    return found


def test_after_a_crash_several_commands_at_once_start_one_server_with_its_data(servers, place):
    ask(servers, "CREATE TABLE kept AS SELECT 42 AS answer")
    ask(servers, "CHECKPOINT")  # this cluster commits without waiting for the disk
    Postgres(place).kill()
    Valkey(place).kill()
    assert not runs("tests")

    assert set(in_other_processes(3)) == {servers.database_url}

    assert postmasters(place) == [Postgres(place).pid()]
    assert ask(servers, "SELECT answer FROM kept") == [(42,)]


def test_a_stale_pid_file_that_names_another_process_neither_blocks_nor_hits_it(servers, place):
    embedded.stop("tests")
    stale = f"{os.getpid()}\n{Postgres(place).data}\n0\n5432\n\n127.0.0.1\n0 0\nready\n"
    place.write(Postgres(place).pid_file, stale)
    place.write(Valkey(place).pid_file, f"{os.getpid()}\n")
    assert not runs("tests")

    assert embedded.for_settings("tests") == servers  # and this process is still here to say so


def test_a_taken_port_is_left_to_its_owner(servers, place):
    port = Postgres(place).port()
    embedded.stop("tests")
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        moved = embedded.for_settings("tests")
    assert moved.database_url != servers.database_url
    assert ask(moved, "SELECT 1") == [(1,)]
    assert moved.redis_url == servers.redis_url


def test_stop_ends_everything_and_may_be_repeated(servers):
    embedded.for_settings("tests")
    embedded.stop("tests")
    embedded.stop("tests")
    assert embedded.running("tests") == {"postgresql": None, "valkey": None, "clamd": None}


def scan(content):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(embedded.clamd_socket("tests")))
        client.sendall(b"zINSTREAM\0" + len(content).to_bytes(4, "big") + content + bytes(4))
        return client.recv(4096)


def test_clamd_knows_eicar_plain_and_packed_and_lets_others_pass(run_folder):
    assert embedded.ensure_clamd("tests") == embedded.clamd_socket("tests")
    embedded.ensure_clamd("tests")  # a second time changes nothing
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", EICAR)
    assert scan(EICAR) == b"stream: Eicar-Test-Signature.UNOFFICIAL FOUND\0"
    assert scan(packed.getvalue()) == b"stream: Eicar-Test-Signature.UNOFFICIAL FOUND\0"
    assert scan("Қазақстан".encode()) == b"stream: OK\0"
