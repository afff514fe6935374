"""What a licence's bundle holds: the documents of every act that made or changed it, and its own journal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from casework.cases.selectors import Happening
from casework.documents.bundle import Bundle, Journal, published_bundle
from casework.documents.bundle.content import fact_row
from foundation.accounts.models import Person
from foundation.journal.models import Fact
from licenses.models import AnnexEdition, AnnexPeriod, Licence
from licenses.permissions import reads_all_licences
from licenses.wording import fact_label


def licence_bundle(licence: Licence, person: Person, at: datetime, *, card: dict[str, Any]) -> Bundle:
    """Published documents, card, chain; the bytes of facts go to officers, the chain to everybody who may take it."""
    officer = reads_all_licences(person, at)
    facts = Fact.objects.filter(stream=licence.stream).order_by("seq")
    rows = [
        fact_row(Happening(fact.kind, fact.at, "", fact), fact_label(fact.kind), whole=officer)
        for fact in facts
    ]
    return published_bundle(
        licence.number,
        person,
        at,
        acts=_acts(licence),
        journals=[Journal("timeline.json", licence.stream, rows)],
        licence=card,
    )


def _acts(licence: Licence) -> set[UUID]:
    found = {edition.act_id for edition in licence.editions.all()}
    found |= {period.act_id for period in licence.periods.all()}
    for rows in (
        AnnexEdition.objects.filter(annex__licence=licence),
        AnnexPeriod.objects.filter(annex__licence=licence),
    ):
        found |= set(rows.values_list("act_id", flat=True))
    return {act for act in found if act is not None}
