"""The verifier that settings.EDS names."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from foundation.egov.eds.builtin import BACKEND, BuiltinVerifier
from foundation.egov.eds.interface import CrlProvider, SignatureVerifier
from foundation.egov.eds.revocation import DirectoryCrlProvider


def get_verifier(config: Mapping[str, Any] | None = None) -> SignatureVerifier:
    """Cheap to make: trust store and revocation lists are cached per process by their files."""
    eds = settings.EDS if config is None else config
    if eds["BACKEND"] != BACKEND:
        raise ImproperlyConfigured(f"EDS['BACKEND'] = {eds['BACKEND']!r} is not known: use 'builtin'.")
    return BuiltinVerifier(
        trust_dir=Path(eds["TRUST_DIR"]),
        crl_provider=crl_provider(eds),
        crl_max_age=timedelta(hours=eds["CRL_MAX_AGE_H"]),
        hard_revocation=eds["REVOCATION"] != "soft",
        allowed=frozenset(eds["ALGORITHMS"]),
        max_cms_bytes=eds["MAX_CMS_BYTES"],
        max_signers=eds["MAX_SIGNERS"],
        sandbox=bool(eds["SANDBOX"]),
    )


def crl_provider(eds: Mapping[str, Any]) -> CrlProvider:
    """Files in CRL_DIR, unless a class is named: the sandbox makes its list for the asked legal moment."""
    named = eds.get("CRL_PROVIDER", "")
    if not named:
        return DirectoryCrlProvider(Path(eds["CRL_DIR"]))
    provider: CrlProvider = import_string(named)()
    return provider
