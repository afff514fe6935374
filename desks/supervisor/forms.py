"""The questions one may put to the lists, as forms above them; an unreadable question is the same as none."""

from collections.abc import Container
from datetime import datetime
from typing import TypeAlias
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.deadlines.statuses import AUTHORITY_CODES, ENDED, TermState
from casework.deadlines.wording import term_name
from desks.supervisor.selectors.board import AGES
from desks.supervisor.selectors.forecast import AskedForecast
from desks.supervisor.selectors.lists import NOBODY, Asked, AskedCases, owing
from desks.supervisor.tables import BUCKETS, form_name
from licenses.proceedings.statuses import Kind

Choices: TypeAlias = list[tuple[str, str | Promise]]
FORMS = ("1", "2", "9", "10", *Kind.values, Case.Kind.COMPLAINT, Case.Kind.SUIT)


class MonthField(forms.RegexField):
    """A month as 2026-03; only ever in an address."""

    def __init__(self) -> None:
        super().__init__(regex=r"\A20[2-4]\d-(0[1-9]|1[0-2])\Z", required=False)


class ExecutorForm(forms.Form):
    """Whose cases."""

    executor = forms.ChoiceField(label=_("Executor"), required=False)

    def __init__(self, asked: QueryDict, at: datetime) -> None:
        super().__init__(asked)
        for name, choices in self.choices(at).items():
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, choices=choices
            )
        self.is_valid()

    def choices(self, at: datetime) -> dict[str, Choices]:
        """What may be answered, by question."""
        people = ((str(person.pk), person.short_name) for person in owing(at))
        return {"executor": [("", _("everybody")), (NOBODY, _("nobody assigned")), *people]}

    def said(self, name: str) -> str:
        """The readable answer to one question."""
        return str(self.cleaned_data.get(name, ""))

    @property
    def query(self) -> str:
        """The readable answers, as they stand in an address."""
        return urlencode({name: self.said(name) for name in self.fields if self.said(name)})


class TermsForm(ExecutorForm):
    """Which terms."""

    due = forms.ChoiceField(label=_("Due"), required=False)
    code = forms.ChoiceField(label=_("Term"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    state = forms.ChoiceField(
        required=False, choices=[("", ""), *((state.value, state.label) for state in ENDED)]
    )
    ended = MonthField()
    done = forms.ChoiceField(required=False, choices=[("", ""), ("year", "")])
    field_order = ("due", "executor", "code", "form")

    def choices(self, at: datetime) -> dict[str, Choices]:
        return super().choices(at) | {
            "due": [("", _("any time")), *BUCKETS.items()],
            "code": [("", _("every term")), *_terms()],
            "form": [("", _("every form")), *((form, form_name(form)) for form in FORMS)],
        }

    def asked(self) -> Asked:
        return Asked(
            **{
                name: self.said(name)
                for name in ("due", "executor", "code", "form", "ended", "state", "done")
            }
        )

    @property
    def state_label(self) -> str:
        """In words, which ended terms are shown."""
        state = self.said("state")
        return str(TermState(state).label) if state else ""


def _terms() -> list[tuple[str, str]]:
    return sorted(((code, term_name(code)) for code in AUTHORITY_CODES), key=lambda pair: pair[1])


class CasesForm(ExecutorForm):
    """Open cases of which age."""

    age = forms.ChoiceField(label=_("Working days since registration"), required=False)
    registered = MonthField()
    closed = MonthField()
    field_order = ("age", "executor")

    def asked(self) -> AskedCases:
        return AskedCases(**{name: self.said(name) for name in ("age", "executor", "registered", "closed")})

    def choices(self, at: datetime) -> dict[str, Choices]:
        return super().choices(at) | {"age": [("", _("any age")), *_ages()]}


class ForecastForm(ExecutorForm):
    """Which situation of the forecast; one officer fewer only where somebody would be left."""

    more = forms.ChoiceField(label=_("Officers"), required=False)
    show = forms.ChoiceField(label=_("Cases"), required=False)

    def __init__(self, asked: QueryDict, at: datetime, situations: Container[int]) -> None:
        self._situations = situations
        super().__init__(asked, at)

    def asked(self) -> AskedForecast:
        return AskedForecast(int(self.said("more") or 0), self.said("executor"), self.said("show") == "all")

    def choices(self, at: datetime) -> dict[str, Choices]:
        changes = ((-1, _("one fewer")), (1, _("one more")))
        return super().choices(at) | {
            "more": [
                ("", _("as many as now")),
                *((str(more), name) for more, name in changes if more in self._situations),
            ],
            "show": [("", _("expected late")), ("all", _("all that end by then"))],
        }


def _ages() -> list[tuple[str, str]]:
    return [
        (f"{first}-{'' if last is None else last}", f"{first}+" if last is None else f"{first}–{last}")
        for first, last in AGES
    ]
