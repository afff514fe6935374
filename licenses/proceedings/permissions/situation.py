"""One proceeding seen by one person at one moment."""

from collections.abc import Mapping
from functools import cached_property

from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.permissions import CaseSituation
from casework.decisions.statuses import Action
from casework.documents.models import StoredFile
from licenses.models import Annex, Proceeding
from licenses.proceedings.selectors import target_standings
from licenses.proceedings.statuses import ACTIONS_OF, Kind, Status
from licenses.rules import Standing


class Situation(CaseSituation):
    """One proceeding seen by one person at one moment; everything is read at most once."""

    states = Status

    @property
    def actions(self) -> Mapping[str, Action]:  # type: ignore[override]  # each kind has its own table
        return ACTIONS_OF[self.kind]

    @property
    def proceeding(self) -> Proceeding:
        proceeding: Proceeding = self.subject
        return proceeding

    @property
    def kind(self) -> Kind:
        return Kind(self.proceeding.kind)

    @cached_property
    def annexes(self) -> list[Annex]:
        """The annexes it is about; none means the licence itself."""
        return list(self.proceeding.annexes.order_by("number"))

    @cached_property
    def files(self) -> list[StoredFile]:
        """What was attached, in the order it came."""
        return list(StoredFile.objects.filter(case=self.case, deleted_at=None).order_by("created_at", "pk"))

    @cached_property
    def standings(self) -> dict[str, Standing | None]:
        """The state of each target on the day an act done now bears (Rules 5), by its number."""
        return target_standings(self.proceeding.licence, self.annexes, current_calendar_act_day(self.at))
