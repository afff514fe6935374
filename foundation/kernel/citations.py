"""References to the law as people read them, in the three languages.

`cite("Rules", 7)` → "п. 7 Правил" / "Қағидалардың 7-тармағы" / "Rules, para 7". Lazy: the language is that of the reader.
"""

from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Citation: TypeAlias = str | Promise

_FORMS: dict[str, Any] = {
    "Rules": _("para {where} of the Rules (order No. 169/НҚ)"),
    "Annex 3": _("annex 3 to the Rules, row {where}"),
    "Annex 11": _("annex 11 to the Rules, entry {where}"),
    "PL": _("Law on permits and notifications, art. {where}"),
    "DA": _("Law on digital assets, art. {where}"),
    "APPC": _("Administrative Procedural and Process-Related Code, art. {where}"),
    "PS": _("Law on public services, art. {where}"),
    "TC": _("Tax Code, art. {where}"),
}
_SEVERAL: dict[str, Any] = {"Rules": _("paras {where} of the Rules (order No. 169/НҚ)")}


def cite(source: str, where: int | str) -> Citation:
    """One paragraph or article of one act; raises KeyError for an act the portal does not know."""
    form = _SEVERAL.get(source, _FORMS[source]) if ", " in str(where) else _FORMS[source]
    return format_lazy(form, where=where)


def cite_all(*citations: Citation) -> Citation:
    """Several references in one line."""
    pattern = "; ".join("{}" for _citation in citations)
    return format_lazy(pattern, *citations)
