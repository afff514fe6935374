"""Kinds and states of a proceeding and the tables of actions, one per kind (process.md, Licence and annexes).

Everything that offers, performs or tests a step reads these tables.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.decisions.statuses import Action, Actor, hearing_actions
from foundation.kernel.citations import Citation, cite, cite_all
from licenses.statuses import Basis


class Kind(models.TextChoices):
    """Codes of `kind` in the API; also the case's `form`."""

    SUSPEND = "suspend", _("suspension by the authority")
    SUSPEND_ON_REQUEST = "suspend_on_request", _("suspension on request")
    RESUME_AFTER_CURE = "resume_after_cure", _("resumption after cure")
    RESUME_ON_REQUEST = "resume_on_request", _("resumption on request")
    GO_TO_COURT = "go_to_court", _("going to court")
    COURT_ACT = "court_act", _("court act")
    TERMINATE_ON_REQUEST = "terminate_on_request", _("termination on request")
    TERMINATE_BY_EVENT = "terminate_by_event", _("termination by an event")
    CORRECT = "correct", _("correction of an error")
    POOL_NOTICE = "pool_notice", _("notice of a changed pool")


class Status(models.TextChoices):
    """Codes of `status` in the API."""

    DRAFT = "draft", _("draft")
    OPENED = "opened", _("opened by the authority")
    SUBMITTED = "submitted", _("submitted")
    REGISTERED = "registered", _("registered")
    HEARING = "hearing", _("hearing")
    HEARD = "heard", _("heard")
    SIGNING = "signing", _("at the head for signature")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DROPPED = "dropped", _("dropped by the authority")
    VOID = "void", _("void: the licence left force")


class Outcome(models.TextChoices):
    """What a prepared decision will be."""

    GRANT = "grant", _("carried out")
    REFUSE = "refuse", _("reasoned refusal")


_S, _K = Status, Kind
TERMINAL = (_S.DONE, _S.REFUSED, _S.WITHDRAWN, _S.DROPPED, _S.VOID)
WORKED_ON = (_S.OPENED, _S.REGISTERED, _S.HEARING, _S.HEARD, _S.SIGNING)
FILED = (_S.SUBMITTED, _S.REGISTERED, _S.HEARING, _S.HEARD, _S.SIGNING)
OPEN = (_S.DRAFT, _S.SUBMITTED, *WORKED_ON)

# who may open which kind; a correction either side
BY_LICENSEE = (
    _K.SUSPEND_ON_REQUEST,
    _K.RESUME_AFTER_CURE,
    _K.RESUME_ON_REQUEST,
    _K.TERMINATE_ON_REQUEST,
    _K.CORRECT,
    _K.POOL_NOTICE,
)
# received, without a decision: the registration is its end (Rules 16)
RECEIVED = (_K.POOL_NOTICE,)
BY_EXECUTOR = (_K.SUSPEND, _K.COURT_ACT, _K.TERMINATE_BY_EVENT, _K.CORRECT)

# the paragraph each kind rests on
CITATIONS: dict[Kind, Citation] = {
    _K.SUSPEND: cite_all(cite("Rules", "18-1"), cite("DA", "9(4), 9(5)")),
    _K.SUSPEND_ON_REQUEST: cite("DA", "9(4)(5)"),
    _K.RESUME_AFTER_CURE: cite_all(cite("DA", "9(6)"), cite("PL", "45(3)")),
    _K.RESUME_ON_REQUEST: cite_all(cite("DA", "9(6)"), cite("PL", "45(7)")),
    _K.GO_TO_COURT: cite_all(cite("DA", "9(7)"), cite("PL", "45(4)")),
    _K.COURT_ACT: cite("DA", "9(7)"),
    _K.TERMINATE_ON_REQUEST: cite("PL", "35(1)(5)"),
    _K.TERMINATE_BY_EVENT: cite("PL", "35(1)(4), (6)-(8)"),
    _K.CORRECT: cite_all(cite("PL", 44), cite("PL", 31)),
    _K.POOL_NOTICE: cite("Rules", 16),
}
# the term that runs from registration or opening; the others have none (process.md, Terms)
TERMS: dict[Kind, str] = {
    _K.SUSPEND: "proceeding",
    _K.SUSPEND_ON_REQUEST: "proceeding",
    _K.RESUME_AFTER_CURE: "cure_check",
    _K.RESUME_ON_REQUEST: "voluntary_resumption",
    _K.GO_TO_COURT: "going_to_court",
    _K.TERMINATE_ON_REQUEST: "proceeding",
    _K.CORRECT: "correction",
}
# what the register will say the state rests on
BASES: dict[Kind, Basis] = {
    _K.SUSPEND: Basis.SUSPEND,
    _K.SUSPEND_ON_REQUEST: Basis.SUSPEND_ON_REQUEST,
    _K.RESUME_AFTER_CURE: Basis.RESUME,
    _K.RESUME_ON_REQUEST: Basis.RESUME_ON_REQUEST,
    _K.TERMINATE_ON_REQUEST: Basis.TERMINATE_ON_REQUEST,
    _K.TERMINATE_BY_EVENT: Basis.TERMINATE_BY_EVENT,
}
# before the authority suspends (APPC 73), and before it refuses what was asked for
HEARD_BEFORE_ORDER = (_K.SUSPEND,)
HEARD_BEFORE_REFUSAL = (_K.SUSPEND_ON_REQUEST, _K.RESUME_AFTER_CURE)
HEARING_KINDS = (*HEARD_BEFORE_ORDER, *HEARD_BEFORE_REFUSAL)

