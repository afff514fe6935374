"""Where the page of a case is: applications, proceedings and complaints have one each, for officers and for the parties."""

from uuid import UUID

from django import template
from django.urls import reverse

register = template.Library()

_OFFICE = {"complaint": "desks:officer_complaint", "proceeding": "desks:officer_proceeding"}
_CABINET = {"complaint": "desks:complaint", "proceeding": "desks:proceeding"}


@register.simple_tag
def office_address(kind: str, case_id: UUID) -> str:
    """The officer's page of a case of this kind."""
    return reverse(_OFFICE.get(kind, "desks:officer_case"), args=[case_id])


@register.simple_tag
def cabinet_address(kind: str, case_id: UUID) -> str:
    """The party's page of a case of this kind."""
    return reverse(_CABINET.get(kind, "desks:case"), args=[case_id])
