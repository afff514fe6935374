"""One case played by demo people through the same services the screens use: walkthrough, demo data, tests.

Each step signs with the sandbox signer what the portal asks to be signed. Deliveries run by the worker's own code.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from applications import services
from applications.models import Application, Evidence
from applications.permissions import Situation
from casework.cases.models import Case
from casework.deadlines.services import watch
from casework.decisions.models import SignRequest
from foundation.accounts.models import Party, Person
from foundation.journal.services import deliver_open
from foundation.kernel.clock import legal_time
from foundation.rulebook import selectors as rulebook
from licenses.models import Licence
from sandbox.cast import ensure_cast, key_of
from sandbox.eds import sign as sandbox_sign
from sandbox.papers import evidence_pdf

CENTRES: tuple[dict[str, Any], ...] = (
    {
        "address": {"region": "35", "city": "Теміртау", "street": "Өнеркәсіп көшесі", "house": "7/1"},
        "power_source": "single_purchaser",
        "grid_connected": True,
        "grid_connected_on": "2023-06-15",
    },
    {
        "address": {"region": "55", "district": "Ақсу ауданы", "settlement": "Қалқаман ауылы", "street": "Гауһар Ана көшесі", "house": "2"},
        "power_source": "off_grid_producer",
    },
)  # fmt: skip
# where a sub-kind II miner's hardware stands: the host is named in full once its licence is known
HOSTED: dict[str, Any] = {
    "address": {"region": "35", "city": "Теміртау", "street": "Өнеркәсіп көшесі", "house": "7/1"},
}
_PARTICULARS: dict[str, dict[str, Any]] = {
    "I-1": {"right": "ownership", "document_number": "35-201-115"},
    "I-2": {"document_number": "12-К"},
    "I-3": {"pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002"},
    "I-4": {"document_number": "АСКУЭ-77"},
    "I-5a": {"substation_kv": "110", "permitted_mw": "12.5", "document_number": "ТУ-45"},
    "I-5b": {"document_number": "ТУ-12", "activity_kind": "data_centre"},
    "II-1": {"host_name": "«Сандбокс Майнинг» ЖШС"},
    "II-2": {"document_kind": "contract", "pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002"},
    "R-1": {"document_number": "ПР-12"},
    "R-2": {"document_number": "ПА-3"},
    "R-2c": {"document_number": "С-1"},
    "R-3": {"document_number": "А-77"},
    "R-5": {"document_number": "Д-9"},
}


@dataclass
class Play:
    """The people, the clock of the play and what is told of each step."""

    people: dict[str, Person] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda _line: None

    @classmethod
    def begin(cls, tell: Callable[[str], None] = lambda _line: None) -> "Play":
        return cls(people=ensure_cast(), tell=tell)

    # --- the applicant's side ---------------------------------------------------------------------
    def draft(
        self,
        at: datetime,
        *,
        who: str = "aigerim",
        centres: tuple[dict[str, Any], ...] = CENTRES,
        owns_hardware: bool = True,
        form: str = "1",
        **said: Any,
    ) -> Application:
        """A complete draft without evidence; `said` is what the form says besides: scope, target, grounds."""
        person = self.people[who]
        party = Party.objects.get(representations__person=person)
        application = services.create_draft(party_id=party.pk, form=form, person=person, at=at)
        changes = {
            "address": party.address,
            "email": party.email,
            "phone": party.phone,
            "owns_hardware": owns_hardware,
            "locale": "ru" if party.language == "ru" else "kk",
            "data_centers": [dict(centre) for centre in centres],
            **said,
        }
        services.save_draft(application.pk, changes=changes, person=person, at=at, version=None)
        codes = [row.code for row in rulebook.pack(at.date()).confirmations(int(form))]
        services.confirm(application.pk, codes=codes, person=person, at=at, version=None)
        self.tell(f"{at:%Y-%m-%d %H:%M} draft {application.case.draft_no} of Form {form}")
        return self.fresh(application.pk)

    def attach(
        self, application: Application, at: datetime, *, who: str = "aigerim", leave_out: tuple[str, ...] = ()
    ) -> list[Evidence]:
        """Attach a PDF for every required entry but those left out."""
        person = self.people[who]
        report = Situation(application, person, at).report
        made = []
        for item in report.required:
            if item.code in leave_out or item.key in leave_out:
                continue
            said = services.drafting.NewEvidence(
                requirement=item.code,
                data_centre_id=UUID(item.data_centre_id) if item.data_centre_id else None,
                issued_on=date(2023, 11, 1),
                expires_on=None,
                particulars=_PARTICULARS.get(item.code, {}),
            )
            name = f"{item.code} {item.verdict.requirement.title('ru')}.pdf"
            stream = io.BytesIO(evidence_pdf(item.code, item.verdict.requirement.title("ru")))
            made.append(
                services.add_evidence(
                    application.pk, said=said, name=name, stream=stream, person=person, at=at
                )
            )
        self.tell(f"{at:%Y-%m-%d %H:%M} {len(made)} documents attached")
        return made

    def file(self, application_id: UUID, at: datetime, *, who: str = "aigerim") -> Application:
        """Sign and file."""
        application = self.signed(application_id, "submit", services.submit, at, who=who)
        self.tell(f"{at:%Y-%m-%d %H:%M} filed: {application.case.incoming_no or application.case.draft_no}")
        return application

    @staticmethod
    def hosted_by(licence: Licence, place: dict[str, Any] | None = None) -> dict[str, Any]:
        """A data centre of Form 2 in the centre of a licensed miner."""
        text = licence.editions.get(edition=licence.edition)
        return {**(place or HOSTED), "host_name": text.holder_kk, "host_licence": licence.number}

    # --- the authority's side ---------------------------------------------------------------------
    def assign(self, application_id: UUID, at: datetime, *, executor: str = "executor") -> Application:
        services.assign(
            application_id,
            executor_id=self.people[executor].pk,
            person=self.people["chancery"],
            at=at,
            version=None,
        )
        self.tell(f"{at:%Y-%m-%d %H:%M} assigned to {executor}")
        return self.fresh(application_id)

    def accept(self, application_id: UUID, at: datetime, *, who: str = "executor") -> Application:
        services.accept(application_id, person=self.people[who], at=at, version=None)
        self.tell(f"{at:%Y-%m-%d %H:%M} package accepted (Rules 7)")
        return self.fresh(application_id)

    def refuse_further(self, application_id: UUID, at: datetime, *, who: str = "executor") -> Application:
        application = self.signed(application_id, "return", services.refuse_further, at, who=who)
        self.tell(f"{at:%Y-%m-%d %H:%M} further consideration refused (Rules 7)")
        return application

    def find(
        self,
        application_id: UUID,
        at: datetime,
        *,
        who: str = "executor",
        not_met: tuple[str, ...] = (),
        but: tuple[str, ...] = (),
    ) -> None:
        """Findings on every piece of evidence; codes in `not_met` do not meet, codes in `but` get none yet."""
        for evidence in self.fresh(application_id).evidence.order_by("requirement"):
            if evidence.requirement in but:
                continue
            good = evidence.requirement not in not_met
            services.record_finding(
                application_id,
                evidence_id=evidence.pk,
                result="meets" if good else "does_not_meet",
                reason="Документ соответствует требованию." if good else "В документе нет нужных сведений.",
                person=self.people[who],
                at=at,
            )
        self.tell(f"{at:%Y-%m-%d %H:%M} findings recorded (Rules 8)")

    def prepare_issue(self, application_id: UUID, at: datetime, *, who: str = "executor") -> Application:
        services.prepare_issue(
            application_id,
            no_court_act_note="По банку судебных актов и реестру должников запретов не найдено.",
            person=self.people[who],
            at=at,
            version=None,
        )
        self.tell(f"{at:%Y-%m-%d %H:%M} issue prepared")
        return self.fresh(application_id)

    def open_signing(self, application_id: UUID, at: datetime, *, who: str = "head") -> SignRequest:
        request = services.open_signing(application_id, person=self.people[who], at=at, version=None)
        self.tell(f"{at:%Y-%m-%d %H:%M} opened for signature: {request.act.number}")
        return request

    def sign(self, application_id: UUID, at: datetime, *, who: str = "head") -> Application:
        application = self.signed(application_id, "sign", services.sign, at, who=who)
        self.tell(f"{at:%Y-%m-%d %H:%M} signed by the head: {application.status}")
        return application

    def notify_hearing(
        self,
        application_id: UUID,
        at: datetime,
        *,
        who: str = "executor",
        grounds: list[dict[str, Any]] | None = None,
    ) -> Application:
        application = self.signed(
            application_id, "notify_hearing", services.notify_hearing, at, who=who, grounds=grounds or GROUNDS
        )
        self.tell(f"{at:%Y-%m-%d %H:%M} applicant notified of the hearing (Rules 10)")
        return application

    # --- the frame --------------------------------------------------------------------------------
    def signed(
        self,
        application_id: UUID,
        action: str,
        service: Callable[..., Any],
        at: datetime,
        *,
        who: str,
        **params: Any,
    ) -> Application:
        """Ask for the bytes, sign them with the person's sandbox key, send the CMS."""
        person = self.people[who]
        request = services.request_signature(
            application_id, action=action, params=params, person=person, at=at
        )
        cms = sandbox_sign(key_of(who), bytes(request.manifest), at=at)
        service(application_id, sign_request=request.pk, cms=cms, person=person, at=at, version=None)
        return self.fresh(application_id)

    def pass_time(self, at: datetime) -> None:
        """What the watch and the worker do at a moment."""
        with legal_time(at):
            self.deliver()
            watch(at)
            self.deliver()

    @staticmethod
    def deliver() -> int:
        """Hand every open delivery to its handler, by the worker's code."""
        done = 0
        while batch := deliver_open():
            done += batch
        return done

    @staticmethod
    def fresh(application_id: UUID) -> Application:
        return Application.objects.select_related("case__party", "case__body", "case__executor").get(
            pk=application_id
        )

    @staticmethod
    def case(application_id: UUID) -> Case:
        return Case.objects.get(pk=application_id)


GROUNDS: list[dict[str, Any]] = [
    {
        "code": "3",
        "entries": ["I-1"],
        "records_kk": "Құқық белгілейтін құжат № 35-201-115 (I-1).",
        "records_ru": "Правоустанавливающий документ № 35-201-115 (I-1).",
        "facts_kk": "Құқық белгілейтін құжатта деректерді өңдеу орталығының мекенжайы көрсетілмеген (I-1).",
        "facts_ru": "В правоустанавливающем документе не указан адрес центра обработки данных (I-1).",
        "assessment_kk": "Өтініш берушінің жауабы құжатпен расталмаған (I-1).",
        "assessment_ru": "Ответ заявителя не подтверждён документом (I-1).",
    },
]
