"""Who may act on a case: by role, by assignment, and never on a case of a party one represents."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.cases.selectors import represents_party, substitutes_of
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal, NotPermitted


def require_role(person: Person, *roles: str, at: datetime, held: frozenset[str] | None = None) -> None:
    """Raise NotPermitted unless the person holds one of the roles today; `held`: their roles if already read."""
    if held is None:
        held = accounts.roles_of(person, at.date())
    if not held & set(roles):
        names = ", ".join(str(Role(role).label) for role in roles)
        raise NotPermitted(
            _("This step belongs to another role: {roles}.").format(roles=names),
            advice=_("Ask somebody who holds that role, or the administrator for the role."),
        )


def require_no_interest(person: Person, case: Case, at: datetime, *, known: bool | None = None) -> None:
    """Nobody acts as an officer on a case of a party they represent (APPC 67); `known`: if already read."""
    if represents_party(person, case, at) if known is None else known:
        raise LawRefusal(
            _("You represent the applicant of this case and cannot act on it as an officer."),
            citation=cite("APPC", "67(1)"),
            advice=_("Ask for recusal; the case is given to somebody else."),
            code="RECUSED",
        )


def require_executor(
    person: Person,
    case: Case,
    at: datetime,
    *,
    held: frozenset[str] | None = None,
    represents: bool | None = None,
) -> None:
    """Only the assigned executor acts, or who stands in by a dated order."""
    require_role(person, Role.EXECUTOR, at=at, held=held)
    require_no_interest(person, case, at, known=represents)
    if case.executor_id is None:
        raise NotPermitted(
            _("Nobody is assigned to this case yet."),
            advice=_("Ask the chancery or the supervisor to assign it."),
        )
    if case.executor_id == person.pk:
        return
    if substitutes_of(case.executor_id, at.date()).filter(substitute=person).exists():
        return
    raise NotPermitted(
        _("Only the assigned executor acts on this case: {name}.").format(name=case.executor),
        advice=_("Ask the chancery or the supervisor to reassign it."),
    )


def require_representative(
    person: Person, case: Case, at: datetime, *, to_sign: bool = False, known: bool | None = None
) -> None:
    """The applicant's side: a head, or the holder of a recorded power of the needed scope."""
    allowed = accounts.may_sign_for if to_sign else accounts.may_act_for
    if not (allowed(person, case.party_id, at) if known is None else known):
        raise NotPermitted(
            _("Only the applicant's head or the holder of a power to sign may do this.")
            if to_sign
            else _("Only somebody who acts for the applicant may do this."),
            advice=_("The head records powers in the cabinet under “Colleagues”."),
        )
