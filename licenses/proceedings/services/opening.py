"""How a proceeding begins: a draft of the licensee's request, or opened by an executor; and the files attached."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases import permissions as case_permissions
from casework.cases import services as cases
from casework.cases.models import Case
from casework.deadlines.selectors import current_calendar_act_day, current_calendar_registration_day
from casework.deadlines.services import open_term, refresh_next_due
from casework.decisions.services.course import note, save_status
from casework.documents.models import StoredFile
from casework.documents.services import incoming
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal, NotFound, NotPermitted
from licenses.models import Annex, Licence, Proceeding
from licenses.proceedings import events
from licenses.proceedings.papers.correction import CORRECTIONS, read_corrections
from licenses.proceedings.permissions import Situation
from licenses.proceedings.permissions.guards import require_target
from licenses.proceedings.selectors import open_of
from licenses.proceedings.services.acting import act_on
from licenses.proceedings.statuses import BY_EXECUTOR, BY_LICENSEE, CITATIONS, TERMS, Kind, Status
from licenses.selectors import licence_visible_to
from licenses.services.locks import lock_licence


@transaction.atomic
def begin(
    number: str,
    *,
    kind: str,
    annexes: Sequence[str] = (),
    content: dict[str, Any] | None = None,
    person: Person,
    at: datetime,
) -> Proceeding:
    """A licensee begins a draft, an executor opens a proceeding; `annexes`: these only (Rules 18-1).

    Raises NotFound for a licence the person may not see, NotPermitted where the kind is not theirs to open.
    """
    seen = licence_visible_to(person, number, at)
    if seen is None:
        raise NotFound
    chosen = _kind(kind)
    by_licensee = _opener(seen, chosen, person, at)
    licence = lock_licence(seen.pk)
    parts = _annexes(licence, annexes)
    _require_none_open(licence, chosen, parts)
    proceeding = create(
        licence, chosen, parts, by_licensee=by_licensee, content=content or {}, by=person, at=at
    )
    s = Situation(proceeding, person, at)
    require_target(s)
    if chosen is Kind.CORRECT and CORRECTIONS in proceeding.content:
        proceeding.content[CORRECTIONS] = read_corrections(s, proceeding.content)
        proceeding.save(update_fields=["content"])
    if by_licensee:
        note(s, events.DRAFTED, about=str(chosen), licence=str(licence.pk))
    else:
        enter(s, runs_from=None)
        cases.assign_executor(proceeding.case, executor=person, by=person, at=at)
    return proceeding


def create(
    licence: Licence,
    kind: Kind,
    annexes: Sequence[Annex],
    *,
    by_licensee: bool,
    content: dict[str, Any],
    by: Person,
    at: datetime,
    **facts: Any,
) -> Proceeding:
    """Case and row, in state `draft` or `opened`; the licence is locked."""
    case = cases.open_case(
        kind=Case.Kind.PROCEEDING,
        form=str(kind),
        sub_kind=licence.sub_kind,
        party=licence.party,
        body=licence.body,
        created_by=by,
        at=at,
    )
    proceeding = Proceeding(
        case=case, kind=kind, licence=licence, by_licensee=by_licensee, content=content, **facts
    )
    if not by_licensee:
        proceeding.open()
    proceeding.save(force_insert=True)
    proceeding.annexes.set(annexes)
    return proceeding


def enter(s: Situation, *, runs_from: Any) -> None:
    """The authority's own proceeding is in the file from its opening: number, day by the receipt rule, term."""
    case, at = s.case, s.at
    cases.touch(case, received_at=at)
    save_status(s.proceeding)
    day = current_calendar_registration_day(at)
    cases.register_case(case, registered_at=at, registered_on=day)
    code = TERMS.get(s.kind)
    if code is not None:
        open_term(case=case, code=code, start=runs_from or current_calendar_act_day(at), at=at)
        refresh_next_due(case)
    note(
        s,
        events.OPENED,
        about=str(s.kind),
        licence=str(s.proceeding.licence_id),
        annexes=[annex.number for annex in s.annexes],
        registered_on=day.isoformat(),
    )


def add_file(proceeding_id: UUID, *, name: str, stream: Any, person: Person, at: datetime) -> StoredFile:
    """Attach a document: the licensee to the draft, the executor a scan to a proceeding under way."""
    with act_on(proceeding_id, action=None, person=person, at=at, version=None) as s:
        _require_may_attach(s)
    stored = incoming.receive_file(case_id=proceeding_id, uploaded_by=person, name=name, stream=stream, at=at)
    with act_on(proceeding_id, action=None, person=person, at=at, version=None) as s:
        _require_may_attach(s)
        cases.touch(s.case)
        note(s, events.FILE_ADDED, file=str(stored.pk))
    return stored


