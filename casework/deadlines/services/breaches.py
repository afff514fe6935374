"""The executor's explanation of a breach (screens.md, Officers): asked for by the ladder, given once, kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casework.cases.selectors import substitutes_of
from casework.cases.services import lock_case
from casework.deadlines import events, rules
from casework.deadlines.models import BreachExplanation
from foundation.accounts.models import Person
from foundation.journal import services as journal
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted

LONGEST_EXPLANATION = 4_000


@transaction.atomic
def explain_breach(*, term_id: int, text: str, by: Person, at: datetime) -> BreachExplanation:
    """Say why a term was broken: who was asked, or who stands in by a dated order. It stays as it was given."""
    asked = BreachExplanation.objects.filter(term_id=term_id).select_related("term", "asked_of").first()
    if asked is None:
        raise NotFound
    if by.pk != asked.asked_of_id and not _stands_in(by, asked, at):
        raise NotPermitted(
            _("The explanation is asked of another officer: {name}.").format(name=asked.asked_of.short_name),
            advice=_("Only that officer, or who stands in by an order, gives it."),
        )
    text = lines(text)
    if not text or len(text) > LONGEST_EXPLANATION:
        fault = _("Write what happened, in at most {most} characters.").format(most=LONGEST_EXPLANATION)
        raise BadInput(_("The explanation was not kept."), fields={"text": [fault]})
    case = lock_case(asked.term.case_id)
    given = BreachExplanation.objects.filter(pk=asked.pk, given_at=None).update(
        text=text, given_by=by, given_at=at
    )
    if not given:
        raise Conflict(_("This breach is explained already; the first explanation stays."))
    journal.record(
        kind=events.EXPLAINED,
        stream=case.stream,
        subject_id=case.pk,
        actor_id=by.pk,
        at=at,
        payload={"term": asked.term_id, "code": asked.term.code},
    )
    asked.refresh_from_db()
    return asked


def _stands_in(by: Person, asked: BreachExplanation, at: datetime) -> bool:
    return substitutes_of(asked.asked_of_id, rules.to_almaty(at).date()).filter(substitute=by).exists()
