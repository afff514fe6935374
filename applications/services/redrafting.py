"""A draft made easier: begun from an earlier application, and what is said of a file put right without the file."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from applications import addresses
from applications.fees import LICENCE
from applications.models import Application, DataCentre, Evidence
from applications.services.acting import act_on
from applications.services.drafting import (
    REISSUE_FORMS,
    create_draft,
    require_dates,
    require_draft,
    save_draft,
)
from casework.cases import services as cases
from casework.cases.selectors import represents_party
from foundation.accounts.models import Person
from foundation.kernel.refusals import NotFound
from licenses.rules import CentreText
from licenses.selectors import last_centres, own_licences

_COPIED = ("address", "email", "phone", "owns_hardware", "locale", "scope", "target_licence", "targets")
_COPIED_OF_CENTRE = (
    "address",
    "power_source",
    "grid_connected",
    "grid_connected_on",
    "host_name",
    "host_licence",
    "annex",
    "moves",
)


@transaction.atomic
def copy_draft(earlier_id: UUID, *, person: Person, at: datetime) -> Application:
    """A new draft with what an earlier application of the party says; files and confirmations are given anew."""
    earlier = Application.objects.select_related("case").filter(pk=earlier_id).first()
    if earlier is None or not represents_party(person, earlier.case, at):
        raise NotFound
    draft = create_draft(party_id=earlier.case.party_id, form=earlier.form, person=person, at=at)
    return save_draft(draft.pk, changes=_content(earlier), person=person, at=at, version=None)


@transaction.atomic
def begin_draft(*, party_id: UUID, form: str, licence: str = "", person: Person, at: datetime) -> Application:
    """A new draft, about a licence of one's own if one is named: Forms 1, 2 for a further annex, 9, 10 to re-issue it."""
    draft = create_draft(party_id=party_id, form=form, person=person, at=at)
    if not licence:
        return draft
    about = {"targets": [LICENCE]} if form in REISSUE_FORMS else {"scope": Application.Scope.ANNEX.value}
    return save_draft(
        draft.pk, changes={"target_licence": licence, **about}, person=person, at=at, version=None
    )


@transaction.atomic
def begin_anew(*, number: str, person: Person, at: datetime) -> Application:
    """DA 9(1): a term is never extended; a new application with what the licence that ends says of place and centres."""
    licence = own_licences(person, at).filter(number=number).first()
    if licence is None:
        raise NotFound
    form = "1" if licence.sub_kind == "I" else "2"
    draft = create_draft(party_id=licence.party_id, form=form, person=person, at=at)
    stated = DataCentre.objects.filter(application__case__party_id=licence.party_id).order_by(
        "-application__case__created_at", "position"
    )
    known = {addresses.one_line(row.address, "ru"): row for row in stated.reverse()}
    centres = [
        _centre_anew(text, known.get(text.address_ru), draft.locale) for text in last_centres(licence.pk)
    ]
    return save_draft(draft.pk, changes={"data_centers": centres}, person=person, at=at, version=None)


def _centre_anew(text: CentreText, stated: DataCentre | None, language: str) -> dict[str, Any]:
    """What the register says of a centre; the address in its fields where an application of the party stated it so."""
    line = text.address_kk if language == "kk" else text.address_ru
    return {
        "address": stated.address if stated else {"region": text.region_code, "free_text": line},
        "grid_connected": stated.grid_connected if stated else None,
        "grid_connected_on": stated.grid_connected_on if stated else None,
        "host_licence": text.host_licence_number,
        "host_name": text.host_name,
        "power_source": text.power_source,
    }


def change_evidence(
    application_id: UUID,
    *,
    evidence_id: UUID,
    issued_on: date | None,
    expires_on: date | None,
    particulars: dict[str, Any],
    person: Person,
    at: datetime,
) -> Evidence:
    """Correct the dates and particulars of a file of a draft; the file itself stays (Annex 11)."""
    with act_on(application_id, action=None, person=person, at=at, version=None) as s:
        require_draft(s)
        evidence = s.application.evidence.filter(pk=evidence_id).first()
        if evidence is None:
            raise NotFound
        require_dates(issued_on, expires_on)
        evidence.issued_on, evidence.expires_on = issued_on, expires_on
        evidence.particulars = particulars
        evidence.save(update_fields=["issued_on", "expires_on", "particulars"])
        cases.touch(s.case)
        return evidence


def _content(earlier: Application) -> dict[str, Any]:
    changes: dict[str, Any] = {name: getattr(earlier, name) for name in _COPIED}
    changes["data_centers"] = [
        {name: getattr(centre, name) for name in _COPIED_OF_CENTRE} for centre in earlier.data_centres.all()
    ]
    changes["grounds"] = [
        {"code": row.code, "changed_on": row.changed_on, **row.details} for row in earlier.grounds.all()
    ]
    return changes
