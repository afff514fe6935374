"""One licence as a card: what it says, what it is today and was on any day, and how it became so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from casework.decisions.models import Act
from foundation.accounts.identifiers import mask_iin
from foundation.accounts.models import Party
from foundation.kernel.clock import ALMATY, almaty
from licenses import rules
from licenses.models import Annex, AnnexEdition, Licence, LicenceEdition, Proceeding
from licenses.proceedings.statuses import Kind, Status
from licenses.rules import Period, Standing
from licenses.statuses import CORRECTION, Basis, LicenceStatus, PowerSource
from licenses.wording import region_name


@dataclass(frozen=True, slots=True)
class AsOf:
    """The state on a day as known now; `known_then`, where the register said otherwise on that day itself."""

    day: date
    standing: Standing
    edition: int
    known_then: Standing | None


@dataclass(frozen=True, slots=True)
class AnnexEditionCard:
    """One edition of an annex; `correction`: it mends an error of the one before (PL 44)."""

    edition: int
    issued_on: date
    superseded_by: int | None
    correction: bool


@dataclass(frozen=True, slots=True)
class AnnexCard:
    """One data centre of a licence."""

    number: str
    issued_on: date
    expires_on: date
    edition: int
    standing: Standing
    status_label: str
    address: str
    address_kk: str
    address_ru: str
    region_code: str
    region: str
    power_source: str
    power_source_label: str
    host_name: str
    host_licence_number: str
    special_conditions: str
    replaced_by: str
    act_id: UUID | None
    editions: tuple[AnnexEditionCard, ...]


@dataclass(frozen=True, slots=True)
class EditionCard:
    """One edition of the licence; `correction`: it mends an error of the one before (PL 44)."""

    edition: int
    issued_on: date
    superseded_by: int | None
    holder: str
    act_id: UUID | None
    correction: bool


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One legal period; `replaced_on` says that a later entry about the same days took its place."""

    status: str
    status_label: str
    first: date
    last: date | None
    until: date | None
    stayed: bool
    basis: str
    basis_label: str
    recorded_on: date
    replaced_on: date | None


@dataclass(frozen=True, slots=True)
class LicenceCard:
    """Everything the register says of a licence; public cards mask the IIN and leave out a person's own address."""

    number: str
    sub_kind: str
    day: date
    standing: Standing
    status_label: str
    known_then: Standing | None
    known_then_label: str
    edition: int
    first_issued_on: date
    issued_on: date
    expires_on: date
    days_left: int
    holder: str
    holder_kk: str
    holder_ru: str
    holder_kind: str
    holder_number: str
    location: str
    activity: str
    special_conditions: str
    note: str
    provider: str
    head_name: str
    head_post: str
    place: str
    act_id: UUID | None
    annexes: list[AnnexCard] = field(default_factory=list)
    editions: list[EditionCard] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)


def as_of(licence: Licence, day: date, at: datetime | None = None) -> AsOf | None:
    """What the licence was on `day`, and what was known of it then; None before its first day."""
    periods = _periods(licence)
    standing = rules.standing_on(periods, licence.expires_on, day)
    if standing is None:
        return None
    editions = [
        edition for edition in licence.editions.all() if _shown(edition, at) and edition.issued_on <= day
    ]
    then = rules.standing_known(periods, licence.expires_on, day, _end_of(day))
    return AsOf(
        day=day,
        standing=standing,
        edition=max((edition.edition for edition in editions), default=licence.edition),
        known_then=then if then is not None and then.status != standing.status else None,
    )


def licence_card(
    licence: Licence, at: datetime, language: str, day: date | None = None
) -> LicenceCard | None:
    """The public card as of a day (today by default); None before its first day or before it is shown (Rules 5)."""
    return _card(licence, at, language, day, public=True)


def own_licence_card(
    licence: Licence, at: datetime, language: str, day: date | None = None
) -> LicenceCard | None:
    """The full card for the licensee and the officers: number and address unmasked."""
    return _card(licence, at, language, day, public=False)


def _card(
    licence: Licence, at: datetime, language: str, day: date | None, *, public: bool
) -> LicenceCard | None:
    at = almaty(at)
    today = at.date()
    day = day or max(today, licence.first_issued_on)
    view = as_of(licence, day, at)
    if view is None or licence.public_from > at:
        return None
    text = licence.editions.get(edition=view.edition)
    party = licence.party
    person = party.kind == Party.Kind.ENTREPRENEUR
    masked = public and person
    corrections = _corrections(licence)
    return LicenceCard(
        number=licence.number,
        sub_kind=licence.sub_kind,
        day=day,
        standing=view.standing,
        status_label=str(LicenceStatus(view.standing.status).label),
        known_then=view.known_then,
        known_then_label=str(LicenceStatus(view.known_then.status).label) if view.known_then else "",
        edition=view.edition,
        first_issued_on=licence.first_issued_on,
        issued_on=text.issued_on,
        expires_on=licence.expires_on,
        days_left=(licence.expires_on - today).days,
        holder=_in(language, text.holder_kk, text.holder_ru),
        holder_kk=text.holder_kk,
        holder_ru=text.holder_ru,
        holder_kind=party.kind,
        holder_number=mask_iin(text.holder_number) if masked else text.holder_number,
        location="" if masked else _in(language, text.location_kk, text.location_ru),
        activity=_in(language, text.activity_kk, text.activity_ru),
        special_conditions=_in(language, text.special_conditions_kk, text.special_conditions_ru),
        note=_in(language, text.note_kk, text.note_ru),
        provider=_in(language, text.provider_kk, text.provider_ru),
        head_name=text.head_name,
        head_post=_in(language, text.head_post_kk, text.head_post_ru),
        place=_in(language, text.place_kk, text.place_ru),
        act_id=text.act_id,
        annexes=list(_annexes(licence, view, at, language, corrections)),
        editions=list(_editions(licence, at, language, corrections)),
        history=[_entry(period) for period in sorted(_periods(licence), key=_order)],
    )


