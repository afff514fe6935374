"""What documents of a proceeding share: the addressee, the target in words, the opening sentence."""

from typing import Any

from casework.decisions.papers import Language, party_addressee, words
from casework.documents.contexts import Addressee, Reason
from foundation.kernel.clock import almaty
from licenses.models import Proceeding
from licenses.proceedings.papers.wording import w
from licenses.statuses import EditionState

# signed by the licensee's side; everything else is signed by an official of the authority
APPLICANTS = frozenset({"submit", "withdraw", "answer_hearing"})
# grounds named by the law, whose words are dated reference data
_GROUND_TEXTS = {"suspend": "suspension", "terminate_by_event": "termination"}


def addressee(proceeding: Proceeding, language: Language) -> Addressee:
    """The licensee at the address the current edition of the licence bears."""
    text = proceeding.licence.editions.get(state=EditionState.CURRENT)
    place = text.location_kk if language == "kk" else text.location_ru
    return party_addressee(proceeding.case.party, place, language)


def annex_numbers(proceeding: Proceeding) -> list[str]:
    """The numbers of the annexes it is about; none means the licence."""
    return list(proceeding.annexes.order_by("number").values_list("number", flat=True))


def target(proceeding: Proceeding, language: Language) -> str:
    """The licence, or some of its annexes, as a sentence names it."""
    annexes, number = annex_numbers(proceeding), proceeding.licence.number
    if annexes:
        return w("target.annexes", language, number=number, annexes=", ".join(annexes))
    return w("target.licence", language, number=number)


def kind_name(proceeding: Proceeding, language: Language) -> str:
    """What the proceeding is called in documents."""
    return w(f"kind.{proceeding.kind}", language)


def opening(proceeding: Proceeding, language: Language) -> str:
    """Your request of …, or the authority's own motion."""
    case = proceeding.case
    day = almaty(case.received_at).date() if case.received_at else case.created_at.date()
    return w(
        "asked" if proceeding.by_licensee else "own_motion",
        language,
        date=f"{day:%d.%m.%Y}",
        incoming_no=case.incoming_no or "",
        kind=kind_name(proceeding, language),
    )


def reasons(proceeding: Proceeding, grounds: list[dict[str, Any]], language: Language) -> tuple[Reason, ...]:
    """Each ground with its facts, where it stands in law, and the assessment of the answer."""
    return tuple(_reason(proceeding, said, language) for said in grounds)


def _reason(proceeding: Proceeding, said: dict[str, Any], language: Language) -> Reason:
    kind, code = proceeding.kind, said["code"]
    on = proceeding.case.registered_on or almaty(proceeding.case.created_at).date()
    if kind in _GROUND_TEXTS:
        title = words(f"{_GROUND_TEXTS[kind]}.{code}", on, language)
        citation = w(f"{kind}.citation", language, code=code)
    else:
        title, citation = w(f"refusal.{kind}", language), w(f"citation.{kind}", language)
    return Reason(
        title=title,
        facts=said.get(f"facts_{language}", ""),
        citation=citation,
        assessment=said.get(f"assessment_{language}", ""),
    )
