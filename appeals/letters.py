"""What the portal tells people as a complaint moves, in Kazakh and Russian, each with its paragraph and what can be done."""

from appeals import events
from appeals.models import Complaint
from appeals.selectors import matter_of
from appeals.statuses import CONSIDERATION, TO_BE_DONE, Matter
from casework.cases.models import Case
from casework.deadlines import events as term_events
from casework.deadlines.selectors import terms_of
from casework.decisions.letters import Letter, hearing_time, hearing_time_letter, told_from
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Person, Role
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty

_PARTY, _OFFICER = "party", "officer"
_LETTERS: dict[str, Letter] = {
    events.SUBMITTED: Letter(
        _PARTY,
        "шағым қабылданды",
        "жалоба принята",
        "Шағымыңыз {received} қабылданды (Қағидалардың 19-тармағы). Шағым тіркелген күннен бастап қаралады; шешім "
        "қабылданғанға дейін оны кері қайтара аласыз (ӘРПК 64-бабының 9-тармағы).",
        "Ваша жалоба принята {received} (пункт 19 Правил). Она рассматривается со дня регистрации; до решения её можно "
        "отозвать (пункт 9 статьи 64 АППК).",
    ),
    events.REGISTERED: Letter(
        _PARTY,
        "шағым тіркелді",
        "жалоба зарегистрирована",
        "Шағым {registered} № {number} болып тіркелді. Сіздің құқықтарыңыз: іспен танысу (ӘРПК 75-бабы), тыңдалу "
        "(98-бап), шағымды кері қайтару (64-баптың 9-тармағы). Қызмет көрсетуші {forwarding} дейін талаптарды толық "
        "қанағаттандырады немесе шағымды іспен бірге жолдайды (Қағидалардың 20-тармағы).",
        "Жалоба зарегистрирована {registered} под № {number}. Ваши права: ознакомиться с делом (статья 75 АППК), быть "
        "заслушанным (статья 98), отозвать жалобу (пункт 9 статьи 64). До {forwarding} услугодатель либо удовлетворит "
        "требования полностью, либо направит жалобу с делом (пункт 20 Правил).",
    ),
    events.ASSIGNED: Letter(
        _OFFICER,
        "Сізге шағым тапсырылды",
        "Вам поручена жалоба",
        "Шағым бойынша мерзім: {due} (Қағидалардың 20–22-тармақтары).",
        "Срок по жалобе: {due} (пункты 20–22 Правил).",
    ),
    events.FORWARDED: Letter(
        _PARTY,
        "шағым жолданды",
        "жалоба направлена",
        "Шағым әкімшілік іспен бірге қарайтын органға жолданды (Қағидалардың 20-тармағы). Жауап {due} дейін.",
        "Жалоба с административным делом направлена рассматривающему органу (пункт 20 Правил). Ответ – до {due}.",
    ),
    events.EXTENDED: Letter(
        _PARTY,
        "шағымды қарау мерзімі ұзартылды",
        "срок рассмотрения жалобы продлён",
        "Қосымша зерделеу қажет болғандықтан мерзім {extended} дейін ұзартылды: {reason} (Мемлекеттік көрсетілетін қызметтер "
        "туралы Заңның 25-бабының 4-тармағы).",
        "Срок продлён до {extended}, так как нужно дополнительное изучение: {reason} (пункт 4 статьи 25 Закона о "
        "государственных услугах).",
    ),
    events.HEARING_NOTIFIED: Letter(
        _PARTY,
        "шағым бойынша тыңдау",
        "заслушивание по жалобе",
        "Шағым толық қанағаттандырылмауы мүмкін. Қарсылығыңызды {objections} қоса алғанға дейін беріңіз немесе ауызша "
        "тыңдауды сұраңыз (ӘРПК 73, 98-баптар).",
        "Жалоба может быть удовлетворена не полностью. Подайте возражения по {objections} включительно или попросите об "
        "устном заслушивании (статьи 73, 98 АППК).",
    ),
    events.HEARING_POSTPONED: hearing_time_letter(_PARTY),
    events.SATISFIED: Letter(
        _PARTY,
        "шағым қанағаттандырылды",
        "жалоба удовлетворена",
        "Шағым толық қанағаттандырылды (Қағидалардың 20-тармағы, ӘРПК 97-бабының 2-тармағы). Жауап пен сол бойынша берілген құжаттар жеке кабинетте.",
        "Жалоба удовлетворена полностью (пункт 20 Правил, пункт 2 статьи 97 АППК). Ответ и выданные по нему документы – в личном кабинете.",
    ),
    events.DECIDED: Letter(
        _PARTY,
        "шағымға жауап",
        "ответ на жалобу",
        "Шағым қаралды; уәжді жауап пен одан әрі шағымдану тәртібі жеке кабинетте (ӘРПК 98–100-баптар).",
        "Жалоба рассмотрена; мотивированный ответ и дальнейший порядок обжалования – в личном кабинете (статьи 98–100 АППК).",
    ),
    events.OUTCOME_RECORDED: Letter(
        _PARTY,
        "шағым бойынша шешім",
        "решение по жалобе",
        "Шағымды қараған органның шешімі іске тіркелді; көшірмесі жеке кабинетте (ӘРПК 100-бабы).",
        "Решение рассмотревшего жалобу органа внесено в дело; копия – в личном кабинете (статья 100 АППК).",
    ),
    events.LEFT: Letter(
        _PARTY,
        "шағым қараусыз қалдырылды",
        "жалоба оставлена без рассмотрения",
        "Себебі мен негіздері хатта көрсетілген (ӘРПК 95-бабы); онымен келіспесеңіз, сотқа жүгіне аласыз.",
        "Причина и обстоятельства – в письме (статья 95 АППК); при несогласии Вы вправе обратиться в суд.",
    ),
    term_events.BREACHED: Letter(
        _PARTY,
        "шағымды қарау мерзімі өтті",
        "срок рассмотрения жалобы истёк",
        "Шағым бойынша мерзімінде жауап берілмеді. Бұл қанағаттандырудан бас тарту болып саналады (ӘРПК 100-бабының "
        "5-тармағы): сотқа немесе басқа органға жүгіне аласыз; кешіккен шешім бәрібір қабылдануы мүмкін.",
        "Ответ на жалобу в срок не дан. Это считается отказом в её удовлетворении (пункт 5 статьи 100 АППК): Вы вправе "
        "обратиться в суд или в другой орган; запоздалое решение всё ещё возможно.",
    ),
}
KINDS = tuple(_LETTERS)
_STAYED: dict[bool, tuple[str, str]] = {
    True: (
        " Шағым қаралғанша тоқтата тұру орындалмайды, тізілім осыны көрсетеді; оның соңғы күні өзгермейді (ӘРПК 96-бабы).",
        (
            " До решения по жалобе приостановление не исполняется, реестр это показывает; его последний день не меняется "
            "(статья 96 АППК)."
        ),
    ),
    False: (
        " Бұйрықта себебі көрсетілгендіктен, шағым оның орындалуын тоқтатпайды (ӘРПК 96-бабының 2-тармағы).",
        " Приказ называет причину, по которой жалоба его исполнения не приостанавливает (пункт 2 статьи 96 АППК).",
    ),
}
# what the cancellation of an act on a licence means for its holder
_UNDONE: dict[Matter, tuple[str, str]] = {
    Matter.ORDER: (
        (
            " Бұйрықтың күші жойылды: тізілім лицензияны (қосымшаларды) бұйрыққа дейінгі күйінде көрсетеді, егер оны кейінгі "
            "акт өзгертпесе."
        ),
        (
            " Приказ отменён: реестр показывает лицензию (приложения) такой, какой она была до него, если её не изменил более "
            "поздний акт."
        ),
    ),
    Matter.REQUEST: (
        " Бас тартудың күші жойылды: сол өтінішті бірден қайта бере аласыз.",
        " Отказ отменён: Вы вправе сразу обратиться с той же просьбой вновь.",
    ),
}
_BY_AUTHORITY = (events.FORWARDED, events.SATISFIED, events.DECIDED, events.LEFT, events.HEARING_NOTIFIED, events.EXTENDED)  # fmt: skip
_TO_BOTH = (events.HEARING_NOTIFIED, events.HEARING_POSTPONED)
_ENDS = (events.SATISFIED, events.DECIDED, events.OUTCOME_RECORDED)


