"""Start-up checks: what would quietly make wrong dates, blind searches or open doors, refused by name.

`manage.py check` runs those that read settings; `manage.py check --database default` and `migrate`, with which
`make run` and the containers begin, also ask the database.
"""

import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import Storage, default_storage
from django.db import connections

ALMATY = "Asia/Almaty"
# Since 01.03.2024 the whole of Kazakhstan lives by UTC+5; data older than that still say +6.
SAMPLE = datetime(2026, 1, 15, 12, tzinfo=UTC)
OFFSET = timedelta(hours=5)
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
OWN_HOSTS = LOOPBACK | {"testserver"}
SECRET_LENGTH = 50
POSTGRES_VERSION = 18
OTHERS = 0o077


def register_all() -> None:
    for check in (time_zone, sandbox, secret_key, doors, private_files, key_files, outside_systems):
        register(check, "portal")
    register(database, Tags.database)


def time_zone(**_: Any) -> list[CheckMessage]:
    """Terms end at a local hour: an old time zone table moves every deadline by an hour."""
    offset = SAMPLE.astimezone(zoneinfo.ZoneInfo(ALMATY)).utcoffset()
    if offset == OFFSET:
        return []
    return [
        Error(
            f"Python takes {ALMATY} for UTC{offset}, it is UTC+5 since 01.03.2024.",
            hint="Install the pinned tzdata (make setup) and start with an empty PYTHONTZPATH.",
            id="portal.E001",
        ),
    ]


