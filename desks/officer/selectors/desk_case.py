"""The case itself: form, completeness, registers, fee, hearing, notes, flags and the lawful steps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.suits.selectors import touched_by_suits
from applications import addresses, events
from applications.completeness import Item
from applications.fees import Fee
from applications.models import Application, RegisterAnswer
from applications.permissions import Offer, refusal_of
from applications.statuses import ACTIONS, ENDED_BY_ACT, Outcome, Status
from casework.cases.models import Assignment, Recusal, WorkingNote
from casework.decisions.models import Hearing, HearingFile
from casework.decisions.selectors import ToldTimes, earlier_answers, heard_files, told_times
from casework.decisions.services.officers import GROUNDS
from casework.notices.models import Notice
from casework.notices.selectors import deliveries_of
from desks.case_page import ELSEWHERE
from desks.officer import phrases
from desks.officer.doors import Visit
from desks.officer.selectors import flags, stated
from desks.officer.selectors.comparison import Comparison, comparison
from desks.officer.selectors.file import CaseFile, full_name, open_file, with_moments
from desks.officer.selectors.registers import REGISTER_FACTS, REGISTER_OUTCOMES, REGISTER_SUBJECTS
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import NotPermitted
from foundation.rulebook.citations import shown
from licenses.models import Licence
from licenses.statuses import LicenceStatus

# a hearing begins in review: before these states there is none to read
HEARD = (Status.HEARING, Status.HEARD, Status.SIGNING, Status.ISSUED, Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED)  # fmt: skip
# each is a page of its own only where something is typed or signed
DIRECT = frozenset({"accept", "record_hearing"})
# one page for the head: opened, looked at, signed
SIGNING = frozenset({"open_signing", "sign"})
_MOST = 10

# conditions of a prepared decision by the code of their refusal
FALLEN: dict[str, Promise] = {
    "FINDINGS_MISSING": _("an entry has no finding any more"),
    "NOT_QUALIFIED": _("by the findings a requirement is not met"),
    "FEE_NOT_PAID": _("no payment of the fee is found any more"),
    "FEE_PAID": _("the refusal rests on an unpaid fee, and the fee was paid"),
    "PARTY_GONE": _("by the register the applicant is no longer there"),
    "TEXTS_DIFFER": _("the Kazakh and the Russian text do not say the same"),
}
# working days before the end of service: the notice's last day, and from when its nearness is shown (process.md, Terms)
WARN_FROM = 2  # working days before the last day of the notice


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of Annex 11 at one place: its state and why, and what was found of it."""

    item: Item
    title: str
    why: str
    citation: str | Promise
    finding: str


