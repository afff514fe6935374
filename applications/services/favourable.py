"""A licence in place of a refusal that the provider cancels on a complaint (Rules 20, APPC 97(2)); nothing is reopened."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications.models import Application, Finding
from applications.permissions import Situation
from applications.permissions.guards import require_fee_found, require_party_in_being
from applications.services.acting import load
from applications.services.decision import issue
from applications.services.fee import try_payment
from applications.services.reopening import Basis, cancel_ending_act, situation_of
from applications.statuses import Status
from casework.decisions.models import Act
from foundation.accounts.models import Person
from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal
from licenses import services as licenses


def require_licence_possible(application_id: UUID, *, person: Person, at: datetime) -> None:
    """Raise what stands against a licence now: the fee (looked up again), the party; only a refused case has one to get."""
    try_payment(application_id, person=person, at=at, after_refusal=True)
    _require(Situation(load(application_id), person, at))


def _require(s: Situation) -> None:
    if s.application.status != Status.REFUSED:
        raise LawRefusal(
            _("Only in place of a refusal a licence can be issued on a complaint."),
            code="NOT_REFUSED",
            citation=cite("Rules", 20),
            advice=_("A returned application is taken up again instead."),
        )
    require_fee_found(s)
    require_party_in_being(s)


def reserve_licence_number(application_id: UUID, *, at: datetime) -> str:
    """The number that the documents to be signed will bear; an annex or a re-issue keeps that of its licence (PL 33)."""
    application = load(application_id)
    if application.scope != Application.Scope.LICENCE:
        return application.target_licence
    return licenses.reserve_number(case_id=application_id, at=at)


def issue_on_complaint(
    application_id: UUID, *, act: Act, number: str, basis: Basis, reason: str, person: Person, at: datetime
) -> Application:
    """In the transaction of the head's signature: the refusal is cancelled and kept, the licence enters the register.

    Where a finding said "does not meet", the preparer's new finding with the reason of the decision stands beside it.
    """
    s = situation_of(application_id, person, at)
    _require(s)
    assert act.act_date is not None  # noqa: S101 -- a signed act is dated
    since: date = act.act_date
    cancel_ending_act(s.application, basis=basis, since=since, at=at)
    for found in list(s.findings.values()):
        if found.result == Finding.Result.DOES_NOT_MEET:
            Finding.objects.create(
                evidence_id=found.evidence_id,
                result=Finding.Result.MEETS,
                reason=reason,
                found_by=act.prepared_by,
                found_at=at,
            )
    issue(s, act, number=number, on_complaint=True)
    return s.application
