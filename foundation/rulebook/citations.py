"""Short citations of rows (`Rules 7`, `Annex 3/7(1)`, `PL 29(6)`) as people read them."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.kernel.citations import Citation, cite, cite_all

_KNOWN = re.compile(r"(Rules|Annex 3|Annex 11|PL|DA|APPC|PS|TC)[ /](.+)")
_ENTRY = re.compile(r"Annex 11/(\d+)\((\d+)\)")
_ANNEX = re.compile(r"Annex (\d+)(?:/(.+))?")
_ORDER = re.compile(r"Order (.+)")


def shown(citation: str) -> Citation:
    """Lazy words in the reader's language; a citation of an act without a short form stays as it is."""
    return cite_all(*(_one(part) for part in citation.split("; ")))


def _one(short: str) -> Citation:
    if found := _ENTRY.fullmatch(short):
        return format_lazy(
            _("subparagraph {number}) of paragraph {paragraph} of annex 11 to the Rules"),
            paragraph=found[1],
            number=found[2],
        )
    if found := _KNOWN.fullmatch(short):
        return cite(found[1], found[2])
    if found := _ANNEX.fullmatch(short):
        if found[2]:
            return format_lazy(_("annex {annex} to the Rules, item {where}"), annex=found[1], where=found[2])
        return format_lazy(_("annex {annex} to the Rules"), annex=found[1])
    if found := _ORDER.fullmatch(short):
        return format_lazy(_("clause {where} of order No. 169/НҚ"), where=found[1])
    return short
