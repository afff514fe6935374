"""Refusals: what was refused, by which rule, why, and what to do instead.

A service raises one of these and changes nothing. Every door turns it into its own form: problem+json for
programs, a message beside the form for people (`problems.py`, `middleware.py`).
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text: TypeAlias = str | Promise


class Refusal(Exception):  # noqa: N818 -- the law speaks of refusals, not errors
    """Base of everything the portal declines to do; `code` is part of the API contract."""

    status = 422
    code = "REFUSED"

    def __init__(
        self,
        detail: Text,
        *,
        code: str | None = None,
        citation: Text | None = None,
        advice: Text | None = None,
        fields: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.citation = citation
        self.advice = advice
        self.fields = dict(fields or {})
        self.extra = dict(extra or {})

    def __str__(self) -> str:
        parts = [str(self.detail), str(self.advice or "")]
        text = " ".join(part for part in parts if part)
        return f"{text} ({self.citation})" if self.citation else text


class LawRefusal(Refusal):
    """The law does not allow the act now; always carries a citation."""

    code = "LAW"


class BadInput(Refusal):
    """What came in cannot be read or is incomplete; `fields` names each place."""

    status = 422
    code = "BAD_INPUT"


class NotPermitted(Refusal):
    """The person has not the role for it."""

    status = 403
    code = "NOT_PERMITTED"


class NotFound(Refusal):
    """There is no such thing for this person; another party's object is the same as none."""

    status = 404
    code = "NOT_FOUND"

    def __init__(self, detail: Text | None = None, **kwargs: Any) -> None:
        super().__init__(detail or _("There is nothing here under this number for you."), **kwargs)


class Conflict(Refusal):
    """Somebody or something was faster."""

    status = 409
    code = "CONFLICT"


class StaleVersion(Conflict):
    """The case changed since the caller read it."""

    code = "STALE_VERSION"


class PreconditionRequired(Refusal):
    """A command on an existing object came without `If-Match`."""

    status = 428
    code = "IF_MATCH_REQUIRED"


class Unavailable(Refusal):
    """An outside system does not answer; nothing was lost, try again."""

    status = 503
    code = "UNAVAILABLE"
