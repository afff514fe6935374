"""Acting on a proceeding: what its tables of actions take and which service does it."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from casework.decisions.api.acting import (
    Call,
    CaseApi,
    Command,
    hearing_commands,
    officer_commands,
    plain,
    signed,
)
from casework.decisions.api.bodies import NothingBody, SendBackBody
from licenses.proceedings import services
from licenses.proceedings.api import bodies
from licenses.proceedings.api.shapes import ProceedingStandShape
from licenses.proceedings.services.acting import COURSE
from licenses.proceedings.statuses import ACTIONS


def _prepare(call: Call) -> Any:
    return services.prepare(call.case_id, content=dict(call.said), **call.frame)


def _prepare_refusal(call: Call) -> Any:
    return services.prepare_refusal(call.case_id, content=dict(call.said), **call.frame)


def _open_signing(call: Call) -> Any:
    services.open_signing(call.case_id, **call.frame)
    return services.load(call.case_id)


def _with_scan(
    name: str, service: Callable[..., Any], body: type[serializers.Serializer[Any]], day: str
) -> Command:
    """An act that rests on a paper of a court: its scan comes along, or was attached before."""

    def act(call: Call) -> Any:
        said, frame = dict(call.said), dict(call.frame)
        upload, attached = said.pop("scan", None), said.pop("scan_id", "")
        said[day] = said[day].isoformat()
        if upload is not None:
            s = COURSE.seen(call.case_id, frame["person"], frame["at"])
            COURSE.require_version(s, frame["version"])
            COURSE.check(name, s)
            stored = services.add_file(
                call.case_id, name=upload.name, stream=upload, person=frame["person"], at=frame["at"]
            )
            attached, frame["version"] = stored.pk, None  # the file itself counted the version up
        return service(call.case_id, scan=str(attached), **said, **frame)

    return Command(name, body, act)


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        signed("submit", services.submit),
        signed("withdraw", services.withdraw),
        *officer_commands(services),
        *hearing_commands(services),
        Command("prepare", bodies.PrepareBody, _prepare),
        Command("prepare_refusal", bodies.PrepareRequestRefusalBody, _prepare_refusal),
        plain("send_back", services.send_back, SendBackBody),
        Command("open_signing", NothingBody, _open_signing),
        signed("sign", services.sign),
        plain("drop", services.drop, bodies.DropBody),
        _with_scan("file_suit", services.file_suit, bodies.FileSuitBody, "date"),
        _with_scan("record_court_act", services.record_court_act, bodies.RecordCourtActBody, "in_force_on"),
        signed("confirm_court_act", services.confirm_court_act),
    )
}
API = CaseApi(
    word="proceedings",
    id_name="proceeding_id",
    course=COURSE,
    actions=ACTIONS,
    commands=COMMANDS,
    request_signature=services.request_signature,
    stand=ProceedingStandShape,
    ask=bodies.ProceedingSignAsk,
    params=bodies.PARAMS_EXAMPLES,
    bodies=bodies.BODY_EXAMPLES,
)
