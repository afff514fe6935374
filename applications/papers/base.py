"""What documents of an application share: authority, addressee, signatory, and rendering in both languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from applications import addresses
from applications.models import Application
from casework.documents.contexts import Addressee, Authority, Context, Signatory
from casework.documents.services.outgoing import Composed, compose
from foundation.accounts.models import Person
from foundation.rulebook import selectors as rulebook

Language: TypeAlias = Literal["kk", "ru"]
LANGUAGES: tuple[Language, Language] = ("kk", "ru")
Rendered: TypeAlias = tuple[Composed, ...]

# signed by the applicant's side; everything else is signed by an official of the authority
APPLICANTS = frozenset({"submit", "withdraw", "answer_hearing"})


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in both languages; `context` makes it in one."""

    kind: str
    number: str
    document_date: date
    context: Callable[[Language], Context]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that is about to be signed: its kind, date, number, what it rests on, its documents."""

    kind: str
    act_date: date
    number: str
    content: dict[str, Any]
    papers: tuple[Paper, ...]
    manifest: dict[str, Any] = field(default_factory=dict)


def render(draft: Draft) -> Rendered:
    """Every document of the draft in Kazakh and Russian, as final bytes."""
    return render_papers(draft.papers)


def render_papers(papers: Sequence[Paper]) -> Rendered:
    """Kazakh and Russian bytes of each paper; each language bears its own QR code."""
    return tuple(
        compose(
            paper.kind,
            language,
            paper.context(language),
            number=paper.number,
            document_date=paper.document_date,
            subject=paper.subject,
        )
        for paper in papers
        for language in LANGUAGES
    )


def words(code: str, on: date, language: Language) -> str:
    """A fixed text of the rulebook on a day."""
    return rulebook.pack(on).text(code, on).text(language)


def authority(on: date) -> Authority:
    """The authority under its name of the day."""
    row = rulebook.pack(on).authority("provider", on)
    return Authority(name_kk=row.text_kk, name_ru=row.text_ru)


def authority_name(on: date, language: Language) -> str:
    """The authority's full name in one language."""
    names = authority(on)
    return names.name_kk if language == "kk" else names.name_ru


def addressee(application: Application, language: Language) -> Addressee:
    """The applicant as documents name it."""
    party = application.case.party
    return Addressee(
        name=party.name(language),
        address=addresses.one_line(application.address, language),
        number=party.number,
        is_entity=party.bin is not None,
    )


def signatory(person: Person, language: Language) -> Signatory:
    """Post and full name under a document of the authority."""
    return Signatory(post=person.post_kk if language == "kk" else person.post_ru, name=person.full_name)
