"""What an action of a case is: the shape of the tables of actions that applications, proceedings and complaints keep."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.kernel.citations import Citation, cite, cite_all


class Actor(StrEnum):
    """Whose step it is."""

    APPLICANT = "applicant"  # may draft for the party
    SIGNATORY = "signatory"  # may sign for the party
    EXECUTOR = "executor"  # the assigned one, or who stands in
    HEAD = "head"
    ASSIGNER = "assigner"  # chancery or supervisor
    SECRETARY = "secretary"  # an officer other than the chair
    PARTICIPANT = "participant"  # applicant's side or any officer
    CHANCERY = "chancery"
    REVIEWER = "reviewer"  # the assigned one of the body that considers a complaint
    SIGNER = "signer"  # a head, or the reviewer whose answer it is


@dataclass(frozen=True, slots=True)
class Action:
    """One legal act: who, from which states, whether it is signed, by which paragraph, and the words of it.

    `label` stands on its button; `done` is said once it is done, where “Done: <label>” would say too little.
    """

    name: str
    label: str | Promise
    actor: Actor
    sources: tuple[str, ...]
    citation: Citation
    signed: bool = False
    primary: bool = False
    done: str | Promise = ""


def hearing_actions(
    *, notify_from: tuple[str, ...], hearing: str, by: Actor = Actor.EXECUTOR, late: bool = True
) -> tuple[Action, ...]:
    """The acts of a hearing, the same in every kind of case (Rules 10, APPC 73, 74).

    `by`: whose hearing it is. `late`: whether a late notice can be agreed to (only where a last notice day is set).
    """
    going_on = (hearing,)
    actions = (
        Action(
            "notify_hearing",
            _("Notify of the hearing"),
            by,
            notify_from,
            cite_all(cite("Rules", 10), cite("APPC", "73(1)")),
            signed=True,
        ),
        Action(
            "request_oral",
            _("Ask for an oral hearing"),
            Actor.APPLICANT,
            going_on,
            cite("APPC", "73(3)"),
        ),
        Action("waive_hearing", _("Waive the hearing"), Actor.SIGNATORY, going_on, cite("APPC", "73(2)")),
        Action(
            "answer_hearing",
            _("Answer"),
            Actor.SIGNATORY,
            going_on,
            cite("APPC", "73(3)"),
            signed=True,
            primary=True,
        ),
        Action("postpone_hearing", _("Postpone the hearing"), by, going_on, cite("Rules", 10)),
        Action(
            "agree_late_notice",
            _("Agree to a late notice"),
            Actor.HEAD,
            notify_from,
            cite("APPC", "84(1)"),
            signed=True,
        ),
        Action(
            "sign_protocol",
            _("Sign the protocol"),
            Actor.SECRETARY,
            going_on,
            cite("APPC", 74),
            signed=True,
        ),
        Action(
            "record_hearing",
            _("Record the hearing"),
            by,
            going_on,
            cite("APPC", "73(3)"),
            primary=True,
        ),
    )
    return tuple(action for action in actions if late or action.name != "agree_late_notice")
