"""Working notes of officers: private, no part of the administrative case, no fact of the journal."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications.permissions import Situation
from applications.services.acting import load
from casework.cases import permissions as case_permissions
from casework.cases import services as cases
from casework.cases.models import WorkingNote
from foundation.accounts.models import Person, Role
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput

WRITERS = (Role.CHANCERY, Role.EXECUTOR, Role.HEAD, Role.SUPERVISOR)
_LONGEST = 5000


def write_working_note(application_id: UUID, *, text: str, person: Person, at: datetime) -> WorkingNote:
    """Keep a note for the colleagues; never by somebody who represents the applicant (APPC 67)."""
    situation = Situation(load(application_id), person, at)
    case_permissions.require_role(person, *WRITERS, at=at, held=situation.roles)
    case_permissions.require_no_interest(person, situation.case, at, known=situation.represents)
    words = lines(text)
    if not words or len(words) > _LONGEST:
        raise BadInput(
            _("A note has between 1 and {most} characters.").format(most=_LONGEST),
            fields={"text": [_("Write it in a sentence or two.")]},
        )
    return cases.write_note(case_id=application_id, author=person, text=words, at=at)
