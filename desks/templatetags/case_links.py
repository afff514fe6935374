"""Where the page of a case is, for officers and for the parties; and the suits that touch a case."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from appeals.suits.selectors import suits_about
from casework.cases.models import Case
from foundation.accounts.models import Role

register = template.Library()

_OFFICE = {
    "complaint": "desks:officer_complaint",
    "proceeding": "desks:officer_proceeding",
    "suit": "desks:officer_suit",
}
_CABINET = {"complaint": "desks:complaint", "proceeding": "desks:proceeding", "suit": "desks:suit"}
_RECORD_SUITS = {Role.CHANCERY, Role.EXECUTOR}


@register.simple_tag
def office_address(kind: str, case_id: UUID) -> str:
    """The officer's page of a case of this kind."""
    return reverse(_OFFICE.get(kind, "desks:officer_case"), args=[case_id])


@register.simple_tag
def cabinet_address(kind: str, case_id: UUID) -> str:
    """The party's page of a case of this kind."""
    return reverse(_CABINET.get(kind, "desks:case"), args=[case_id])


@register.inclusion_tag("desks/suits/_of_case.html", takes_context=True)
def suits_of(context: Any, case: Case, *, officer: bool = True, known: bool = True) -> dict[str, Any]:
    """The suits that touch a filed case (Rules 23), and where an officer records one that came; `known`: there may be some."""
    if case.received_at is None:
        return {}
    may_record = officer and bool(_roles(context) & _RECORD_SUITS)
    found = list(suits_about(case)) if known else []
    return {"suits": found, "case": case, "officer": officer, "may_record": may_record}


def _roles(context: Any) -> frozenset[str]:
    """The roles of who looks, as the page has read them already."""
    page = context["page"]
    found: frozenset[str] = (page.s if hasattr(page, "s") else page.situation).roles
    return found