def remove_file(proceeding_id: UUID, *, file_id: UUID, person: Person, at: datetime) -> None:
    """Take a file out of a draft again."""
    with act_on(proceeding_id, action=None, person=person, at=at, version=None) as s:
        _require_may_attach(s)
        cases.touch(s.case)
        incoming.discard_file(file_id=file_id, by=person, at=at)


def discard(proceeding_id: UUID, *, person: Person, at: datetime) -> None:
    """Delete a draft of one's own that was never filed, with its files."""
    with act_on(proceeding_id, action=None, person=person, at=at, version=None) as s:
        case_permissions.require_representative(person, s.case, at, known=s.represents)
        _require_draft(s)
        s.proceeding.annexes.clear()
        incoming.remove_draft_files(s.case.pk)
        cases.close_case(s.case, at=at, status_code=Status.VOID)
        s.proceeding.make_void("discarded")
        save_status(s.proceeding, "ended_why")


# --- what stands against it -----------------------------------------------------------------------
def _kind(said: str) -> Kind:
    if said not in (*BY_LICENSEE, *BY_EXECUTOR):
        names = ", ".join(kind for kind in Kind if kind in (*BY_LICENSEE, *BY_EXECUTOR))
        raise BadInput(
            _("No proceeding of this kind is opened by hand."),
            fields={"kind": [_("One of: {names}.").format(names=names)]},
        )
    return Kind(said)


def _opener(licence: Licence, kind: Kind, person: Person, at: datetime) -> bool:
    """Whether the licensee asks (True) or the executor opens; raises NotPermitted where neither may."""
    if accounts.may_act_for(person, licence.party_id, at):
        if kind in BY_LICENSEE:
            return True
        raise NotPermitted(
            _("“{kind}” is opened by the authority.").format(kind=kind.label),
            advice=_("A licensee may ask for: {kinds}.").format(
                kinds=", ".join(str(one.label) for one in BY_LICENSEE)
            ),
        )
    if kind not in BY_EXECUTOR:
        raise NotPermitted(
            _("“{kind}” is asked for by the licensee.").format(kind=kind.label),
            advice=_("An executor may open: {kinds}.").format(
                kinds=", ".join(str(one.label) for one in BY_EXECUTOR)
            ),
        )
    case_permissions.require_role(person, Role.EXECUTOR, at=at)
    return False


def _annexes(licence: Licence, numbers: Sequence[str]) -> list[Annex]:
    found = list(licence.annexes.filter(number__in=list(numbers)).order_by("number"))
    missing = sorted(set(numbers) - {annex.number for annex in found})
    if missing:
        raise BadInput(
            _("Licence {number} has no annex {annexes}.").format(
                number=licence.number, annexes=", ".join(missing)
            ),
            citation=cite("PL", 24),
            fields={"annexes": [_("Name annexes of this licence: 001, 002 …")]},
        )
    return found


def _require_none_open(licence: Licence, kind: Kind, annexes: Sequence[Annex]) -> None:
    """One proceeding of a kind at a time on the same target; a draft of the licensee does not count."""
    wanted = {annex.number for annex in annexes}
    for going_on in open_of(licence.pk, kind).exclude(status=Status.DRAFT).prefetch_related("annexes"):
        numbers = {annex.number for annex in going_on.annexes.all()}
        if not wanted or not numbers or wanted & numbers:
            raise Conflict(
                _("Such a proceeding goes on already: {number}.").format(number=going_on.case),
                code="PROCEEDING_OPEN",
                citation=CITATIONS[kind],
                advice=_("Go on in that one; another can be opened after its end."),
            )


def _require_may_attach(s: Situation) -> None:
    """The licensee while it is a draft; the assigned executor as long as it goes on."""
    if s.represents:
        _require_draft(s)
        return
    s.require_executor()
    if not s.case.is_open:
        raise LawRefusal(
            _("This proceeding is over; nothing can be attached to it."),
            code="WRONG_STATE",
            citation=CITATIONS[s.kind],
        )


def _require_draft(s: Situation) -> None:
    if s.proceeding.status != Status.DRAFT:
        raise LawRefusal(
            _("The request is filed; it can only be withdrawn."),
            code="WRONG_STATE",
            citation=cite("APPC", "64(9)"),
            advice=_("Withdraw it and file another, or answer at the hearing."),
        )
