"""The way an application goes, read from what it says: which terms, whether it is heard, what grounds a refusal knows."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from applications.models import Application, PowerSource, StatedGround
from applications.rules import Reorganisation, Way, way_of
from casework.deadlines.rules import Track
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.refusals import LawRefusal
from foundation.rulebook.rules import Pack
from foundation.rulebook.rules.rows import RefusalGround

_TRACKS = {
    Way.NEW: Track.NEW,
    Way.REISSUE: Track.REISSUE,
    Way.SUCCESSION: Track.LONG,
    Way.NEW_ANNEX: Track.LONG,
}


def way(application: Application, pack: Pack) -> Way:
    """Rules 11, 15; PL 29(6), 33, 34: by the grounds and centres of the form and the switch of the day."""
    if application.scope != Application.Scope.REISSUE:
        return Way.NEW
    centres = application.data_centres.all()
    return way_of(
        application.form,
        grounds=kinds(application),
        reorganisation=reorganisation(application),
        moves=any(centre.moves for centre in centres),
        to_single_purchaser=any(centre.power_source == PowerSource.SINGLE_PURCHASER for centre in centres),
        move_as_new_annex=pack.switch("move_as_new_annex"),
    )


class Matter(StrEnum):
    """What is asked for, as documents and letters call it; the words of a decision and its paragraphs follow it."""

    LICENCE = "licence"
    ANNEX = "annex"
    NEW_ANNEX = "new_annex"
    SUCCESSION = "succession"
    REISSUE = "reissue"


def matter(application: Application, pack: Pack) -> Matter:
    """Rules 7-11, 14, 15; PL 29(6), 34: an annex alone is called so, and the long ways of a re-issue are no short one."""
    if application.scope == Application.Scope.ANNEX:
        return Matter.ANNEX
    gone = way(application, pack)
    return Matter.LICENCE if gone is Way.NEW else Matter(gone.value)


def succession_article(application: Application) -> str:
    """PL 34(4), 34(5): the paragraph of a spin-off, of a split."""
    return "5" if reorganisation(application) == Reorganisation.SPLIT else "4"


def track(application: Application, pack: Pack) -> Track:
    """The set of lengths of its terms."""
    return _TRACKS[way(application, pack)]


def stated(application: Application) -> list[StatedGround]:
    """The stated grounds; only a re-issue has any, of another form nothing is asked."""
    return list(application.grounds.all()) if application.scope == Application.Scope.REISSUE else []


def kinds(application: Application) -> frozenset[str]:
    """The kinds of the stated grounds."""
    return frozenset(ground.kind for ground in stated(application))


def reorganisation(application: Application) -> str:
    """The kind of reorganisation that is stated, or empty."""
    found = next((row for row in stated(application) if row.kind == "reorganisation"), None)
    return str(found.details.get("reorganisation", "")) if found else ""


def refusal_grounds(application: Application, pack: Pack) -> tuple[RefusalGround, ...]:
    """What a refusal may rest on: Annex 3/10 for a licence or an annex, PL 33(5) and 34 for a re-issue."""
    gone = way(application, pack)
    if gone in (Way.REISSUE, Way.SUCCESSION):
        return pack.grounds("reissue", reorganisation=reorganisation(application))
    return pack.grounds(
        "new", annex_only=application.scope == Application.Scope.ANNEX or gone is Way.NEW_ANNEX
    )


def target_gone(number: str) -> LawRefusal:
    """What is asked for has lost its object: the licence left force meanwhile."""
    return LawRefusal(
        _("Licence {number} is not in force any more.").format(number=number),
        code="TARGET_NOT_IN_FORCE",
        citation=cite_all(cite("PL", "29(6)"), cite("PL", 33)),
        advice=_("The executor prepares a discontinuance (APPC 70(1))."),
    )
