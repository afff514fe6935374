"""The frame of every act of every case: lock, may this person, does the law allow it now; and the signed ones' bytes.

Rendering and the check of the CMS happen before the transaction (design.md, Signing). Applications, proceedings and
complaints each describe themselves by one `Course` and write their own acts with it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NotRequired, TypedDict, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.cases import services as cases
from casework.cases.models import Case
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, current_calendar_act_day
from casework.deadlines.services import changes_of
from casework.decisions.models import Act, SignRequest
from casework.decisions.papers import Draft, Paper, Rendered, render, render_papers
from casework.decisions.permissions import CaseSituation, Guards, check
from casework.decisions.selectors import pending_request, protocol_with_secretary
from casework.decisions.services import acts, signing
from casework.decisions.statuses import Action
from casework.documents.models import OfficialDocument
from casework.documents.selectors.outgoing import documents_of_act
from casework.documents.services import outgoing
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.plain_text import without_hidden
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal, NotFound, StaleVersion

S = TypeVar("S", bound=CaseSituation)


class PlainAct(TypedDict):
    """Who does an act, when, and which version of the case they had read (None: do not compare)."""

    person: Person
    at: datetime
    version: int | None


class OralAct(PlainAct):
    """The same; `video`: not in a room; `short_notice`: without the two office hours of lead."""

    video: NotRequired[bool]
    short_notice: NotRequired[bool]


class PostponeAct(PlainAct):
    """The same with the time of a hearing, and its room, its place in words, or its link."""

    planned_at: datetime
    place: NotRequired[str]
    room: NotRequired[str]
    link: NotRequired[str]
    minutes: NotRequired[int | None]


class SignedAct(PlainAct):
    """The same with the sign request that is answered and the CMS over its bytes."""

    sign_request: UUID
    cms: str
    ip: NotRequired[str | None]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a head is about to sign: its number, its documents, and what the manifest says besides."""

    number: str
    papers: tuple[Paper, ...]
    extra: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Course(Generic[S]):
    """What one kind of case brings to the common frame.

    `situation` raises NotFound where the case is of another kind. `applicants` are the actions that the party's side
    signs. `facts` is the first word of the kinds of facts ("application.…"), `label` how people read a kind.
    """

    facts: str
    situation: Callable[[Case, Person, datetime], S]
    guards: Guards
    draft_of: Callable[[str, S, dict[str, Any]], Draft]
    applicants: frozenset[str]
    label: Callable[[str], str | Promise]
    # the BIN in the key of an official who signs; without it the provider's
    signer_bin: Callable[[S], str] | None = None

    # --- reading ---------------------------------------------------------------------------------
    def seen(self, case_id: UUID, person: Person, at: datetime) -> S:
        """The case as this person sees it, without a lock; raises NotFound."""
        case = Case.objects.select_related("party", "body", "executor").filter(pk=case_id).first()
        if case is None:
            raise NotFound
        return self.situation(case, person, at)

    def check(self, action: str, s: S) -> Action:
        """Raise what stands against the act now, or return it."""
        return check(action, s, self.guards)

    # --- one act ---------------------------------------------------------------------------------
    @contextmanager
    def act_on(
        self,
        case_id: UUID,
        *,
        action: str | None,
        person: Person,
        at: datetime,
        version: int | None,
        answered: signing.Accepted | None = None,
    ) -> Iterator[S]:
        """One transaction around one act: the case is locked and the guards of the action have passed.

        `answered`: the CMS of a signed act. If its request died while we waited for the lock, that is the
        refusal (409).
        """
        with transaction.atomic():
            with self._changes_named():
                case = cases.lock_case(case_id, version=version, reader=person, at=at)
            s = self.situation(case, person, at)
            if action is not None:
                try:
                    self.check(action, s)
                except LawRefusal:
                    if answered is not None:
                        signing.require_pending(answered, person, at)
                    raise
            yield s

    def require_version(self, s: S, version: int | None) -> None:
        """Raise StaleVersion with who changed what; without a lock, for doors that do something before the act."""
        with self._changes_named():
            cases.require_version(s.case, version, s.person, s.at)

    @contextmanager
    def _changes_named(self) -> Iterator[None]:
        try:
            yield
        except StaleVersion as stale:
            for change in stale.extra["changes"]:
                change["what"] = str(self.label(change["kind"]))
            raise

    # --- signed acts -----------------------------------------------------------------------------
    def request_signature(
        self,
        case_id: UUID,
        *,
        action: str,
        params: dict[str, Any],
        person: Person,
        at: datetime,
        version: int | None = None,
    ) -> SignRequest:
        """The exact bytes a person is asked to sign: documents rendered, hashed, named in the manifest.

        A decision (`sign`) has to be opened first: its owner answers for it with `request_for_sign`.
        """
        s = self.seen(case_id, person, at)
        self.require_signed(action, s)
        self.check(action, s)
        if action == "sign_protocol" and protocol_with_secretary(case_id, s.today) is not None:
            return self._request_of_chair(case_id, person=person, at=at, version=version)
        draft = self.draft_of(action, s, without_hidden(params))
        rendered = render(draft)
        with self.act_on(case_id, action=action, person=person, at=at, version=version) as s:
            _void_earlier(s, action)
            act = acts.prepare_act(
                case=s.case,
                kind=draft.kind,
                prepared_by=person,
                at=at,
                content=draft.content,
                four_eyes=False,
            )
            acts.mark_opened(act, opened_by=person, act_date=draft.act_date, number=draft.number)
            return self.make_request(s, act, action=action, rendered=rendered, extra=draft.manifest)

    @staticmethod
    def require_signed(action: str, s: CaseSituation) -> None:
        """Raise BadInput where the action has no signature."""
        if action not in s.actions or not s.actions[action].signed:
            names = ", ".join(name for name, known in s.actions.items() if known.signed)
            raise BadInput(
                _("“{action}” is not signed.").format(action=action),
                fields={"action": [_("One of: {names}.").format(names=names)]},
            )

    def _request_of_chair(
        self, case_id: UUID, *, person: Person, at: datetime, version: int | None
    ) -> SignRequest:
        """The protocol's second signature: the chair signs the very documents the secretary signed (APPC 74)."""
        with self.act_on(case_id, action="sign_protocol", person=person, at=at, version=version) as s:
            act = protocol_with_secretary(case_id, s.today)
            assert act is not None  # noqa: S101 -- the guard has looked
            documents = list(documents_of_act(act.pk).exclude(state="void"))
            return self._ask(s, act, action="sign_protocol", documents=documents, extra={"as": "chair"})

    def make_request(
        self, s: S, act: Act, *, action: str, rendered: Rendered, extra: dict[str, Any]
    ) -> SignRequest:
        """Store the final bytes of the act and ask the person to sign the manifest that names them."""
        documents = outgoing.store_final(case_id=s.case.pk, act_id=act.pk, documents=rendered, at=s.at)
        return self._ask(s, act, action=action, documents=documents, extra=extra)

    def _ask(
        self,
        s: S,
        act: Act,
        *,
        action: str,
        documents: Sequence[OfficialDocument],
        extra: dict[str, Any],
    ) -> SignRequest:
        assert act.act_date is not None  # noqa: S101 -- mark_opened has set it
        dies_at = None if action in self.applicants else days.officer_due_at(act.act_date)
        expires_at = signing.lifetime(s.at, dies_at=dies_at)
        manifest = signing.manifest_bytes(
            action=action,
            case=s.case,
            act=act,
            documents=list(documents),
            extra=extra,
            at=s.at,
            expires_at=expires_at,
        )
        return signing.create_request(
            case=s.case,
            act=act,
            action=action,
            person=s.person,
            manifest=manifest,
            expected=self.expected_key(s, action),
            at=s.at,
            expires_at=expires_at,
        )

    def expected_key(self, s: S, action: str) -> signing.Expected:
        """Whose key the law wants (integrations.md 1.4): the party's side, or an official of the authority."""
        person, party = s.person, s.case.party
        if not person.iin:
            raise BadInput(_("Your account has no IIN; without it a signature cannot be checked."))
        if action not in self.applicants:
            own = self.signer_bin(s) if self.signer_bin is not None else accounts.provider().bin
            return signing.Expected(iin=person.iin, bin=own, roles_any=("ORGANIZATION",))
        if party.bin is None:
            return signing.Expected(iin=person.iin, roles_any=("INDIVIDUAL",))
        if accounts.is_head_of(person, party.pk, s.at):
            return signing.Expected(iin=person.iin, bin=party.bin, roles_any=("HEAD",))
        return signing.Expected(iin=person.iin, bin=party.bin, roles_any=("SIGN_RIGHT", "EMPLOYEE"))

    # --- the decision ----------------------------------------------------------------------------
    def open_signing(
        self,
        case_id: UUID,
        *,
        drafted: Callable[[S, Act, date], Decision],
        person: Person,
        at: datetime,
        version: int | None,
        action: str = "open_signing",
        signs: str = "sign",
    ) -> SignRequest:
        """Date fixed, final bytes rendered and stored, manifest made: what the head will sign.

        Done again after expiry: the earlier bytes are void and can never be signed. `drafted` says what the
        prepared decision reads with this head and date; it runs before any lock. `action` and `signs` name the
        steps where a kind of case calls them otherwise.
        """
        s = self.seen(case_id, person, at)
        self.check(action, s)
        prepared = s.decision
        if prepared is None:
            raise Conflict(_("No prepared decision waits for a signature."), code="NO_DECISION")
        act_date = current_calendar_act_day(at)
        made = drafted(s, prepared, act_date)
        rendered = render_papers(made.papers)
        with self.act_on(case_id, action=action, person=person, at=at, version=version) as s:
            act = acts.open_decision(s.case)
            if act is None or act.pk != prepared.pk:
                raise Conflict(_("Another decision was prepared meanwhile."), code="STALE_VERSION")
            acts.kill_requests(s.case, act=act)
            outgoing.void_act(act.pk)
            acts.mark_opened(act, opened_by=person, act_date=act_date, number=made.number)
            cases.touch(s.case)
            note(
                s,
                f"{self.facts}.opened_for_signature",
                act=str(act.pk),
                date=act_date.isoformat(),
                number=made.number,
            )
            return self.make_request(s, act, action=signs, rendered=rendered, extra=made.extra)

    def request_for_sign(
        self,
        case_id: UUID,
        *,
        reopen: Callable[[], SignRequest],
        person: Person,
        at: datetime,
    ) -> SignRequest:
        """The live request of a decision this head opened; by `reopen` its bytes are made anew when its time is over."""
        self.check("sign", self.seen(case_id, person, at))
        request = pending_request(case_id, "sign", person.pk)
        if request is None:
            raise Conflict(
                _("The decision is not open for your signature."),
                code="NOT_OPENED",
                advice=_("Open it for signature first, look at the documents, then sign."),
            )
        return request if at < request.expires_at else reopen()


