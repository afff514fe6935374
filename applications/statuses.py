"""States of an application and the one table of its actions (process.md, New licence or annex).

Everything that offers, performs or tests a step reads this table: API, buttons, and the test of states x actions x roles.
"""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.decisions.statuses import Action, Actor, hearing_actions
from foundation.kernel.citations import cite, cite_all


class Status(models.TextChoices):
    """Codes of `status` in the API."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    COMPLETENESS = "completeness", _("check of completeness")
    RETURNED = "returned", _("further consideration refused")
    REVIEW = "review", _("review")
    HEARING = "hearing", _("hearing")
    HEARD = "heard", _("heard")
    SIGNING = "signing", _("at the head for signature")
    ISSUED = "issued", _("issued")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISCONTINUED = "discontinued", _("discontinued")


TERMINAL = (Status.RETURNED, Status.ISSUED, Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED)
BEFORE_SIGNATURE = (
    Status.SUBMITTED,
    Status.COMPLETENESS,
    Status.REVIEW,
    Status.HEARING,
    Status.HEARD,
    Status.SIGNING,
)
REGISTERED_OPEN = BEFORE_SIGNATURE[1:]
# ended by an act of the authority that can be cancelled: by itself, on a complaint, by a court (Reopening)
ENDED_BY_ACT = (Status.REFUSED, Status.RETURNED)


class Outcome(models.TextChoices):
    """What a prepared decision will be."""

    ISSUE = "issue", _("issue")
    REFUSE = "refuse", _("refuse")
    DISCONTINUE = "discontinue", _("discontinue")


_S = Status
# a decision of a case under way; and the cancellation of the act that ended one
_SIGNED_IN = (_S.SIGNING, *ENDED_BY_ACT)
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(
            "submit",
            _("Sign and file"),
            Actor.SIGNATORY,
            (_S.DRAFT,),
            cite("Rules", 4),
            signed=True,
            primary=True,
            done=_(
                "The application is filed. Its receipt appears among the documents below within a minute; "
                "every further step is told to you here and by mail."
            ),
        ),
        Action(
            "withdraw", _("Withdraw"), Actor.SIGNATORY, BEFORE_SIGNATURE, cite("APPC", "64(9)"), signed=True
        ),
        Action("assign", _("Assign"), Actor.ASSIGNER, BEFORE_SIGNATURE, cite("Rules", 6)),
        Action(
            "ask_recusal", _("Ask for recusal"), Actor.PARTICIPANT, BEFORE_SIGNATURE, cite("APPC", "67(1)")
        ),
        Action("decide_recusal", _("Decide on the recusal"), Actor.HEAD, BEFORE_SIGNATURE, cite("APPC", 67)),
        Action(
            "accept",
            _("Accept: the package is complete"),
            Actor.EXECUTOR,
            (_S.COMPLETENESS,),
            cite("Rules", 7),
            primary=True,
        ),
        Action(
            "return",
            _("Refuse further consideration"),
            Actor.EXECUTOR,
            (_S.COMPLETENESS,),
            cite("Rules", 7),
            signed=True,
        ),
        Action(
            "prepare_issue",
            _("Prepare to issue"),
            Actor.EXECUTOR,
            (_S.REVIEW, _S.HEARD),
            cite("Rules", 9),
            primary=True,
        ),
        *hearing_actions(notify_from=(_S.REVIEW, _S.HEARING, _S.HEARD), hearing=_S.HEARING),
        Action("prepare_refusal", _("Prepare the refusal"), Actor.EXECUTOR, (_S.HEARD,), cite("Rules", 10)),
        Action(
            "discontinue",
            _("Prepare discontinuance"),
            Actor.EXECUTOR,
            REGISTERED_OPEN[:-1],
            cite("APPC", "70(1)"),
        ),
        Action("send_back", _("Send back"), Actor.HEAD, _SIGNED_IN, cite("Rules", "9, 10")),
        Action("open_signing", _("Open for signature"), Actor.HEAD, _SIGNED_IN, cite("Rules", "9, 10")),
        Action("sign", _("Sign"), Actor.HEAD, _SIGNED_IN, cite("Rules", "9, 10"), signed=True, primary=True),
        Action(
            "cancel_refusal", _("Cancel the authority's act"), Actor.EXECUTOR, ENDED_BY_ACT, cite("APPC", 84)
        ),
        Action(
            "record_court_act",
            _("Record the court act"),
            Actor.EXECUTOR,
            ENDED_BY_ACT,
            cite("APPC", "84, 100"),
        ),
        Action(
            "confirm_court_act",
            _("Confirm the court act"),
            Actor.HEAD,
            ENDED_BY_ACT,
            cite("APPC", "84, 100"),
            signed=True,
        ),
    )
}
# A re-issue by Rules 12-15 takes less than five days, so it has no hearing (APPC 73(2)): a refusal follows review.
SHORT_WAY_ACTIONS: dict[str, Action] = {
    **ACTIONS,
    "prepare_refusal": replace(
        ACTIONS["prepare_refusal"],
        sources=(_S.REVIEW,),
        citation=cite_all(cite("Rules", 15), cite("PL", "33(5)")),
    ),
}
