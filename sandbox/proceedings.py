"""Proceedings played by demo people through the services the screens use: demo data, tests."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.decisions.models import SignRequest
from licenses.models import Proceeding
from licenses.proceedings import services
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from sandbox.papers import evidence_pdf
from sandbox.play import Play

SUSPENSION: dict[str, Any] = {
    "months": 3,
    "grounds": [
        {
            "code": "2",
            "facts_kk": "2026 жылғы 12 қазандағы № 15 тексеру актісімен цифрлық майнинг пулы аккредиттелмегені анықталды.",
            "facts_ru": "Актом проверки от 12 октября 2026 года № 15 установлено, что пул цифрового майнинга не аккредитован.",
        }
    ],
}
ASSESSED: list[dict[str, Any]] = [
    {
        **SUSPENSION["grounds"][0],
        "assessment_kk": "Лицензиаттың жауабы тексеру актісін жоққа шығармайды.",
        "assessment_ru": "Ответ лицензиата акт проверки не опровергает.",
    }
]
NOT_CURED: list[dict[str, Any]] = [
    {
        "facts_kk": "Ұсынылған шартта пулдың аккредиттелгені көрсетілмеген.",
        "facts_ru": "В представленном договоре аккредитация пула не указана.",
        "assessment_kk": "Жаңа дәлел ұсынылмады.",
        "assessment_ru": "Новых доказательств не представлено.",
    }
]
_SERVICES: dict[str, Callable[..., Any]] = {
    "submit": services.submit,
    "withdraw": services.withdraw,
    "notify_hearing": services.notify_hearing,
    "answer_hearing": services.answer_hearing,
    "sign": services.sign,
    "confirm_court_act": services.confirm_court_act,
}


class Docket:
    """Each method is one act by its own person."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def begin(
        self,
        number: str,
        kind: str,
        at: datetime,
        *,
        who: str,
        annexes: Sequence[str] = (),
        content: dict[str, Any] | None = None,
    ) -> UUID:
        made = services.begin(
            number, kind=kind, annexes=annexes, content=content, person=self.play.people[who], at=at
        )
        key: UUID = made.case.pk
        return key

    def attach(self, proceeding_id: UUID, at: datetime, *, who: str, title: str) -> UUID:
        stream = io.BytesIO(evidence_pdf("", title))
        stored = services.add_file(
            proceeding_id, name=f"{title}.pdf", stream=stream, person=self.play.people[who], at=at
        )
        key: UUID = stored.pk
        return key

    def ask(self, proceeding_id: UUID, action: str, at: datetime, *, who: str, **params: Any) -> SignRequest:
        person = self.play.people[who]
        return services.request_signature(proceeding_id, action=action, params=params, person=person, at=at)

    def answer(self, asked: SignRequest, at: datetime, *, who: str) -> Proceeding:
        cms = sandbox_sign(key_of(who), bytes(asked.manifest), at=at)
        done: Proceeding = _SERVICES[asked.action](
            asked.case_id,
            sign_request=asked.pk,
            cms=cms,
            person=self.play.people[who],
            at=at,
            version=None,
        )
        return done

    def signed(
        self, proceeding_id: UUID, action: str, at: datetime, *, who: str, **params: Any
    ) -> Proceeding:
        """Ask for the bytes, sign them with the person's sandbox key, send the CMS."""
        return self.answer(self.ask(proceeding_id, action, at, who=who, **params), at, who=who)

    def assign(self, proceeding_id: UUID, at: datetime, *, executor: str = "executor") -> None:
        services.assign(
            proceeding_id,
            executor_id=self.play.people[executor].pk,
            person=self.play.people["chancery"],
            at=at,
            version=None,
        )

    def act(self, name: str, proceeding_id: UUID, at: datetime, *, who: str, **said: Any) -> Any:
        """A plain act by the service of its name."""
        service = getattr(services, name)
        return service(proceeding_id, person=self.play.people[who], at=at, version=None, **said)

    def decide(self, proceeding_id: UUID, at: datetime, *, head: str = "head") -> Proceeding:
        """Open for signature and sign."""
        services.open_signing(proceeding_id, person=self.play.people[head], at=at, version=None)
        return self.signed(proceeding_id, "sign", at, who=head)


__all__ = ["ASSESSED", "NOT_CURED", "SUSPENSION", "Docket"]
