"""Where a case stands, in words an applicant uses: the track, who has to act, and what can be done now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.rules import Way
from applications.statuses import Status
from foundation.kernel.citations import Citation, cite, cite_all
from licenses.papers import ISSUED_KINDS


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the track; `state` is done, now or next."""

    label: str | Promise
    state: str

    @property
    def done(self) -> bool:
        return self.state == "done"

    @property
    def now(self) -> bool:
        return self.state == "now"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state in a sentence, who acts next, and by which paragraph."""

    title: str | Promise
    text: str | Promise
    actor: str | Promise
    citation: Citation
    tone: str = "info"


_AUTHORITY = _("The authority acts")
_YOU = _("You may act")
_NOBODY = _("Nobody has to act")
_STOPS: tuple[tuple[str | Promise, tuple[Status, ...]], ...] = (
    (_("Filed"), (Status.SUBMITTED,)),
    (_("Completeness"), (Status.COMPLETENESS,)),
    (_("Review"), (Status.REVIEW,)),
    (_("Hearing"), (Status.HEARING, Status.HEARD)),
    (_("Signature"), (Status.SIGNING,)),
    (_("Result"), (Status.ISSUED, Status.REFUSED)),
)
_HEARING_STOP = 3
_LAST = len(_STOPS) - 1
STANDINGS: dict[Status, Standing] = {
    Status.SUBMITTED: Standing(
        _("Filed, to be registered"),
        _("It came after office hours; at 09:00 of the next working day it is registered by itself."),
        _AUTHORITY,
        cite("Rules", "5, 6"),
    ),
    Status.COMPLETENESS: Standing(
        _("Completeness is being checked"),
        _("Within two working days the authority says whether every document is there and valid."),
        _AUTHORITY,
        cite("Rules", 7),
    ),
    Status.REVIEW: Standing(
        _("The documents are being reviewed"),
        _("The package is complete. The authority checks the qualification requirements."),
        _AUTHORITY,
        cite("Rules", 8),
    ),
    Status.HEARING: Standing(
        _("A refusal is planned: you are heard first"),
        _("Read the grounds and answer in time, ask for an oral hearing, or waive it."),
        _YOU,
        cite_all(cite("Rules", 10), cite("APPC", 73)),
        "warn",
    ),
    Status.HEARD: Standing(
        _("Your position is being considered"),
        _("The hearing is recorded. The authority decides: the licence, or a refusal that answers you."),
        _AUTHORITY,
        cite("Rules", 10),
    ),
    Status.SIGNING: Standing(
        _("The decision is before the head"),
        _("It was prepared by the executor; the head signs it or sends it back."),
        _AUTHORITY,
        cite("Rules", "9, 10"),
    ),
    Status.ISSUED: Standing(
        _("The licence is issued"),
        _("It is in the register; download it below in Kazakh and in Russian."),
        _NOBODY,
        cite("Rules", "9, 17"),
        "good",
    ),
    Status.RETURNED: Standing(
        _("Further consideration is refused"),
        _("The package was not complete; the letter names each document. You may file again at once."),
        _YOU,
        cite("Rules", 7),
        "warn",
    ),
    Status.REFUSED: Standing(
        _("The licence is refused"),
        _("The reasoned refusal names every ground. You may complain, or file again."),
        _YOU,
        cite("Rules", "10, 19"),
        "danger",
    ),
    Status.WITHDRAWN: Standing(
        _("Withdrawn by you"),
        _("The case is closed; a payment that was found serves your next application."),
        _NOBODY,
        cite("APPC", "64(9)"),
    ),
    Status.DISCONTINUED: Standing(
        _("The procedure is discontinued"),
        _("The decision names the reason; you may complain."),
        _NOBODY,
        cite("APPC", "70(1)"),
        "warn",
    ),
}


_REISSUE: dict[Status, Standing] = {
    Status.SUBMITTED: replace(STANDINGS[Status.SUBMITTED], citation=cite("Rules", "5, 13")),
    Status.COMPLETENESS: Standing(
        _("Completeness is being checked"),
        _("Within one working day the authority says whether every document is there and valid."),
        _AUTHORITY,
        cite("Rules", 14),
    ),
    Status.REVIEW: Standing(
        _("The re-issue is being considered"),
        _(
            "The package is complete. The authority re-issues, or refuses within two working days of registration."
        ),
        _AUTHORITY,
        cite("Rules", 15),
    ),
    Status.SIGNING: replace(STANDINGS[Status.SIGNING], citation=cite("Rules", 15)),
    Status.RETURNED: replace(STANDINGS[Status.RETURNED], citation=cite("Rules", 14)),
    Status.ISSUED: Standing(
        _("The licence is re-issued"),
        _(
            "The new edition is in the register and below; the old one is superseded, number and term are kept."
        ),
        _NOBODY,
        cite("Rules", "15, 17"),
        "good",
    ),
    Status.REFUSED: Standing(
        _("The re-issue is refused"),
        _("The reasoned refusal names every ground. You may complain, or file again."),
        _YOU,
        cite("Rules", "15, 19"),
        "danger",
    ),
}
_ANNEX_ISSUED = Standing(
    _("The annex is issued"),
    _("It is in the register with the new edition of the licence's special conditions; download both below."),
    _NOBODY,
    cite("Rules", "9, 17"),
    "good",
)


def standing_of(status: Status, way: Way, scope: str) -> Standing:
    """The state in words: a re-issue by Rules 12-15 has its own terms, an annex its own result."""
    if scope == Application.Scope.ANNEX and status == Status.ISSUED:
        return _ANNEX_ISSUED
    ends = (Status.ISSUED, Status.REFUSED)
    if way is Way.REISSUE or (way is not Way.NEW and status in ends):
        return _REISSUE.get(status, STANDINGS[status])
    return STANDINGS[status]


def track(status: Status, *, heard: bool) -> list[Stop]:
    """The stops of a case; the hearing only where there is one, an early end right after the stop it came from."""
    stops = [
        (label, states) for place, (label, states) in enumerate(_STOPS) if heard or place != _HEARING_STOP
    ]
    here = next((place for place, (_label, states) in enumerate(stops) if status in states), None)
    if here is None:
        return _ended_early(status, stops)
    over = status in _STOPS[_LAST][1]
    shown = [
        Stop(label, "done" if place < here or over else "now" if place == here else "next")
        for place, (label, _states) in enumerate(stops)
    ]
    if status == Status.REFUSED:
        shown[-1] = Stop(_("Refusal"), "now")
    return shown


def _ended_early(status: Status, stops: list[tuple[str | Promise, tuple[Status, ...]]]) -> list[Stop]:
    passed = 2 if status == Status.RETURNED else 1
    return [*(Stop(label, "done") for label, _states in stops[:passed]), Stop(STANDINGS[status].title, "now")]


# what a signed document decides, and the state that is shown until it may be seen (Rules 5: from 09:00 of its day)
_BEFORE: dict[str, tuple[tuple[Status, ...], Status]] = {
    "hearing_notice": ((Status.HEARING,), Status.REVIEW),
    "further_refusal": ((Status.RETURNED,), Status.COMPLETENESS),
    **dict.fromkeys(ISSUED_KINDS, ((Status.ISSUED,), Status.SIGNING)),
    "refusal_form_8": ((Status.REFUSED,), Status.SIGNING),
    "discontinuance": ((Status.DISCONTINUED,), Status.SIGNING),
}
DECIDING_KINDS = tuple(_BEFORE)


def shown_status(status: Status, unseen: Iterable[str]) -> Status:
    """Rules 5: what was signed after hours is shown from 09:00 of the day it bears; until then the state before it.

    `unseen` are the kinds of signed documents whose moment has not come.
    """
    for kind in unseen:
        states, before = _BEFORE.get(kind, ((), status))
        if status in states:
            return before
    return status
