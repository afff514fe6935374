"""The frame of every act: lock the case, may this person, does the law allow it now; and the signed ones' bytes.

Rendering and the check of the CMS happen before the transaction (design.md, Signing).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import events, papers
from applications.models import Application
from applications.permissions import Situation, check
from applications.statuses import ACTIONS
from casework.cases import services as cases
from casework.cases.models import Case
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, current_calendar_act_day
from casework.deadlines.services import changes_of
from casework.decisions.models import Act, SignRequest
from casework.decisions.selectors import protocol_with_secretary
from casework.decisions.services import acts, signing
from casework.documents.models import OfficialDocument
from casework.documents.selectors.outgoing import documents_of_act
from casework.documents.services import outgoing
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.refusals import BadInput, LawRefusal, NotFound, StaleVersion


def load(application_id: UUID) -> Application:
    """The application for reading; raises NotFound."""
    found = (
        Application.objects.select_related("case__party", "case__body", "case__executor")
        .filter(pk=application_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


@contextmanager
def act_on(
    application_id: UUID,
    *,
    action: str | None,
    person: Person,
    at: datetime,
    version: int | None,
    answered: signing.Accepted | None = None,
) -> Iterator[Situation]:
    """One transaction around one act: the case is locked and the guards of the action have passed.

    `answered`: the CMS of a signed act. If its request died while we waited for the lock, that is the refusal (409).
    """
    with transaction.atomic():
        case = _locked(application_id, person=person, at=at, version=version)
        application = Application.objects.filter(case=case).first()
        if application is None:
            raise NotFound
        application.case = case
        situation = Situation(application, person, at)
        if action is not None:
            try:
                check(action, situation)
            except LawRefusal:
                if answered is not None:
                    signing.require_pending(answered, person, at)
                raise
        yield situation


def _locked(application_id: UUID, *, person: Person, at: datetime, version: int | None) -> Case:
    with _changes_named():
        return cases.lock_case(application_id, version=version, reader=person, at=at)


def require_version(situation: Situation, version: int | None) -> None:
    """Raise StaleVersion with who changed what; without a lock, for doors that do something before the act."""
    with _changes_named():
        cases.require_version(situation.case, version, situation.person, situation.at)


@contextmanager
def _changes_named() -> Iterator[None]:
    try:
        yield
    except StaleVersion as stale:
        for change in stale.extra["changes"]:
            change["what"] = str(events.label(change["kind"]))
        raise


def note(situation: Situation, kind: str, **payload: Any) -> None:
    """Write the act's one fact on the case's stream."""
    record(
        kind=kind,
        stream=situation.case.stream,
        at=situation.at,
        actor_id=situation.person.pk,
        subject_id=situation.case.pk,
        payload={"version": situation.case.version, "terms": changes_of(situation.case), **payload},
    )


def save_status(application: Application, *fields: str) -> Case:
    """Store the state the transition set, and its copy on the case file (which counts the version up)."""
    application.save(update_fields=["status", *fields])
    return cases.touch(application.case, status_code=str(application.status))


def request_signature(
    application_id: UUID,
    *,
    action: str,
    params: dict[str, Any],
    person: Person,
    at: datetime,
    version: int | None = None,
) -> SignRequest:
    """The exact bytes a person is asked to sign for an action: documents rendered, hashed, named in the manifest.

    `sign` needs the decision to be open (`open_signing`); its bytes are made anew when its time is over.
    """
    if action not in ACTIONS or not ACTIONS[action].signed:
        raise BadInput(
            _("“{action}” is not signed.").format(action=action),
            fields={"action": [_("One of: {names}.").format(names=", ".join(_signed_names()))]},
        )
    if action == "sign":
        from applications.services.decision import request_for_sign

        return request_for_sign(application_id, person=person, at=at, version=version)
    application = load(application_id)
    situation = Situation(application, person, at)
    check(action, situation)
    if action == "sign_protocol" and protocol_with_secretary(application_id) is not None:
        return _request_of_chair(application_id, person=person, at=at, version=version)
    draft = papers.draft_of(action, situation, params)
    rendered = papers.render(draft)
    with act_on(application_id, action=action, person=person, at=at, version=version) as situation:
        _void_earlier(situation, action)
        act = acts.prepare_act(
            case=situation.case,
            kind=draft.kind,
            prepared_by=person,
            at=at,
            content=draft.content,
            four_eyes=False,
        )
        acts.mark_opened(act, opened_by=person, act_date=draft.act_date, number=draft.number)
        return make_request(situation, act, action=action, rendered=rendered, extra=draft.manifest)


def _request_of_chair(
    application_id: UUID, *, person: Person, at: datetime, version: int | None
) -> SignRequest:
    """The protocol's second signature: the chair signs the very documents the secretary signed (APPC 74)."""
    with act_on(application_id, action="sign_protocol", person=person, at=at, version=version) as situation:
        act = protocol_with_secretary(application_id)
        assert act is not None  # noqa: S101 -- the guard has looked
        documents = list(documents_of_act(act.pk).exclude(state="void"))
        return _ask(situation, act, action="sign_protocol", documents=documents, extra={"as": "chair"})


