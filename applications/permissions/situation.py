"""One application seen by one person at one moment."""

from datetime import date, datetime
from functools import cached_property

from django.db.models import prefetch_related_objects

from applications import ways
from applications.completeness import Report, report_for
from applications.fees import Fee, fee_of
from applications.models import Application, Evidence, Finding
from applications.rules import Way
from applications.statuses import ACTIONS, SHORT_WAY_ACTIONS, Status
from casework.deadlines import selectors as deadlines
from casework.decisions import selectors as decisions
from casework.decisions.permissions import CaseSituation
from casework.decisions.rules import Source
from foundation.accounts.models import Person
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules import Pack
from foundation.rulebook.rules.rows import RefusalGround
from licenses.selectors import LivingLicence, living_licence


class Situation(CaseSituation):
    """One application seen by one person at one moment; everything is read at most once."""

    actions = ACTIONS
    states = Status

    def __init__(self, subject: Application, person: Person, at: datetime) -> None:
        super().__init__(subject, person, at)
        if self.is_reissue:
            prefetch_related_objects([subject], "grounds")
            if self.way is Way.REISSUE:
                self.actions = SHORT_WAY_ACTIONS

    @property
    def application(self) -> Application:
        application: Application = self.subject
        return application

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Everything attached, in the order it came."""
        return list(self.application.evidence.select_related("file", "data_centre").order_by("added_at"))

    @property
    def registered_on(self) -> date:
        """The day of registration, or the day a draft would be registered."""
        return self.case.registered_on or deadlines.current_calendar_registration_day(self.at)

    @cached_property
    def pack(self) -> Pack:
        """The rules of that day."""
        return rulebook.pack(self.registered_on)

    @cached_property
    def way(self) -> Way:
        return ways.way(self.application, self.pack)

    @cached_property
    def matter(self) -> ways.Matter:
        """What is asked for, as documents call it."""
        return ways.matter(self.application, self.pack)

    @cached_property
    def target(self) -> LivingLicence | None:
        """The licence that is added to or re-issued, if it is in force or suspended today."""
        if self.application.scope == Application.Scope.LICENCE:
            return None
        return living_licence(self.application.target_licence, self.today)

    @property
    def is_reissue(self) -> bool:
        return bool(self.application.scope == Application.Scope.REISSUE)

    @property
    def grounds_known(self) -> tuple[RefusalGround, ...]:
        """What a refusal of this application may rest on."""
        return ways.refusal_grounds(self.application, self.pack)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The files a ground may rest on: evidence and signed answers; one found bad counts as not handed in."""
        found = {
            str(row.pk): Source(row.file.name, row.file.sha256, row.file.pages, row.requirement)
            for row in self.evidence
            if row.file.counts
        }
        if self.last_hearing is not None:
            found |= {
                str(row.pk): Source(row.file.name, row.file.sha256, row.file.pages)
                for row in decisions.heard_files(self.case.pk)
                if row.file.counts
            }
        return found

    @cached_property
    def report(self) -> Report:
        return report_for(self.application, self.registered_on, self.evidence, self.pack)

    @cached_property
    def fee(self) -> Fee:
        return fee_of(self.application, self.today, self.report.pack)

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """The finding that counts for each piece of evidence, by evidence id."""
        latest: dict[str, Finding] = {}
        rows = Finding.objects.filter(evidence__application=self.application).order_by("pk")
        if self.application.reopened_at is not None:  # findings are made anew (Complaints, Reopening)
            rows = rows.filter(found_at__gte=self.application.reopened_at)
        for finding in rows.select_related("found_by"):
            latest[str(finding.evidence_id)] = finding
        return latest

    @property
    def failed_entries(self) -> frozenset[str]:
        """Codes of Annex 11 that ground 3 may name: found not met, or asked for and not handed in (Rules 8)."""
        found = self.finding_by_item()
        return frozenset(
            item.code
            for item in self.report.required
            if item.lacking or found.get(item.key) == Finding.Result.DOES_NOT_MEET
        )

    def finding_by_item(self) -> dict[str, str]:
        """Entry → the worst finding over its evidence; an entry without a finding is absent."""
        order = {Finding.Result.DOES_NOT_MEET: 0, Finding.Result.MEETS: 1, Finding.Result.NO_CHECK_NEEDED: 2}
        found: dict[str, str] = {}
        for item in self.report.required:
            results = [self.findings[str(e.pk)].result for e in item.evidence if str(e.pk) in self.findings]
            if results:
                found[item.key] = str(min(results, key=lambda result: order[Finding.Result(result)]))
        return found
