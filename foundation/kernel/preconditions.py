"""If-Match: <version> on every command to an existing object (api.md)."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.kernel.refusals import BadInput, PreconditionRequired


def if_match(request: HttpRequest) -> int:
    """The version the caller has read; raises PreconditionRequired (428) or BadInput."""
    raw = request.headers.get("If-Match")
    if raw is None:
        raise PreconditionRequired(
            _("This command needs the version you have read."),
            advice=_("Read the object and send its `version` in the If-Match header."),
        )
    text = raw.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit()):
        raise BadInput(_("If-Match takes a whole number."), fields={"If-Match": [raw]})
    return int(text)
