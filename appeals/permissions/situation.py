"""One complaint seen by one person at one moment."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from appeals.models import Complaint
from appeals.rules import may_consider
from appeals.selectors import whose
from appeals.statuses import ACTIONS, Prepared, Status
from casework.cases import permissions as case_permissions
from casework.decisions.permissions import CaseSituation, require_not_recused
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Role
from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal, NotPermitted


class ComplaintSituation(CaseSituation):
    """One complaint seen by one person at one moment; everything is read at most once."""

    actions = ACTIONS
    states = Status
    participants = (Role.EXECUTOR, Role.HEAD, Role.REVIEWER)

    @property
    def complaint(self) -> Complaint:
        complaint: Complaint = self.subject
        return complaint

    @cached_property
    def body(self) -> Body:
        """The body that considers it."""
        return Body.objects.get(kind=self.complaint.addressee)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Kinds of bodies in which the person is a reviewer today."""
        return self.bodies_as(Role.REVIEWER)

    def bodies_as(self, *roles: Role) -> frozenset[str]:
        """Kinds of bodies in which the person holds one of the roles today."""
        rows = accounts.holdings_of(self.person, self.today).filter(role__in=roles)
        return frozenset(rows.values_list("body__kind", flat=True))

    def require_reviewer(self) -> None:
        """The assigned reviewer of the addressee body, who neither prepared nor signed the act (APPC 97(2))."""
        case_permissions.require_role(self.person, Role.REVIEWER, at=self.at, held=self.roles)
        case_permissions.require_no_interest(self.person, self.case, self.at, known=self.represents)
        if self.complaint.addressee not in self.bodies:
            raise NotPermitted(
                _("A reviewer of the body that considers the complaint acts here."),
                advice=_("The complaint names its body; ask its reviewer."),
            )
        if self.case.executor_id != self.person.pk:
            raise NotPermitted(
                _("Only the assigned reviewer acts on this complaint."),
                advice=_("Ask the chancery or the supervisor to assign it."),
            )
        require_not_own_act(self)

    def require_secretary(self) -> None:
        """APPC 74, 97(2): officers of the body that hears, none of whom prepared or signed the act."""
        roles = (Role.REVIEWER, Role.EXECUTOR, Role.CHANCERY)
        self.require_officer(*roles)
        if self.complaint.addressee not in self.bodies_as(*roles):
            raise NotPermitted(
                _("Officers of the body that hears the complaint sign its protocol."),
                advice=_("A colleague of the reviewer writes it, the reviewer signs it as chair."),
            )
        require_not_own_act(self)

    def require_signer(self) -> None:
        """The answer is the reviewer's own; satisfaction and the covering letter are signed by a head."""
        if self.complaint.status == Status.SIGNING and self.complaint.prepared == Prepared.DECIDE:
            self.require_reviewer()
            require_not_recused(self)
        elif Role.HEAD in self.roles or Role.REVIEWER not in self.roles:
            self.require_head()
        else:
            self.require_reviewer()


def require_not_own_act(s: ComplaintSituation) -> None:
    """APPC 97(2): nobody considers a complaint of an act they prepared or signed."""
    if not may_consider(person=s.person.pk, whose=whose(s.complaint)):
        raise LawRefusal(
            _(
                "You prepared or signed the act that is complained of, or had the case; another person considers the complaint."
            ),
            code="OWN_ACT",
            citation=cite("APPC", "97(2)"),
            advice=_("Another reviewer is assigned."),
        )
