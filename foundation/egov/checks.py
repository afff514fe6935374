"""Start-up checks of the ЭЦП settings: no sandbox material in production, no real roots in the demo."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from foundation.egov.eds.algorithms import SUPPORTED
from foundation.egov.eds.builtin import BACKEND
from foundation.egov.eds.trust import is_sandbox_made


def check_eds(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    del app_configs, kwargs
    eds = settings.EDS
    return [*_check_names(eds), *_check_sandbox(eds), *_check_trust(eds)]


def _check_names(eds: dict[str, Any]) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if eds["BACKEND"] != BACKEND:
        found.append(
            Error(f"EDS['BACKEND'] is {eds['BACKEND']!r}; only 'builtin' is known.", id="egov.E001"),
        )
    unknown = sorted(set(eds["ALGORITHMS"]) - SUPPORTED)
    if unknown:
        hint = f"Supported: {', '.join(sorted(SUPPORTED))}."
        found.append(Error(f"EDS['ALGORITHMS'] names {', '.join(unknown)}.", hint=hint, id="egov.E002"))
    if eds["REVOCATION"] not in {"hard", "soft"}:
        found.append(Error("EDS['REVOCATION'] is 'hard' or 'soft'.", id="egov.E003"))
    return found


def _check_sandbox(eds: dict[str, Any]) -> list[CheckMessage]:
    if eds["SANDBOX"]:
        return []
    found: list[CheckMessage] = []
    if eds["REVOCATION"] == "soft":
        found.append(
            Error(
                "EDS['REVOCATION'] = 'soft' is for the sandbox only.",
                hint="Set it to 'hard'.",
                id="egov.E004",
            ),
        )
    if str(eds.get("CRL_PROVIDER", "")).startswith("sandbox."):
        found.append(
            Error(
                "EDS['CRL_PROVIDER'] is the sandbox's, but EDS['SANDBOX'] is off.",
                hint="Leave CRL_PROVIDER empty and keep CRL_DIR refreshed.",
                id="egov.E005",
            ),
        )
    return found


def _check_trust(eds: dict[str, Any]) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    folder = Path(eds["TRUST_DIR"])
    roots = 0
    for path in [*sorted(folder.glob("*.pem")), *sorted((folder / "intermediates").glob("*.pem"))]:
        try:
            certificates = x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError:
            found.append(
                Error(
                    f"{path} holds no certificate.", hint="Put PEM certificates there only.", id="egov.E006"
                )
            )
            continue
        roots += len(certificates) if path.parent == folder else 0
        found += [
            _wrong_world(path, eds) for item in certificates if is_sandbox_made(item) != bool(eds["SANDBOX"])
        ]
    if not roots and not eds["SANDBOX"]:
        found.append(
            Error(
                f"EDS['TRUST_DIR'] ({folder}) holds no root: no signature could be accepted.",
                hint="Put the roots of the NCA RK there as *.pem.",
                id="egov.E009",
            )
        )
    return found


def _wrong_world(path: Path, eds: dict[str, Any]) -> CheckMessage:
    if eds["SANDBOX"]:
        return Error(
            f"{path} is no sandbox certificate, but EDS['SANDBOX'] is on.",
            hint="The demo never runs with real trust: give it a trust folder of its own.",
            id="egov.E008",
        )
    return Error(
        f"{path} was made by the sandbox, but EDS['SANDBOX'] is off.",
        hint="Remove it: anybody can sign with sandbox keys.",
        id="egov.E007",
    )
