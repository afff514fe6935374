"""Rules 17: the Kazakh and the Russian text of one thing are compared before anything is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.decisions.rules import Difference, Kind, compare_texts
from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal

_NAMES: dict[Kind, Promise] = {
    Kind.FILE: _("file names"),
    Kind.DATE: _("dates"),
    Kind.TIME: _("hours"),
    Kind.ARTICLE: _("articles"),
    Kind.PARAGRAPH: _("paragraphs"),
    Kind.SUBPARAGRAPH: _("subparagraphs"),
    Kind.SUM: _("sums"),
    Kind.NUMBER: _("numbers"),
}


def differences_in(said: Mapping[str, Any], name: str) -> list[str]:
    """What stands in one language only, in words; `name` is that of the pair without its language."""
    found = compare_texts(str(said.get(f"{name}_kk", "")), str(said.get(f"{name}_ru", "")))
    return [_in_words(one) for one in found]


def require_same_said(texts: Iterable[tuple[str, Mapping[str, Any], str]]) -> None:
    """Raise LawRefusal naming every pair that differs; `texts` are (place, what was said, name of the pair)."""
    faults = {
        f"{place}{name}_ru": found for place, said, name in texts if (found := differences_in(said, name))
    }
    if faults:
        every = "; ".join(one for found in faults.values() for one in found)
        raise LawRefusal(
            _("The Kazakh and the Russian text do not say the same: {differences}.").format(
                differences=every
            ),
            code="TEXTS_DIFFER",
            citation=cite("Rules", 17),
            advice=_("Make numbers, dates, articles, sums and file names the same in both languages."),
            fields=faults,
        )


def require_same_grounds(grounds: Sequence[Mapping[str, Any]]) -> None:
    """Rules 17: facts, records and assessment of each ground agree in both languages; raises LawRefusal."""
    require_same_said(
        (f"grounds.{index}.", ground, name)
        for index, ground in enumerate(grounds)
        for name in ("facts", "records", "assessment")
    )


def _in_words(found: Difference) -> str:
    sides = []
    if found.only_kk:
        sides.append(_("only in Kazakh {values}").format(values=", ".join(found.only_kk)))
    if found.only_ru:
        sides.append(_("only in Russian {values}").format(values=", ".join(found.only_ru)))
    return f"{_NAMES[found.kind]} – {', '.join(str(side) for side in sides)}"
