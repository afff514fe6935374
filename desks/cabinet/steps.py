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
    Step("request", _("What is asked"), ("owns_hardware", "scope", "target_licence", "targets")),
    Step("centres", _("Data centres"), ("data_centers",)),
    Step("evidence", _("Documents")),
    Step("fee", _("Fee")),
    Step("check", _("Check everything")),
    Step("sign", _("Signature"), ("confirmations",)),
)
_GROUNDS = Step("grounds", _("Grounds"), ("grounds",))
REISSUE_STEPS: tuple[Step, ...] = (*STEPS[:2], _GROUNDS, *STEPS[2:])
# form → what it is called in full and on a card
FORM_TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "1": (_("Application for a licence, sub-kind I (Form 1)"), _("Licence, sub-kind I")),
    "2": (_("Application for a licence, sub-kind II (Form 2)"), _("Licence, sub-kind II")),
    "9": (_("Application for a re-issue, sub-kind I (Form 9)"), _("Re-issue, sub-kind I")),
    "10": (_("Application for a re-issue, sub-kind II (Form 10)"), _("Re-issue, sub-kind II")),
}


def steps_of(form: str) -> tuple[Step, ...]:
    """The pages of a form: a re-issue has one more, its grounds."""
    return REISSUE_STEPS if form in {"9", "10"} else STEPS


def codes_of(form: str) -> tuple[str, ...]:
    """Their codes, in order."""
    return tuple(step.code for step in steps_of(form))


def step_number(code: str, form: str) -> int:
    """1 for the first; an unknown or empty code is the first."""
    codes = codes_of(form)
    return codes.index(code) + 1 if code in codes else 1


def neighbours(code: str, form: str) -> tuple[Step | None, Step | None]:
    """The step before and the step after."""
    steps, place = steps_of(form), codes_of(form).index(code)
    before = steps[place - 1] if place else None
    after = steps[place + 1] if place + 1 < len(steps) else None
    return before, after


def by_step(faults: Mapping[str, Iterable[Any]], form: str) -> dict[str, dict[str, list[str]]]:
    """Faults of the form, sorted to their steps."""
    steps = steps_of(form)
    sorted_out: dict[str, dict[str, list[str]]] = {}
    for name, texts in faults.items():
        step = next((step for step in steps if step.owns(name)), steps[0])
        sorted_out.setdefault(step.code, {})[name] = [str(text) for text in texts]
    return sorted_out
