"""Moments, people and the authority for the tests of terms."""

from datetime import date, datetime

from casework.deadlines import selectors
from casework.deadlines.explaining import Explanation, explanations
from casework.deadlines.models import Term
from casework.deadlines.rules import ALMATY
from foundation.accounts.models import Body, Person, RoleHolding

FILED = datetime(2026, 3, 6, 12, 0, tzinfo=ALMATY)


def almaty(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def make_person(login: str, *roles: str) -> Person:
    person = Person.objects.create_user(login, surname=login.capitalize(), given_name="A.")
    for role in roles:
        RoleHolding.objects.create(person=person, body=the_body(), role=role, valid_from=date(2020, 1, 1))
    return person


def the_body() -> Body:
    body, _made = Body.objects.get_or_create(
        code="authority",
        defaults={"kind": Body.Kind.PROVIDER, "name_kk": "Орган", "name_ru": "Орган", "bin": "1"},
    )
    return body


def explained(term: Term) -> Explanation:
    """The term as every screen explains it."""
    return explanations(selectors.terms_of(term.case_id))[term.pk]
