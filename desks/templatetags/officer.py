"""Small words of the officer's pages: states of an entry, results of a finding, values of a register."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.completeness import ItemState
from applications.models import Finding
from foundation.kernel.clock import almaty

register = template.Library()

_STATES: dict[str, tuple[str | Promise, str]] = {
    ItemState.PRESENT: (gettext_lazy("present"), "good"),
    ItemState.MISSING: (gettext_lazy("missing"), "bad"),
    ItemState.EXPIRED: (gettext_lazy("expired"), "bad"),
    ItemState.FOUND_BAD: (gettext_lazy("harmful file, counts as missing"), "bad"),
    ItemState.NOT_REQUIRED: (gettext_lazy("not required"), "neutral"),
}
_RESULTS: dict[str, str | Promise] = {
    Finding.Result.MEETS: gettext_lazy("meets"),
    Finding.Result.DOES_NOT_MEET: gettext_lazy("does not meet"),
    Finding.Result.NO_CHECK_NEEDED: gettext_lazy("needs no check"),
}
# codes of the gateway's registers (legal entities, persons)
_CODES: dict[str, str | Promise] = {
    "registered": gettext_lazy("registered"),
    "liquidating": gettext_lazy("being liquidated"),
    "liquidated": gettext_lazy("liquidated"),
    "reorganised": gettext_lazy("reorganised"),
    "suspended": gettext_lazy("activity suspended"),
    "resident": gettext_lazy("resident"),
    "non_resident": gettext_lazy("non-resident"),
    "head": gettext_lazy("no, the legal entity itself"),
    "branch": gettext_lazy("branch"),
    "representative_office": gettext_lazy("representative office"),
    "alive": gettext_lazy("alive"),
    "dead": gettext_lazy("died"),
    "missing": gettext_lazy("declared missing"),
    "excluded": gettext_lazy("struck off"),
}
_TONES = {Finding.Result.MEETS: "good", Finding.Result.DOES_NOT_MEET: "bad"}


@register.simple_tag
def item_state(state: str) -> SafeString:
    """The state of an entry of annex 11 in the package."""
    label, tone = _STATES[ItemState(state)]
    return format_html('<span class="tag tag--{}">{}</span>', tone, label)


@register.simple_tag
def finding_word(result: str) -> str:
    """The result of a finding in a word or two."""
    return str(_RESULTS[Finding.Result(result)])


@register.simple_tag
def finding_tag(result: str) -> SafeString:
    """The result of a finding with its colour; the words say it too."""
    tone = _TONES.get(Finding.Result(result), "neutral")
    return format_html('<span class="tag tag--{}">{}</span>', tone, finding_word(result))


@register.simple_tag
def register_value(value: Any) -> str:
    """A fact of a register as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(_CODES.get(value, value)) if value not in (None, "") else "—"


@register.filter
def as_moment(said: str) -> datetime | None:
    """A moment kept as text in the session."""
    try:
        return almaty(datetime.fromisoformat(said))
    except (TypeError, ValueError):
        return None
