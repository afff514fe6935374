"""The steps of the wizard: their order, their names, and to which of them a fault of the form belongs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard."""

    code: str
    label: str | Promise
    faults: tuple[str, ...] = ()

    def owns(self, fault: str) -> bool:
        """Whether a fault's field stands on this page."""
        return any(fault == name or fault.startswith(f"{name}.") for name in self.faults)


STEPS: tuple[Step, ...] = (
    Step("party", _("Applicant"), ("address", "email", "phone", "locale")),
    Step("request", _("What is asked"), ("owns_hardware", "scope", "target_licence")),
    Step("centres", _("Data centres"), ("data_centers",)),
    Step("evidence", _("Documents")),
    Step("fee", _("Fee")),
    Step("check", _("Check everything")),
    Step("sign", _("Signature"), ("confirmations",)),
)
CODES = tuple(step.code for step in STEPS)


def step_number(code: str) -> int:
    """1 for the first; an unknown or empty code is the first."""
    return CODES.index(code) + 1 if code in CODES else 1


def neighbours(code: str) -> tuple[Step | None, Step | None]:
    """The step before and the step after."""
    place = CODES.index(code)
    before = STEPS[place - 1] if place else None
    after = STEPS[place + 1] if place + 1 < len(STEPS) else None
    return before, after


def by_step(faults: Mapping[str, Iterable[Any]]) -> dict[str, dict[str, list[str]]]:
    """Faults of the form, sorted to their steps."""
    sorted_out: dict[str, dict[str, list[str]]] = {}
    for name, texts in faults.items():
        step = next((step for step in STEPS if step.owns(name)), STEPS[0])
        sorted_out.setdefault(step.code, {})[name] = [str(text) for text in texts]
    return sorted_out
