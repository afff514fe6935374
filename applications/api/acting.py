"""Acting on an application: what its table of actions takes and which service does it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from applications import services
from applications.api import bodies
from applications.api.door import Door
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
)
from casework.decisions.api.bodies import NothingBody, SendBackBody
from foundation.kernel.refusals import NotFound, Refusal

LATER = ("cancel_refusal", "record_court_act", "confirm_court_act")


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
