"""Acting on any case: the bytes to sign, and one door per action of its table."""

import json
from collections.abc import Callable, Mapping
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

from casework.decisions.api import bodies, showing
from casework.decisions.api.door import IF_MATCH, IF_MATCH_MAY, KEY, KEY_MUST, CaseDoor, answers, version_read
from casework.decisions.models import SignRequest
from casework.decisions.permissions import action_of, require_actor, require_state
from casework.decisions.services.course import Course
from casework.decisions.statuses import Action
from foundation.accounts.api import SignRequestBody
from foundation.accounts.models import Person
from foundation.egov.eds import Expect, Purpose, browser_request
from foundation.kernel.clock import legal_now
from foundation.kernel.plain_text import without_hidden
from foundation.kernel.refusals import BadInput, NotFound

# what a service may know nothing of: the ways of a hearing beside its time and place
_MAY_BE_LEFT_OUT = frozenset({"video", "short_notice", "room", "link", "minutes"})
# submit and sign must not happen twice by a repeated call (api.md)
KEY_REQUIRED = frozenset({"submit", "sign"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an action: on which case, what was said, and who, when, which version, from where."""

    case_id: UUID
    said: dict[str, Any]
    frame: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """What an action takes and which service does it; the service answers with the row it changed."""

    name: str
    body: type[serializers.Serializer[Any]]
    act: Callable[[Call], Any]


def signed(name: str, service: Callable[..., Any]) -> Command:
    """An action whose body is the answered sign request."""
    return plain(name, service, bodies.SignedBody)


def with_scan(
    name: str,
    service: Callable[..., Any],
    body: type[serializers.Serializer[Any]],
    day: str,
    course: Course[Any],
    attach: Callable[[Call, Any], Any],
) -> Command:
    """An act that rests on a paper of a court: its `scan` comes along, or `scan_id` names one attached before.

    `day` is the field of the paper's day; `attach` keeps the upload and returns its id.
    """

    def act(call: Call) -> Any:
        said, frame = dict(call.said), dict(call.frame)
        upload, attached = said.pop("scan", None), said.pop("scan_id", "")
        said[day] = said[day].isoformat() if said.get(day) else ""
        if upload is not None:
            s = course.seen(call.case_id, frame["person"], frame["at"])
            course.require_version(s, frame["version"])
            course.check(name, s)
            attached, frame["version"] = attach(call, upload), None  # to attach may count the version up
        return service(call.case_id, scan=str(attached), **said, **frame)

    return Command(name, body, act)


def plain(name: str, service: Callable[..., Any], body: type[serializers.Serializer[Any]]) -> Command:
    """An action whose body goes to the service by name; what was not said is left to the service."""
    left_out = {
        name: field.default
        for name, field in body().fields.items()
        if not field.required and field.default is not serializers.empty
    }

    def act(call: Call) -> Any:
        said = {
            name: value
            for name, value in call.said.items()
            if name not in _MAY_BE_LEFT_OUT or value != left_out.get(name)
        }
        return service(call.case_id, **said, **call.frame)

    return Command(name, body, act)


def officer_commands(services: Any) -> tuple[Command, ...]:
    """`assign`, `ask_recusal`, `decide_recusal`: officers are named by login or id."""

    def assign(call: Call) -> Any:
        executor = officer_named(call.said["executor"], "executor")
        return services.assign(call.case_id, executor_id=executor, reason=call.said["reason"], **call.frame)

    def ask_recusal(call: Call) -> Any:
        said = dict(call.said)
        officer = officer_named(said.pop("officer"), "officer")
        return services.ask_recusal(call.case_id, officer_id=officer, **said, **call.frame)

    return (
        Command("assign", bodies.AssignBody, assign),
        Command("ask_recusal", bodies.AskRecusalBody, ask_recusal),
        plain("decide_recusal", services.decide_recusal, bodies.DecideRecusalBody),
    )


def hearing_commands(services: Any, *, late: bool = True) -> tuple[Command, ...]:
    """The acts of a hearing, by the owner's services of these names; `late`: with the consent to a late notice."""
    late_notice = (signed("agree_late_notice", services.agree_late_notice),) if late else ()
    return (
        signed("notify_hearing", services.notify_hearing),
        plain("request_oral", services.request_oral, bodies.RequestOralBody),
        plain("waive_hearing", services.waive_hearing, bodies.NothingBody),
        signed("answer_hearing", services.answer_hearing),
        plain("postpone_hearing", services.postpone_hearing, bodies.PostponeBody),
        *late_notice,
        signed("sign_protocol", services.sign_protocol),
        plain("record_hearing", services.record_hearing, bodies.NothingBody),
    )


def officer_named(value: str, field: str) -> UUID:
    """An officer by login or id; raises BadInput."""
    try:
        return UUID(value)
    except ValueError:
        found = Person.objects.filter(login=value, is_staff=True).values_list("pk", flat=True).first()
    if found is None:
        raise BadInput(
            _("This person is no officer."), fields={field: [_("Name an officer by login or id.")]}
        )
    return found


@dataclass(frozen=True, eq=False)
class CaseApi:
    """The API of one kind of case: its word in paths, its table, its services and their examples.

    `params` and `bodies` hold one example per action; `structured` names values that a plain form can only send
    as text (JSON lists).
    """

    word: str  # "applications": paths and operation ids
    id_name: str  # "application_id"
    course: Course[Any]
    actions: Mapping[str, Action]
    commands: Mapping[str, Command]
    request_signature: Callable[..., SignRequest]
    stand: type[serializers.Serializer[Any]]
    ask: type[serializers.Serializer[Any]]
    params: Mapping[str, dict[str, Any]]
    bodies: Mapping[str, dict[str, Any]]
    structured: tuple[str, ...] = ("grounds", "items", "present", "final", "attended")

    def paths(self) -> list[URLPattern]:
        """The sign request, and a path, a schema and an example body for every action of the table."""
        one = f"{self.word}/<uuid:{self.id_name}>/"
        return [
            path(f"{one}sign-request/", _sign_request_door(self).as_view(), name="sign-request"),
            *(
                path(
                    f"{one}actions/{name}/", _door(self, self.commands[name]).as_view(), name=f"action-{name}"
                )
                for name in self.actions
            ),
        ]


class SignRequestDoor(CaseDoor):
    """The exact bytes of an action's document, for one person and a short time (integrations.md A.5).

    What the document says goes as `params` (or beside `action`); the action itself then takes `sign_request`
    and `cms`.
    """

    api: CaseApi

    def post(self, request: Request, **ids: UUID) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        at, case_id = legal_now(), ids[self.api.id_name]
        self.seen(self.api.course, case_id, at)
        version = version_read(request, required=False)
        action, params = _asked(request, self.api.structured)

        def make() -> Response:
            made = self.api.request_signature(
                case_id, action=action, params=params, person=self.person, at=at, version=version
            )
            body = SignRequestBody(shown_request(made, self.api.course.facts)).data
            # to open a decision changes the case: the signature is sent with the version that is then
            tag = {"ETag": f'"{made.case.version}"'}
            return Response(body, status=status.HTTP_201_CREATED, headers=tag)

        return self.once(raw, make)


def shown_request(made: SignRequest, word: str) -> dict[str, Any]:
    """A sign request in the shape of integrations.md A.5."""
    expect = Expect(iin=made.expect_iin, bin=made.expect_bin or None, roles_any=frozenset(made.expect_roles))
    return {
        "id": made.pk,
        "purpose": f"{word}.{made.action}",
        "expires_at": made.expires_at,
        **browser_request(
            bytes(made.manifest), purpose=Purpose.SIGN, expect=expect, locale=get_language() or "ru"
        ),
    }


class ActionDoor(CaseDoor):
    """One action on one case."""

    api: CaseApi
    command: Command

    def post(self, request: Request, **ids: UUID) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        at, case_id = legal_now(), ids[self.api.id_name]
        situation = self.seen(self.api.course, case_id, at)
        version = version_read(request)
        require_actor(self.command.name, situation)
        frame = {"person": self.person, "at": at, "version": version}
        action = self.api.actions[self.command.name]

        def do() -> Response:
            self.api.course.require_version(situation, version)
            body = self.command.body(data=request.data)
            body.is_valid(raise_exception=True)
            if action.signed:
                frame["ip"] = request.META.get("REMOTE_ADDR")
            try:
                done = self.command.act(Call(case_id, without_hidden(dict(body.validated_data)), frame))
            except (
                NotFound
            ):  # no such sign request: in the wrong state there can be none, and the law says why
                require_state(action_of(action.name, situation), situation)
                raise
            shown = self.api.stand(showing.stand(done)).data
            return Response(shown, headers={"ETag": f'"{done.case.version}"'})

        return self.once(raw, do, required=self.command.name in KEY_REQUIRED)


def _asked(request: Request, structured: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """The action and what its document says: under `params`, or flat as a form sends it."""
    if not isinstance(request.data, dict):
        raise BadInput(_("An object is expected."), fields={"action": [_("Name the action.")]})
    flat = {name: value for name, value in request.data.items() if name not in ("action", "params")}
    nested = request.data.get("params") or {}
    if not isinstance(nested, dict):
        raise BadInput(_("Params are an object."), fields={"params": [_("Send a JSON object.")]})
    return str(request.data.get("action", "")), {
        name: _read(name, value, structured) for name, value in {**flat, **nested}.items()
    }


_YES = ("true", "on", "1", "yes")


def _read(name: str, value: Any, structured: tuple[str, ...]) -> Any:
    if name not in structured or not isinstance(value, str):
        return value
    if name == "final":
        return value.lower() in _YES
    if name == "attended":
        return value.lower() in _YES if value.strip() else None
    if name == "present" and not value.lstrip().startswith("["):
        return value.splitlines()
    try:
        return json.loads(value)
    except ValueError as error:
        raise BadInput(
            _("One of the values cannot be read."), fields={name: [_("Send a JSON list.")]}
        ) from error


def _sign_request_door(api: CaseApi) -> type[SignRequestDoor]:
    described = extend_schema(
        operation_id=f"{api.word}_sign_request",
        tags=[api.word],
        parameters=[IF_MATCH_MAY, KEY],
        request=api.ask,
        responses=answers(SignRequestBody, 201),
        examples=[
            OpenApiExample(
                action, {"action": action, **({"params": params} if params else {})}, request_only=True
            )
            for action, params in api.params.items()
        ],
    )

    def post(self: SignRequestDoor, request: Request, **ids: UUID) -> Response:
        return SignRequestDoor.post(self, request, **ids)

    post.__doc__ = SignRequestDoor.__doc__
    return type(
        "SignRequest",
        (SignRequestDoor,),
        {"api": api, "post": described(post), "__doc__": SignRequestDoor.__doc__},
    )


def _door(api: CaseApi, command: Command) -> type[ActionDoor]:
    action = api.actions[command.name]
    example = bodies.SIGNED_EXAMPLE if action.signed else api.bodies[command.name]
    key = KEY_MUST if command.name in KEY_REQUIRED else KEY
    described = extend_schema(
        operation_id=f"{api.word}_{command.name}",
        tags=[f"{api.word}: actions"],
        summary=f"{command.name}: {action.actor.value}, from {', '.join(action.sources)}",
        parameters=[IF_MATCH, key],
        # an empty object is a body too: the generator would leave it out
        request=OpenApiTypes.OBJECT if command.body is bodies.NothingBody else command.body,
        responses=answers(api.stand),
        examples=[OpenApiExample(command.name, example, request_only=True)],
    )

    def post(self: ActionDoor, request: Request, **ids: UUID) -> Response:
        return ActionDoor.post(self, request, **ids)

    name = f"{command.name.title().replace('_', '')}Door"
    return type(name, (ActionDoor,), {"api": api, "command": command, "post": described(post)})
