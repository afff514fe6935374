"""What every door of applications shares: the application as a person sees it now."""

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from applications.models import Application, GivenConfirmation
from applications.permissions import Situation
from casework.decisions.api.door import CaseDoor
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound

_CASE = ("case__party", "case__body", "case__executor")


class Door(CaseDoor):
    """For signed-in people and their programs, at a person's rate."""

    def situation(
        self, application_id: UUID, at: datetime | None = None, *, whole: bool = False
    ) -> Situation:
        """The application as this person sees it now; another party's is the same as none.

        `whole` reads along what the full answer shows.
        """
        rows = _whole() if whole else Application.objects.select_related(*_CASE)
        application = rows.filter(pk=application_id).first()
        if application is None:
            raise NotFound
        situation = Situation(application, self.person, at or legal_now())
        if not situation.visible:
            raise NotFound
        return situation


def _whole() -> QuerySet[Application]:
    given = GivenConfirmation.objects.filter(application=OuterRef("pk")).order_by("code")
    shown = JSONObject(code="code", text_kk="text_kk", text_ru="text_ru", given_at="given_at")
    return (
        Application.objects.select_related(*_CASE, "signatory")
        .prefetch_related("data_centres", "payments")
        .annotate(given=ArraySubquery(given.values(shown=shown)))
    )