def write(fact: Fact) -> None:
    """Send the letter of a fact to whom it concerns; once, however often the fact is delivered."""
    if fact.kind == term_events.BREACHED and fact.payload["code"] not in CONSIDERATION:
        return
    complaint = (
        Complaint.objects.select_related("case__party", "case__executor", "about", "act")
        .filter(pk=fact.subject_id)
        .first()
        if fact.subject_id
        else None
    )
    if complaint is None:
        return
    letter, values = _LETTERS[fact.kind], _values(complaint)
    if fact.kind == events.HEARING_POSTPONED:
        values |= hearing_time(fact)
    more_kk, more_ru = _more(complaint, fact)
    send(
        case=complaint.case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}",
        people=_people(complaint, fact, letter.to),
        words=Words(
            letter.subject_kk,
            letter.subject_ru,
            letter.text_kk.format(**values) + more_kk,
            letter.text_ru.format(**values) + more_ru,
        ),
        at=told_from(fact, by_authority=fact.kind in _BY_AUTHORITY),
    )


def _more(complaint: Complaint, fact: Fact) -> tuple[str, str]:
    """What becomes of the act complained of: whether it is stayed (APPC 96), and what its cancellation means."""
    if fact.kind == events.REGISTERED and complaint.stays is not None:
        return _STAYED[complaint.stays]
    if fact.kind in _ENDS and complaint.act is not None and hasattr(complaint.act, "cancellation"):
        return _UNDONE.get(matter_of(complaint), ("", ""))
    return ("", "")


