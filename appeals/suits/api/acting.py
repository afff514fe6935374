"""Acting on a suit: what its table of actions takes and which service does it."""

from functools import partial
from typing import Any

from appeals.suits import services
from appeals.suits.api import bodies
from appeals.suits.api.shapes import SuitStandShape
from appeals.suits.services.acting import COURSE
from appeals.suits.statuses import ACTIONS
from casework.decisions.api.acting import (
    Call,
    CaseApi,
    Command,
    officer_commands,
    plain,
    signed,
    with_scan,
)
from casework.decisions.api.bodies import NothingBody, SendBackBody


def _attach(call: Call, upload: Any, *, action: str) -> Any:
    frame = call.frame
    return services.attach_scan(
        call.case_id, action=action, name=upload.name, stream=upload, person=frame["person"], at=frame["at"]
    )


def _open_signing(call: Call) -> Any:
    services.open_signing(call.case_id, **call.frame)
    return services.load(call.case_id)


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        *officer_commands(services),
        signed("give_position", services.give_position),
        with_scan(
            "prepare_response",
            services.prepare_response,
            bodies.PrepareResponseBody,
            "position_on",
            COURSE,
            partial(_attach, action="prepare_response"),
        ),
        with_scan(
            "record_court_act",
            services.record_court_act,
            bodies.RecordCourtActOnSuitBody,
            "in_force_on",
            COURSE,
            partial(_attach, action="record_court_act"),
        ),
        plain("send_back", services.send_back, SendBackBody),
        Command("open_signing", NothingBody, _open_signing),
        signed("sign", services.sign),
    )
}
API = CaseApi(
    word="suits",
    id_name="suit_id",
    course=COURSE,
    actions=ACTIONS,
    commands=COMMANDS,
    request_signature=services.request_signature,
    stand=SuitStandShape,
    ask=bodies.SuitSignAsk,
    params=bodies.PARAMS_EXAMPLES,
    bodies=bodies.BODY_EXAMPLES,
)
