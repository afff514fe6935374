"""Challenges to sign in with ЭЦП (integrations.md A.5), and powers to be signed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from foundation.accounts import services
from foundation.accounts.models import Challenge, Person, Representation
from foundation.accounts.services.powers import expectation
from foundation.accounts.views import session
from foundation.egov.eds import Expect, Purpose, browser_request
from foundation.kernel.clock import legal_now


class _Expected(serializers.Serializer[Any]):
    iin = serializers.CharField(allow_null=True)
    bin = serializers.CharField(allow_null=True)
    roles_any = serializers.ListField(child=serializers.CharField())


class SignRequestBody(serializers.Serializer[Any]):
    """What the browser needs to sign (integrations.md A.5)."""

    id = serializers.UUIDField()
    purpose = serializers.CharField()
    data_b64 = serializers.CharField()
    data_sha256 = serializers.CharField()
    expires_at = serializers.DateTimeField()
    expect = _Expected()
    methods = serializers.ListField(child=serializers.CharField())
    ncalayer = serializers.DictField()


class SignatureBody(serializers.Serializer[Any]):
    """The CMS as NCALayer returns it."""

    cms = serializers.CharField(trim_whitespace=False)


class _Signer(serializers.Serializer[Any]):
    common_name = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    serial = serializers.CharField()
    not_after = serializers.DateTimeField()


class AcceptedBody(serializers.Serializer[Any]):
    """The sign-in worked; the session cookie is the proof."""

    status = serializers.CharField()
    signature_id = serializers.UUIDField()
    signer = _Signer()
    signed_at = serializers.DateTimeField()


class PowerBody(serializers.Serializer[Any]):
    """The words of a power."""

    party = serializers.UUIDField()
    iin = serializers.CharField(max_length=12)
    surname = serializers.CharField(max_length=100)
    given_name = serializers.CharField(max_length=100)
    scope = serializers.ChoiceField(choices=Representation.Scope.choices)
    until = serializers.DateField()


class ChallengeView(APIView):
    """Asks for the bytes to sign in with."""

    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign_in"

    @extend_schema(request=None, responses={201: SignRequestBody}, tags=["eds"])
    def post(self, request: Request) -> Response:
        challenge = services.open_login_challenge(session_key=session.session_key(request._request))  # noqa: SLF001 -- DRF's own way to the request below
        return Response(_shown(challenge, Purpose.AUTH, Expect()), status=status.HTTP_201_CREATED)


class ChallengeSignatureView(APIView):
    """Takes the signed challenge and begins the session."""

    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign_in"

    @extend_schema(
        request=SignatureBody,
        responses={200: AcceptedBody},
        tags=["eds"],
        examples=[
            OpenApiExample(
                "CMS of NCALayer",
                value={"cms": "-----BEGIN CMS-----\nMIIG…\n-----END CMS-----\n"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, challenge_id: UUID) -> Response:
        body = SignatureBody(data=request.data)
        body.is_valid(raise_exception=True)
        below = request._request  # noqa: SLF001 -- the session belongs to Django's request
        signed = services.sign_in_by_eds(
            challenge_id=challenge_id,
            cms=body.validated_data["cms"],
            session_key=session.session_key(below),
            at=legal_now(),
            language=get_language() or settings.LANGUAGE_CODE,
        )
        session.begin_by_eds(below, signed)
        signer = signed.signer
        answer = Response(
            {
                "status": "accepted",
                "signature_id": signed.evidence.pk,
                "signer": {
                    "common_name": signer.common_name,
                    "roles": sorted(signer.roles),
                    "serial": signer.serial,
                    "not_after": signer.not_after,
                },
                "signed_at": signed.evidence.at,
            }
        )
        session.in_their_language(answer, signed.person)
        return answer


class PowerSignRequestView(APIView):
    """The words of a power as bytes to sign; the CMS goes with the form of the page."""

    @extend_schema(
        request=PowerBody,
        responses={201: SignRequestBody},
        tags=["eds"],
        examples=[
            OpenApiExample(
                "A colleague who drafts",
                value={
                    "party": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
                    "iin": "001130500303",
                    "surname": "Примеров",
                    "given_name": "Арман",
                    "scope": "draft",
                    "until": "2027-12-31",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        body = PowerBody(data=request.data)
        body.is_valid(raise_exception=True)
        words = dict(body.validated_data)
        actor = request.user
        if not isinstance(actor, Person):
            raise TypeError("IsAuthenticated lets people in only")
        challenge = services.request_power(actor=actor, party_id=words.pop("party"), at=legal_now(), **words)
        if challenge.party is None:
            raise TypeError("a power is of a party")
        shown = _shown(challenge, Purpose.SIGN, expectation(actor, challenge.party))
        return Response(shown, status=status.HTTP_201_CREATED)


def _shown(challenge: Challenge, purpose: Purpose, expect: Expect) -> dict[str, Any]:
    return {
        "id": str(challenge.pk),
        "purpose": challenge.purpose,
        "expires_at": challenge.expires_at,
        **browser_request(
            bytes(challenge.data),
            purpose=purpose,
            expect=expect,
            locale=get_language() or settings.LANGUAGE_CODE,
        ),
    }