def _people(complaint: Complaint, fact: Fact, to: str) -> list[Person]:
    case: Case = complaint.case
    if to == _OFFICER:
        return [case.executor] if case.executor else []
    people = list(accounts.representatives_of(case.party_id, fact.at))
    if fact.kind in _TO_BOTH and complaint.about.executor is not None:
        people.append(complaint.about.executor)  # both sides are heard (APPC 98(3))
    if fact.kind in _ENDS and complaint.status in TO_BE_DONE:  # the authority has something to do now
        people += [complaint.about.executor] if complaint.about.executor is not None else []
        people += accounts.people_with(Role.HEAD, almaty(fact.at).date()).filter(
            roles__role=Role.HEAD, roles__body__kind=Body.Kind.PROVIDER
        )
    return list(dict.fromkeys(people))


def _values(complaint: Complaint) -> dict[str, str]:
    case = complaint.case
    due = {term.code: f"{term.due_on:%d.%m.%Y}" for term in terms_of(case.pk)}
    return {
        "received": f"{almaty(case.received_at):%d.%m.%Y %H:%M}" if case.received_at else "—",
        "registered": f"{case.registered_on:%d.%m.%Y}" if case.registered_on else "—",
        "number": case.incoming_no or case.draft_no,
        "forwarding": due.get("complaint_forwarding", "—"),
        "due": next(
            (due[code] for code in CONSIDERATION if code in due), due.get("complaint_forwarding", "—")
        ),
        "objections": due.get("hearing_objections", "—"),
        "extended": f"{complaint.extended_until:%d.%m.%Y}" if complaint.extended_until else "—",
        "reason": complaint.extension_reason,
    }
