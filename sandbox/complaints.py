"""A complaint played by demo people through the services: walkthrough, demo data, tests."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from appeals import services
from appeals.models import Complaint
from appeals.selectors import appealable
from appeals.services.drafting import Subject
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from sandbox.play import Play

CONTENTS: dict[str, str] = {
    "postal_address": "г. Караганда, проспект Бухар жырау, 15",
    "actual_address": "г. Караганда, проспект Бухар жырау, 15",
    "circumstances": "Адрес центра обработки данных указан на втором листе правоустанавливающего документа.",
    "demands": "Отменить отказ и выдать лицензию.",
}
SATISFACTION = {
    "reasons_kk": "Мекенжай құқық белгілейтін құжаттың екінші бетінде көрсетілген.",
    "reasons_ru": "Адрес указан на втором листе правоустанавливающего документа.",
}
POSITION = {
    "position_kk": "Бас тарту негіздері іс материалдарымен расталады.",
    "position_ru": "Основания отказа подтверждены материалами дела.",
}
NOTICE = {
    "facts_kk": "Анықтама мекенжайды растайды, бірақ ол өтініш берілгеннен кейін алынған.",
    "facts_ru": "Справка подтверждает адрес, но получена после подачи заявления.",
}
_REASONS = {
    "remanded": (
        "Өтініш берушінің жауабы бағаланбаған; дәлелдерді басқа адам жаңадан бағалауы тиіс.",
        "Ответ заявителя не получил оценки; доказательства должно оценить вновь другое лицо.",
    ),
    "dismissed": (
        "Бас тарту негізі іс материалдарымен расталды.",
        "Основание отказа подтверждено материалами дела.",
    ),
}


class Complaints:
    """Complaints beside a play of applications: the same people and clock."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def draft(
        self,
        about: UUID,
        at: datetime,
        *,
        who: str = "aigerim",
        target: str = "decision",
        addressee: str = "superior",
        **said: str,
    ) -> Complaint:
        """A complete draft about the latest decision of a case, or about its delay."""
        person = self.play.people[who]
        act = appealable(about, at)[0].act.pk if target == "decision" else None
        made = services.create_draft(
            subject=Subject(target=target, case_id=about, act_id=act), person=person, at=at
        )
        changes = {**CONTENTS, "addressee": addressee, **said}
        services.save_draft(made.pk, changes=changes, person=person, at=at, version=None)
        return services.load(made.pk)

    def file(self, complaint_id: UUID, at: datetime, *, who: str = "aigerim") -> Complaint:
        """Sign and file."""
        done = self.signed(complaint_id, "submit", services.submit, at, who=who)
        number = done.case.incoming_no or done.case.draft_no
        self.play.tell(f"{at:%Y-%m-%d %H:%M} complaint filed: {number} (Rules 19)")
        return done

    def assign(self, complaint_id: UUID, at: datetime, *, to: str) -> Complaint:
        """By the chancery."""
        done = services.assign(
            complaint_id,
            executor_id=self.play.people[to].pk,
            person=self.play.people["chancery"],
            at=at,
            version=None,
        )
        self.play.tell(f"{at:%Y-%m-%d %H:%M} complaint assigned to {to}: {done.status}")
        return done

    def satisfy(self, complaint_id: UUID, at: datetime, *, who: str = "executor2") -> Complaint:
        """The provider means to satisfy it in full."""
        done = services.satisfy(
            complaint_id, said=SATISFACTION, person=self.play.people[who], at=at, version=None
        )
        self.play.tell(f"{at:%Y-%m-%d %H:%M} satisfaction prepared (Rules 20)")
        return done

    def forward(self, complaint_id: UUID, at: datetime) -> Complaint:
        """The covering letter of the chancery."""
        done = services.forward(
            complaint_id, said=POSITION, person=self.play.people["chancery"], at=at, version=None
        )
        self.play.tell(f"{at:%Y-%m-%d %H:%M} covering letter prepared (Rules 20)")
        return done

    def notify(self, complaint_id: UUID, at: datetime, *, who: str) -> Complaint:
        """Both sides are told the preliminary position."""
        done = self.signed(complaint_id, "notify_hearing", services.notify_hearing, at, who=who, **NOTICE)
        self.play.tell(f"{at:%Y-%m-%d %H:%M} both sides notified of the hearing (APPC 98(3))")
        return done

    def record_hearing(self, complaint_id: UUID, at: datetime, *, who: str) -> Complaint:
        """The hearing is over."""
        return services.record_hearing(complaint_id, person=self.play.people[who], at=at, version=None)

    def decide(self, complaint_id: UUID, at: datetime, *, who: str, outcome: str, **said: Any) -> Complaint:
        """The answer is prepared by the reviewer."""
        kk, ru = _REASONS.get(outcome, _REASONS["remanded"])
        content = {
            "outcome": outcome,
            "reasons_kk": kk,
            "reasons_ru": ru,
            "heard_kk": "Екі тарап тыңдалды.",
            "heard_ru": "Обе стороны заслушаны.",
            **said,
        }
        return services.prepare_decision(
            complaint_id, said=content, person=self.play.people[who], at=at, version=None
        )

    def open_and_sign(self, complaint_id: UUID, at: datetime, *, who: str) -> Complaint:
        """Open what was prepared, look, sign."""
        services.open_signing(complaint_id, person=self.play.people[who], at=at, version=None)
        done = self.signed(complaint_id, "sign", services.sign, at, who=who)
        self.play.tell(f"{at:%Y-%m-%d %H:%M} signed by {who}: {done.status}")
        return done

    def withdraw(self, complaint_id: UUID, at: datetime, *, who: str = "aigerim") -> Complaint:
        """Taken back."""
        return self.signed(complaint_id, "withdraw", services.withdraw, at, who=who)

    def leave(self, complaint_id: UUID, at: datetime, *, who: str, reason: str = "suit_pending") -> Complaint:
        """Left without consideration."""
        return self.signed(complaint_id, "leave", services.leave, at, who=who, reason=reason, **NOTICE)

    def signed(
        self,
        complaint_id: UUID,
        action: str,
        service: Callable[..., Complaint],
        at: datetime,
        *,
        who: str,
        **params: Any,
    ) -> Complaint:
        """Ask for the bytes, sign them with the person's sandbox key, send the CMS."""
        person = self.play.people[who]
        request = services.request_signature(complaint_id, action=action, params=params, person=person, at=at)
        cms = sandbox_sign(key_of(who), bytes(request.manifest), at=at)
        service(complaint_id, sign_request=request.pk, cms=cms, person=person, at=at, version=None)
        return services.load(complaint_id)
