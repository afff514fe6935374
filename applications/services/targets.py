"""What becomes of pending re-issue and annex cases when the licence they are about leaves force (APPC 70(1))."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from applications import events
from applications.models import Application
from applications.statuses import BEFORE_SIGNATURE
from casework.cases import services as cases
from foundation.journal.models import Fact
from foundation.journal.services import record


def pending_about(number: str) -> list[UUID]:
    """The filed and undecided re-issue and annex cases of a licence."""
    pending = Application.objects.filter(target_licence=number, status__in=BEFORE_SIGNATURE)
    return list(
        pending.exclude(scope=Application.Scope.LICENCE).order_by("case_id").values_list("case_id", flat=True)
    )


@transaction.atomic
def put_up(*, application_id: UUID, licence: str, at: datetime) -> bool:
    """Put a case up for discontinuance, once: nothing is decided by itself, executor and head do it (APPC 70(1))."""
    case = cases.lock_case(application_id)
    if not Application.objects.filter(case=case, status__in=BEFORE_SIGNATURE).exists():
        return False
    if Fact.objects.filter(stream=case.stream, kind=events.TARGET_LEFT_FORCE).exists():
        return False
    record(
        kind=events.TARGET_LEFT_FORCE,
        stream=case.stream,
        at=at,
        subject_id=case.pk,
        payload={"licence": licence, "version": case.version},
    )
    return True
