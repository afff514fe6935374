"""States of a complaint and the one table of its actions (process.md, Complaints; Rules 19-23, APPC 91-100)."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.decisions.statuses import Action, Actor, hearing_actions
from foundation.kernel.citations import cite, cite_all


class Status(models.TextChoices):
    """Codes of `status` in the API."""

    DRAFT = "draft", _("draft")
    RECEIVED = "received", _("received after hours")
    REGISTERED = "registered", _("registered")
    SIGNING = "signing", _("prepared for signature")
    SATISFIED = "satisfied", _("satisfied by the provider")
    FORWARDED = "forwarded", _("forwarded to the body that considers it")
    CONSIDERED = "considered", _("under consideration")
    HEARING = "hearing", _("hearing")
    HEARD = "heard", _("heard")
    CANCELLED = "cancelled", _("the act is cancelled")
    CANCELLED_NEW_ACT = "cancelled_new_act", _("the act is cancelled, a new act is made")
    ACTION_ORDERED = "action_ordered", _("an action is ordered")
    DISMISSED = "dismissed", _("dismissed")
    REMANDED = "remanded", _("remanded for a new consideration")
    LEFT = "left", _("left without consideration")
    WITHDRAWN = "withdrawn", _("withdrawn")


OUTCOMES = (
    Status.CANCELLED,
    Status.CANCELLED_NEW_ACT,
    Status.ACTION_ORDERED,
    Status.DISMISSED,
    Status.REMANDED,
)
OUTCOME_CHOICES = [(code.value, code.label) for code in OUTCOMES]
FAVOURABLE = (Status.CANCELLED, Status.CANCELLED_NEW_ACT, Status.ACTION_ORDERED)
TO_BE_DONE = (Status.CANCELLED, Status.CANCELLED_NEW_ACT, Status.ACTION_ORDERED, Status.REMANDED)
REOPENING = (Status.CANCELLED, Status.ACTION_ORDERED, Status.REMANDED)
TERMINAL = (*OUTCOMES, Status.SATISFIED, Status.LEFT, Status.WITHDRAWN)
BEFORE_DECISION = (
    Status.RECEIVED,
    Status.REGISTERED,
    Status.SIGNING,
    Status.FORWARDED,
    Status.CONSIDERED,
    Status.HEARING,
    Status.HEARD,
)


class Target(models.TextChoices):
    """What is complained of (APPC 91)."""

    DECISION = "decision", _("a decision")
    ACTION = "action", _("an action of an officer")
    INACTION = "inaction", _("a failure to act in time")


class Matter(StrEnum):
    """What the decision complained of is; what its cancellation brings about depends on it."""

    REFUSED = "refused"  # an application for a licence or annexes
    RETURNED = "returned"  # an application that was not considered further
    DISCONTINUED = "discontinued"  # an application that was ended for its lost object
    ORDER = "order"  # on a licence in force
    REQUEST = "request"  # of a licensee, refused
    OTHER = "other"


class Addressee(models.TextChoices):
    """Who shall consider the complaint; it always enters through the provider (Rules 19)."""

    PROVIDER = "provider", _("the provider itself")
    SUPERIOR = "superior", _("the superior body")
    QUALITY = "quality", _("the body for the quality of public services")


# the term of consideration by addressee (Rules 21, 22; PS 25; APPC 99)
TERM_OF = {
    Addressee.PROVIDER: "complaint_provider",
    Addressee.QUALITY: "complaint_quality",
    Addressee.SUPERIOR: "complaint_superior",
}
CONSIDERATION = tuple(TERM_OF.values())


class Prepared(models.TextChoices):
    """What waits for a signature."""

    SATISFY = "satisfy", _("satisfaction by the provider")
    FORWARD = "forward", _("covering letter")
    DECIDE = "decide", _("answer to the complaint")


class LeaveReason(models.TextChoices):
    """Why a complaint is left without consideration (APPC 95)."""

    DECIDED = "decided", _("the same matter has been decided on a complaint")
    COURT_ACT = "court_act", _("a court act on the same matter is in force")
    RETURNED = "returned", _("the complaint was returned")
    SUIT_PENDING = "suit_pending", _("a suit on the same matter is before a court")


_S = Status
_AT_PROVIDER = (_S.REGISTERED,)
_CONSIDERED = (_S.CONSIDERED, _S.HEARING, _S.HEARD)
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(
            "submit",
            _("Sign and file"),
            Actor.SIGNATORY,
            (_S.DRAFT,),
            cite_all(cite("Rules", 19), cite("APPC", 93)),
            signed=True,
            primary=True,
        ),
        Action(
            "withdraw", _("Withdraw"), Actor.SIGNATORY, BEFORE_DECISION, cite("APPC", "64(9)"), signed=True
        ),
        Action(
            "assign",
            _("Assign"),
            Actor.ASSIGNER,
            (_S.REGISTERED, _S.FORWARDED, _S.CONSIDERED, _S.HEARING, _S.HEARD),
            cite("Rules", "20, 21"),
        ),
        Action(
            "ask_recusal", _("Ask for recusal"), Actor.PARTICIPANT, BEFORE_DECISION, cite("APPC", "67(1)")
        ),
        Action("decide_recusal", _("Decide on the recusal"), Actor.HEAD, BEFORE_DECISION, cite("APPC", 67)),
        Action(
            "satisfy",
            _("Prepare to satisfy"),
            Actor.EXECUTOR,
            _AT_PROVIDER,
            cite_all(cite("Rules", 20), cite("APPC", "97(2)")),
            primary=True,
        ),
        Action("forward", _("Prepare to forward"), Actor.CHANCERY, _AT_PROVIDER, cite("Rules", 20)),
        Action("extend", _("Extend the term"), Actor.REVIEWER, _CONSIDERED, cite("PS", "25(4)")),
        *hearing_actions(notify_from=_CONSIDERED, hearing=_S.HEARING, by=Actor.REVIEWER, late=False),
        Action(
            "prepare_decision",
            _("Prepare the answer"),
            Actor.REVIEWER,
            (_S.CONSIDERED, _S.HEARD),
            cite("APPC", "98, 100"),
            primary=True,
        ),
        Action("send_back", _("Send back"), Actor.SIGNER, (_S.SIGNING,), cite("APPC", 100)),
        Action("open_signing", _("Open for signature"), Actor.SIGNER, (_S.SIGNING,), cite("APPC", 100)),
        Action("sign", _("Sign"), Actor.SIGNER, (_S.SIGNING,), cite("APPC", 100), signed=True, primary=True),
        Action(
            "leave",
            _("Leave without consideration"),
            Actor.REVIEWER,
            _CONSIDERED,
            cite("APPC", 95),
            signed=True,
        ),
        Action(
            "record_outcome",
            _("Record the outcome"),
            Actor.CHANCERY,
            (_S.FORWARDED, *_CONSIDERED),
            cite("APPC", 100),
        ),
    )
}
