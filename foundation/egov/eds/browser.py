"""What the browser needs to sign (contract A.5): the bytes, who is expected, the request to NCALayer."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from foundation.egov.eds.interface import Expect, Purpose
from foundation.egov.eds.profile import EKU_AUTH, EKU_SIGN, OID_BY_ROLE
from foundation.egov.eds.trust import trust_store

_NCALAYER_LOCALES = frozenset({"kk", "ru", "en"})


def signing_methods() -> list[str]:
    return ["ncalayer", "sandbox"] if settings.EDS["SANDBOX"] else ["ncalayer"]


def browser_request(data: bytes, *, purpose: Purpose, expect: Expect, locale: str) -> dict[str, Any]:
    """The part of a sign request that does not depend on who stores it: add `id`, `purpose`, `expires_at`."""
    data_b64 = base64.b64encode(data).decode()
    return {
        "data_b64": data_b64,
        "data_sha256": hashlib.sha256(data).hexdigest(),
        "expect": {"iin": expect.iin, "bin": expect.bin, "roles_any": sorted(expect.roles_any)},
        "methods": signing_methods(),
        "ncalayer": {
            "module": "kz.gov.pki.knca.basics",
            "method": "sign",
            "args": {
                "allowedStorages": None,
                "format": "cms",
                "data": data_b64,
                "signingParams": _signing_params(),
                "signerParams": _signer_params(purpose, expect),
                "locale": locale if locale in _NCALAYER_LOCALES else "kk",
            },
        },
    }


def _signing_params() -> dict[str, Any]:
    """Detached; a time stamp is asked for where the stamping service of the NCA RK can be reached."""
    params: dict[str, Any] = {"decode": True, "encapsulate": False, "digested": False}
    if not settings.EDS["SANDBOX"]:
        params["tsaProfile"] = {}
    return params


def _signer_params(purpose: Purpose, expect: Expect) -> dict[str, Any]:
    """NCALayer shows only keys that fit; all listed OIDs must be in the certificate, so one role or none."""
    oids = [EKU_SIGN if purpose is Purpose.SIGN else EKU_AUTH]
    if len(expect.roles_any) == 1:
        oids += [OID_BY_ROLE[role] for role in expect.roles_any]
    params: dict[str, Any] = {"extKeyUsageOids": oids}
    if expect.iin:
        params["iin"] = expect.iin
    if expect.bin:
        params["bin"] = expect.bin
    if settings.EDS["SANDBOX"]:
        store = trust_store(Path(settings.EDS["TRUST_DIR"]), sandbox=True)
        params["chain"] = [item.public_bytes(Encoding.PEM).decode() for item in store.intermediates]
    return params
