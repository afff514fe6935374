"""What the page of one act needs: whether it is possible now, its people, the grounds that may be named, what is signed."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from applications.models import Application, Evidence, Finding
from applications.papers.reconsidering import OWN_CANCELLATION
from applications.permissions import refusal_of
from applications.rules import Way
from applications.statuses import ACTIONS, ENDED_BY_ACT, Outcome, Status
from casework.cases.models import Recusal
from casework.decisions.models import Act, HearingRoom, SignRequest
from casework.decisions.selectors import FreeSlot, free_slots, rooms_of, with_preparers
from casework.decisions.services.slots import hears, limits_of
from casework.decisions.statuses import Action
from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from desks.assigning import Assigning
from desks.officer import phrases
from desks.officer.doors import Visit
from desks.officer.selectors.desk_case import DeskCase, desk_case
from desks.officer.selectors.file import CaseFile, moment, open_file
from foundation.accounts.models import Person
from foundation.kernel.kept import Kept
from foundation.kernel.refusals import NotFound, NotPermitted, Refusal


@dataclass(frozen=True, slots=True)
class FileChoice:
    """A file a ground may rest on, with the page that is named in it."""

    id: str
    entry: str
    name: str
    pages: int
    file_id: UUID
    chosen: bool
    page: str


@dataclass(frozen=True, slots=True)
class GroundChoice:
    """A ground of refusal that may be named, with what was typed, noticed or found so far."""

    index: int
    code: str
    text: str
    names_evidence: bool
    chosen: bool
    said: dict[str, str]
    entries: list[tuple[str, str, bool]]
    files: list[FileChoice]
    in_closed_list: bool
    phrases: list[tuple[str, str]]
    faults: dict[str, list[str]]


class ActPage(Assigning):
    """One act on one case."""

    def __init__(self, case: DeskCase, action: Action) -> None:
        self.desk = case
        self.case, self.at = case.case, case.at
        self.action = action

    @cached_property
    def refusal(self) -> Refusal | None:
        """What stands against it now; somebody of another role has no such page."""
        found = refusal_of(self.action.name, self.desk.situation)
        if isinstance(found, NotPermitted):
            raise found
        return found

    @property
    def officers(self) -> list[Person]:
        """Whom the act may name."""
        if self.action.name == "assign":
            return super().officers
        if self.action.name == "ask_recusal":
            concerned = {self.desk.visit.person.pk: self.desk.visit.person}
            if self.desk.case.executor is not None:
                concerned = {self.desk.case.executor.pk: self.desk.case.executor} | concerned
            return list(concerned.values())
        return []

    def grounds(self, kept: Kept | None) -> list[GroundChoice]:
        """Annex 3/10: for the notice every ground, for the refusal those of the notice (Rules 10).

        On the short way of a re-issue there is no notice: the grounds of PL 33(5) and 34 (Rules 15).
        """
        known = self.desk.situation.grounds_known
        noticed = {said["code"]: said for said in self._noticed()}
        if self.action.name == "prepare_refusal" and not self.short:
            known = tuple(row for row in known if row.code in noticed)
        typed = _typed_json(kept) if self.action.name == "notify_hearing" else _typed_fields(kept)
        choices = []
        place = 0
        for index, row in enumerate(known):
            said = (
                self._first_words(row.code, noticed)
                if typed is None
                else typed.get(index, typed.get(row.code, {}))
            )
            chosen = bool(said.get("code"))
            choices.append(
                GroundChoice(
                    index=index,
                    code=row.code,
                    text=row.text(self.desk.language),
                    names_evidence=row.names_evidence,
                    chosen=chosen,
                    said={name: str(said.get(name, "")) for name in _GROUND_TEXTS},
                    entries=self._entries(set(said.get("entries", []))),
                    files=self._files(said),
                    in_closed_list=row.in_closed_list,
                    phrases=phrases.of_facts(self.desk.pack, row.code),
                    faults=_faults_of(kept, place) if chosen else {},
                )
            )
            place += chosen
        return choices

    @property
    def short(self) -> bool:
        """A re-issue without a hearing (Rules 15, APPC 73(2))."""
        return self.desk.situation.way is Way.REISSUE

    def _noticed(self) -> list[dict[str, Any]]:
        hearing = self.desk.hearing
        return list(hearing.notice.content.get("grounds", [])) if hearing else []

    def _first_words(self, code: str, noticed: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """What the page begins with: the words of the notice, else the findings that do not meet."""
        if code in noticed:
            return noticed[code]
        failed = self.failed
        if noticed or code != "3" or not failed:
            return {}
        reasons = "\n".join(f"{entry}: {reason}" for entry, reason in failed)
        return {
            "code": code,
            "entries": [entry for entry, _reason in failed],
            "facts_ru": reasons,
            "evidence": [str(row.pk) for row in self._not_met()],
        }

    @cached_property
    def failed(self) -> list[tuple[str, str]]:
        """Entries whose finding is “does not meet”, with the reason."""
        findings = self.desk.situation.findings
        return [(row.requirement, findings[str(row.pk)].reason) for row in self._not_met()]

    def _not_met(self) -> list[Evidence]:
        findings = self.desk.situation.findings
        return [
            row
            for row in self.desk.evidence
            if (found := findings.get(str(row.pk))) and found.result == Finding.Result.DOES_NOT_MEET
        ]

    def _entries(self, chosen: set[str]) -> list[tuple[str, str, bool]]:
        titles = {
            item.code: item.verdict.requirement.title(self.desk.language)
            for item in self.desk.situation.report.required
        }
        return [(code, title, code in chosen) for code, title in titles.items()]

    def _files(self, said: dict[str, Any]) -> list[FileChoice]:
        """Every file of the case that counts; chosen as typed, or as in the notice."""
        named: dict[str, str] = {}
        for one in said.get("evidence", []):
            if isinstance(one, dict):
                named[one["id"]] = one.get("pages", "")
            else:
                key, _mark, page = str(one).partition("#")
                named[key] = page or str(said.get(f"page-{key}", ""))
        rows = [(row.pk, row.requirement, row.file) for row in self.desk.evidence]
        rows += [(row.pk, "", row.file) for row in self.desk.answer_files]
        return [
            FileChoice(
                id=str(pk),
                entry=entry,
                name=file.name,
                pages=file.pages,
                file_id=file.pk,
                chosen=str(pk) in named,
                page=named.get(str(pk), ""),
            )
            for pk, entry, file in rows
            if file.counts
        ]

    @cached_property
    def free(self) -> list[FreeSlot]:
        """The times the executor and the rooms are free for the open hearing."""
        hearing = self.desk.situation.hearing
        if hearing is None:
            return []
        limits = limits_of(hearing, self.desk.at)
        officer = hears(self.desk.case, limits.last)
        if officer is None:
            return []
        return free_slots(hearing, officer.pk, self.desk.case.body_id, limits, self.desk.calendar)

    @property
    def rooms(self) -> list[HearingRoom]:
        return rooms_of(self.desk.case.body_id)


_GROUND_TEXTS = ("facts_kk", "facts_ru", "records_kk", "records_ru", "assessment_kk", "assessment_ru")
_LISTS = ("entries", "evidence")


def act_page(visit: Visit, application_id: UUID, action: str) -> ActPage:
    """The page of an act; raises NotFound for an act that is none."""
    if action not in ACTIONS:
        raise NotFound
    return ActPage(desk_case(visit, application_id), ACTIONS[action])


def _typed_json(kept: Kept | None) -> dict[Any, dict[str, Any]] | None:
    """The grounds of a refused signed form, as the page gathered them, by code."""
    if kept is None or not kept.values.get("grounds"):
        return None
    try:
        rows = json.loads(kept.value("grounds"))
    except ValueError:
        return None
    return {row["code"]: row for row in rows if isinstance(row, dict) and row.get("code")}


def _typed_fields(kept: Kept | None) -> dict[Any, dict[str, Any]] | None:
    """The grounds of a refused plain form, by their place on the page."""
    if kept is None:
        return None
    rows: dict[Any, dict[str, Any]] = {}
    for name, values in kept.values.items():
        head, bracket, rest = name.partition("[")
        index, closing, part = rest.partition("]")
        if head == "grounds" and bracket and closing and index.isdigit():
            rows.setdefault(int(index), {})[part] = values if part in _LISTS else values[-1]
    return rows


def _faults_of(kept: Kept | None, place: int) -> dict[str, list[str]]:
    if kept is None:
        return {}
    prefix = f"grounds.{place}."
    return {
        name.removeprefix(prefix): texts for name, texts in kept.faults.items() if name.startswith(prefix)
    }


class SigningPage(CaseFile):
    """What the head looks at before signing: the documents as they will be, and every condition anew."""

    def __init__(self, application: Application, visit: Visit) -> None:
        super().__init__(application, visit)
        self.share_evidence()
        self.share_recusals()
        self.situation.decision = self.decision

    @cached_property
    def decision(self) -> Act | None:
        """The decision that waits, with this head's request and its documents read along."""
        requests = SignRequest.objects.filter(
            act=OuterRef("pk"), person=self.visit.person, action="sign", state=SignRequest.State.PENDING
        )
        papers = (
            OfficialDocument.objects.filter(act_id=OuterRef("pk"), state=OfficialDocument.State.PREPARED)
            .order_by("subject", "kind", "language")  # the licence before its annexes
            .values(
                shown=JSONObject(
                    id="id",
                    kind="kind",
                    language="language",
                    subject="subject",
                    number="number",
                    sha256="final_id",
                )
            )
        )
        return (
            Act.objects.filter(
                case_id=self.case.pk, four_eyes=True, state__in=[Act.State.PREPARED, Act.State.OPENED]
            )
            .select_related("prepared_by", "opened_by")
            .annotate(
                request_rows=ArraySubquery(
                    requests.values(shown=JSONObject(id="id", expires_at="expires_at"))
                ),
                paper_rows=ArraySubquery(papers),
                preparers=with_preparers(),
            )
            .first()
        )

    @property
    def cancels(self) -> bool:
        """An ended case: what waits is the cancellation of the act that ended it (APPC 84)."""
        return (
            self.status in ENDED_BY_ACT
            and self.decision is not None
            and self.decision.kind == OWN_CANCELLATION
        )

    @property
    def outcome(self) -> str:
        if self.cancels:
            return str(ACTIONS["cancel_refusal"].label)
        prepared = self.application.prepared_outcome
        return str(Outcome(prepared).label) if prepared else ""

    @cached_property
    def refusals(self) -> dict[str, Refusal | None]:
        """What stands against opening, signing and sending back; another role has no such page."""
        found = {name: refusal_of(name, self.situation) for name in ("open_signing", "sign", "send_back")}
        if isinstance(found["sign"], NotPermitted):
            raise found["sign"]
        return found

    @property
    def expires_at(self) -> datetime | None:
        """Until when this head may sign what is shown; None: not opened by this head."""
        if self.decision is None or not self.decision.request_rows:  # type: ignore[attr-defined]  # annotated
            return None
        return moment(self.decision.request_rows[0]["expires_at"])  # type: ignore[attr-defined]  # annotated

    @property
    def is_open(self) -> bool:
        return self.expires_at is not None and self.at < self.expires_at

    @property
    def expired(self) -> bool:
        return self.expires_at is not None and not self.is_open

    @property
    def papers(self) -> list[dict[str, Any]]:
        """The documents of the act exactly as they will be signed, Kazakh and Russian."""
        if self.decision is None or not self.is_open:
            return []
        return [
            {**row, "title": KINDS[row["kind"]].named(self.side)}  # type: ignore[arg-type]  # one of the two
            for row in self.decision.paper_rows  # type: ignore[attr-defined]  # annotated
        ]

    @property
    def conditions(self) -> list[tuple[str, Refusal | None]]:
        """Everything that is checked again now, each with what stands against it."""
        refusal = self.refusals["sign"]
        return [] if refusal is None else [(str(refusal.detail), refusal)]

    @property
    def grounds(self) -> list[dict[str, Any]]:
        """Of a refusal: ground, facts and assessment in both languages."""
        return list(self.decision.content.get("grounds", [])) if self.decision else []


def signing_page(visit: Visit, application_id: UUID) -> SigningPage:
    """The signing page of a case that waits for the head; raises NotFound for any other state."""
    page = open_file(SigningPage, visit, application_id, _for_signing())
    if page.status != Status.SIGNING and not page.cancels:
        raise NotFound
    return page


def _for_signing() -> QuerySet[Application]:
    recusals = Recusal.objects.filter(case_id=OuterRef("pk"))
    return Application.objects.prefetch_related("data_centres", "payments").annotate(
        recusal_rows=ArraySubquery(
            recusals.values(shown=JSONObject(officer_id="officer_id", granted="granted"))
        )
    )
