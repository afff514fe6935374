"""Acting on an application: what its table of actions takes and which service does it."""

from typing import Any

from applications import services
from applications.api import bodies
from applications.api.shapes import StandShape
from applications.services.acting import COURSE
from applications.statuses import ACTIONS
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


def _attach_scan(call: Call, upload: Any) -> Any:
    return services.attach_scan(
        call.case_id, name=upload.name, stream=upload, person=call.frame["person"], at=call.frame["at"]
    )


def _prepare_refusal(call: Call) -> Any:
    grounds = [dict(ground) for ground in call.said["grounds"]]
    return services.prepare_refusal(call.case_id, grounds=grounds, **call.frame)


def _open_signing(call: Call) -> Any:
    services.open_signing(call.case_id, **call.frame)
    return services.load(call.case_id)


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        signed("submit", services.submit),
        signed("withdraw", services.withdraw),
        *officer_commands(services),
        plain("accept", services.accept, NothingBody),
        signed("return", services.refuse_further),
        plain("prepare_issue", services.prepare_issue, bodies.PrepareIssueBody),
        *hearing_commands(services),
        Command("prepare_refusal", bodies.PrepareRefusalBody, _prepare_refusal),
        plain("discontinue", services.prepare_discontinuance, bodies.DiscontinueBody),
        plain("send_back", services.send_back, SendBackBody),
        Command("open_signing", NothingBody, _open_signing),
        signed("sign", services.sign),
        plain("cancel_refusal", services.cancel_refusal, bodies.CancelRefusalBody),
        with_scan(
            "record_court_act",
            services.record_court_act,
            bodies.RecordRefusalCourtActBody,
            "in_force_on",
            COURSE,
            _attach_scan,
        ),
        signed("confirm_court_act", services.confirm_court_act),
    )
}
API = CaseApi(
    word="applications",
    id_name="application_id",
    course=COURSE,
    actions=ACTIONS,
    commands=COMMANDS,
    request_signature=services.request_signature,
    stand=StandShape,
    ask=bodies.SignRequestAsk,
    params=bodies.PARAMS_EXAMPLES,
    bodies=bodies.BODY_EXAMPLES,
)
