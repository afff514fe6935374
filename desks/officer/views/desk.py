"""The officer's desk: the queue by what is due first, search, and assignment."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.selectors import reads_every_case
from casework.deadlines.wording import term_name
from desks.officer.doors import Visit, officers_only
from desks.officer.permissions import ASSIGNS
from desks.officer.selectors import queue as queues
from desks.officer.selectors.queue import MOST_COUNTED, TABS, Asked, Line
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Role
from foundation.kernel.kept import kept

ASSIGN = "desk.assign"
_LONGEST_QUESTION = 200


@officers_only
def desk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One tab of the queue, or what was searched for; tab, search and place stand in the address."""
    if not reads_every_case(visit.person, visit.at, held=visit.roles):
        return redirect("desks:officer_complaints")  # a reviewer of another body works on complaints alone
    tabs = [tab for tab in TABS if _is_for(tab, visit)]
    asked = _asked(request, visit, tabs)
    found = queues.queue(asked, visit.at)
    numbers = queues.counts(asked, visit.at, tabs)
    context = {
        "asked": asked,
        "tabs": [_tab(tab, numbers[tab], asked) for tab in tabs],
        "lines": [{"line": line, "term": _term(line)} for line in found.lines],
        "next_url": _address(asked, cursor=found.next_cursor) if found.next_cursor else "",
        "has_own": Role.EXECUTOR in visit.roles,
        "here": request.get_full_path(),
    }
    if visit.may(ASSIGNS):
        held = kept(request, ASSIGN)
        context |= {
            "may_assign": True,
            "form_name": ASSIGN,
            "executors": list(accounts.people_with(Role.EXECUTOR, visit.at.date())),
            "kept": held,
            "kept_cases": held.values.get("case", []) if held else [],
            "kept_executor": held.value("executor") if held else "",
            "kept_reason": held.value("reason") if held else _("by distribution of the work"),
        }
    return render(request, "desks/officer/desk.html", context)


def _is_for(tab: str, visit: Visit) -> bool:
    own = {"signature": Role.HEAD, "mine": Role.EXECUTOR}
    return tab not in own or own[tab] in visit.roles


def _asked(request: HttpRequest, visit: Visit, tabs: list[str]) -> Asked:
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:_LONGEST_QUESTION]
    tab = request.GET.get("tab", "")
    executor_alone = Role.EXECUTOR in visit.roles and not visit.may(ASSIGNS | {Role.HEAD})
    whose = request.GET.get("whose", "mine" if executor_alone else "all")
    return Asked(
        tab=tab if tab in tabs else queues.first_tab(visit.roles),
        person_id=visit.person.pk,
        only_mine=whose == "mine" and Role.EXECUTOR in visit.roles,
        question=question,
        cursor=request.GET.get("cursor", ""),
    )


def _tab(tab: str, number: int, asked: Asked) -> dict[str, object]:
    return {
        "code": tab,
        "label": TABS[tab],
        "count": f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number),
        "url": _address(asked, tab=tab, question=""),
        "current": tab == asked.tab and not asked.question,
    }


def _address(asked: Asked, *, tab: str | None = None, question: str | None = None, cursor: str = "") -> str:
    said = {
        "tab": asked.tab if tab is None else tab,
        "whose": "mine" if asked.only_mine else "all",
        "q": asked.question if question is None else question,
        "cursor": cursor,
    }
    return f"{reverse('desks:desk')}?{urlencode({name: value for name, value in said.items() if value})}"


def _term(line: Line) -> str:
    return term_name(line.case.next_due_code) if line.case.next_due_code else ""
