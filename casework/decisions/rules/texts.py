"""Rules 17: the Kazakh and the Russian text of a decision say the same numbers. No Django, no database.

Dates, articles, sums, file names, designations and plain numbers of both texts are compared as multisets. Words are
left to people; what is compared here is what a slip of the hand changes.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a text is."""

    FILE = "file"
    DATE = "date"
    TIME = "time"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    SUM = "sum"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in one text only; each as often as it stands there too much."""

    kind: Kind
    only_kk: tuple[str, ...]
    only_ru: tuple[str, ...]


def compare_texts(kk: str, ru: str) -> tuple[Difference, ...]:
    """Where the two texts differ, by kind; empty when they agree (Rules 17: both languages say the same)."""
    left, right = _read(kk), _read(ru)
    found = []
    for kind in (Kind.FILE, Kind.DATE, Kind.TIME, Kind.NUMBER):
        one, other = left.said[kind], right.said[kind]
        if one != other:
            found.append(Difference(kind, _sorted(one - other), _sorted(other - one)))
    for kind in _NAMED:
        # a list has its word at one end ("статьи 91, 92", "91, 92-баптар"): which numbers it takes in is not said
        one = left.certain[kind] - right.possible[kind]
        other = right.certain[kind] - left.possible[kind]
        if one or other:
            found.append(Difference(kind, _sorted(one), _sorted(other)))
    return tuple(found)


# --- reading one text ------------------------------------------------------------------------------
class _Read:
    """One text in pieces: `said` are all, `certain` and `possible` what a number is named as."""

    def __init__(self) -> None:
        self.said: dict[Kind, Counter[str]] = {kind: Counter() for kind in Kind}
        self.certain: dict[Kind, Counter[str]] = {kind: Counter() for kind in _NAMED}
        self.possible: dict[Kind, Counter[str]] = {kind: Counter() for kind in _NAMED}


def _read(text: str) -> _Read:
    found = _Read()
    rest = _plain(text)
    for kind, pattern, read in _WHOLE:
        rest = _taken(rest, pattern, found.said[kind], read)
    rest = _THOUSANDS.sub(lambda match: re.sub(r"[ .]", "", match[0]), rest)
    rest = _SCALED.sub(_written_out, rest)
    for kind, before, after in _NAMED_BY:
        _name(found, kind, rest, before, after)
    found.said[Kind.NUMBER].update(_numbers(rest))
    return found


def _plain(text: str) -> str:
    """One kind of space, of dash and of the letters that look alike in both alphabets."""
    text = re.sub(r"[\u00a0\u2007\u2009\u202f\s]+", " ", text)
    return re.sub(r"[\u2010-\u2015\u2212]", "-", text)


def _taken(text: str, pattern: "re.Pattern[str]", into: Counter[str], read: "_Reader") -> str:
    """The text without what the pattern found; `read` says what it is, or None: left where it stands."""

    def take(match: "re.Match[str]") -> str:
        value = read(match)
        if value is None:
            return match[0]
        into[value] += 1
        return " ; "

    return pattern.sub(take, text)


def _name(
    found: _Read, kind: Kind, text: str, before: "re.Pattern[str] | None", after: "re.Pattern[str]"
) -> None:
    """Numbers named by a word before them (Russian) or after them (Kazakh; sums in both)."""
    for match in before.finditer(text) if before is not None else ():
        numbers = [_value(one) for one in _LISTED.findall(match["numbers"])]
        found.certain[kind][numbers[0]] += 1
        found.possible[kind].update(numbers)
    for match in after.finditer(text):
        numbers = [_value(one) for one in _LISTED.findall(match["numbers"])]
        found.certain[kind][numbers[-1]] += 1
        found.possible[kind].update(numbers)


def _numbers(text: str) -> Iterator[str]:
    for match in _DESIGNATION.finditer(text):
        yield _alike(match[0])
    for match in _NUMBER.finditer(_DESIGNATION.sub(" ; ", text)):
        yield _value(match[0])


def _value(said: str) -> str:
    """1 000, 1000 and 1000,00 are one number; 18-1 and 35-201-115 stay as they are written."""
    if "-" in said:
        return said
    plain = Decimal(said.replace(" ", "").replace(",", "."))
    text = format(plain.normalize(), "f")
    return text if "." in text or len(said.lstrip("0")) == len(said) else said  # 007 stays 007


def _written_out(match: "re.Match[str]") -> str:
    """1,5 млн is 1500000 in both languages."""
    power = next(power for power, stems in _SCALES if re.match(stems, match["scale"].casefold()))
    return _value(str(Decimal(match["number"].replace(",", ".")) * 10**power))


def _alike(said: str) -> str:
    return said.upper().translate(_ALIKE).strip("-/.")


def _file(match: "re.Match[str]") -> str:
    return match[0].strip("«»\"'“”„ ").casefold()


def _date(match: "re.Match[str]") -> str | None:
    parts = match.groupdict()
    day, month = int(parts.get("day") or 0), parts["month"]
    number = int(month) if month.isdigit() else _month(month)
    if not number or number > 12:  # noqa: PLR2004 -- months
        return None
    year = parts.get("year")
    if "day" not in parts:
        return f"{year}-{number:02d}"
    if not 1 <= day <= 31:  # noqa: PLR2004 -- days
        return None
    return f"{year or '----'}-{number:02d}-{day:02d}"


def _month(word: str) -> int:
    return next((n for n, stem in enumerate(_MONTHS, start=1) if re.match(stem, word.casefold())), 0)


def _time(match: "re.Match[str]") -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None  # noqa: PLR2004 -- of a clock


def _sorted(found: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(found.elements()))


_Reader = Callable[["re.Match[str]"], str | None]
_ALIKE = str.maketrans("АВЕКМНОРСТХІҮ", "ABEKMHOPCTXIY")
_MONTHS = (
    "январ|қаңтар", "феврал|ақпан", "март|наурыз", "апрел|сәуір", "ма[йя]|мамыр", "июн|маусым",
    "июл|шілде", "август|тамыз", "сентябр|қыркүйек", "октябр|қазан", "ноябр|қараша", "декабр|желтоқсан",
)  # fmt: skip
_MONTH_WORD = (
    r"(?P<month>январ[а-я]*|феврал[а-я]*|март[а-я]*|апрел[а-я]*|ма[йя]|июн[а-я]*|июл[а-я]*|август[а-я]*|сентябр[а-я]*"
    r"|октябр[а-я]*|ноябр[а-я]*|декабр[а-я]*|қаңтар\w*|ақпан\w*|наурыз\w*|сәуір\w*|мамыр\w*|маусым\w*|шілде\w*|тамыз\w*"
    r"|қыркүйек\w*|қыркүйег\w*|қазан\w*|қараша\w*|желтоқсан\w*)\b"
)
_ENDINGS = "pdf|jpe?g|png|tiff?|docx?|xlsx?|pptx?|odt|ods|rtf|txt|xml|json|zip|rar|7z|p7s|cms|sig|csv"
_QUOTED = r"[«\"“„][^«»\"“”„]{1,200}?\.(?:" + _ENDINGS + r")[»\"”]"
_BARE = r"[^\s«»\"“”„,;:()]{1,200}\.(?:" + _ENDINGS + r")\b"
_I = re.IGNORECASE
# what is one piece whatever stands around it, in this order
_WHOLE: tuple[tuple[Kind, "re.Pattern[str]", _Reader], ...] = (
    (Kind.FILE, re.compile(f"{_QUOTED}|{_BARE}", _I), _file),
    (Kind.DATE, re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"), _date),
    (Kind.DATE, re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"), _date),
    (
        Kind.DATE,
        re.compile(
            r"(?<!\d)(?P<year>\d{4}) ?ж(?:ыл\w*|\.) (?P<day>\d{1,2})(?:-\w+)? ?" + _MONTH_WORD,
            _I,
        ),
        _date,
    ),
    (
        Kind.DATE,
        re.compile(
            r"(?<!\d)(?P<day>\d{1,2}) ?" + _MONTH_WORD + r"(?: (?P<year>\d{4})(?: ?г(?:од\w*|\.)?(?!\w))?)?",
            _I,
        ),
        _date,
    ),
    # a month of a year without its day
    (Kind.DATE, re.compile(r"(?<!\d)(?P<year>\d{4}) ?ж(?:ыл\w*|\.) ?" + _MONTH_WORD, _I), _date),
    (Kind.DATE, re.compile(r"(?<!\w)" + _MONTH_WORD + r" (?P<year>\d{4})(?!\d)", _I), _date),
    (Kind.TIME, re.compile(r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?!\d)"), _time),
)
_ONE = r"\d+(?:-\d+)*(?:[.,]\d+)?"
_LIST = rf"(?P<numbers>{_ONE}(?:\)?(?: ?, ?| и | и\(или\) | және | не )(?={_ONE}\)?){_ONE})*)"
_LISTED = re.compile(_ONE)
# thousands set apart by spaces are one number
_THOUSANDS = re.compile(r"(?<![\d.,-])\d{1,3}(?: \d{3})+(?![\d-])")
_SCALES = ((3, "тыс|мың"), (6, "млн|миллион"), (9, "млрд|миллиард"))
_SCALED = re.compile(
    r"(?<![\w.,-])(?P<number>\d+(?:[.,]\d+)?) ?(?P<scale>тыс\.|тысяч\w*|мың\w*|млн\.?|миллион\w*|млрд\.?|миллиард\w*)(?!\w)",
    _I,
)
# a document's own number with its letters: I-5a, ТУ-45, DM-2026-000017, KZ12ABC00000001, II
_CAPITALS = "A-ZА-ЯЁІӘҒҚҢӨҰҮҺ"
_DESIGNATION = re.compile(
    rf"(?<![\w-])[{_CAPITALS}]{{1,8}}[-/.]?\d[{_CAPITALS}\d]*(?:[-/][{_CAPITALS}]*\d[{_CAPITALS}\d]*)*(?:[a-zа-я](?!\w))?"
    rf"|(?<![\w.,-])\d+[{_CAPITALS}](?!\w)"
    rf"|(?<![\w.-])[IVXІ]{{1,5}}(?!\w|-\d|\. ?[{_CAPITALS}])"
)
_NUMBER = re.compile(rf"(?<![\w]){_ONE}")
_NAMED = (Kind.ARTICLE, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.SUM)
_NAMED_BY: tuple[tuple[Kind, "re.Pattern[str] | None", "re.Pattern[str]"], ...] = (
    (
        Kind.ARTICLE,
        re.compile(r"\b(?:стать\w+|статей|ст\.) ?" + _LIST, _I),
        re.compile(rf"{_LIST} ?-?(?:бап|баб)\w*", _I),
    ),
    (
        Kind.PARAGRAPH,
        re.compile(r"(?<!\w)(?:пункт\w*|п\.) ?" + _LIST, _I),
        re.compile(rf"{_LIST} ?-?тарма[қғ](?!ша)\w*", _I),
    ),
    (
        Kind.SUBPARAGRAPH,
        re.compile(r"(?<!\w)(?:подпункт\w*|пп\.) ?" + _LIST, _I),
        re.compile(rf"{_LIST}\)? ?-?тарма[қғ]ша\w*", _I),
    ),
    (
        Kind.SUM,
        None,
        re.compile(rf"{_LIST} ?(?:тенге|теңге\w*|тг\.?|₸)(?!\w)", _I),
    ),
)
