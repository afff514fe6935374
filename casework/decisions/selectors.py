"""Reads of acts, sign requests and hearings."""

from uuid import UUID

from django.db.models import Q, QuerySet

from casework.decisions.models import SIGNED_BY_PREPARER, Act, Hearing, LateNoticeConsent, SignRequest

# decisions are prepared first and opened for signature later; letters are signed at once
AWAITED = Q(four_eyes=True) | Q(kind__in=SIGNED_BY_PREPARER)
OPEN_HEARING = (Hearing.State.NOTIFIED, Hearing.State.ANSWERED, Hearing.State.WAIVED, Hearing.State.HELD)


def acts_of(case_id: UUID) -> QuerySet[Act]:
    """All acts of a case, oldest first."""
    return (
        Act.objects.filter(case_id=case_id).select_related("prepared_by", "signed_by").order_by("prepared_at")
    )


def signed_act(case_id: UUID, kind: str) -> Act | None:
    """The latest signed act of a kind."""
    return (
        Act.objects.filter(case_id=case_id, kind=kind, state=Act.State.SIGNED)
        .select_related("prepared_by", "signed_by")
        .order_by("-signed_at")
        .first()
    )


def waiting_decision(case_id: UUID) -> Act | None:
    """The prepared or opened decision that waits for its signature."""
    return (
        Act.objects.filter(AWAITED, case_id=case_id, state__in=[Act.State.PREPARED, Act.State.OPENED])
        .select_related("prepared_by", "opened_by")
        .first()
    )


def pending_request(case_id: UUID, action: str, person_id: UUID) -> SignRequest | None:
    """The sign request of a person that still waits, whether or not its time is over."""
    return SignRequest.objects.filter(
        case_id=case_id, action=action, person_id=person_id, state=SignRequest.State.PENDING
    ).first()


def open_hearing(case_id: UUID) -> Hearing | None:
    """The hearing that is going on."""
    return Hearing.objects.filter(case_id=case_id, state__in=OPEN_HEARING).select_related("notice").first()


def last_hearing(case_id: UUID) -> Hearing | None:
    """The hearing that counts: the latest that was not replaced by a new notice."""
    return (
        Hearing.objects.filter(case_id=case_id)
        .exclude(state=Hearing.State.REPLACED)
        .select_related("notice", "protocol")
        .order_by("-notified_at")
        .first()
    )


def protocol_with_secretary(case_id: UUID) -> Act | None:
    """A protocol that its secretary signed and that waits for the chair (APPC 74)."""
    return Act.objects.filter(
        case_id=case_id, kind="hearing_protocol", state=Act.State.OPENED, signatures__isnull=False
    ).first()


def unused_consent(case_id: UUID) -> LateNoticeConsent | None:
    """A head's consent to a late notice that no notice has used yet."""
    return LateNoticeConsent.objects.filter(case_id=case_id, used_by=None).order_by("-agreed_at").first()
