"""Doors of the sandbox signer; the routes exist only in the demo (integrations.md A.6)."""

import base64
import binascii
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from foundation.kernel.clock import legal_now
from sandbox.eds.authority import ISSUING, ROOT, SandboxCA
from sandbox.eds.identities import UnknownIdentity, identities, usable_at
from sandbox.eds.signer import sign

_LISTS = {"issuing.crl": ISSUING, "root.crl": ROOT}


@require_GET
def identity_list(request: HttpRequest) -> JsonResponse:
    """Who can sign: `?purpose=sign|auth`, `?iin=`, `?bin=` narrow the list, as NCALayer narrows keys."""
    at, ca = legal_now(), SandboxCA.configured()
    found = [{**item.as_json(), "usable": usable_at(item, at, ca)} for item in identities(ca)]
    for key in ("purpose", "iin", "bin"):
        wanted = request.GET.get(key)
        found = [item for item in found if not wanted or item[key] == wanted]
    return JsonResponse({"identities": found})


# Without a session: the signer stands for NCALayer on the person's own machine, and holds demo keys only.
@csrf_exempt
@require_POST
def sign_data(request: HttpRequest) -> JsonResponse:
    """`{"identity", "data_b64", "attached"}` → `{"cms"}`."""
    try:
        body: dict[str, Any] = json.loads(request.body)
        data = base64.b64decode(body["data_b64"], validate=True)
        cms = sign(str(body["identity"]), data, attached=bool(body.get("attached", False)), at=legal_now())
    except UnknownIdentity as error:
        return _refused(404, "UNKNOWN_IDENTITY", f"No identity {error}: see /sandbox/eds/identities/.")
    except (ValueError, KeyError, TypeError, binascii.Error):
        return _refused(422, "MALFORMED", 'Send {"identity": "…", "data_b64": "…", "attached": false}.')
    return JsonResponse({"cms": cms})


@require_GET
def revocation_list(request: HttpRequest, name: str) -> HttpResponse:
    del request
    if name not in _LISTS:
        raise Http404
    der = SandboxCA.configured().crl(_LISTS[name], legal_now())
    return HttpResponse(der, content_type="application/pkix-crl")


def _refused(status: int, code: str, detail: str) -> JsonResponse:
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")
