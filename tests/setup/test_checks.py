"""Start-up checks: each unsafe setting is refused by its number, and the demo and the tests pass them all."""

import os
import secrets
import stat
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.core.files.storage import FileSystemStorage
from django.db import connection, connections

from licensing_portal import checks

PRODUCTION = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": ["licensing.example.kz"],
    "PUBLIC_URL": "https://licensing.example.kz",
}
SETTINGS_CHECKS = [
    checks.time_zone,
    checks.sandbox,
    checks.secret_key,
    checks.doors,
    checks.private_files,
    checks.key_files,
    checks.outside_systems,
]


@pytest.fixture
def production(settings):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "sandbox"]
    settings.EDS = {**settings.EDS, "SANDBOX": False}
    settings.GATEWAY = {**settings.GATEWAY, "URL": "https://gateway.example.kz"}
    return settings


def found():
    return [message.id for check in SETTINGS_CHECKS for message in check()]


def test_the_demo_passes(settings):
    assert settings.DEMO is True
    assert found() == []


def test_production_passes(production):
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, ["portal.E004"]),
        ("SECRET_KEY", "k" * 49, ["portal.E005"]),
        ("SECRET_KEY", "", ["portal.E005"]),
        ("SECRET_KEY", "demo-only-secret-key-never-in-production-0123456789", ["portal.E005"]),
        ("ALLOWED_HOSTS", [], ["portal.E006"]),
        ("ALLOWED_HOSTS", ["*"], ["portal.E006"]),
        ("PUBLIC_URL", "http://licensing.example.kz", ["portal.E007"]),
        ("MEDIA_URL", "/media/", ["portal.E008"]),
        ("EDS", {"SANDBOX": True}, ["portal.E003"]),
        ("GATEWAY", {"URL": ""}, ["portal.W001"]),
    ],
)
def test_what_production_must_not_be(production, name, value, expected):
    setattr(production, name, value)
    assert found() == expected


def test_the_sandbox_app_is_refused_outside_the_demo(production):
    production.INSTALLED_APPS = [*production.INSTALLED_APPS, "sandbox"]
    assert found() == ["portal.E003"]


def test_django_s_own_checks_find_nothing_to_say_of_a_deployment(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A root")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    root = x509.CertificateBuilder(name, name, key.public_key(), 1, start, start + timedelta(days=3650))
    (tmp_path / "root.pem").write_bytes(root.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONTZPATH": "",
            "PORTAL_NO_SERVERS": "1",
            "PORTAL_DEMO": "0",
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(60),
            "PORTAL_ALLOWED_HOSTS": "licensing.example.kz",
            "PORTAL_PUBLIC_URL": "https://licensing.example.kz",
            "PORTAL_VAR_DIR": str(tmp_path / "var"),
            "EDS_TRUST_DIR": str(tmp_path),
            "GATEWAY_URL": "https://gateway.example.kz",
            "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
            "REDIS_URL": "redis://127.0.0.1:1/0",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "no issues" in answer.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [("PUBLIC_URL", "https://licensing.example.kz"), ("ALLOWED_HOSTS", ["127.0.0.1", "demo.example.kz"])],
)
def test_a_demo_for_others_than_this_machine_is_refused(settings, name, value):
    setattr(settings, name, value)
    assert found() == ["portal.E002"]


def test_an_old_time_zone_table_is_refused(monkeypatch):
    monkeypatch.setattr(zoneinfo, "ZoneInfo", lambda _: timezone(timedelta(hours=6)))
    (message,) = checks.time_zone()
    assert message.id == "portal.E001"
    assert "UTC6:00:00" in message.msg


def test_uploads_inside_the_static_files_are_refused(settings, monkeypatch, tmp_path):
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(
        checks, "default_storage", FileSystemStorage(location=tmp_path / "files", base_url=None)
    )
    assert found() == ["portal.E009"]


def test_a_storage_with_public_addresses_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "default_storage", FileSystemStorage(location=tmp_path, base_url="/files/"))
    assert found() == ["portal.E008"]


def test_keys_that_others_can_read_are_refused(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    assert found() == []
    settings.KEYS_DIR.mkdir(mode=0o700)
    key = settings.KEYS_DIR / "seal.pem"
    key.touch(mode=0o600)
    assert found() == []
    key.chmod(0o640)
    (message,) = checks.key_files()
    assert message.id == "portal.E010"
    assert str(key) in message.msg
    assert stat.S_IMODE(key.stat().st_mode) == 0o640  # named, not changed


@pytest.mark.django_db
def test_the_embedded_database_passes():
    assert checks.database(databases=["default"]) == []


def test_without_a_database_named_none_is_asked():
    assert checks.database(databases=None) == []


@pytest.fixture
def blind_database(django_db_blocker):
    """A database as it comes where nobody thought of Kazakh: collation "C"."""
    name = f"{connection.settings_dict['NAME']}_blind"
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(
                f'CREATE DATABASE "{name}" TEMPLATE template0'
                " ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'",
            )
        blind = connection.copy("blind")
        blind.settings_dict["NAME"] = name
        connections["blind"] = blind
        connections.databases["blind"] = blind.settings_dict
        with blind.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
        yield "blind"
        blind.close()
        del connections["blind"]
        del connections.databases["blind"]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


@pytest.mark.django_db
def test_a_database_that_cannot_tell_kazakh_letters_is_refused(blind_database):
    (message,) = checks.database(databases=[blind_database])
    assert message.id == "portal.E014"
    assert "c:C" in message.msg
