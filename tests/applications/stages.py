"""One case taken to each state on fixed days of November 2026, every act by its service, and what "nothing changed" means.

Registered on Monday 2 November: completeness ends on the 4th, the last notice day is the 18th, service ends on the 23rd.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from applications import services
from applications.fees import fee_of
from applications.models import Application
from applications.statuses import ACTIONS, Status
from casework.decisions.models import Hearing, SignRequest
from foundation.kernel.clock import ALMATY
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from sandbox.play import CENTRES, GROUNDS, Play

ONE_CENTRE = CENTRES[:1]
# a ground that needs no finding of its own
UNTRUE = [{**GROUNDS[0], "code": "6", "entries": []}]
FILED, ASSIGNED, ACCEPTED = "2026-11-02T11:00", "2026-11-02T12:00", "2026-11-03T10:00"
EXAMINED, PREPARED, OPENED = "2026-11-04T10:00", "2026-11-05T10:00", "2026-11-06T10:00"
NOTIFIED, RECORDED, REFUSAL_PREPARED = "2026-11-05T10:00", "2026-11-10T09:30", "2026-11-10T11:00"
COMPLETENESS_ENDS, LAST_NOTICE_DAY, SERVICE_ENDS = "2026-11-04", "2026-11-18", "2026-11-23"
NOT_ROWS_OF_ACTS = (
    "rulebook_",
    "django_",
    "auth_",
    "axes_",
    "authtoken_",
    "otp_",
    "egov_",
)  # the audit of a look-up is written whatever comes of it


def moment(text: str) -> datetime:
    """A moment of Almaty's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


# --- every act by its name -----------------------------------------------------------------------
SIGNED: dict[str, Callable[..., Application]] = {
    "submit": services.submit,
    "withdraw": services.withdraw,
    "return": services.refuse_further,
    "notify_hearing": services.notify_hearing,
    "answer_hearing": services.answer_hearing,
    "agree_late_notice": services.agree_late_notice,
    "sign_protocol": services.sign_protocol,
    "sign": services.sign,
    "confirm_court_act": services.confirm_court_act,
}
PARAMS: dict[str, dict[str, Any]] = {
    "notify_hearing": {"grounds": UNTRUE},
    "answer_hearing": {"text": "Адрес указан на обороте документа.", "final": False},
    "agree_late_notice": {"reason": "Основание выявлено после срока извещения."},
    "withdraw": {"reason": "Проект отложен."},
}
ACTOR = {
    "submit": "aigerim",
    "withdraw": "aigerim",
    "assign": "chancery",
    "ask_recusal": "aigerim",
    "decide_recusal": "head2",
    "accept": "executor",
    "return": "executor",
    "prepare_issue": "executor",
    "notify_hearing": "executor",
    "request_oral": "aigerim",
    "waive_hearing": "aigerim",
    "answer_hearing": "aigerim",
    "postpone_hearing": "executor",
    "agree_late_notice": "head",
    "sign_protocol": "executor2",
    "record_hearing": "executor",
    "prepare_refusal": "executor",
    "discontinue": "executor",
    "send_back": "head",
    "open_signing": "head",
    "sign": "head",
    "cancel_refusal": "executor",
    "record_court_act": "executor",
    "confirm_court_act": "head",
}
_PLAIN: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "accept": (services.accept, {}),
    "decide_recusal": (services.decide_recusal, {"granted": True, "reason": "Родственник."}),
    "prepare_issue": (services.prepare_issue, {"no_court_act_note": "Запретов не найдено."}),
    "request_oral": (services.request_oral, {}),
    "waive_hearing": (services.waive_hearing, {}),
    "postpone_hearing": (
        services.postpone_hearing,
        {"planned_at": moment("2026-11-09T15:00"), "place": "Астана, каб. 412"},
    ),
    "record_hearing": (services.record_hearing, {}),
    "prepare_refusal": (services.prepare_refusal, {"grounds": GROUNDS}),
    "discontinue": (
        services.prepare_discontinuance,
        {"reason": "liquidated", "facts_kk": "Тізілімнен шығарылған.", "facts_ru": "Исключён из регистра."},
    ),
    "send_back": (services.send_back, {"reason": "Уточните основание."}),
    "open_signing": (services.open_signing, {}),
    "cancel_refusal": (
        services.cancel_refusal,
        {"reasons_kk": "Мекенжай ескерілмеген.", "reasons_ru": "Адрес не учтён."},
    ),
    "record_court_act": (
        services.record_court_act,
        {
            "outcome": "cancelled",
            "court": "СМАС города Астаны",
            "number": "7194-26",
            "in_force_on": "2026-11-02",
            "scan": "",
        },
    ),
}


