"""Files of the applicant's answer: handed in while objections may be made, signed with the answer (APPC 73(3))."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases import services as cases
from casework.decisions.models import Act, HearingFile
from casework.decisions.selectors import answer_files, open_hearing
from casework.decisions.services.course import Course, S
from casework.documents.services.incoming import discard_loose_file, receive_file
from foundation.accounts.models import Person
from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal, NotFound

MOST = 20


def add_hearing_file(
    course: Course[S], case_id: UUID, *, name: str, stream: Any, person: Person, at: datetime
) -> HearingFile:
    """Take a file that will go with the answer; call it outside of any transaction.

    Whoever may ask for an oral hearing may hand one in; the signature over the answer names it by its SHA-256.
    """
    s = course.seen(case_id, person, at)
    if not s.visible:
        raise NotFound
    course.check("request_oral", s)
    hearing = open_hearing(case_id)
    if hearing is not None and answer_files(hearing).count() >= MOST:
        raise BadInput(
            _("An answer has at most {most} files.").format(most=MOST),
            fields={"file": [_("Put several pages into one file.")]},
        )
    stored = receive_file(case_id=case_id, uploaded_by=person, name=name, stream=stream, at=at)
    with transaction.atomic():
        cases.lock_case(case_id)
        hearing = open_hearing(case_id)
        if hearing is not None:
            return HearingFile.objects.create(hearing=hearing, file=stored, added_by=person, added_at=at)
        discard_loose_file(file_id=stored.pk, at=at)
    raise LawRefusal(  # the hearing was recorded while the file was looked through
        _("The time for objections is over."),
        code="OBJECTIONS_OVER",
        citation=cite("APPC", "73(3)"),
        advice=_("The decision follows from the file; a refusal can be appealed."),
    )


def remove_hearing_file(
    course: Course[S], case_id: UUID, *, file_id: UUID, person: Person, at: datetime
) -> HearingFile:
    """Take a file out again before the answer that would name it is signed."""
    s = course.seen(case_id, person, at)
    if not s.visible:
        raise NotFound
    course.check("request_oral", s)
    with transaction.atomic():
        cases.lock_case(case_id)
        found = HearingFile.objects.filter(pk=file_id, hearing__case_id=case_id, removed_at=None).first()
        if found is None:
            raise NotFound
        if found.answer_id is not None:
            raise Conflict(
                _("This file belongs to a signed answer and stays with it."),
                code="FILE_FILED",
                advice=_("Answer once more with the right document."),
            )
        found.removed_at = at
        found.save(update_fields=["removed_at"])
        discard_loose_file(file_id=found.file_id, at=at)
    return found


def bind_files(act: Act) -> int:
    """The signed answer holds the files its manifest names; the case is locked."""
    named = [row["id"] for row in act.content.get("files", [])]
    bound = HearingFile.objects.filter(pk__in=named, answer=None, removed_at=None).update(answer=act)
    if bound != len(named):
        raise Conflict(
            _("A file of the answer was taken out after these bytes were made."),
            code="CHALLENGE_EXPIRED",
            advice=_("Look at the files, then sign once more."),
        )
    return bound