def make_request(
    situation: Situation, act: Act, *, action: str, rendered: papers.Rendered, extra: dict[str, Any]
) -> SignRequest:
    """Store the final bytes of the act and ask the person to sign the manifest that names them."""
    documents = outgoing.store_final(
        case_id=situation.case.pk, act_id=act.pk, documents=rendered, at=situation.at
    )
    return _ask(situation, act, action=action, documents=documents, extra=extra)


def _ask(
    situation: Situation, act: Act, *, action: str, documents: list[OfficialDocument], extra: dict[str, Any]
) -> SignRequest:
    at, case = situation.at, situation.case
    assert act.act_date is not None  # noqa: S101 -- mark_opened has set it
    dies_at = None if action in papers.APPLICANTS else days.officer_due_at(act.act_date)
    expires_at = signing.lifetime(at, dies_at=dies_at)
    manifest = signing.manifest_bytes(
        action=action, case=case, act=act, documents=documents, extra=extra, at=at, expires_at=expires_at
    )
    return signing.create_request(
        case=case,
        act=act,
        action=action,
        person=situation.person,
        manifest=manifest,
        expected=expected_key(situation, action),
        at=at,
        expires_at=expires_at,
    )


def expected_key(situation: Situation, action: str) -> signing.Expected:
    """Whose key the law wants (integrations.md 1.4): the party's side, or an official of the authority."""
    person, party = situation.person, situation.case.party
    if not person.iin:
        raise BadInput(_("Your account has no IIN; without it a signature cannot be checked."))
    if action not in papers.APPLICANTS:
        return signing.Expected(iin=person.iin, bin=accounts.provider().bin, roles_any=("ORGANIZATION",))
    if party.bin is None:
        return signing.Expected(iin=person.iin, roles_any=("INDIVIDUAL",))
    if accounts.is_head_of(person, party.pk, situation.at):
        return signing.Expected(iin=person.iin, bin=party.bin, roles_any=("HEAD",))
    return signing.Expected(iin=person.iin, bin=party.bin, roles_any=("SIGN_RIGHT", "EMPLOYEE"))


def date_of_act(at: datetime, *, by_applicant: bool) -> date:
    """The day a document bears: the authority's by the evening rule (Rules 5), the applicant's as it is."""
    return at.date() if by_applicant else current_calendar_act_day(at)


def accepted(
    application_id: UUID, *, action: str, sign_request: UUID, cms: str, person: Person, at: datetime
) -> signing.Accepted:
    """The CMS checked against the stored bytes, before any lock."""
    return signing.verify(
        request_id=sign_request, case_id=application_id, action=action, cms=cms, person=person, at=at
    )


def use_signature(situation: Situation, accepted_cms: signing.Accepted, ip: str | None) -> Act:
    """Use the request up, mark its act signed and its documents with it; returns the act."""
    request = signing.use_request(
        accepted_cms, case=situation.case, person=situation.person, at=situation.at, ip=ip
    )
    act = acts.mark_signed(request.act, signed_by=situation.person, at=situation.at)
    if documents_of_act(act.pk).exists():
        outgoing.mark_signed(act.pk, at=situation.at, published_at=_shown_from(situation.at, act))
        outgoing.attach_evidence(
            act.pk, manifest=bytes(request.manifest), cms=accepted_cms.cms_der, at=situation.at
        )
    return act


def use_first_signature(situation: Situation, accepted_cms: signing.Accepted, ip: str | None) -> Act:
    """The first of two signatures under a document: kept as evidence, the act stays open for the second."""
    request = signing.use_request(
        accepted_cms, case=situation.case, person=situation.person, at=situation.at, ip=ip
    )
    outgoing.attach_evidence(
        request.act.pk, manifest=bytes(request.manifest), cms=accepted_cms.cms_der, at=situation.at
    )
    return request.act


def _shown_from(at: datetime, act: Act) -> datetime:
    """What is signed after hours is shown from 09:00 of the day it bears (process.md, People)."""
    return days.effect_moment(at, current_calendar()) if act.act_date and act.act_date > at.date() else at


def _void_earlier(situation: Situation, action: str) -> None:
    earlier = SignRequest.objects.filter(
        case=situation.case, action=action, person=situation.person, state=SignRequest.State.PENDING
    ).select_related("act")
    for request in earlier:
        void_act(request.act)


def void_act(act: Act) -> None:
    """An act that was never signed is void, with its sign requests and its documents."""
    acts.void(act)
    outgoing.void_act(act.pk)


def _signed_names() -> list[str]:
    return [name for name, action in ACTIONS.items() if action.signed]