def _corrections(licence: Licence) -> frozenset[UUID]:
    """The acts by which errors in this licence or its annexes were corrected."""
    done = Proceeding.objects.filter(licence=licence, kind=Kind.CORRECT, status=Status.DONE)
    acts = Act.objects.filter(case__in=done.values("case"), kind=CORRECTION, state=Act.State.SIGNED)
    return frozenset(acts.values_list("pk", flat=True))


def _annexes(
    licence: Licence, view: AsOf, at: datetime, language: str, corrections: frozenset[UUID]
) -> Iterable[AnnexCard]:
    annexes = licence.annexes.filter(public_from__lte=at, issued_on__lte=view.day).order_by("number")
    for annex in annexes.select_related("replaced_by").prefetch_related("editions", "periods"):
        own = rules.standing_on(
            [period.as_rule() for period in annex.periods.all()], annex.expires_on, view.day
        )
        texts = [text for text in annex.editions.all() if _shown(text, at) and text.issued_on <= view.day]
        if own is None or not texts:
            continue
        shown = [text for text in annex.editions.all() if _shown(text, at)]
        standing = rules.combined(view.standing, own)
        editions = tuple(_annex_editions(shown, corrections))
        yield _annex(annex, max(texts, key=_edition_no), standing, language, editions)


def _annex_editions(shown: list[AnnexEdition], corrections: frozenset[UUID]) -> Iterable[AnnexEditionCard]:
    shown = sorted(shown, key=_edition_no)
    for place, edition in enumerate(shown):
        later = shown[place + 1].edition if place + 1 < len(shown) else None
        yield AnnexEditionCard(edition.edition, edition.issued_on, later, edition.act_id in corrections)


def _annex(
    annex: Annex,
    text: AnnexEdition,
    standing: Standing,
    language: str,
    editions: tuple[AnnexEditionCard, ...],
) -> AnnexCard:
    return AnnexCard(
        number=annex.number,
        issued_on=text.issued_on,
        expires_on=annex.expires_on,
        edition=text.edition,
        standing=standing,
        status_label=str(LicenceStatus(standing.status).label),
        address=_in(language, text.address_kk, text.address_ru),
        address_kk=text.address_kk,
        address_ru=text.address_ru,
        region_code=text.region_code,
        region=region_name(text.region_code),
        power_source=text.power_source,
        power_source_label=str(PowerSource(text.power_source).label) if text.power_source else "",
        host_name=text.host_name,
        host_licence_number=text.host_licence_number,
        special_conditions=_in(language, text.special_conditions_kk, text.special_conditions_ru),
        replaced_by=annex.replaced_by.number if annex.replaced_by else "",
        act_id=text.act_id,
        editions=editions,
    )


def _editions(
    licence: Licence, at: datetime, language: str, corrections: frozenset[UUID]
) -> Iterable[EditionCard]:
    shown = sorted((edition for edition in licence.editions.all() if _shown(edition, at)), key=_edition_no)
    for place, edition in enumerate(shown):
        later = shown[place + 1].edition if place + 1 < len(shown) else None
        yield EditionCard(
            edition.edition,
            edition.issued_on,
            later,
            _in(language, edition.holder_kk, edition.holder_ru),
            edition.act_id,
            edition.act_id in corrections,
        )


def _entry(period: Period) -> HistoryEntry:
    return HistoryEntry(
        status=period.status,
        status_label=str(LicenceStatus(period.status).label),
        first=period.first,
        last=period.end - timedelta(days=1) if period.end else None,
        until=period.until,
        stayed=period.stayed,
        basis=period.basis,
        basis_label=str(Basis(period.basis).label),
        recorded_on=almaty(period.known_from).date(),
        replaced_on=almaty(period.known_to).date() if period.known_to else None,
    )


def _periods(licence: Licence) -> list[Period]:
    return [period.as_rule() for period in licence.periods.all()]


def _order(period: Period) -> tuple[date, datetime]:
    return (period.first, period.known_from)


def _edition_no(edition: LicenceEdition | AnnexEdition) -> int:
    return edition.edition


def _shown(edition: LicenceEdition | AnnexEdition, at: datetime | None) -> bool:
    return at is None or edition.public_from <= at


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, ALMATY)


def _in(language: str, kk: str, ru: str) -> str:
    return (kk or ru) if language == "kk" else (ru or kk)
