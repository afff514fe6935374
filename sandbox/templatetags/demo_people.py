"""The demo people for the sign-in page."""

from django import template

from sandbox.sign_in import Choice, choices

register = template.Library()


@register.simple_tag
def demo_people() -> list[Choice]:
    """Whom the demo can sign in as, applicants first."""
    return choices()
