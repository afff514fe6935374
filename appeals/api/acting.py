"""Acting on a complaint: what its table of actions takes and which service does it."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from appeals import services
from appeals.api import bodies
from appeals.api.shapes import ComplaintStandShape
from appeals.services.acting import COURSE
from appeals.statuses import ACTIONS
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


def _said(name: str, service: Callable[..., Any], body: type[serializers.Serializer[Any]]) -> Command:
    def act(call: Call) -> Any:
        return service(call.case_id, said=call.said, **call.frame)

    return Command(name, body, act)


def _record_outcome(call: Call) -> Any:
    said = dict(call.said)
    scan = said.pop("scan", None)
    return services.record_outcome(call.case_id, said=said, scan=scan, **call.frame)


def _open_signing(call: Call) -> Any:
    services.open_signing(call.case_id, **call.frame)
    return services.load(call.case_id)


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        signed("submit", services.submit),
        signed("withdraw", services.withdraw),
        *officer_commands(services),
        _said("satisfy", services.satisfy, bodies.SatisfyBody),
        _said("forward", services.forward, bodies.ForwardBody),
        _said("extend", services.extend, bodies.ExtendBody),
        *hearing_commands(services, late=False),
        _said("prepare_decision", services.prepare_decision, bodies.PrepareDecisionBody),
        plain("send_back", services.send_back, SendBackBody),
        Command("open_signing", NothingBody, _open_signing),
        signed("sign", services.sign),
        signed("leave", services.leave),
        Command("record_outcome", bodies.RecordOutcomeBody, _record_outcome),
    )
}
API = CaseApi(
    word="complaints",
    id_name="complaint_id",
    course=COURSE,
    actions=ACTIONS,
    commands=COMMANDS,
    request_signature=services.request_signature,
    stand=ComplaintStandShape,
    ask=bodies.ComplaintSignAsk,
    params=bodies.PARAMS_EXAMPLES,
    bodies=bodies.BODY_EXAMPLES,
)