def sandbox(**_: Any) -> list[CheckMessage]:
    """The sandbox signs in anybody's name and moves the legal clock: never beside real data."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    found: list[CheckMessage] = []
    if settings.DEMO and (host not in LOOPBACK or set(settings.ALLOWED_HOSTS) - OWN_HOSTS):
        found.append(
            Error(
                f"The demo (PORTAL_DEMO) is served to others than this machine: {settings.PUBLIC_URL}, "
                f"{', '.join(settings.ALLOWED_HOSTS)}.",
                hint="Anybody could sign as anybody. Set PORTAL_DEMO=0, or serve the demo on 127.0.0.1 only.",
                id="portal.E002",
            ),
        )
    if not settings.DEMO and ("sandbox" in settings.INSTALLED_APPS or settings.EDS["SANDBOX"]):
        found.append(
            Error(
                "The sandbox is switched on outside the demo.",
                hint='Take "sandbox" out of INSTALLED_APPS and set EDS["SANDBOX"] to False.',
                id="portal.E003",
            ),
        )
    if not settings.DEMO and settings.DEBUG:
        found.append(
            Error(
                "PORTAL_DEBUG shows settings and people's data to whoever causes an error.",
                hint="Set PORTAL_DEBUG=0.",
                id="portal.E004",
            ),
        )
    return found


def secret_key(**_: Any) -> list[CheckMessage]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # empty
        key = ""
    if settings.DEMO or (len(key) >= SECRET_LENGTH and not key.startswith("demo-only")):
        return []
    return [
        Error(
            f"PORTAL_SECRET_KEY is missing, the demo's, or shorter than {SECRET_LENGTH} characters.",
            hint="Make one with `openssl rand -base64 48` and keep it out of the repository.",
            id="portal.E005",
        ),
    ]


def doors(**_: Any) -> list[CheckMessage]:
    """Cookies and redirects are only as safe as the address people come by."""
    if settings.DEMO:
        return []
    found: list[CheckMessage] = []
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "PORTAL_ALLOWED_HOSTS is empty or lets any host name in.",
                hint="Name the portal's own host names, separated by commas.",
                id="portal.E006",
            ),
        )
    if not settings.PUBLIC_URL.startswith("https://"):
        found.append(
            Error(
                f"PORTAL_PUBLIC_URL is {settings.PUBLIC_URL}: sessions would travel unencrypted.",
                hint="Give the https:// address people use; behind a proxy also PORTAL_BEHIND_PROXY=1.",
                id="portal.E007",
            ),
        )
    return found


def private_files(**_: Any) -> list[CheckMessage]:
    """Uploads are handed out by a view that asks for permission, never by an address."""
    found: list[CheckMessage] = []
    if settings.MEDIA_URL not in {"", "/"} or _gives_addresses(default_storage):
        found.append(
            Error(
                "Uploaded files have public addresses.",
                hint="Leave MEDIA_URL empty and the storage without base_url; S3: private, signed addresses.",
                id="portal.E008",
            ),
        )
    files = Path(getattr(default_storage, "location", "") or settings.VAR_DIR).resolve()
    found.extend(
        Error(
            f"Uploaded files lie in {files}, inside {folder}, which is served to everybody.",
            hint="Set PORTAL_VAR_DIR to a folder outside the static files.",
            id="portal.E009",
        )
        for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)
        if folder and files.is_relative_to(Path(folder).resolve())
    )
    return found


def _gives_addresses(storage: Storage) -> bool:
    return (
        getattr(storage, "base_url", None) not in {None, "", "/"}
        or getattr(storage, "querystring_auth", True) is False
        or str(getattr(storage, "default_acl", None)).startswith("public")
    )


def key_files(**_: Any) -> list[CheckMessage]:
    """Whoever reads the keys of seal, QR and anchors can make licences."""
    folder = settings.KEYS_DIR
    if not folder.is_dir():
        return []  # made by `rotate_keys`, closed from the start
    open_to_others = [
        str(path) for path in (folder, *sorted(folder.rglob("*.pem"))) if path.stat().st_mode & OTHERS
    ]
    if not open_to_others:
        return []
    return [
        Error(
            f"Keys of the authority can be read by others: {', '.join(open_to_others)}.",
            hint=f"chmod -R go= {folder}; if others had access, also make new keys: manage.py rotate_keys.",
            id="portal.E010",
        ),
    ]


def outside_systems(**_: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.GATEWAY["URL"]:
        return []
    return [
        Warning(
            "GATEWAY_URL is not set: payments and registrations cannot be confirmed, cases will wait.",
            hint="Give the address of the gateway of the electronic government.",
            id="portal.W001",
        ),
    ]


def database(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """PostgreSQL of the right version, with the right time zone, which can tell Қ from қ."""
    if not databases:
        return []
    return [message for alias in databases for message in _database(alias)]


def _database(alias: str) -> Iterator[CheckMessage]:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield Error(
            f"{connection.vendor} is not supported: its locks and triggers are not those needed.",
            hint="Point DATABASE_URL to a PostgreSQL, or leave it out for the embedded one.",
            id="portal.E011",
        )
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_setting('server_version_num')::int / 10000,
                   timestamptz '2026-01-15 12:00+00' AT TIME ZONE 'Asia/Almaty'
                       = timestamp '2026-01-15 17:00',
                   lower('ӘҒҚҢӨҰҮҺІ') = 'әғқңөұүһі',
                   (SELECT datlocprovider::text || ':' || coalesce(datlocale, datcollate)
                      FROM pg_database WHERE datname = current_database()),
                   EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'),
                   EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
            """,
        )
        version, five_hours, lowers, locale, available, installed = cursor.fetchone()
        finds = available
        if installed:
            cursor.execute("SELECT similarity('ҚАЗАҚ МАЙНИНГ', 'қазақ') > 0")
            (finds,) = cursor.fetchone()
    if version < POSTGRES_VERSION:
        yield Error(
            f"PostgreSQL {version} is older than {POSTGRES_VERSION}.",
            hint="Use PostgreSQL 18.",
            id="portal.E012",
        )
    if not five_hours:
        yield Error(
            f"PostgreSQL's time zone table does not have {ALMATY} at UTC+5.",
            hint="Update PostgreSQL, or the system's tzdata where it uses that one.",
            id="portal.E013",
        )
    if not lowers or not finds or locale != "b:C.UTF-8":
        yield Error(
            f"The database's locale is {locale}: Kazakh letters are not lowered or not found by searches.",
            hint="Create it with initdb --locale-provider=builtin --builtin-locale=C.UTF-8 --encoding=UTF8 "
            "and with the extension pg_trgm at hand (docker-compose.yml shows how).",
            id="portal.E014",
        )
