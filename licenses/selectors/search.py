"""The public search (quality.md): number and BIN by prefix, names by trigrams over at most 1,000 candidates."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from foundation.accounts.identifiers import mask_iin
from foundation.accounts.models import Party
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput
from licenses.models import Licence, LicencePeriod
from licenses.rules import Standing, licence_number, slips
from licenses.rules.questions import Kind, Question, telling, understand
from licenses.selectors.card import as_of
from licenses.statuses import LicenceStatus

PAGE = 20
LARGEST_PAGE = 100
CANDIDATES = 1000
_ENOUGH = 5
_READ_BY_LETTER = 60
_THRESHOLDS = (0.6, 0.45, 0.3)
_FINAL = (LicenceStatus.TERMINATED, LicenceStatus.REVOKED)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked; `day` None means today."""

    text: str = ""
    region: str = ""
    sub_kind: str = ""
    status: str = ""
    day: date | None = None
    cursor: str = ""
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the register, an entrepreneur's IIN masked."""

    number: str
    sub_kind: str
    standing: Standing
    status_label: str
    holder_kk: str
    holder_ru: str
    holder_kind: str
    holder_number: str
    regions: list[str]
    first_issued_on: date
    expires_on: date
    edition: int
    annexes: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `cut` says that more than 1,000 names were alike and the question should be narrowed."""

    items: list[Found]
    next_cursor: str = ""
    cut: bool = False


def search(
    query: Query, at: datetime, *, within: QuerySet[Licence] | None = None, masked: bool = True
) -> Page:
    """A page of the register as of a day; the order of the Kazakh alphabet, or the likest names first.

    `within` narrows it to what a person sees in full, then unmasked.
    """
    question = understand(query.text)
    base = _base(query, at, within)
    limit = max(1, min(query.limit, LARGEST_PAGE))
    if question.kind is Kind.EVERYTHING:
        rows, cursor = _alphabetical(base, query.cursor, limit)
        return Page(_found(rows, query, at, masked=masked), cursor)
    offset = _offset(query.cursor)
    with transaction.atomic():  # the threshold of likeness is set for one transaction
        rows = _answer(base, question, offset, limit + 1)
    cursor = _encode({"o": offset + limit}) if len(rows) > limit else ""
    cut = offset + limit >= CANDIDATES
    return Page(
        _found(rows[:limit], query, at, masked=masked), "" if cut else cursor, cut=cut and bool(cursor)
    )


def export_rows(query: Query, at: datetime) -> Iterator[Found]:
    """Every line that the filters leave, in the order of the alphabet, without holding them in memory."""
    rows = _base(query, at).order_by("sort_key", "id")
    question = understand(query.text)
    if question.kind is not Kind.EVERYTHING:
        rows = _plain_match(rows, question)
    batch: list[Licence] = []
    for licence in rows.iterator(chunk_size=1000):
        batch.append(licence)
        if len(batch) == 1000:  # noqa: PLR2004 -- the chunk of the iterator above
            yield from _found(batch, query, at)
            batch = []
    yield from _found(batch, query, at)


def _base(query: Query, at: datetime, within: QuerySet[Licence] | None = None) -> QuerySet[Licence]:
    day = query.day or almaty(at).date()
    rows = Licence.objects.all() if within is None else within
    rows = rows.filter(public_from__lte=at, first_issued_on__lte=day).select_related("party")
    rows = rows.prefetch_related("periods", "editions", "annexes")
    if query.region:
        rows = rows.filter(regions__contains=[query.region])
    if query.sub_kind:
        rows = rows.filter(sub_kind=query.sub_kind)
    return _with_status(rows, query.status, day) if query.status else rows


def _with_status(rows: QuerySet[Licence], status: str, day: date) -> QuerySet[Licence]:
    """By the legal periods, so that it is right whether or not a job ran."""
    periods = LicencePeriod.objects.filter(licence=OuterRef("pk"), known_to=None, period__contains=day)
    if status == LicenceStatus.EXPIRED:
        return rows.filter(~Exists(periods.filter(status__in=_FINAL)), expires_on__lt=day)
    return rows.filter(Exists(periods.filter(status=status)))


def _alphabetical(rows: QuerySet[Licence], cursor: str, limit: int) -> tuple[list[Licence], str]:
    rows = rows.order_by("sort_key", "id")
    if cursor:
        key, last = _after(cursor)
        rows = rows.filter(Q(sort_key__gte=key) & (Q(sort_key__gt=key) | Q(sort_key=key, id__gt=last)))
    page = list(rows[: limit + 1])
    if len(page) <= limit:
        return page, ""
    return page[:limit], _encode({"k": page[limit - 1].sort_key, "i": str(page[limit - 1].pk)})


def _answer(rows: QuerySet[Licence], question: Question, offset: int, limit: int) -> list[Licence]:
    if question.kind is not Kind.NAME:
        return list(_plain_match(rows, question).order_by("number")[offset : offset + limit])
    found: list[UUID] = []
    if question.words:
        words = telling(question.words)
        found = _ranked(rows.filter(_begins(question.words)), words, offset, limit)
        if not offset and len(found) < _ENOUGH:
            found = _with_alike(rows, words, found, limit)
    loaded = rows.in_bulk(found)
    return [loaded[key] for key in found]


def _plain_match(rows: QuerySet[Licence], question: Question) -> QuerySet[Licence]:
    if question.kind is Kind.NUMBER:
        return rows.filter(number__startswith=question.value)
    if question.kind is Kind.IDENTIFIER:
        return rows.filter(party__number=question.value)
    if question.kind is Kind.BIN_PREFIX:
        match = Q(party__kind=Party.Kind.ENTITY, party__number__startswith=question.value)
        if question.serial:
            match |= Q(number=licence_number(settings.LICENCE_NUMBER_LETTERS, question.serial))
        return rows.filter(match)
    return rows.filter(_begins(question.words)) if question.words else rows.none()


def _begins(words: Iterable[str]) -> Q:
    """Every word begins some word of the name."""
    return Q(*(Q(search_text__contains=f" {word}") for word in words))


def _ranked(candidates: QuerySet[Licence], words: tuple[str, ...], offset: int, limit: int) -> list[UUID]:
    """The likest of at most 1,000 candidates; a name that holds the words as they are stands before the others."""
    return [key for key, _text in _likest(candidates, words)[offset : offset + limit]]


def _likest(candidates: QuerySet[Licence], words: tuple[str, ...]) -> Any:
    likeness: Any = reduce(add, (TrigramWordSimilarity(word, "search_text") for word in words))
    whole = Case(
        When(search_text__contains=f" {' '.join(words)} ", then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        Licence.objects.filter(pk__in=candidates.order_by().values("pk")[:CANDIDATES])
        .annotate(likeness=likeness, whole=whole)
        .order_by("whole", F("likeness").desc(), "sort_key", "id")
        .values_list("pk", "search_text")
    )


def _with_alike(rows: QuerySet[Licence], words: tuple[str, ...], found: list[UUID], limit: int) -> list[UUID]:
    """Names in which every word is like one of the question, from the likest down until a handful is found.

    Trigrams cannot tell a slip in the middle from another ending, so the likest few are put in order by letters.
    """
    alike = rows.filter(*(Q(search_text__trigram_word_similar=word) for word in words))
    for threshold in _THRESHOLDS:
        _set_threshold(threshold)
        likest = sorted(_likest(alike, words)[:_READ_BY_LETTER], key=lambda row: slips(words, row[1]))
        found = list(dict.fromkeys([*found, *(key for key, _text in likest)]))
        if len(found) >= _ENOUGH:
            break
    return found[:limit]


def _set_threshold(value: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(value)])


def _found(rows: list[Licence], query: Query, at: datetime, *, masked: bool = True) -> list[Found]:
    day = query.day or almaty(at).date()
    return [line for licence in rows if (line := _line(licence, day, at, masked=masked)) is not None]


def _line(licence: Licence, day: date, at: datetime, *, masked: bool) -> Found | None:
    view = as_of(licence, day, at)
    if view is None:
        return None
    text = next(edition for edition in licence.editions.all() if edition.edition == view.edition)
    hidden = masked and licence.party.kind == Party.Kind.ENTREPRENEUR
    return Found(
        number=licence.number,
        sub_kind=licence.sub_kind,
        standing=view.standing,
        status_label=str(LicenceStatus(view.standing.status).label),
        holder_kk=text.holder_kk,
        holder_ru=text.holder_ru,
        holder_kind=licence.party.kind,
        holder_number=mask_iin(text.holder_number) if hidden else text.holder_number,
        regions=licence.regions,
        first_issued_on=licence.first_issued_on,
        expires_on=licence.expires_on,
        edition=view.edition,
        annexes=sum(annex.public_from <= at and annex.issued_on <= day for annex in licence.annexes.all()),
    )


def _encode(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _decode(cursor: str) -> dict[str, Any]:
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise _bad_cursor() from error
    if not isinstance(value, dict):
        raise _bad_cursor()
    return value


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    value = _decode(cursor).get("o")
    if not isinstance(value, int) or not 0 <= value <= CANDIDATES:
        raise _bad_cursor()
    return value


def _after(cursor: str) -> tuple[str, UUID]:
    value = _decode(cursor)
    key, last = value.get("k"), value.get("i")
    if not isinstance(key, str) or not isinstance(last, str):
        raise _bad_cursor()
    try:
        return key, UUID(last)
    except ValueError as error:
        raise _bad_cursor() from error


def _bad_cursor() -> BadInput:
    return BadInput(
        _("This page mark is not one of ours."),
        fields={"cursor": [_("Start again from the first page.")]},
        code="BAD_CURSOR",
    )
