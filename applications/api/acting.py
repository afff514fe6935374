"""Acting: the bytes to sign, and one door per action of the one table (statuses.ACTIONS)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from applications import services
from applications.api import bodies, showing
from applications.api.door import IF_MATCH, IF_MATCH_MAY, KEY, KEY_MUST, Door, answers, version_read
from applications.api.shapes import StandShape
from applications.models import Application
from applications.permissions import require_actor, require_state
from applications.services.acting import require_version
from applications.statuses import ACTIONS
from casework.decisions.models import SignRequest
from foundation.accounts.api import SignRequestBody
from foundation.accounts.models import Person
from foundation.egov.eds import Expect, Purpose, browser_request
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput, NotFound, Refusal

# submit and sign must not happen twice by a repeated call (api.md)
KEY_REQUIRED = frozenset({"submit", "sign"})
# lists and numbers that a plain form can only send as text
_STRUCTURED = ("grounds", "items", "present", "final")
LATER = ("cancel_refusal", "record_court_act", "confirm_court_act")


class SignRequestDoor(Door):
    """The exact bytes of an action's document, for one person and a short time (integrations.md A.5).

    What the document says goes as `params` (or beside `action`); the action itself then takes `sign_request`
    and `cms`.
    """

    @extend_schema(
        operation_id="applications_sign_request",
        tags=["applications"],
        parameters=[IF_MATCH_MAY, KEY],
        request=bodies.SignRequestAsk,
        responses=answers(SignRequestBody, 201),
        examples=[
            OpenApiExample(
                action, {"action": action, **({"params": params} if params else {})}, request_only=True
            )
            for action, params in bodies.PARAMS_EXAMPLES.items()
        ],
    )
    def post(self, request: Request, application_id: UUID) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        at = legal_now()
        self.situation(application_id, at)
        version = version_read(request, required=False)
        action, params = _asked(request)

        def make() -> Response:
            made = services.request_signature(
                application_id, action=action, params=params, person=self.person, at=at, version=version
            )
            body = SignRequestBody(shown_request(made)).data
            return Response(body, status=status.HTTP_201_CREATED)

        return self.once(raw, make)


def shown_request(made: SignRequest) -> dict[str, Any]:
    """A sign request in the shape of integrations.md A.5."""
    expect = Expect(iin=made.expect_iin, bin=made.expect_bin or None, roles_any=frozenset(made.expect_roles))
    return {
        "id": made.pk,
        "purpose": f"application.{made.action}",
        "expires_at": made.expires_at,
        **browser_request(
            bytes(made.manifest), purpose=Purpose.SIGN, expect=expect, locale=get_language() or "ru"
        ),
    }


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an action: who, when, which version, from where."""

    application_id: UUID
    said: dict[str, Any]
    frame: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """What an action takes and which service does it."""

    name: str
    body: type[serializers.Serializer[Any]]
    act: Callable[[Call], Application]


class ActionDoor(Door):
    """One action on one application."""

    command: Command

    def post(self, request: Request, application_id: UUID) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        at = legal_now()
        situation = self.situation(application_id, at)
        version = version_read(request)
        require_actor(self.command.name, situation)
        frame = {"person": self.person, "at": at, "version": version}

        def do() -> Response:
            require_version(situation, version)
            body = self.command.body(data=request.data)
            body.is_valid(raise_exception=True)
            if ACTIONS[self.command.name].signed:
                frame["ip"] = request.META.get("REMOTE_ADDR")
            try:
                done = self.command.act(Call(application_id, body.validated_data, frame))
            except (
                NotFound
            ):  # no such sign request: in the wrong state there can be none, and the law says why
                require_state(ACTIONS[self.command.name], situation)
                raise
            shown = StandShape(showing.stand(done)).data
            return Response(shown, headers={"ETag": f'"{done.case.version}"'})

        return self.once(raw, do, required=self.command.name in KEY_REQUIRED)


class LaterActionDoor(Door):
    """Actions of the contract that this portal does not take yet: said plainly, not hidden."""

    @extend_schema(exclude=True)
    def post(self, _request: Request, application_id: UUID, action: str) -> Response:
        self.situation(application_id)
        if action not in LATER:
            raise NotFound(_("There is no such action."))
        refusal = Refusal(
            _("Reopening after a court act or a cancelled refusal cannot be done here yet."),
            code="NOT_OFFERED",
            advice=_("Until then the authority records it on paper."),
        )
        refusal.status = status.HTTP_501_NOT_IMPLEMENTED
        raise refusal


def _asked(request: Request) -> tuple[str, dict[str, Any]]:
    """The action and what its document says: under `params`, or flat as a form sends it."""
    if not isinstance(request.data, dict):
        raise BadInput(_("An object is expected."), fields={"action": [_("Name the action.")]})
    flat = {name: value for name, value in request.data.items() if name not in ("action", "params")}
    nested = request.data.get("params") or {}
    if not isinstance(nested, dict):
        raise BadInput(_("Params are an object."), fields={"params": [_("Send a JSON object.")]})
    return str(request.data.get("action", "")), {
        name: _read(name, value) for name, value in {**flat, **nested}.items()
    }


