"""What the portal tells people as a case moves, in Kazakh and Russian, each with its paragraph and what can be done."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from applications import events
from applications.fees import Fee
from applications.letters.matters import BY_MATTER
from applications.letters.wording import APPLICANT, LETTERS
from applications.models import Application
from applications.ways import matter
from casework.cases.models import Case
from casework.deadlines import events as term_events
from casework.deadlines.selectors import terms_of
from casework.deadlines.services import meet_by_delivery
from casework.decisions.letters import Letter, hearing_time, told_from
from casework.decisions.papers import silence_block
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Role
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty
from foundation.kernel.money import show
from foundation.rulebook import selectors as rulebook

KINDS = tuple(LETTERS)
# to tell these is itself bound to a term (APPC 67, 70)
_MEETS = {events.RECUSAL_DECIDED: "recusal_notice", events.DISCONTINUED: "discontinuance_notice"}
# "the contacts are official, and any information on issuing or refusing may be sent there" (Annexes 1, 2, 9, 10)
_TO_CONTACT = (
    events.HEARING_NOTIFIED,
    events.HEARING_POSTPONED,
    events.RETURNED,
    events.ISSUED,
    events.REFUSED,
    events.DISCONTINUED,
)
_BY_AUTHORITY = (
    events.RETURNED,
    events.HEARING_NOTIFIED,
    events.ISSUED,
    events.REFUSED,
    events.DISCONTINUED,
    events.LATE_NOTICE_AGREED,
    events.CANCELLED,
    events.COURT_ACT_RECORDED,
)


def write(fact: Fact) -> None:
    """Send the letter of a fact to whom it concerns; once, however often the fact is delivered."""
    if fact.kind == term_events.BREACHED and fact.payload["code"] != "service":
        return
    lapsed = fact.kind == events.ACCEPTED and fact.payload.get("automatic")
    kind = events.REVIEW_BY_LAPSE if lapsed else fact.kind
    case = (
        Case.objects.select_related("party", "executor", "application")
        .filter(pk=fact.subject_id or UUID(int=0), kind="application")
        .first()
    )
    if case is None:
        return
    letter = letter_of(case, kind)
    if letter.to == APPLICANT:
        people = list(accounts.representatives_of(case.party_id, fact.at))
    else:
        people = [case.executor] if case.executor else []
    values = _values(case)
    if kind == events.HEARING_POSTPONED:
        values |= hearing_time(fact)
    elif kind == term_events.BREACHED:
        values |= _how_to_complain(case, almaty(fact.at).date())
    at = told_from(fact, by_authority=fact.kind in _BY_AUTHORITY)
    message = send(
        case=case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}",
        people=people,
        words=Words(
            letter.subject_kk,
            letter.subject_ru,
            letter.text_kk.format(**values),
            letter.text_ru.format(**values),
        ),
        at=at,
        also_to=case.application.email if fact.kind in _TO_CONTACT else "",
    )
    if fact.kind in _MEETS and message.notices.exists():  # to tell nobody is not to tell
        meet_by_delivery(case_id=case.pk, code=_MEETS[fact.kind], at=at)


def _how_to_complain(case: Case, on: date) -> dict[str, str]:
    """APPC 91(2), Rules 19-22: the form of the complaint for this case, and each body with its term."""
    return {
        "complain": f"{settings.PUBLIC_URL}{reverse('desks:complaint_new', args=[case.pk])}",
        "ways_kk": silence_block(on, "kk"),
        "ways_ru": silence_block(on, "ru"),
    }


def letter_of(case: Case, kind: str) -> Letter:
    """The letter as the way of the application has it (Rules 10, 11, 14, 15; PL 29(6), 34)."""
    pack = rulebook.pack(case.registered_on or almaty(case.created_at).date())
    return BY_MATTER.get(matter(case.application, pack), {}).get(kind, LETTERS[kind])


def remind_of_fee(application: Application, fee: Fee, pay_by: date, *, step: int, at: datetime) -> None:
    """Annex 3/7: what is to be paid, by when, and what comes of an unpaid fee; each step once a case."""
    case = application.case
    values = {"amount": show(fee.amount), "day": f"{pay_by:%d.%m.%Y}"}
    send(
        case=case,
        kind="fee_reminder",
        dedupe_key=f"fee:{case.pk}:{step}",
        people=list(accounts.representatives_of(case.party_id, at)),
        words=Words(
            "лицензиялық алым төленбеген",
            "лицензионный сбор не уплачен",
            "{amount} алымды {day} дейін төлеңіз, деректемелер – жеке кабинетте. Төлем табылмаса, бұл тыңдаудан "
            "кейін бас тартуға негіз болады (3-қосымшаның 7 және 10-жолдары).".format(**values),
            "Уплатите сбор {amount} до {day}; реквизиты – в личном кабинете. Неуплата – основание отказа после "
            "заслушивания (строки 7 и 10 приложения 3).".format(**values),
        ),
        at=at,
    )


def put_up(fact: Fact) -> None:
    """APPC 70(1): executor and heads hear that the licence a case is about left force; the case is theirs to end. Once."""
    case = (
        Case.objects.select_related("executor", "application")
        .filter(pk=fact.subject_id or UUID(int=0), kind="application")
        .first()
    )
    if case is None:
        return
    values = _values(case)
    officers = accounts.people_with(Role.HEAD, almaty(fact.at).date())
    send(
        case=case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}:officers",
        people=[*([case.executor] if case.executor else []), *officers],
        words=Words(
            "істі тоқтату керек",
            "дело подлежит прекращению",
            "{licence} лицензиясының қолданысы тоқтады, № {number} іс нысанынан айырылды. Орындаушы тоқтатуды дайындайды, басшы "
            "қол қояды (ӘРПК 70-бабының 1-тармағы).".format(**values),
            "Лицензия {licence} прекратила действие, дело № {number} лишилось предмета. Исполнитель готовит прекращение, "
            "руководитель подписывает (пункт 1 статьи 70 АППК).".format(**values),
        ),
        at=fact.at,
    )


def _values(case: Case) -> dict[str, str]:
    due = {term.code: f"{term.due_on:%d.%m.%Y}" for term in terms_of(case.pk)}
    return {
        "completeness": due.get("completeness", "—"),
        "licence": case.application.target_licence or "—",
        "number": case.incoming_no or "—",
        "objections": due.get("hearing_objections", "—"),
        "received": f"{almaty(case.received_at):%d.%m.%Y %H:%M}" if case.received_at else "—",
        "registered": f"{case.registered_on:%d.%m.%Y}" if case.registered_on else "—",
        "service": due.get("service", "—"),
    }
