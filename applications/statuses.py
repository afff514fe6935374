"""States of an application and the one table of its actions (process.md, New licence or annex).

Everything that offers, performs or tests a step reads this table: API, buttons, and the test of states x actions x roles.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.kernel.citations import Citation, cite, cite_all


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


class Outcome(models.TextChoices):
    """What a prepared decision will be."""

    ISSUE = "issue", _("issue")
    REFUSE = "refuse", _("refuse")
    DISCONTINUE = "discontinue", _("discontinue")


class Actor(StrEnum):
    """Whose step it is."""

    APPLICANT = "applicant"  # may draft for the party
    SIGNATORY = "signatory"  # may sign for the party
    EXECUTOR = "executor"  # the assigned one, or who stands in
    HEAD = "head"
    ASSIGNER = "assigner"  # chancery or supervisor
    SECRETARY = "secretary"  # an officer other than the chair
    PARTICIPANT = "participant"  # applicant's side or any officer


@dataclass(frozen=True, slots=True)
class Action:
    """One legal act: who, from which states, whether it is signed, by which paragraph, and the word on its button."""

    name: str
    label: str | Promise
    actor: Actor
    sources: tuple[Status, ...]
    citation: Citation
    signed: bool = False
    primary: bool = False


_S = Status
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
        Action(
            "notify_hearing",
            _("Notify of the hearing"),
            Actor.EXECUTOR,
            (_S.REVIEW, _S.HEARING, _S.HEARD),
            cite_all(cite("Rules", 10), cite("APPC", "73(1)")),
            signed=True,
        ),
        Action(
            "request_oral",
            _("Ask for an oral hearing"),
            Actor.APPLICANT,
            (_S.HEARING,),
            cite("APPC", "73(3)"),
        ),
        Action(
            "waive_hearing", _("Waive the hearing"), Actor.SIGNATORY, (_S.HEARING,), cite("APPC", "73(2)")
        ),
        Action(
            "answer_hearing",
            _("Answer"),
            Actor.SIGNATORY,
            (_S.HEARING,),
            cite("APPC", "73(3)"),
            signed=True,
            primary=True,
        ),
        Action(
            "postpone_hearing", _("Postpone the hearing"), Actor.EXECUTOR, (_S.HEARING,), cite("Rules", 10)
        ),
        Action(
            "agree_late_notice",
            _("Agree to a late notice"),
            Actor.HEAD,
            (_S.REVIEW, _S.HEARING, _S.HEARD),
            cite("APPC", "84(1)"),
            signed=True,
        ),
        Action(
            "sign_protocol",
            _("Sign the protocol"),
            Actor.SECRETARY,
            (_S.HEARING,),
            cite("APPC", 74),
            signed=True,
        ),
        Action(
            "record_hearing",
            _("Record the hearing"),
            Actor.EXECUTOR,
            (_S.HEARING,),
            cite("APPC", "73(3)"),
            primary=True,
        ),
        Action("prepare_refusal", _("Prepare the refusal"), Actor.EXECUTOR, (_S.HEARD,), cite("Rules", 10)),
        Action(
            "discontinue",
            _("Prepare discontinuance"),
            Actor.EXECUTOR,
            REGISTERED_OPEN[:-1],
            cite("APPC", "70(1)"),
        ),
        Action("send_back", _("Send back"), Actor.HEAD, (_S.SIGNING,), cite("Rules", "9, 10")),
        Action("open_signing", _("Open for signature"), Actor.HEAD, (_S.SIGNING,), cite("Rules", "9, 10")),
        Action(
            "sign", _("Sign"), Actor.HEAD, (_S.SIGNING,), cite("Rules", "9, 10"), signed=True, primary=True
        ),
    )
}
