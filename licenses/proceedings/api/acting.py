"""Acting on a proceeding: what its tables of actions take and which service does it."""

from typing import Any

from casework.decisions.api.acting import (
    Call,
    CaseApi,
    Command,
    hearing_commands,
    officer_commands,
    plain,
    signed,
    with_scan,
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


def _attach(call: Call, upload: Any) -> Any:
    stored = services.add_file(
        call.case_id, name=upload.name, stream=upload, person=call.frame["person"], at=call.frame["at"]
    )
    return stored.pk


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
        with_scan("file_suit", services.file_suit, bodies.FileSuitBody, "date", COURSE, _attach),
        with_scan(
            "record_court_act",
            services.record_court_act,
            bodies.RecordCourtActBody,
            "in_force_on",
            COURSE,
            _attach,
        ),
        signed("confirm_court_act", services.confirm_court_act),
    )
}
_STRUCTURED = (*CaseApi.structured, "corrections")
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
    structured=_STRUCTURED,
)
