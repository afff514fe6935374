"""What every door to a case shares: who asks, what they may see, the version they read, the key they send."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from casework.decisions.api.shapes import ProblemShape
from casework.decisions.permissions import CaseSituation
from casework.decisions.services.course import Course
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.idempotency import once
from foundation.kernel.plain_text import without_hidden
from foundation.kernel.preconditions import if_match
from foundation.kernel.refusals import BadInput, NotFound

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The `version` you have read. Missing: 428; stale: 409 `STALE_VERSION` with who changed what.",
)
IF_MATCH_MAY = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `version` you have read; compared when given.",
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Repeated with the same body: the same answer, nothing done twice; with another body: 422.",
)
KEY_MUST = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description=KEY.description
)


_PROBLEMS = {
    401: "who asks is not known",
    403: "another role's step",
    404: "no such thing for this person; another party's is the same as none",
    409: "somebody was faster, or the sign request is used up or over",
    422: "the law refuses, or what came in cannot be read",
    428: "If-Match is missing",
}


def answers(shape: Any, status: int = 200) -> dict[Any, Any]:
    """What a command may answer, for the OpenAPI document."""
    problems = {
        (code, "application/problem+json"): OpenApiResponse(ProblemShape, description=why)
        for code, why in _PROBLEMS.items()
    }
    return {status: shape, **problems}


class PersonRate(UserRateThrottle):
    """So many calls a minute by one person, from wherever they come."""

    scope = "person"


class FileRenderer(BaseRenderer):
    """Lets a caller of a download accept any type; the bytes are sent as they are."""

    media_type = "*/*"
    format = "file"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:
        """A refusal, where there is no file."""
        return JSONRenderer().render(data)


class CaseDoor(APIView):
    """For signed-in people and their programs, at a person's rate."""

    throttle_classes = (PersonRate,)

    @property
    def person(self) -> Person:
        return cast(Person, self.request.user)

    def seen(self, course: Course[Any], case_id: UUID, at: datetime | None = None) -> CaseSituation:
        """The case as this person sees it now; another party's is the same as none."""
        situation: CaseSituation = course.seen(case_id, self.person, at or legal_now())
        if not situation.visible:
            raise NotFound
        return situation

    def once(self, body: bytes, act: Callable[[], Response], *, required: bool = False) -> Response:
        """Do it at most once for the Idempotency-Key, where one is sent."""
        return once(
            self.request._request,  # noqa: SLF001 -- DRF hides no other way to the request Django knows
            person_id=self.person.pk,
            body=body,
            required=required,
            act=act,
        )


def read_body(body: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the caller says, in the shape of the door; a JSON field that the door does not know is refused by name."""
    if not isinstance(request.data, dict):
        raise BadInput(_("An object is expected."))
    read = body(data=request.data)
    unknown = [] if isinstance(request.data, QueryDict) else sorted(set(request.data) - set(read.fields))
    if unknown:
        raise BadInput(
            _("Some fields are not known; nothing was stored."),
            fields={name: [_("There is no such field here.")] for name in unknown},
        )
    read.is_valid(raise_exception=True)
    said: dict[str, Any] = without_hidden(dict(read.validated_data))
    return said


def version_read(request: Request, *, required: bool = True) -> int | None:
    """If-Match as a number; 428 when it is required and missing."""
    below = request._request  # noqa: SLF001 -- see Door.once
    if not required and "If-Match" not in below.headers:
        return None
    return if_match(below)