def _read(name: str, value: Any) -> Any:
    if name not in _STRUCTURED or not isinstance(value, str):
        return value
    if name == "final":
        return value.lower() in ("true", "on", "1", "yes")
    try:
        return json.loads(value)
    except ValueError as error:
        raise BadInput(
            _("One of the values cannot be read."), fields={name: [_("Send a JSON list.")]}
        ) from error


def _officer(value: str, field: str) -> UUID:
    """An officer by login or id."""
    try:
        return UUID(value)
    except ValueError:
        found = Person.objects.filter(login=value, is_staff=True).values_list("pk", flat=True).first()
    if found is None:
        raise BadInput(
            _("This person is no officer."), fields={field: [_("Name an officer by login or id.")]}
        )
    return found


def _signed(name: str, service: Callable[..., Application]) -> Command:
    def act(call: Call) -> Application:
        return service(call.application_id, **call.said, **call.frame)

    return Command(name, bodies.SignedBody, act)


def _plain(
    name: str, service: Callable[..., Application], body: type[serializers.Serializer[Any]]
) -> Command:
    def act(call: Call) -> Application:
        return service(call.application_id, **call.said, **call.frame)

    return Command(name, body, act)


def _assign(call: Call) -> Application:
    executor = _officer(call.said["executor"], "executor")
    return services.assign(
        call.application_id, executor_id=executor, reason=call.said["reason"], **call.frame
    )


def _ask_recusal(call: Call) -> Application:
    said = dict(call.said)
    officer = _officer(said.pop("officer"), "officer")
    return services.ask_recusal(call.application_id, officer_id=officer, **said, **call.frame)


def _prepare_refusal(call: Call) -> Application:
    grounds = [dict(ground) for ground in call.said["grounds"]]
    return services.prepare_refusal(call.application_id, grounds=grounds, **call.frame)


def _open_signing(call: Call) -> Application:
    services.open_signing(call.application_id, **call.frame)
    return services.load(call.application_id)


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        _signed("submit", services.submit),
        _signed("withdraw", services.withdraw),
        Command("assign", bodies.AssignBody, _assign),
        Command("ask_recusal", bodies.AskRecusalBody, _ask_recusal),
        _plain("decide_recusal", services.decide_recusal, bodies.DecideRecusalBody),
        _plain("accept", services.accept, bodies.NothingBody),
        _signed("return", services.refuse_further),
        _plain("prepare_issue", services.prepare_issue, bodies.PrepareIssueBody),
        _signed("notify_hearing", services.notify_hearing),
        _plain("request_oral", services.request_oral, bodies.NothingBody),
        _plain("waive_hearing", services.waive_hearing, bodies.NothingBody),
        _signed("answer_hearing", services.answer_hearing),
        _plain("postpone_hearing", services.postpone_hearing, bodies.PostponeBody),
        _signed("agree_late_notice", services.agree_late_notice),
        _signed("sign_protocol", services.sign_protocol),
        _plain("record_hearing", services.record_hearing, bodies.NothingBody),
        Command("prepare_refusal", bodies.PrepareRefusalBody, _prepare_refusal),
        _plain("discontinue", services.prepare_discontinuance, bodies.DiscontinueBody),
        _plain("send_back", services.send_back, bodies.SendBackBody),
        Command("open_signing", bodies.NothingBody, _open_signing),
        _signed("sign", services.sign),
    )
}


def action_paths() -> list[URLPattern]:
    """A path, a schema and an example body for every action of the table."""
    return [
        path(
            f"applications/<uuid:application_id>/actions/{name}/",
            _door(COMMANDS[name]).as_view(),
            name=f"action-{name}",
        )
        for name in ACTIONS
    ]


def _door(command: Command) -> type[ActionDoor]:
    action = ACTIONS[command.name]
    example = bodies.SIGNED_EXAMPLE if action.signed else bodies.BODY_EXAMPLES[command.name]
    key = KEY_MUST if command.name in KEY_REQUIRED else KEY
    described = extend_schema(
        operation_id=f"applications_{command.name}",
        tags=["applications: actions"],
        summary=f"{command.name}: {action.actor.value}, from {', '.join(action.sources)}",
        parameters=[IF_MATCH, key],
        # an empty object is a body too: the generator would leave it out
        request=OpenApiTypes.OBJECT if command.body is bodies.NothingBody else command.body,
        responses=answers(StandShape),
        examples=[OpenApiExample(command.name, example, request_only=True)],
    )

    def post(self: ActionDoor, request: Request, application_id: UUID) -> Response:
        return ActionDoor.post(self, request, application_id)

    name = f"{command.name.title().replace('_', '')}Door"
    return type(name, (ActionDoor,), {"command": command, "post": described(post)})
