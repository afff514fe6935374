"""Reads of people, parties and roles."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from foundation.accounts.models import Body, Party, Person, Representation, Role, RoleHolding
from foundation.kernel.clock import almaty


def roles_of(person: Person, on: dt.date) -> frozenset[str]:
    """The roles a person holds on a day; a head of another body than the provider is no head of its cases."""
    holdings = RoleHolding.objects.filter(person=person, valid_from__lte=on).filter(
        Q(valid_to=None) | Q(valid_to__gte=on)
    )
    counted = holdings.exclude(Q(role=Role.HEAD) & ~Q(body__kind=Body.Kind.PROVIDER))
    return frozenset(counted.values_list("role", flat=True))


def holds(person: Person, role: str, on: dt.date) -> bool:
    """Whether the person holds the role on that day."""
    return role in roles_of(person, on)


def people_with(role: str, on: dt.date) -> QuerySet[Person]:
    """Who holds a role on a day, by name; heads of the provider only."""
    of_body = {"roles__body__kind": Body.Kind.PROVIDER} if role == Role.HEAD else {}
    return (
        Person.objects.filter(
            Q(roles__valid_to=None) | Q(roles__valid_to__gte=on),
            roles__role=role,
            roles__valid_from__lte=on,
            is_active=True,
            **of_body,
        )
        .distinct()
        .order_by("surname", "given_name")
    )


def representations_of(person: Person, at: dt.datetime) -> QuerySet[Representation]:
    """The open rights of a person to act for parties."""
    return (
        Representation.objects.filter(person=person, revoked_at=None, since__lte=at)
        .filter(Q(until=None) | Q(until__gte=almaty(at).date()))
        .select_related("party")
    )


def parties_of(person: Person, at: dt.datetime) -> QuerySet[Party]:
    """The parties a person may act for."""
    return Party.objects.filter(pk__in=representations_of(person, at).values("party_id")).order_by("name_ru")


def may_act_for(person: Person, party_id: UUID, at: dt.datetime) -> bool:
    """Whether the person may draft for the party."""
    return representations_of(person, at).filter(party_id=party_id).exists()


def may_sign_for(person: Person, party_id: UUID, at: dt.datetime) -> bool:
    """Whether the person may sign and file for the party."""
    return representations_of(person, at).filter(party_id=party_id, scope=Representation.Scope.SIGN).exists()


def scopes_for(person: Person, party_id: UUID, at: dt.datetime) -> frozenset[str]:
    """What the person may do for the party: `draft`, `sign`; empty for a stranger."""
    return frozenset(representations_of(person, at).filter(party_id=party_id).values_list("scope", flat=True))


def representatives_of(party_id: UUID, at: dt.datetime) -> QuerySet[Person]:
    """Everybody who may act for a party."""
    return Person.objects.filter(
        Q(representations__until=None) | Q(representations__until__gte=almaty(at).date()),
        representations__party_id=party_id,
        representations__revoked_at=None,
        representations__since__lte=at,
    ).distinct()


def provider() -> Body:
    """The authority itself (Rules 2(3))."""
    return Body.objects.get(kind=Body.Kind.PROVIDER)


def is_head_of(person: Person, party_id: UUID, at: dt.datetime) -> bool:
    """Whether the person signs as the party's head (or the entrepreneur), not by a power."""
    return representations_of(person, at).filter(party_id=party_id, basis=Representation.Basis.HEAD).exists()


def headed_parties(person: Person, at: dt.datetime) -> QuerySet[Party]:
    """The parties whose powers this person may give and take back."""
    heads = representations_of(person, at).filter(basis=Representation.Basis.HEAD)
    return Party.objects.filter(pk__in=heads.values("party_id")).order_by("name_ru")


def powers_in(party_id: UUID, at: dt.datetime) -> QuerySet[Representation]:
    """The open powers of a party, by holder."""
    return (
        Representation.objects.filter(party_id=party_id, basis=Representation.Basis.POWER, revoked_at=None)
        .filter(Q(until=None) | Q(until__gte=almaty(at).date()))
        .select_related("person", "granted_by")
        .order_by("person__surname", "person__given_name")
    )


def holdings_of(person: Person, on: dt.date) -> QuerySet[RoleHolding]:
    """The roles of a day with their bodies."""
    return (
        RoleHolding.objects.filter(person=person, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on))
        .select_related("body")
        .order_by("role")
    )
