"""`eds_sandbox init|issue|revoke|crl`: the sandbox CA from the command line (integrations.md A.6)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.egov.eds.profile import OID_BY_ROLE
from foundation.kernel.clock import legal_now
from sandbox.eds.authority import ISSUING, ROOT, SandboxCA
from sandbox.eds.identities import UnknownIdentity, issue_identity, revoke
from sandbox.eds.people import standard_identities


class Command(BaseCommand):
    help = "Sandbox certification authority: identities for the demo and the tests, trusted nowhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("init", help="make the CA and the standard identities")
        issue = actions.add_parser("issue", help="make one identity")
        issue.add_argument("name")
        issue.add_argument("--iin", required=True)
        issue.add_argument("--bin")
        issue.add_argument(
            "--role", action="append", choices=sorted(OID_BY_ROLE), dest="roles", required=True
        )
        issue.add_argument("--common-name", required=True)
        issue.add_argument("--surname")
        issue.add_argument("--patronymic")
        issue.add_argument("--organization")
        issue.add_argument("--auth", action="store_true", help="a sign-in key instead of a signing key")
        issue.add_argument("--key", choices=["rsa", "p256", "rsa1024"], default="rsa")
        revoke_parser = actions.add_parser("revoke", help="revoke an identity from this legal moment on")
        revoke_parser.add_argument("name")
        crl = actions.add_parser("crl", help="write the revocation lists in force at this legal moment")
        crl.add_argument("--out", type=Path, help="folder; EDS['CRL_DIR'] without it")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if not settings.EDS["SANDBOX"]:
            raise CommandError("EDS['SANDBOX'] is off: the sandbox CA exists in the demo only.")
        try:
            getattr(self, f"_{options['action']}")(options)
        except UnknownIdentity as error:
            raise CommandError(
                f"There is no identity {error}. Run `eds_sandbox init` or `issue` first."
            ) from error
        except ValueError as error:
            raise CommandError(str(error)) from error

    def _init(self, options: dict[str, Any]) -> None:
        del options
        for item in standard_identities():
            self.stdout.write(item.label)

    def _issue(self, options: dict[str, Any]) -> None:
        names = ("iin", "bin", "roles", "common_name", "surname", "patronymic", "organization", "key")
        facts = {name: options[name] for name in names}
        self.stdout.write(issue_identity(options["name"], sign=not options["auth"], **facts).label)

    def _revoke(self, options: dict[str, Any]) -> None:
        revoke(options["name"], legal_now())
        self.stdout.write(f"{options['name']}: revoked")

    def _crl(self, options: dict[str, Any]) -> None:
        ca, at = SandboxCA.configured(), legal_now()
        folder: Path = options["out"] or Path(settings.EDS["CRL_DIR"])
        folder.mkdir(parents=True, exist_ok=True)
        for name, which in (("issuing.crl", ISSUING), ("root.crl", ROOT)):
            partial = folder / f".{name}"
            partial.write_bytes(ca.crl(which, at))
            partial.replace(folder / name)
            self.stdout.write(str(folder / name))
