"""States of a suit and the one table of its actions (process.md, Complaints; Rules 23, APPC 84, 100)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.decisions.statuses import Action, Actor
from foundation.kernel.citations import cite


class Status(models.TextChoices):
    """Codes of `status` in the API."""

    RECORDED = "recorded", _("suit recorded")
    SIGNING = "signing", _("at the head for signature")
    ANSWERED = "answered", _("response signed, before the court")
    DECIDED = "decided", _("decided by the court")


class Prepared(models.TextChoices):
    """What waits for the head's signature."""

    RESPONSE = "response", _("response to the suit")
    COURT_ACT = "court_act", _("record of the court act")


class CourtOutcome(models.TextChoices):
    """What the court did."""

    CANCELLED = "cancelled", _("the act is cancelled")
    ACTION_ORDERED = "action_ordered", _("an action is ordered")
    DISMISSED = "dismissed", _("the suit is dismissed")
    ENDED = "ended", _("the suit is returned, withdrawn or ended without a decision")


# what lets an application be considered anew (process.md, Reopening)
REOPENING = (CourtOutcome.CANCELLED, CourtOutcome.ACTION_ORDERED)
_S = Status
OPEN = (_S.RECORDED, _S.SIGNING, _S.ANSWERED)
_LAW = cite("Rules", 23)
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("assign", _("Assign"), Actor.ASSIGNER, OPEN, cite("Rules", 6)),
        Action("ask_recusal", _("Ask for recusal"), Actor.PARTICIPANT, OPEN, cite("APPC", "67(1)")),
        Action("decide_recusal", _("Decide on the recusal"), Actor.HEAD, OPEN, cite("APPC", 67)),
        Action(
            "give_position",
            _("Give the reasoned position"),
            Actor.REVIEWER,
            (_S.RECORDED,),
            _LAW,
            signed=True,
            primary=True,
        ),
        Action(
            "prepare_response",
            _("Prepare the response to the suit"),
            Actor.EXECUTOR,
            (_S.RECORDED,),
            _LAW,
            primary=True,
        ),
        Action(
            "record_court_act",
            _("Record the court act"),
            Actor.EXECUTOR,
            (_S.RECORDED, _S.ANSWERED),
            cite("APPC", "84, 100"),
        ),
        Action("send_back", _("Send back"), Actor.HEAD, (_S.SIGNING,), _LAW),
        Action("open_signing", _("Open for signature"), Actor.HEAD, (_S.SIGNING,), _LAW),
        Action("sign", _("Sign"), Actor.HEAD, (_S.SIGNING,), _LAW, signed=True, primary=True),
    )
}
