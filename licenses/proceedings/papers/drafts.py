"""Acts whose bytes are made when the signer asks for them: filing, withdrawal, hearing."""

from collections.abc import Callable
from typing import Any

from casework.decisions.papers import Draft, Language, statement
from casework.decisions.papers.hearing import hearing_answer, hearing_notice, late_notice, protocol
from licenses.proceedings.papers.base import addressee, annex_numbers, kind_name, reasons, target
from licenses.proceedings.papers.content import reasons_content, request_content, suspension_content
from licenses.proceedings.papers.correction import CORRECTIONS, read_corrections
from licenses.proceedings.papers.wording import w
from licenses.proceedings.permissions import Situation
from licenses.proceedings.statuses import Kind


def draft_of(action: str, situation: Situation, params: dict[str, Any]) -> Draft:
    """The act of a signed action, from what was asked for; raises BadInput naming what is missing in `params`."""
    return _MAKERS[action](situation, params)


def _filing(s: Situation, params: dict[str, Any]) -> Draft:
    """The request with its target and attachments, as the licensee signs it."""
    said = {**s.proceeding.content, **params}
    named = {CORRECTIONS: read_corrections(s, said)} if s.kind == Kind.CORRECT else {}
    content = {
        **request_content(s.kind, said, s.today),
        **named,
        "annexes": annex_numbers(s.proceeding),
        "attachments": [{"name": file.name, "sha256": file.sha256} for file in s.files if file.counts],
        "kind": str(s.kind),
        "licence": s.proceeding.licence.number,
    }
    return statement(s, "request", content)


def _withdrawal(s: Situation, params: dict[str, Any]) -> Draft:
    return statement(s, "withdrawal", {"reason": str(params.get("reason", ""))})


def _hearing_notice(s: Situation, params: dict[str, Any]) -> Draft:
    """APPC 73(1): the preliminary decision with its grounds and facts; in writing by default."""
    said = {**s.proceeding.content, **params}
    content = suspension_content(said) if s.kind == Kind.SUSPEND else reasons_content(s.kind, params)
    return hearing_notice(
        s,
        content=content,
        addressee=lambda language: addressee(s.proceeding, language),
        preliminary=lambda language: _preliminary(s, content, language),
        reasons=lambda language: reasons(s.proceeding, content["grounds"], language),
    )


def _preliminary(s: Situation, content: dict[str, Any], language: Language) -> str:
    return w(
        f"hearing.{s.kind}",
        language,
        target=target(s.proceeding, language),
        months=content.get("months", ""),
    )


def _protocol(s: Situation, params: dict[str, Any]) -> Draft:
    return protocol(
        s,
        params,
        question=lambda language: w("protocol.question", language, kind=kind_name(s.proceeding, language)),
    )


_MAKERS: dict[str, Callable[[Situation, dict[str, Any]], Draft]] = {
    "submit": _filing,
    "notify_hearing": _hearing_notice,
    "sign_protocol": _protocol,
    "answer_hearing": hearing_answer,
    "agree_late_notice": late_notice,
    "withdraw": _withdrawal,
}
