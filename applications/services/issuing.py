"""What a signed issue does to the register: a new licence, further annexes, a re-issue with its succession (PL 24-34)."""

from applications import ways
from applications.models import Application, Payment
from applications.papers.register import register_words
from applications.permissions import Situation
from applications.rules import Reorganisation
from casework.decisions.models import Act
from foundation.accounts.models import Party
from licenses import services as licenses
from licenses.models import Licence
from licenses.papers import RegisterWords
from licenses.rules import PoolText
from licenses.selectors import living_licences
from licenses.services import SignedBy
from licenses.statuses import Basis


def enter_register(s: Situation, act: Act, *, number: str) -> Licence:
    """Rules 9, 15; DA 9(1): the register takes what the head signed, in the same transaction; the fee is used.

    `number`: reserved for a new licence; a further annex and a re-issue bear that of their licence.
    """
    assert act.act_date is not None  # noqa: S101 -- a signed act is dated
    Payment.objects.filter(application=s.application, state=Payment.State.RESERVED).update(
        state=Payment.State.USED
    )
    said = register_words(s.application, head=s.person, issued_on=act.act_date, number=number)
    if s.application.scope == Application.Scope.LICENCE:
        return _granted(s, act, number, said)
    assert said.target is not None  # noqa: S101 -- register_words has found it
    signed = SignedBy(
        case_id=s.case.pk,
        act_id=act.pk,
        issued_on=act.act_date,
        signer=said.signer,
        actor_id=s.person.pk,
        at=s.at,
    )
    licence = licenses.change_licence(licence_id=said.target.licence.pk, change=said.change, signed=signed)
    if said.party is not None:
        _end_merged(s, licence, said.target.licence.party, signed)
    return licence


def _granted(s: Situation, act: Act, number: str, said: RegisterWords) -> Licence:
    assert act.act_date is not None  # noqa: S101 -- a signed act is dated
    return licenses.grant_licence(
        case_id=s.case.pk,
        act_id=act.pk,
        party=s.case.party,
        body=s.case.body,
        sub_kind=s.case.sub_kind,
        number=number,
        issued_on=act.act_date,
        holder=said.holder,
        text=said.text,
        centres=said.centres,
        signer=said.signer,
        actor_id=s.person.pk,
        at=s.at,
        pool=_pool(s.application),
    )


def _pool(application: Application) -> PoolText:
    """The pool that the evidence names: the first of the licence's history (Annex 11/1(3), 2(2); Rules 16)."""
    stated = application.evidence.filter(particulars__has_key="pool_bin").order_by("-added_at", "-pk").first()
    said = stated.particulars if stated is not None else {}
    return PoolText(said.get("pool_name", ""), said.get("pool_bin", ""))


def _end_merged(s: Situation, licence: Licence, predecessor: Party, signed: SignedBy) -> None:
    """PL 34(1): on a merger one chosen licence is re-issued, the merged parties' others of the sub-kind end that day."""
    if ways.reorganisation(s.application) != Reorganisation.MERGER:
        return
    ground = s.application.grounds.get(kind="reorganisation")
    merged = Party.objects.filter(number__in=[predecessor.number, *ground.details.get("merged", [])])
    for party in merged.order_by("pk"):
        for other in living_licences(party.pk, signed.issued_on, licence.sub_kind):
            if other.pk != licence.pk:
                licenses.terminate_licence(
                    licence_id=other.pk,
                    since=signed.issued_on,
                    basis=Basis.TERMINATE_BY_EVENT,
                    act_id=signed.act_id,
                    actor_id=signed.actor_id,
                    at=signed.at,
                )