def request(
    play: Play, action: str, case: UUID, at: datetime, who: str | None = None, **params: Any
) -> SignRequest:
    """The bytes of a signed act."""
    person = play.people[who or ACTOR[action]]
    said = params or PARAMS.get(action, {})
    return services.request_signature(case, action=action, params=said, person=person, at=at)


def answer(
    play: Play,
    asked: SignRequest,
    at: datetime,
    who: str | None = None,
    *,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """The CMS over the bytes that were asked for, signed at that moment."""
    login = who or ACTOR[asked.action]
    cms = sandbox_sign(key_of(key or login), bytes(asked.manifest), at=at)
    return SIGNED[asked.action](
        asked.case_id, sign_request=asked.pk, cms=cms, person=play.people[login], at=at, version=version
    )


def perform(
    play: Play,
    action: str,
    case: UUID,
    at: datetime,
    who: str | None = None,
    *,
    version: int | None = None,
    **said: Any,
) -> Any:
    """One act as its own person does it, with ordinary content."""
    login = who or ACTOR[action]
    if action in SIGNED:
        return answer(play, request(play, action, case, at, login, **said), at, login, version=version)
    facts: dict[str, Any] = {"person": play.people[login], "at": at, "version": version}
    if action == "assign":
        executor = play.people[said.pop("executor", "executor2")]
        return services.assign(case, executor_id=executor.pk, **facts)
    if action == "ask_recusal":
        officer = play.people[said.pop("officer", "executor")]
        ground = {"ground": "relative", "reason": "Супруга учредителя.", **said}
        return services.ask_recusal(case, officer_id=officer.pk, **ground, **facts)
    service, content = _PLAIN[action]
    if action == "prepare_refusal" and "grounds" not in said:
        said["grounds"] = _weighed(case)
    return service(case, **{**content, **said}, **facts)


def _weighed(case: UUID) -> list[dict[str, Any]]:
    """The grounds of the notice with an assessment of the answer."""
    hearing = Hearing.objects.filter(case=case).order_by("-notified_at").first()
    noticed = hearing.notice.content["grounds"] if hearing else GROUNDS
    weighed = {name: GROUNDS[0][name] for name in ("assessment_kk", "assessment_ru")}
    return [
        {**said, "evidence": [row["id"] for row in said.get("evidence", [])], **weighed} for said in noticed
    ]


# --- cases ---------------------------------------------------------------------------------------
class QuietPlay(Play):
    """Deliveries run only where a test asks for them; the fee is looked up by the executor."""

    def prepare_issue(self, application_id: UUID, at: datetime, *, who: str = "executor") -> Application:
        if fee_of(self.fresh(application_id), at.date()).due:
            services.look_up_payment(application_id, person=self.people[who], at=at)
        return super().prepare_issue(application_id, at, who=who)


class Stages:
    """A new case taken as far as it is asked for; each method goes on from the one before."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def draft(self, *, who: str = "aigerim", at: str = FILED, leave_out: tuple[str, ...] = ()) -> UUID:
        draft = self.play.draft(moment(at), who=who, centres=ONE_CENTRE)
        self.play.attach(draft, moment(at), who=who, leave_out=leave_out)
        key: UUID = draft.pk
        return key

    def filed(self, *, who: str = "aigerim", at: str = FILED, leave_out: tuple[str, ...] = ()) -> UUID:
        case = self.draft(who=who, at=at, leave_out=leave_out)
        self.play.file(case, moment(at), who=who)
        return case

    def assigned(self, *, at: str = ASSIGNED, filed: str = FILED, **draft: Any) -> UUID:
        case = self.filed(at=filed, **draft)
        self.play.assign(case, moment(at))
        return case

    def accepted(self, **draft: Any) -> UUID:
        case = self.assigned(**draft)
        self.play.accept(case, moment(ACCEPTED))
        return case

    def examined(self, *, not_met: tuple[str, ...] = (), **draft: Any) -> UUID:
        case = self.accepted(**draft)
        self.play.find(case, moment(EXAMINED), not_met=not_met)
        return case

    def prepared(self, **draft: Any) -> UUID:
        case = self.examined(**draft)
        self.play.prepare_issue(case, moment(PREPARED))
        return case

    def opened(self, **draft: Any) -> UUID:
        case = self.prepared(**draft)
        self.play.open_signing(case, moment(OPENED))
        return case

    def issued(self, **draft: Any) -> UUID:
        case = self.opened(**draft)
        self.play.sign(case, moment("2026-11-06T10:05"))
        return case

    def hearing(self, *, at: str = NOTIFIED, **draft: Any) -> UUID:
        case = self.examined(not_met=("I-1",), **draft)
        self.play.notify_hearing(case, moment(at))
        return case

    def heard(self, **draft: Any) -> UUID:
        case = self.hearing(**draft)
        perform(self.play, "record_hearing", case, moment(RECORDED))
        return case

    def refusal_prepared(self, **draft: Any) -> UUID:
        case = self.heard(**draft)
        self.play.deliver()  # the notice has come
        perform(self.play, "prepare_refusal", case, moment(REFUSAL_PREPARED))
        return case

    def refused(self, **draft: Any) -> UUID:
        case = self.refusal_prepared(**draft)
        self.play.open_signing(case, moment("2026-11-10T12:00"))
        self.play.sign(case, moment("2026-11-10T12:05"))
        return case

    def returned(self, **draft: Any) -> UUID:
        case = self.assigned(leave_out=("I-2",), **draft)
        self.play.refuse_further(case, moment(ACCEPTED))
        return case

    def withdrawn(self, **draft: Any) -> UUID:
        case = self.accepted(**draft)
        perform(self.play, "withdraw", case, moment(EXAMINED), draft.get("who"))
        return case

    def discontinued(self, **draft: Any) -> UUID:
        case = self.accepted(**draft)
        perform(self.play, "discontinue", case, moment(EXAMINED))
        self.play.open_signing(case, moment(PREPARED))
        self.play.sign(case, moment("2026-11-05T10:05"))
        return case


def in_each_state(play: Play) -> dict[Status, UUID]:
    """One case in each state of `Status`."""
    stages = Stages(play)
    return {
        Status.DRAFT: stages.draft(),
        Status.SUBMITTED: stages.assigned(at="2026-11-02T19:10", filed="2026-11-02T19:00"),
        Status.COMPLETENESS: stages.assigned(),
        Status.RETURNED: stages.returned(),
        Status.REVIEW: stages.examined(),
        Status.HEARING: stages.hearing(),
        Status.HEARD: stages.heard(),
        Status.SIGNING: stages.prepared(),
        Status.ISSUED: stages.issued(),
        Status.REFUSED: stages.refused(),
        Status.WITHDRAWN: stages.withdrawn(),
        Status.DISCONTINUED: stages.discontinued(),
    }


# --- what a refused act may leave: nothing ---------------------------------------------------------
def everything() -> dict[str, tuple[int, str]]:
    """Rows and a digest of the content of every table that an act could write."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and not model._meta.db_table.startswith(NOT_ROWS_OF_ACTS)
    )
    # bytes of documents are named by their own hash: their number says enough
    parts = [
        f"SELECT '{table}', count(*), "
        + (
            "''"
            if table == "documents_documentbytes"
            else "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
        )
        + f' FROM "{table}" t'
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Every table reads after as before: no state, no version, no fact, no document, no term."""
    before = everything()
    yield
    after = everything()
    assert {table for table in after if after[table] != before[table]} == set()


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards; acts that must not run inside a transaction may still do."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests do for durable blocks
    with block:
        yield
        transaction.set_rollback(True)


__all__ = [
    "ACTIONS",
    "ACTOR",
    "SIGNED",
    "QuietPlay",
    "Stages",
    "answer",
    "everything",
    "in_each_state",
    "moment",
    "perform",
]