def note(s: CaseSituation, kind: str, **payload: Any) -> None:
    """Write the act's one fact on the case's stream."""
    record(
        kind=kind,
        stream=s.case.stream,
        at=s.at,
        actor_id=s.person.pk,
        subject_id=s.case.pk,
        payload={"version": s.case.version, "terms": changes_of(s.case), **payload},
    )


def save_status(subject: Any, *fields: str) -> Case:
    """Store the state the transition set, and its copy on the case file (which counts the version up)."""
    subject.save(update_fields=["status", *fields])
    case: Case = subject.case
    return cases.touch(case, status_code=str(subject.status))


def accepted(
    case_id: UUID, *, action: str, sign_request: UUID, cms: str, person: Person, at: datetime
) -> signing.Accepted:
    """The CMS checked against the stored bytes, before any lock."""
    return signing.verify(
        request_id=sign_request, case_id=case_id, action=action, cms=cms, person=person, at=at
    )


def use_signature(s: CaseSituation, accepted_cms: signing.Accepted, ip: str | None) -> Act:
    """Use the request up, mark its act signed and its documents with it; returns the act."""
    request = signing.use_request(accepted_cms, case=s.case, person=s.person, at=s.at, ip=ip)
    act = acts.mark_signed(request.act, signed_by=s.person, at=s.at)
    if documents_of_act(act.pk).exists():
        outgoing.mark_signed(act.pk, at=s.at, published_at=_shown_from(s.at, act))
        outgoing.attach_evidence(act.pk, manifest=bytes(request.manifest), cms=accepted_cms.cms_der, at=s.at)
    return act


def use_first_signature(s: CaseSituation, accepted_cms: signing.Accepted, ip: str | None) -> Act:
    """The first of two signatures under a document: kept as evidence, the act stays open for the second."""
    request = signing.use_request(accepted_cms, case=s.case, person=s.person, at=s.at, ip=ip)
    outgoing.attach_evidence(
        request.act.pk, manifest=bytes(request.manifest), cms=accepted_cms.cms_der, at=s.at
    )
    return request.act


def _shown_from(at: datetime, act: Act) -> datetime:
    """What is signed after hours is shown from 09:00 of the day it bears (process.md, People)."""
    return days.effect_moment(at, current_calendar()) if act.act_date and act.act_date > at.date() else at


def _void_earlier(s: CaseSituation, action: str) -> None:
    earlier = SignRequest.objects.filter(
        case=s.case, action=action, person=s.person, state=SignRequest.State.PENDING
    ).select_related("act")
    for request in earlier:
        void_act(request.act)


def void_act(act: Act) -> None:
    """An act that was never signed is void, with its sign requests and its documents."""
    acts.void(act)
    outgoing.void_act(act.pk)