_BEGIN = {
    _K.SUSPEND: (_S.OPENED,),
    _K.SUSPEND_ON_REQUEST: (_S.REGISTERED,),
    _K.RESUME_AFTER_CURE: (_S.REGISTERED,),
}
_PREPARE: dict[Kind, tuple[Status, ...]] = {
    _K.SUSPEND: (_S.HEARD,),
    _K.SUSPEND_ON_REQUEST: (_S.REGISTERED, _S.HEARD),
    _K.RESUME_AFTER_CURE: (_S.REGISTERED, _S.HEARD),
    _K.RESUME_ON_REQUEST: (_S.REGISTERED,),
    _K.TERMINATE_ON_REQUEST: (_S.REGISTERED,),
    _K.TERMINATE_BY_EVENT: (_S.OPENED,),
    _K.CORRECT: (_S.OPENED, _S.REGISTERED),
}
_REFUSE: dict[Kind, tuple[Status, ...]] = {
    _K.SUSPEND_ON_REQUEST: (_S.HEARD,),
    _K.RESUME_AFTER_CURE: (_S.HEARD,),
    _K.CORRECT: (_S.REGISTERED,),
}
_DROP: dict[Kind, tuple[Status, ...]] = {
    _K.SUSPEND: (_S.OPENED, _S.HEARING, _S.HEARD),
    _K.COURT_ACT: (_S.OPENED,),
    _K.TERMINATE_BY_EVENT: (_S.OPENED,),
    _K.CORRECT: (_S.OPENED,),
}


def _table(kind: Kind) -> dict[str, Action]:
    """Every action of one kind, with the states it may be done from."""
    if kind in RECEIVED:
        return {action.name: action for action in _filing(kind)}
    found = [*_filing(kind), *_officers(kind), *_hearing(kind), *_work(kind)]
    return {action.name: action for action in found}


def _filing(kind: Kind) -> Iterable[Action]:
    if kind in BY_LICENSEE:
        yield Action(
            "submit",
            _("Sign and file"),
            Actor.SIGNATORY,
            (_S.DRAFT,),
            CITATIONS[kind],
            signed=True,
            primary=True,
        )
        yield Action(
            "withdraw",
            _("Withdraw"),
            Actor.SIGNATORY,
            _withdrawn_from(kind),
            cite("APPC", "64(9)"),
            signed=True,
        )


def _withdrawn_from(kind: Kind) -> tuple[Status, ...]:
    """Before the decision; a notice that waits for none, before its registration."""
    return (_S.SUBMITTED,) if kind in RECEIVED else FILED


def _officers(kind: Kind) -> Iterable[Action]:
    states = (*((_S.SUBMITTED,) if kind in BY_LICENSEE else ()), *_worked_on(kind))
    yield Action("assign", _("Assign"), Actor.ASSIGNER, states, cite("Rules", 6))
    yield Action("ask_recusal", _("Ask for recusal"), Actor.PARTICIPANT, states, cite("APPC", "67(1)"))
    yield Action("decide_recusal", _("Decide on the recusal"), Actor.HEAD, states, cite("APPC", 67))


def _hearing(kind: Kind) -> Iterable[Action]:
    if kind in HEARING_KINDS:
        yield from hearing_actions(notify_from=(*_BEGIN[kind], _S.HEARING, _S.HEARD), hearing=_S.HEARING)


def _work(kind: Kind) -> Iterable[Action]:
    law = CITATIONS[kind]
    if kind in _PREPARE:
        label = _("Prepare the new edition") if kind == _K.CORRECT else _("Prepare the order")
        yield Action("prepare", label, Actor.EXECUTOR, _PREPARE[kind], law, primary=True)
    if kind in _REFUSE:
        yield Action("prepare_refusal", _("Prepare the refusal"), Actor.EXECUTOR, _REFUSE[kind], law)
    if kind == _K.GO_TO_COURT:
        yield Action("file_suit", _("Prepare the claim"), Actor.EXECUTOR, (_S.OPENED,), law, primary=True)
    if kind in _DROP:
        yield Action("drop", _("Drop"), Actor.EXECUTOR, _DROP[kind], law)
    yield Action("send_back", _("Send back"), Actor.HEAD, (_S.SIGNING,), law)
    if kind == _K.COURT_ACT:
        yield Action(
            "record_court_act", _("Record the court act"), Actor.EXECUTOR, (_S.OPENED,), law, primary=True
        )
        yield Action(
            "confirm_court_act",
            _("Confirm the court act"),
            Actor.HEAD,
            (_S.SIGNING,),
            law,
            signed=True,
            primary=True,
        )
        return
    yield Action("open_signing", _("Open for signature"), Actor.HEAD, (_S.SIGNING,), law)
    yield Action("sign", _("Sign"), Actor.HEAD, (_S.SIGNING,), law, signed=True, primary=True)


def _worked_on(kind: Kind) -> tuple[Status, ...]:
    return (
        *(_S.OPENED,) * (kind in BY_EXECUTOR or kind == _K.GO_TO_COURT),
        *(_S.REGISTERED,) * (kind in BY_LICENSEE),
        *(_S.HEARING, _S.HEARD) * (kind in HEARING_KINDS),
        _S.SIGNING,
    )


ACTIONS_OF: dict[Kind, dict[str, Action]] = {kind: _table(kind) for kind in Kind}


def _joined() -> dict[str, Action]:
    """The actions of all kinds together: what the API has doors for."""
    found: dict[str, Action] = {}
    for table in ACTIONS_OF.values():
        for name, action in table.items():
            known = found.get(name, action)
            states = tuple(state for state in Status if state in (*known.sources, *action.sources))
            found[name] = replace(known, sources=states)
    return found


ACTIONS: dict[str, Action] = _joined()
