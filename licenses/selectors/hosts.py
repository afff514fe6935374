"""The licensed sub-kind I miner whom a letter names: is there such a licence, and is it in force (Annex 11, entry II-1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language

from licenses.models import AnnexEdition, Licence
from licenses.rules import fold, number_is_valid, standing_on, tidy_number
from licenses.statuses import EditionState, LicenceStatus, SubKind


class HostState(StrEnum):
    """What the register says of the host; it warns, the executor's finding decides."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    OTHER_NAME = "other_name"
    OTHER_SUB_KIND = "other_sub_kind"
    NOT_FOUND = "not_found"
    NOT_NAMED = "not_named"


@dataclass(frozen=True, slots=True)
class HostAnswer:
    """The answer with the licence it rests on; `places` are the data centres of that licence."""

    state: HostState
    number: str = ""
    holder_kk: str = ""
    holder_ru: str = ""
    status: str = ""
    expires_on: date | None = None
    places_kk: tuple[str, ...] = ()
    places_ru: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.state is HostState.IN_FORCE

    @property
    def status_label(self) -> str:
        return str(LicenceStatus(self.status).label) if self.status else ""

    def holder(self, language: str) -> str:
        """The holder's name as the register has it."""
        return (self.holder_kk or self.holder_ru) if language == "kk" else self.holder_ru

    @property
    def holder_shown(self) -> str:
        """The holder's name in the reader's language."""
        return self.holder(get_language() or "ru")

    def places(self, language: str) -> tuple[str, ...]:
        """Its data centres."""
        return self.places_kk if language == "kk" else self.places_ru


def look_up_host(name: str, number: str, day: date) -> HostAnswer:
    """By the licence number if one is given, else by the name: the licence in force first, then any other."""
    tidy = tidy_number(number)
    if not tidy and not fold(name):
        return HostAnswer(HostState.NOT_NAMED)
    if tidy:
        licence = _by_number(tidy)
        if licence is None:
            return HostAnswer(HostState.NOT_FOUND, number=tidy[:15])
        return _answer(licence, name, day)
    answers = [_answer(licence, name, day) for licence in _by_name(name)]
    return next(
        (answer for answer in answers if answer.good),
        answers[0] if answers else HostAnswer(HostState.NOT_FOUND),
    )


def hosted_by(number: str, day: date) -> list[Licence]:
    """Licences of sub-kind II in force or suspended whose living annexes name this host's licence."""
    living = (LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED)
    rows = AnnexEdition.objects.filter(
        host_licence_number=number, state=EditionState.CURRENT, annex__status__in=living
    )
    found = Licence.objects.filter(sub_kind=SubKind.II, status__in=living, expires_on__gte=day)
    return list(found.filter(pk__in=rows.values("annex__licence_id")).order_by("number"))


def _by_number(tidy: str) -> Licence | None:
    if not number_is_valid(tidy):
        return None
    return Licence.objects.prefetch_related("periods", "editions").filter(number=tidy).first()


def _by_name(name: str) -> list[Licence]:
    wanted = f" {fold(name)} "
    found = Licence.objects.prefetch_related("periods", "editions").filter(
        search_text__contains=wanted.strip(), sub_kind=SubKind.I
    )
    return [row for row in found.order_by("-expires_on")[:20] if _named(row, name)]


def _answer(licence: Licence, name: str, day: date) -> HostAnswer:
    standing = standing_on([row.as_rule() for row in licence.periods.all()], licence.expires_on, day)
    text = max(licence.editions.all(), key=lambda row: row.edition)
    status = standing.status if standing else ""
    if licence.sub_kind != SubKind.I:
        state = HostState.OTHER_SUB_KIND
    elif standing is None or (status != LicenceStatus.ACTIVE and not standing.stayed):
        state = HostState.NOT_IN_FORCE
    elif fold(name) and not _named(licence, name):
        state = HostState.OTHER_NAME
    else:
        state = HostState.IN_FORCE
    places = list(_places(licence))
    return HostAnswer(
        state=state,
        number=licence.number,
        holder_kk=text.holder_kk,
        holder_ru=text.holder_ru,
        status=status,
        expires_on=licence.expires_on,
        places_kk=tuple(kk for kk, _ru in places),
        places_ru=tuple(ru for _kk, ru in places),
    )


def _named(licence: Licence, name: str) -> bool:
    return f" {fold(name)} " in f" {licence.search_text} " or all(
        word in licence.search_text.split() for word in fold(name).split()
    )


def _places(licence: Licence) -> list[tuple[str, str]]:
    current = AnnexEdition.objects.filter(
        annex__licence=licence, annex__status=LicenceStatus.ACTIVE, state=EditionState.CURRENT
    )
    return list(current.order_by("annex__number").values_list("address_kk", "address_ru"))
