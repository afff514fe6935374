"""What the portal tells people as a suit moves, in Kazakh and Russian, each with its paragraph and what can be done."""

from appeals.models import Suit
from appeals.suits import events
from appeals.suits.papers import effect_of
from appeals.suits.papers.wording import w
from appeals.suits.statuses import CourtOutcome
from casework.decisions.letters import Letter, told_from
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Person, Role, RoleHolding
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty

_PARTY, _SUPERIOR, _BOTH, _EXECUTOR = "party", "superior", "both", "executor"
_LETTERS: dict[str, Letter] = {
    events.RECORDED: Letter(
        _SUPERIOR,
        "талап қою бойынша уәжді ұстаным қажет",
        "нужна мотивированная позиция по иску",
        "{court} қарайтын № {suit} талап қою алдын ала шағымсыз берілді: сотқа пікірмен бірге Сіздің уәжді ұстанымыңыз "
        "ұсынылады (Қағидалардың 23-тармағы). Іс пен талап қою порталда.",
        "Иск № {suit} ({court}) подан без предварительной жалобы: вместе с отзывом в суд представляется Ваша мотивированная "
        "позиция (пункт 23 Правил). Дело и иск – в портале.",
    ),
    events.ASSIGNED: Letter(
        _EXECUTOR,
        "Сізге талап қою тапсырылды",
        "Вам поручен иск",
        "№ {number} талап қоюға пікір дайындаңыз (Қағидалардың 23-тармағы).",
        "Подготовьте отзыв на иск № {number} (пункт 23 Правил).",
    ),
    events.POSITION_GIVEN: Letter(
        _EXECUTOR,
        "жоғары тұрған органның ұстанымы дайын",
        "позиция вышестоящего органа подписана",
        "№ {number} талап қою бойынша уәжді ұстанымға қол қойылды: пікірді дайындауға болады (Қағидалардың 23-тармағы).",
        "По иску № {number} подписана мотивированная позиция: можно готовить отзыв (пункт 23 Правил).",
    ),
    events.ANSWERED: Letter(
        _PARTY,
        "талап қоюға пікір берілді",
        "дан отзыв на иск",
        "Сотқа берілген № {suit} талап қоюға органның пікірі қол қойылды (Қағидалардың 23-тармағы); ол жеке кабинетте, "
        "талап қоюдың бетінде.",
        "Подписан отзыв органа на иск № {suit} (пункт 23 Правил); он – в личном кабинете, на странице иска.",
    ),
    events.DECIDED: Letter(
        _BOTH,
        "сот актісі есепке алынды",
        "судебный акт учтён",
        "№ {suit} талап қою бойынша сот актісі есепке алынды (ӘРПК 84, 100-баптары). {effect_kk}",
        "Учтён судебный акт по иску № {suit} (статьи 84, 100 АППК). {effect_ru}",
    ),
}
KINDS = tuple(_LETTERS)
_BY_AUTHORITY = (events.ANSWERED, events.DECIDED)


def write(fact: Fact) -> None:
    """Send the letter of a fact to whom it concerns; once, however often the fact is delivered."""
    suit = (
        Suit.objects.select_related("case__party", "case__executor", "about__executor", "act")
        .filter(pk=fact.subject_id)
        .first()
        if fact.subject_id
        else None
    )
    if suit is None:
        return
    letter, values = _LETTERS[fact.kind], _values(suit)
    people = _people(suit, fact, letter.to)
    if not people:
        return
    send(
        case=suit.case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}",
        people=people,
        words=Words(
            letter.subject_kk,
            letter.subject_ru,
            letter.text_kk.format(**values),
            letter.text_ru.format(**values),
        ),
        at=told_from(fact, by_authority=fact.kind in _BY_AUTHORITY),
    )


def _people(suit: Suit, fact: Fact, to: str) -> list[Person]:
    case = suit.case
    if to == _EXECUTOR:
        return [case.executor] if case.executor else []
    if to == _SUPERIOR:
        return [] if suit.complained_first else _heads_superior(fact)
    people = list(accounts.representatives_of(case.party_id, fact.at))
    if to == _BOTH:  # who works on the case that the court act touches, and what it ordered, the heads too
        people += [suit.about.executor] if suit.about.executor is not None else []
        if suit.outcome == CourtOutcome.ACTION_ORDERED:
            people += accounts.people_with(Role.HEAD, almaty(fact.at).date())
    return list(dict.fromkeys(people))


def _heads_superior(fact: Fact) -> list[Person]:
    day = almaty(fact.at).date()
    held = RoleHolding.objects.filter(role=Role.HEAD, body__kind=Body.Kind.SUPERIOR, valid_from__lte=day)
    return [
        row.person
        for row in held.exclude(valid_to__lt=day).select_related("person")
        if row.person.is_active and Role.REVIEWER in accounts.roles_of(row.person, day)
    ]


def _values(suit: Suit) -> dict[str, str]:
    effect = effect_of(suit, suit.outcome) if suit.outcome else ""
    return {
        "suit": suit.number,
        "court": suit.court,
        "number": suit.case.incoming_no or suit.case.draft_no,
        "effect_kk": w(effect, "kk") if effect else "",
        "effect_ru": w(effect, "ru") if effect else "",
    }
