"""What the wizard shows of a draft: steps with their state, evidence asked for and given, fee, faults, the dates ahead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications import addresses, particulars, ways
from applications.cautions import Caution, cautions_of
from applications.completeness import Item, ItemState
from applications.forms import filing_faults
from applications.models import Application, DataCentre, Evidence
from applications.permissions import Situation
from applications.telling import Telling, told_late
from casework.deadlines import rules as days
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.selectors import current_calendar, rules_on
from desks.cabinet.selectors.home import DISCARDED, Mine
from desks.cabinet.steps import FORM_TITLES, Step, by_step, steps_of
from foundation.accounts.models import Person
from foundation.egov.selectors import consent_asked, consent_was_required
from foundation.kernel.citations import Citation
from foundation.kernel.refusals import NotFound
from foundation.rulebook.citations import shown as shown_citation
from foundation.rulebook.rules import Pack, Verdict
from licenses.models import Licence
from licenses.selectors import HostAnswer, look_up_host
from licenses.statuses import LicenceStatus

_GROUPS = frozenset(
    {"grid_connected", "locale", "moves", "owns_hardware", "power_source", "scope", "targets"}
)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the wizard's track."""

    step: Step
    number: int
    now: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """One file with what is said of it."""

    evidence: Evidence
    said: list[tuple[str, str]]
    missing: list[str]
    below: list[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One entry of Annex 11 for the application or one data centre: needed or not, why, and what is there."""

    item: Item
    title: str
    text: str
    why: str
    citation: Citation
    files: list[Attached] = field(default_factory=list)

    @property
    def needed(self) -> bool:
        return self.item.state is not ItemState.NOT_REQUIRED

    @property
    def anchor(self) -> str:
        return f"entry-{self.item.code}-{self.item.data_centre_id or 'all'}"

    @property
    def name(self) -> str:
        """`I-1` and its title."""
        return f"{self.item.code}. {self.title}"


@dataclass(frozen=True, slots=True)
class Place:
    """Entries of one data centre, or of the application as a whole (`number` 0)."""

    number: int
    address: str
    asked: list[Asked]

    @property
    def needed(self) -> list[Asked]:
        return [entry for entry in self.asked if entry.needed]

    @property
    def not_needed(self) -> list[Asked]:
        return [entry for entry in self.asked if not entry.needed]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would follow if the application were filed now (Rules 5-7, Annex 3/4)."""

    registered_on: date
    later: bool
    completeness_on: date
    service_on: date
    track: str = ""


@dataclass(frozen=True, slots=True)
class PrefillLine:
    """How the address of the form stands to the state register."""

    as_of: date | None
    consent: str
    consent_needed: bool


class DraftPage:
    """One draft as one person sees it; everything is read at most once."""

    def __init__(self, application: Application, person: Person, at: datetime, mine: Mine) -> None:
        self.application = application
        self.situation = Situation(application, person, at)
        self.at = at
        self.mine = mine
        self.language = get_language() or "ru"
        self.situation.scopes = mine.scopes(application.case.party_id)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return current_calendar()

    @property
    def may_sign(self) -> bool:
        return self.mine.may_sign(self.application.case.party_id)

    @property
    def pack(self) -> Pack:
        return self.situation.report.pack

    @cached_property
    def faults(self) -> dict[str, dict[str, list[str]]]:
        """What the form still lacks before it can be filed, by step (Rules 4, Annex 1)."""
        return by_step(filing_faults(self.application, self.situation.today), self.application.form)

    @cached_property
    def outlook(self) -> Outlook:
        """The dates that would follow; named before signing, so that nobody is surprised."""
        day = days.registration_day(self.at, self.calendar)
        track = ways.track(self.application, self.pack)
        table = rules_on(day)
        return Outlook(
            registered_on=day,
            later=day != self.situation.today,
            completeness_on=days.last_day("completeness", day, self.calendar, track, table=table),
            service_on=days.last_day("service", day, self.calendar, track, table=table),
            track=str(track),
        )

    @property
    def title(self) -> str | Promise:
        """What the form is called."""
        return FORM_TITLES[self.application.form][0]

    @cached_property
    def cautions(self) -> list[Caution]:
        """What to think of before paying and filing; it forbids nothing."""
        return cautions_of(self.application)

    @cached_property
    def told_late(self) -> list[Telling]:
        """Changes whose 30 days are over: taken all the same, and flagged (PL 33(4))."""
        return told_late(self.application, self.at)

    @property
    def prefill(self) -> PrefillLine:
        """Since when the register's address stands here, and what became of a consent that it asked for."""
        party, said = self.application.case.party, self.application.address.get("as_of")
        day, draft_no = date.fromisoformat(said) if said else None, self.application.case.draft_no
        if not party.iin:
            return PrefillLine(day, "", consent_needed=False)
        asked = consent_asked(party.iin, application=draft_no)
        status = asked.status if asked else ""
        wanted = asked is not None or consent_was_required(party.iin, application=draft_no)
        return PrefillLine(day, status, consent_needed=wanted and status not in ("pending", "granted"))

    def host(self, centre: DataCentre) -> HostAnswer | None:
        """What our register says of the host that is named (Annex 11, entry II-1)."""
        if self.application.case.sub_kind != "II":
            return None
        return look_up_host(centre.host_name, centre.host_licence, self.situation.today)

    def steps(self, current: str) -> list[StepLine]:
        """The track of the wizard; a step is done when nothing is missing on it."""
        undone = set(self.faults)
        if self.situation.report.lacking or "centres" in undone:  # what is asked for follows from the centres
            undone.add("evidence")
        if self.situation.fee.due and self.situation.fee.payment is None:
            undone.add("fee")
        if undone - {"sign"}:
            undone.add("check")
        return [
            StepLine(step, number, step.code == current, step.code not in undone)
            for number, step in enumerate(steps_of(self.application.form), start=1)
        ]

    @cached_property
    def places(self) -> list[Place]:
        """Annex 11 as it is asked of this application: the officer's own list (completeness.py), in its order."""
        by_centre: dict[str | None, list[Asked]] = {}
        for item in self.situation.report.items:
            by_centre.setdefault(item.data_centre_id, []).append(asked(self.pack, item, self.language))
        places = [Place(0, "", by_centre[None])] if None in by_centre else []
        for number, centre in enumerate(self.application.data_centres.all(), start=1):
            line = addresses.one_line(centre.address, self.language)
            places.append(Place(number, line, by_centre.get(str(centre.pk), [])))
        return places

    @cached_property
    def fault_lines(self) -> list[tuple[Step, list[tuple[str, str]]]]:
        """(step, [(id of the field, words)]) for the page that checks everything."""
        return [
            (
                step,
                [
                    (fault_target(name), f"{fault_label(name)}: {' '.join(texts)}")
                    for name, texts in found.items()
                ],
            )
            for step in steps_of(self.application.form)
            if (found := self.faults.get(step.code))
        ]


def draft_page(person: Person, application_id: UUID, at: datetime, mine: Mine) -> DraftPage:
    """The application if it is one of the person's parties'; raises NotFound for anybody else."""
    found = (
        Application.objects.select_related("case__party", "case__body", "case__executor")
        .prefetch_related("data_centres", "confirmations")
        .filter(pk=application_id, case__party_id__in=mine.ids)
        .exclude(case__status_code=DISCARDED)
        .first()
    )
    if found is None:
        raise NotFound
    return DraftPage(found, person, at, mine)


def asked(pack: Pack, item: Item, language: str) -> Asked:
    """An entry of the report in the reader's words, with its files."""
    row = item.verdict.requirement
    return Asked(
        item=item,
        title=row.title(language),
        text=row.text(language),
        why=why(pack, item.verdict, language),
        citation=shown_citation(item.verdict.citation),
        files=[attached(evidence, row.particulars, language) for evidence in item.evidence],
    )


def why(pack: Pack, verdict: Verdict, language: str) -> str:
    """Why an entry is needed or not, as the rulebook says it."""
    day = f"{verdict.condition_day:%d.%m.%Y}" if verdict.condition_day else ""
    return pack.text(f"why.{verdict.why}").text(language).format(day=day)


def attached(evidence: Evidence, schema: particulars.Schema, language: str) -> Attached:
    """A file with its particulars in words, and what the form of information still lacks."""
    rows = list(schema)
    said: Mapping[str, Any] = evidence.particulars
    return Attached(
        evidence=evidence,
        said=[
            (particulars.label(row, language), particulars.shown(row, said[row["name"]], language))
            for row in rows
            if said.get(row["name"])
        ],
        missing=[particulars.label(row, language) for row in particulars.missing(rows, said)],
        below=[
            f"{particulars.label(row, language)}: {particulars.shown(row, said[row['name']], language)} < {row['min']}"
            for row in particulars.below_minimum(rows, said)
        ],
    )


def fault_label(name: str) -> str:
    """`data_centers.0.address.street` → “Data centre 1, Street”."""
    from desks.cabinet.forms import AddressForm, CentreForm, ContactsForm, RequestForm
    from desks.cabinet.reissue_forms import (
        GroundForm,
        HostedCentreForm,
        ReissuedCentreForm,
        ReissueRequestForm,
    )

    parts = name.split(".")
    last = parts[-1]
    labels: dict[str, str | Promise] = {}
    for form in (
        AddressForm,
        ContactsForm,
        ReissueRequestForm,
        RequestForm,
        ReissuedCentreForm,
        HostedCentreForm,
        CentreForm,
        GroundForm,
    ):
        labels |= {key: bound.label or "" for key, bound in form.base_fields.items()}
    whole = {"data_centers": _("Data centres"), "grounds": _("Grounds")}
    word = str(labels.get(last) or whole.get(last, _("Confirmations")))
    if parts[0] == "grounds" and name != "grounds":
        return _("Ground {number}, {field}").format(number=parts[-2], field=word)
    if parts[0] == "data_centers" and len(parts) > 1:
        return _("Data centre {number}, {field}").format(number=int(parts[1]) + 1, field=word)
    return word


def fault_target(name: str) -> str:
    """The id of a field on its page; a group of choices has one of its own."""
    last = name.rpartition(".")[2]
    if name in ("data_centers", "grounds"):
        return {"data_centers": "centre-1", "grounds": "grounds"}[name]
    return f"id_{name}_group" if last in _GROUPS else f"id_{name}"


def licences_for_annex(party_id: UUID, sub_kind: str, at: datetime) -> list[tuple[str, str]]:
    """Own licences of the sub-kind in force, to which an annex can be added."""
    found = Licence.objects.filter(
        party_id=party_id,
        sub_kind=sub_kind,
        status=LicenceStatus.ACTIVE,
        public_from__lte=at,
        expires_on__gte=days.to_almaty(at).date(),
    )
    return [
        (row.number, _("{number}, until {day}").format(number=row.number, day=f"{row.expires_on:%d.%m.%Y}"))
        for row in found.order_by("number")
    ]