@dataclass(frozen=True, slots=True)
class Place:
    """The application as a whole, or one data centre."""

    number: int
    address: str
    entries: list[EntryLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NoticeLimit:
    """The last day for the notice of a hearing, and how near it is."""

    last_day: date
    service_end: date
    left: int
    over: bool


class DeskCase(CaseFile):
    """The first tab of the case page."""

    def __init__(self, application: Application, visit: Visit) -> None:
        super().__init__(application, visit)
        self.share_evidence()
        self.share_recusals()
        if self.status not in (Status.SIGNING, *ENDED_BY_ACT):
            self.situation.decision = None

    @cached_property
    def offers(self) -> list[Offer]:
        """The steps this person's roles let them try; a recusal is decided only where one was asked for."""
        waits = any(row["granted"] is None for row in self.recusals)
        # opening and signing are one page, so one button
        left_out = {"open_signing"} | (set() if waits else {"decide_recusal"})
        listed = [
            Offer(ACTIONS[name], refusal_of(name, self.situation)) for name in ACTIONS if name not in left_out
        ]
        return [offer for offer in listed if not isinstance(offer.refusal, NotPermitted)]

    @cached_property
    def ended_target(self) -> str:
        """APPC 70(1): the licence that an undecided case is about, if it is in force no more."""
        asked = self.application
        if self.over or asked.scope == Application.Scope.LICENCE or self.situation.target is not None:
            return ""
        return asked.target_licence

    @property
    def ended_facts(self) -> dict[str, str]:
        """What the register says of that licence, in both languages."""
        ended = Licence.objects.filter(number=self.ended_target, status=LicenceStatus.EXPIRED).first()
        return phrases.of_ended_licence(self.ended_target, ended.expires_on if ended else None)

    @property
    def possible(self) -> list[Offer]:
        """The step that leads on first, recusal last."""
        found = (offer for offer in self.offers if offer.possible)
        return sorted(
            found,
            key=lambda offer: (not offer.action.primary, offer.action.name in ("ask_recusal", "assign")),
        )

    @property
    def closed(self) -> list[Offer]:
        """Closed by a condition of this state: what stands against them is worth reading."""
        return [o for o in self.offers if o.refusal is not None and o.refusal.code not in ELSEWHERE]

    @property
    def elsewhere(self) -> list[Offer]:
        """Steps of other states."""
        return [o for o in self.offers if o.refusal is not None and o.refusal.code in ELSEWHERE]

    @cached_property
    def places(self) -> list[Place]:
        """Completeness by place (Rules 7): every entry with its state, reason and paragraph."""
        centres = list(self.application.data_centres.all())
        found = {None: Place(0, "")} | {
            str(centre.pk): Place(number, addresses.one_line(centre.address, self.side))
            for number, centre in enumerate(centres, start=1)
        }
        results = self.situation.finding_by_item()
        for item in self.situation.report.items:
            found[item.data_centre_id].entries.append(self._entry(item, results.get(item.key, "")))
        return [place for place in found.values() if place.entries]

    def _entry(self, item: Item, finding: str) -> EntryLine:
        return EntryLine(
            item=item,
            title=item.verdict.requirement.title(self.language),
            why=self._why(item),
            citation=shown(item.verdict.citation),
            finding=finding,
        )

    def _why(self, item: Item) -> str:
        day = f"{item.verdict.condition_day:%d.%m.%Y}" if item.verdict.condition_day else ""
        return self.pack.text(f"why.{item.verdict.why}").text(self.language).format(day=day)

    @property
    def centres(self) -> list[stated.Centre]:
        return stated.centres(self.application, self.situation, self.side)

    @property
    def targets(self) -> str:
        return stated.targets(self.application)

    @property
    def stated(self) -> list[stated.Ground]:
        return stated.grounds(self.application, self.situation, self.side)

    @cached_property
    def comparison(self) -> Comparison | None:
        return comparison(self.application, self.situation, self.side)

    @property
    def address(self) -> str:
        return addresses.one_line(self.application.address, self.side)

    @property
    def fee(self) -> Fee:
        return self.situation.fee

    @property
    def formula(self) -> str:
        return self.fee.derivation.formula_in(self.language)

    @cached_property
    def hearing(self) -> Hearing | None:
        unheard = (
            self.application.came_from == Status.REVIEW and self.application.prepared_outcome == Outcome.ISSUE
        )
        return self.situation.last_hearing if self.status in HEARD and not unheard else None

    @cached_property
    def answer_files(self) -> list[HearingFile]:
        """The files of the signed answers."""
        return list(heard_files(self.case.pk)) if self.hearing is not None else []

    @cached_property
    def earlier_answers(self) -> list[Hearing]:
        """What was answered to notices that a new one replaced: it is weighed as well (APPC 73(3))."""
        return list(earlier_answers(self.case.pk)) if self.hearing is not None else []

    @property
    def hearing_place(self) -> str:
        return self.hearing.where(self.side) if self.hearing is not None else ""

    @cached_property
    def deliveries(self) -> list[Notice]:
        """To whom the notice of the hearing was delivered: it decides whether the hearing was lawful (APPC 73(1))."""
        return list(deliveries_of(self.case.pk, events.HEARING_NOTIFIED)) if self.hearing is not None else []

    @cached_property
    def times(self) -> ToldTimes:
        return told_times(self.hearing, events.HEARING_POSTPONED)

    @property
    def notice_limit(self) -> NoticeLimit | None:
        """The last day of the hearing notice, from two working days before it on (Rules 10)."""
        notice, service = self.situation.terms.get("hearing_notice"), self.situation.terms.get("service")
        if notice is None or service is None or self.status not in (Status.REVIEW, Status.HEARD):
            return None
        if notice.met_at is not None and self.status == Status.HEARD:  # in time, or late by consent
            return None
        left = self.calendar.working_days_between(almaty(self.at).date(), notice.due_on)
        over = self.situation.term_is_past("hearing_notice")
        if not over and left > WARN_FROM:
            return None
        return NoticeLimit(notice.due_on, service.due_on, max(left, 0), over=over)

    @property
    def objections_day(self) -> date | None:
        """The applicant's last day; it ends at 24:00."""
        return self.hearing.objections_day if self.hearing else None

    @cached_property
    def grounds(self) -> list[dict[str, Any]]:
        """The grounds of the notice with their facts."""
        if self.hearing is None:
            return []
        known = {row.code: row for row in self.situation.grounds_known}
        return [
            {
                "code": said["code"],
                "text": known[said["code"]].text(self.language) if said["code"] in known else "",
                "facts": said.get(f"facts_{self.side}", ""),
                "entries": said.get("entries", []),
            }
            for said in self.hearing.notice.content.get("grounds", [])
        ]

    @property
    def fallen(self) -> str:
        """The condition that fell at the signature, when the decision came back by itself."""
        return str(FALLEN.get(self.application.fallen, self.application.fallen))

    # --- read with the application in one question --------------------------------------------
    @cached_property
    def notes(self) -> list[dict[str, Any]]:
        return with_moments(self.application.note_rows, "at")  # type: ignore[attr-defined]  # annotated

    @cached_property
    def recusals(self) -> list[dict[str, Any]]:
        rows = with_moments(self.application.recusal_rows, "asked_at")  # type: ignore[attr-defined]  # annotated
        return [{**row, "ground": GROUNDS.get(row["ground"], row["ground"])} for row in rows]

    @cached_property
    def assignments(self) -> list[dict[str, Any]]:
        return with_moments(self.application.assignment_rows, "at")  # type: ignore[attr-defined]  # annotated

    @cached_property
    def registers(self) -> list[dict[str, Any]]:
        """The latest answer of each register, in words."""
        latest: dict[str, dict[str, Any]] = {}
        for row in with_moments(self.application.answer_rows, "at"):  # type: ignore[attr-defined]  # annotated
            latest.setdefault(row["subject"], row)
        return [
            {
                "subject": REGISTER_SUBJECTS.get(row["subject"], row["subject"]),
                "outcome": REGISTER_OUTCOMES.get(row["outcome"], row["outcome"]),
                "found": row["outcome"] == "found",
                "at": row["at"],
                "facts": [(REGISTER_FACTS.get(name, name), value) for name, value in row["facts"].items()],
            }
            for row in latest.values()
        ]

    @cached_property
    def flags(self) -> list[flags.Flag]:
        """Same address of a data centre, same file, same letter, another open case of the party."""
        rows: tuple[tuple[str | Promise, Iterable[dict[str, Any]]], ...] = (
            (_("Another open case of the same party"), self.application.parallel_rows),  # type: ignore[attr-defined]
            (_("The same data-centre address in another case"), self.application.place_rows),  # type: ignore[attr-defined]
            (_("The same file in another case"), self.application.file_rows),  # type: ignore[attr-defined]
            (_("A document of the same number in another case"), self.application.letter_rows),  # type: ignore[attr-defined]
        )
        return [flags.Flag(text, flags.by_case(found)) for text, found in rows if found]


def desk_case(visit: Visit, application_id: UUID) -> DeskCase:
    """The case with everything of its first tab; raises NotFound for who may not see it."""
    return open_file(DeskCase, visit, application_id, _whole())


def _whole() -> QuerySet[Application]:
    mine = OuterRef("pk")
    return Application.objects.prefetch_related("data_centres", "payments").annotate(
        has_suits=touched_by_suits(mine),
        note_rows=_rows(
            WorkingNote.objects.filter(case_id=mine).order_by("-pk"),
            text="text",
            at="written_at",
            who=full_name("author"),
        ),
        recusal_rows=_rows(
            Recusal.objects.filter(case_id=mine).order_by("-pk"),
            officer=full_name("officer"),
            officer_id="officer_id",
            asked_by=full_name("asked_by"),
            ground="ground",
            reason="reason",
            asked_at="asked_at",
            granted="granted",
            decision="decision_reason",
        ),
        assignment_rows=_rows(
            Assignment.objects.filter(case_id=mine).order_by("-pk"),
            executor=full_name("executor"),
            who=full_name("assigned_by"),
            at="assigned_at",
            reason="reason",
        ),
        answer_rows=_rows(
            RegisterAnswer.objects.filter(application_id=mine).order_by("-pk"),
            subject="subject",
            outcome="outcome",
            facts="facts",
            at="asked_at",
        ),
        parallel_rows=_rows(flags.parallel()[:_MOST], case="pk", number=flags.number("")),
        place_rows=_rows(
            flags.same_places()[:_MOST],
            case="application_id",
            number=flags.number("application__case__"),
        ),
        file_rows=_rows(flags.same_files()[:_MOST], case="case_id", number=flags.number("case__")),
        letter_rows=_rows(
            flags.same_letters()[:_MOST], case="application_id", number=flags.number("application__case__")
        ),
    )


def _rows(rows: QuerySet[Any], **fields: Any) -> ArraySubquery:
    return ArraySubquery(rows.values(shown=JSONObject(**fields)))
