"""What documents of any case share: authority, signatory, fixed texts, and rendering in both languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.permissions import CaseSituation
from casework.decisions.selectors import acts_of
from casework.documents.contexts import Addressee, Authority, Context, Signatory
from casework.documents.services.outgoing import Composed, compose
from foundation.accounts.models import Party, Person, Rank
from foundation.kernel.clock import ALMATY, almaty
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput
from foundation.rulebook import selectors as rulebook

Language: TypeAlias = Literal["kk", "ru"]
LANGUAGES: tuple[Language, Language] = ("kk", "ru")
Rendered: TypeAlias = tuple[Composed, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in both languages; `context` makes it in one."""

    kind: str
    number: str
    document_date: date
    context: Callable[[Language], Context]
    subject: str = ""
    edition: int = 1


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
            edition=paper.edition,
        )
        for paper in papers
        for language in LANGUAGES
    )


def statement(s: CaseSituation, kind: str, content: dict[str, Any]) -> Draft:
    """A signed statement without a document of its own: its text stands in the manifest."""
    return Draft(
        kind=kind,
        act_date=s.today if s.represents else current_calendar_act_day(s.at),
        number="",
        content=content,
        papers=(),
        manifest={"statement": content},
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


def party_addressee(party: Party, address: str, language: Language) -> Addressee:
    """A party as documents name it."""
    return Addressee(
        name=party.name(language), address=address, number=party.number, is_entity=party.bin is not None
    )


def signatory(person: Person, language: Language) -> Signatory:
    """Post and full name under a document of the authority."""
    return Signatory(post=person.post_kk if language == "kk" else person.post_ru, name=person.full_name)


# a placeholder of the block → the row of the rulebook that has the length
_APPEAL_LENGTHS = {
    "months": "complaint_filing",
    "forward_days": "complaint_forwarding",
    "provider_days": "complaint_provider",
    "superior_days": "complaint_superior",
    "quality_days": "complaint_quality",
}


def appeal_block(on: date, language: Language, signer: Person | None = None) -> str:
    """Each body that may consider, its term, and the way, by the rank of who signs (APPC 80(5), 91(3); Rules 19-23)."""
    return _ways_of_appeal(signer.rank if signer is not None else Rank.HEAD, on, language)


def silence_block(on: date, language: Language) -> str:
    """Where nothing was decided in time: who considers a complaint, in what term, and how it is filed (APPC 91(2); Rules 19-22)."""
    return _ways_of_appeal("silence", on, language)


def _ways_of_appeal(of: str, on: date, language: Language) -> str:
    pack = rulebook.pack(on)
    names = {code: pack.authority(code, on).text(language) for code in ("provider", "superior", "quality")}
    lengths = {name: pack.term(code).n for name, code in _APPEAL_LENGTHS.items()}
    text = pack.text(f"appeal.{of}", on).text(language)
    return text.format(
        authority=names["provider"], superior=names["superior"], quality=names["quality"], **lengths
    )


def letter_number(case: Case, mark: str) -> str:
    """The case's incoming number with the mark of the kind and the count of such letters."""
    count = acts_of(case.pk).filter(number__startswith=f"{case.incoming_no}/{mark}").count()
    return f"{case.incoming_no}/{mark}{count + 1}"


def text_of(params: dict[str, Any], name: str) -> str:
    """A sentence that may not be left out; raises BadInput."""
    text = lines(str(params.get(name, "")))
    if not text:
        raise BadInput(
            _("Something is missing for this step."), fields={name: [_("Write it in a sentence or two.")]}
        )
    return text


def moment_of(params: dict[str, Any], name: str) -> datetime:
    """A moment; one without an offset, as a form's field sends it, is on the wall clock of Almaty."""
    try:
        said = datetime.fromisoformat(str(params.get(name, "")))
        return almaty(said if said.tzinfo else said.replace(tzinfo=ALMATY))
    except ValueError as error:
        raise BadInput(
            _("This is no moment: it looks like 2026-11-23T10:00+05:00."),
            fields={name: [str(params.get(name, ""))]},
        ) from error
