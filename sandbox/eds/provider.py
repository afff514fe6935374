"""Revocation lists of the sandbox: the demo's legal clock moves, so they are made for the asked moment."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from django.conf import settings

from foundation.egov.eds import LoadedCrl
from foundation.egov.eds.revocation import DirectoryCrlProvider, load_crl
from sandbox.eds.authority import ISSUING, ROOT, SandboxCA


class SandboxCrlProvider:
    """Named by EDS["CRL_PROVIDER"]; issuers that are not the sandbox's are looked up in files."""

    def __init__(self, ca: SandboxCA | None = None) -> None:
        self._ca = ca or SandboxCA.configured()

    def crls_for(self, issuer: x509.Certificate, at: datetime) -> Iterable[LoadedCrl]:
        for which in (ISSUING, ROOT):
            if issuer == self._ca.certificate(which):
                return [load_crl(self._ca.crl(which, at))]
        return DirectoryCrlProvider(Path(settings.EDS["CRL_DIR"])).crls_for(issuer, at)
