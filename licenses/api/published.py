"""Keys, the signed status list and journal anchors: the check of a paper without a network (api.md)."""

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.kernel.clock import almaty, legal_now
from licenses.api.conditional import answer_if_changed
from licenses.api.register import PublicView
from licenses.api.shapes import KeysShape, StatusListShape
from licenses.selectors import latest_anchors, signed_status_list, verification_keys


class VerificationKeys(PublicView):
    """Every public key ever used for QR codes, status lists and anchors."""

    @extend_schema(operation_id="verification_keys", responses=KeysShape)
    def get(self, request: Request) -> HttpResponseBase:
        published = verification_keys()
        token = "|".join(key["key_id"] for key in published)
        return answer_if_changed(request, token, lambda: Response({"keys": published}))


class StatusList(PublicView):
    """The day's signed list of every document ever issued, and the latest anchors of the journal."""

    @extend_schema(operation_id="status_list", responses=StatusListShape)
    def get(self, request: Request) -> HttpResponseBase:
        at = legal_now()
        signed, anchors = signed_status_list(at), latest_anchors()
        token = f"{almaty(at).date()}|{signed['signature']}|{anchors[0]['seq'] if anchors else 0}"
        return answer_if_changed(
            request, token, lambda: Response({"status_list": signed, "anchors": anchors})
        )
