"""One case seen by one person at one moment: what the guards of every kind of case read."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.cases import permissions as case_permissions
from casework.cases.models import Case
from casework.cases.selectors import is_visible
from casework.deadlines import selectors as deadlines
from casework.deadlines.models import Term
from casework.deadlines.statuses import TermState
from casework.decisions import selectors as decisions
from casework.decisions.models import Act, Hearing
from casework.decisions.statuses import Action
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Representation, Role
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import LawRefusal, Refusal


class CaseSituation:
    """One case seen by one person at one moment; everything is read at most once.

    `subject` is the owner's row: an application, a proceeding, a complaint, with `status` and its transitions.
    """

    actions: Mapping[str, Action]
    states: ClassVar[type[models.TextChoices]]
    # officers who take part beside the applicant's side: any of them may ask for a recusal (APPC 67(1))
    participants: ClassVar[tuple[Role, ...]] = (Role.EXECUTOR, Role.HEAD)

    def __init__(self, subject: Any, person: Person, at: datetime) -> None:
        self.subject = subject
        self.case: Case = subject.case
        self.person = person
        self.at = at

    @property
    def today(self) -> date:
        return almaty(self.at).date()

    @cached_property
    def roles(self) -> frozenset[str]:
        return accounts.roles_of(self.person, self.today)

    @cached_property
    def scopes(self) -> frozenset[str]:
        """What the person may do for the party of the case."""
        return accounts.scopes_for(self.person, self.case.party_id, self.at)

    @property
    def represents(self) -> bool:
        return bool(self.scopes)

    @property
    def may_sign(self) -> bool:
        return Representation.Scope.SIGN in self.scopes

    @property
    def visible(self) -> bool:
        """Whether the person may see the case at all (APPC 75); for anybody else it does not exist."""
        return is_visible(self.case, self.person, self.at, roles=self.roles, represents=self.represents)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The latest term of each code."""
        return {term.code: term for term in self.every_term}

    @cached_property
    def every_term(self) -> list[Term]:
        """All terms of the case in the order of opening, with those that a later one replaced."""
        return list(deadlines.terms_of(self.case.pk))

    def objections_until(self, hearing: Hearing) -> datetime:
        """The end of the objection term (APPC 73(3)): as told in the notice, or later where the calendar moved the term."""
        term = self._later("hearing_objections")
        return max(hearing.objections_until, term.due_at) if term else hearing.objections_until

    def refusal_not_before(self, hearing: Hearing) -> date:
        """APPC 73(1): three working days after the notice; later where the calendar moved the term."""
        term = self._later("earliest_refusal")
        return max(hearing.refusal_not_before, term.due_on) if term else hearing.refusal_not_before

    def _later(self, code: str) -> Term | None:
        term = self.terms.get(code)
        return term if term is not None and term.state != TermState.VOID else None

    @cached_property
    def decision(self) -> Act | None:
        return decisions.waiting_decision(self.case.pk)

    @property
    def hearing(self) -> Hearing | None:
        """The hearing that goes on; at most one of a case is not replaced by a later notice."""
        last = self.last_hearing
        return last if last is not None and last.state in decisions.OPEN_HEARING else None

    @cached_property
    def last_hearing(self) -> Hearing | None:
        return decisions.last_hearing(self.case.pk)

    @cached_property
    def recusals(self) -> set[tuple[UUID, bool | None]]:
        """Whose recusal from this case was asked for, and what the head decided; None: it waits."""
        return set(self.case.recusals.values_list("officer_id", "granted"))

    @property
    def recused(self) -> bool:
        """Whether a head granted the person's recusal from this case."""
        return (self.person.pk, True) in self.recusals

    @cached_property
    def barred(self) -> bool:
        """Whether an act the person prepared or signed was cancelled in this case."""
        return bool(self.case.bars.filter(officer=self.person).exists())

    @cached_property
    def _executor_refusal(self) -> Refusal | None:
        try:
            case_permissions.require_executor(
                self.person, self.case, self.at, held=self.roles, represents=self.represents
            )
            if self.case.executor_id != self.person.pk:  # stands in
                require_not_recused(self)
        except Refusal as refusal:
            return refusal
        return None

    def require_executor(self) -> None:
        """Raise what stands against the person as the executor of this case."""
        if self._executor_refusal is not None:
            raise self._executor_refusal

    def require_reviewer(self) -> None:
        """Raise what stands against the person as who considers a complaint; only complaints have one."""
        self.require_executor()

    def require_signer(self) -> None:
        """Raise what stands against the person as who signs the decision: a head, unless the owner says otherwise."""
        self.require_head()

    def require_head(self) -> None:
        """Raise what stands against the person as a head in this case."""
        self.require_officer(Role.HEAD)

    def require_secretary(self) -> None:
        """Raise what stands against the person under the protocol of a hearing, as secretary or chair (APPC 74)."""
        self.require_officer(Role.EXECUTOR, Role.CHANCERY)

    def require_officer(self, *roles: Role) -> None:
        """Raise what stands against the person in one of these roles in this case."""
        case_permissions.require_role(self.person, *roles, at=self.at, held=self.roles)
        case_permissions.require_no_interest(self.person, self.case, self.at, known=self.represents)
        require_not_recused(self)

    def term_is_past(self, code: str) -> bool:
        term = self.terms.get(code)
        return term is not None and deadlines.is_past(term, self.at)


def require_not_recused(s: CaseSituation) -> None:
    """An officer once recused from the case does nothing in it, in whatever role (APPC 67(1))."""
    if s.recused:
        raise LawRefusal(
            _("You were recused from this case."),
            code="RECUSED",
            citation=cite("APPC", "67(1)"),
            advice=_("Another officer acts in it."),
        )
    if s.barred:
        raise LawRefusal(
            _(
                "The act you prepared or signed in this case was cancelled: the findings are made anew by another person."
            ),
            code="ACT_WAS_CANCELLED",
            citation=cite("APPC", "84, 97(2)"),
            advice=_("Another officer acts in it."),
        )
