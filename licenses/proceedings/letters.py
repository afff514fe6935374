"""What the portal tells people as a proceeding moves, in Kazakh and Russian, each with its paragraph and what can be done."""

from datetime import date
from uuid import UUID

from casework.cases.models import Case
from casework.deadlines import events as term_events
from casework.deadlines.selectors import terms_of
from casework.decisions.letters import Letter, hearing_time, hearing_time_letter, told_from
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Role
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty
from licenses.models import Licence, Proceeding
from licenses.proceedings import events
from licenses.proceedings.papers.base import kind_name, target
from licenses.proceedings.services.ending import CURE_APPLIED, ORDER_CANCELLED
from licenses.proceedings.statuses import RECEIVED, TERMS, Kind, Status

_LICENSEE, _EXECUTOR = "licensee", "executor"
_LETTERS: dict[str, Letter] = {
    events.OPENED: Letter(
        _LICENSEE,
        "лицензия бойынша іс қозғалды",
        "открыто дело по лицензии",
        "{target_kk} қатысты әкімшілік іс қозғалды: {kind_kk} ({registered} № {number}). Іс материалдарымен жеке кабинетте "
        "таныса аласыз (ӘРПК 75-бабы; {law_kk}).",
        "В отношении {target_ru} открыто административное дело: {kind_ru} ({registered}, № {number}). С материалами можно "
        "ознакомиться в личном кабинете (статья 75 АППК; {law_ru}).",
    ),
    events.SUBMITTED: Letter(
        _LICENSEE,
        "өтініш қабылданды",
        "заявление принято",
        "Өтінішіңіз {received} қабылданды: {kind_kk}. Қолхат жеке кабинетте (Қағидалардың 5-тармағы).",
        "Ваше заявление принято {received}: {kind_ru}. Расписка – в личном кабинете (пункт 5 Правил).",
    ),
    events.REGISTERED: Letter(
        _LICENSEE,
        "өтініш тіркелді",
        "заявление зарегистрировано",
        "Өтініш {registered} № {number} болып тіркелді. Шешім {due} 18:30-ға дейін.",
        "Заявление зарегистрировано {registered} под № {number}. Решение – до 18:30 {due}.",
    ),
    events.ASSIGNED: Letter(
        _EXECUTOR,
        "Сізге іс тапсырылды",
        "Вам назначено дело",
        "{kind_kk}: {target_kk}. Мерзімі – {due}.",
        "{kind_ru}: {target_ru}. Срок – {due}.",
    ),
    events.HEARING_NOTIFIED: Letter(
        _LICENSEE,
        "алдын ала шешім және тыңдау",
        "предварительное решение и заслушивание",
        "Алдын ала шешім қабылданды: {kind_kk}. Қарсылығыңызды {objections} қоса алғанға дейін беріңіз немесе ауызша тыңдауды "
        "сұраңыз (ӘРПК 73-бабы).",
        "Принято предварительное решение: {kind_ru}. Подайте возражения по {objections} включительно или попросите об устном "
        "заслушивании (статья 73 АППК).",
    ),
    events.LATE_NOTICE_AGREED: Letter(
        _LICENSEE,
        "тыңдау туралы хабарлама мерзімі өтті",
        "срок уведомления о заслушивании пропущен",
        "Тыңдау туралы хабарлама мерзімінде жіберілмеді; басшы себебін көрсетіп келісті, мерзімнің бұзылғаны тіркелді "
        "(ӘРПК 84-бабы).",
        "Уведомление о заслушивании не направлено в срок; руководитель с указанием причины согласился, нарушение "
        "зафиксировано (статья 84 АППК).",
    ),
    events.HEARING_POSTPONED: hearing_time_letter(_LICENSEE),
    events.RECUSAL_DECIDED: Letter(
        _LICENSEE,
        "қарсылық білдіру бойынша шешім",
        "решение об отводе",
        "Лауазымды адамға қарсылық білдіру қаралды; нәтижесі жеке кабинетте (ӘРПК 67-бабы).",
        "Отвод должностному лицу рассмотрен; результат – в личном кабинете (статья 67 АППК).",
    ),
    events.HEARING_ANSWERED: Letter(
        _EXECUTOR,
        "лицензиат жауап берді",
        "лицензиат ответил",
        "Тыңдау бойынша жауап іске тіркелді (ӘРПК 73-бабы).",
        "Ответ по заслушиванию приложен к делу (статья 73 АППК).",
    ),
    events.ORAL_REQUESTED: Letter(
        _EXECUTOR,
        "ауызша тыңдау сұралды",
        "лицензиат просит устного заслушивания",
        "Жұмыс уақытында тыңдау уақытын белгілеңіз (ӘРПК 73-бабының 3-тармағы).",
        "Назначьте время в рабочие часы (пункт 3 статьи 73 АППК).",
    ),
    events.SENT_BACK: Letter(
        _EXECUTOR,
        "шешім қайтарылды",
        "решение возвращено",
        "Басшы шешімді себебімен қайтарды; жұмыс жазбасын қараңыз.",
        "Руководитель вернул решение с причиной; см. рабочую заметку.",
    ),
    events.DONE: Letter(
        _LICENSEE,
        "шешім қабылданды",
        "принято решение",
        "{kind_kk}: {target_kk}. Құжат жеке кабинетте, тізілімдегі жағдай жаңартылды ({law_kk}).",
        "{kind_ru}: {target_ru}. Документ – в личном кабинете, состояние в реестре обновлено ({law_ru}).",
    ),
    events.REFUSED: Letter(
        _LICENSEE,
        "өтініштен уәжді бас тарту",
        "мотивированный отказ по заявлению",
        "Бас тартудың негіздері мен шағымдану тәртібі құжатта көрсетілген: {kind_kk} (ӘРПК 80, 91-баптары).",
        "Основания отказа и порядок обжалования – в документе: {kind_ru} (статьи 80, 91 АППК).",
    ),
    events.WITHDRAWN: Letter(
        _EXECUTOR,
        "өтініш кері қайтарылды",
        "заявление отозвано",
        "Лицензиат өтінішін қайтарып алды (ӘРПК 64-бабының 9-тармағы).",
        "Лицензиат отозвал заявление (пункт 9 статьи 64 АППК).",
    ),
    events.DROPPED: Letter(
        _LICENSEE,
        "іс тоқтатылды",
        "дело прекращено",
        "Уәкілетті орган {kind_kk} туралы істі тоқтатты. Себебі: {why}",
        "Уполномоченный орган прекратил дело: {kind_ru}. Причина: {why}",
    ),
    events.VOID: Letter(
        _LICENSEE,
        "іс күшін жойды",
        "дело утратило силу",
        "{kind_kk} туралы № {number} іс жалғаспайды: {void_kk}.",
        "Дело № {number} ({kind_ru}) не продолжается: {void_ru}.",
    ),
    term_events.BREACHED: Letter(
        _LICENSEE,
        "шешім қабылдау мерзімі өтті",
        "срок решения истёк",
        "{kind_kk}: шешім мерзімі ({due}) өтті. Бұған шағымдануға болады (ӘРПК 91-бабының 2-тармағы); кешіккен шешім бәрібір "
        "қабылдануы мүмкін.",
        "{kind_ru}: срок решения ({due}) истёк. Это можно обжаловать (пункт 2 статьи 91 АППК); запоздалое решение всё ещё "
        "возможно.",
    ),
}
KINDS = tuple(_LETTERS)
# PL 31, 44: a correction leaves no order but new editions
_CORRECTED = Letter(
    _LICENSEE,
    "қате түзетілді",
    "ошибка исправлена",
    "{target_kk} қатесі түзетілді: ақысыз берілген жаңа басылым жеке кабинетте, бұрынғысы жаңасымен ауыстырылды деп "
    "тексеріледі («Рұқсаттар және хабарламалар туралы» Заңның 31, 44-баптары).",
    "Ошибка исправлена ({target_ru}): новая редакция выдана без сбора и лежит в личном кабинете, прежняя при проверке "
    "отвечает «заменена» (статьи 31, 44 Закона о разрешениях и уведомлениях).",
)
_BY_AUTHORITY = (
    events.OPENED,
    events.HEARING_NOTIFIED,
    events.LATE_NOTICE_AGREED,
    events.DONE,
    events.REFUSED,
    events.DROPPED,
)
_LAWS: dict[Kind, tuple[str, str]] = {
    Kind.SUSPEND: ("Қағидалардың 18-1-тармағы", "пункт 18-1 Правил"),
    Kind.SUSPEND_ON_REQUEST: ("Қағидалардың 18-1-тармағы", "пункт 18-1 Правил"),
    Kind.RESUME_AFTER_CURE: ("Қағидалардың 18-1-тармағы", "пункт 18-1 Правил"),
    Kind.RESUME_ON_REQUEST: ("Қағидалардың 18-1-тармағы", "пункт 18-1 Правил"),
    Kind.GO_TO_COURT: (
        "«Рұқсаттар және хабарламалар туралы» Заңның 45-бабы",
        "статья 45 Закона о разрешениях и уведомлениях",
    ),
    Kind.COURT_ACT: ("Қағидалардың 18-1-тармағы", "пункт 18-1 Правил"),
    Kind.TERMINATE_ON_REQUEST: (
        "«Рұқсаттар және хабарламалар туралы» Заңның 35-бабы",
        "статья 35 Закона о разрешениях и уведомлениях",
    ),
    Kind.TERMINATE_BY_EVENT: (
        "«Рұқсаттар және хабарламалар туралы» Заңның 35-бабы",
        "статья 35 Закона о разрешениях и уведомлениях",
    ),
    Kind.POOL_NOTICE: ("Қағидалардың 16-тармағы", "пункт 16 Правил"),
    Kind.CORRECT: (
        "«Рұқсаттар және хабарламалар туралы» Заңның 44-бабы",
        "статья 44 Закона о разрешениях и уведомлениях",
    ),
}
_VOID = {
    ORDER_CANCELLED: (
        "тоқтата тұру туралы бұйрықтың күші жойылды",
        "приказ о приостановлении отменён",
    ),
    CURE_APPLIED: (
        "лицензиат бұзушылықтардың жойылғанын дәлелдеп өтініш берді",
        "лицензиат обратился с подтверждением устранения нарушений",
    ),
}
_LEFT_FORCE = ("лицензияның қолданысы тоқтады", "лицензия прекратила действие")


def write(fact: Fact) -> None:
    """Send the letter of a fact to whom it concerns; once, however often the fact is delivered."""
    letter = _LETTERS[fact.kind]
    proceeding = (
        Proceeding.objects.select_related("licence", "case__party", "case__executor")
        .filter(pk=fact.subject_id or UUID(int=0))
        .first()
    )
    if proceeding is None or _passed_over(fact, proceeding):
        return
    case = proceeding.case
    if fact.kind == events.DONE and proceeding.kind == Kind.CORRECT:
        letter = _CORRECTED
    if letter.to == _LICENSEE:
        people = list(accounts.representatives_of(case.party_id, fact.at))
    else:
        people = [case.executor] if case.executor else []
    values = _values(proceeding)
    if fact.kind == events.HEARING_POSTPONED:
        values |= hearing_time(fact)
    send(
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
        at=told_from(fact, by_authority=fact.kind in _BY_AUTHORITY),
    )


def remind_of_resumption(fact: Fact) -> None:
    """A suspension on request is over: its end resumes nothing, the licensee asks for the resumption (PL 45(7))."""
    licence = Licence.objects.get(pk=fact.subject_id or UUID(int=0))
    asked = (
        Proceeding.objects.select_related("case__party")
        .filter(licence=licence, kind=Kind.SUSPEND_ON_REQUEST, status=Status.DONE)
        .order_by("-case__closed_at")
        .first()
    )
    if asked is None:
        return
    until = f"{date.fromisoformat(fact.payload['until']):%d.%m.%Y}"
    send(
        case=asked.case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}",
        people=list(accounts.representatives_of(asked.case.party_id, fact.at)),
        words=Words(
            "тоқтата тұру мерзімі өтті",
            "срок приостановления истёк",
            f"№ {licence.number} лицензияның қолданысын тоқтата тұру мерзімі {until} өтті. Қолданыс өздігінен қайта "
            "басталмайды: жеке кабинетте қайта бастауды сұраңыз, шешім – 3 жұмыс күні («Рұқсаттар және хабарламалар туралы» "
            "Заңның 45-бабының 7-тармағы).",
            f"Срок приостановления лицензии № {licence.number} истёк {until}. Само по себе действие не возобновляется: "
            "попросите о возобновлении в личном кабинете, решение – 3 рабочих дня (пункт 7 статьи 45 Закона о разрешениях "
            "и уведомлениях).",
        ),
        at=fact.at,
    )


def tell_of_pool(fact: Fact) -> None:
    """Rules 16: the executor of the licence, else the supervisors, learn of the changed pool, its lateness named. Once."""
    proceeding = Proceeding.objects.select_related("licence", "case__party").get(
        pk=fact.subject_id or UUID(int=0)
    )
    licence, said = proceeding.licence, proceeding.content
    issued = Case.objects.select_related("executor").filter(pk=licence.case_id or UUID(int=0)).first()
    executor = issued.executor if issued is not None else None
    people = [executor] if executor else list(accounts.people_with(Role.SUPERVISOR, almaty(fact.at).date()))
    due = f"{date.fromisoformat(said['due_on']):%d.%m.%Y}"
    changed = f"{date.fromisoformat(said['changed_on']):%d.%m.%Y}"
    flags = {
        "kk": (f" Мерзімі ({due}) өткеннен кейін келді.", " Пул аккредиттелген пулдар тізбесінде жоқ."),
        "ru": (f" Подано после срока ({due}).", " Пула нет в списке аккредитованных."),
    }
    raised = (said["late"], not said["accredited"])
    kk, ru = (
        "".join(text for text, up in zip(flags[name], raised, strict=True) if up) for name in ("kk", "ru")
    )
    send(
        case=proceeding.case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}",
        people=people,
        words=Words(
            "лицензиаттың майнингтік пулы өзгерді",
            "изменился майнинговый пул лицензиата",
            f"№ {licence.number} лицензия: {changed} бастап пул – {said['pool_name']} (БСН {said['pool_bin']}). Шешім талап "
            f"етілмейді (Қағидалардың 16-тармағы).{kk}",
            f"Лицензия № {licence.number}: с {changed} пул – {said['pool_name']} (БИН {said['pool_bin']}). Решения не требуется "
            f"(пункт 16 Правил).{ru}",
        ),
        at=fact.at,
    )


def _passed_over(fact: Fact, proceeding: Proceeding) -> bool:
    """Breaches of other terms, and drafts that nobody ever filed, are told to nobody."""
    if fact.kind == term_events.BREACHED:
        code = fact.payload["code"]
        return not proceeding.by_licensee or code != TERMS.get(Kind(proceeding.kind))
    if proceeding.kind in RECEIVED and fact.kind == events.REGISTERED:
        return True  # no decision follows a notice: its taking is told instead
    return fact.kind == events.VOID and proceeding.case.received_at is None


def _values(proceeding: Proceeding) -> dict[str, str]:
    case, kind = proceeding.case, Kind(proceeding.kind)
    due = {term.code: f"{term.due_on:%d.%m.%Y}" for term in terms_of(case.pk)}
    law_kk, law_ru = _LAWS[kind]
    void_kk, void_ru = _VOID.get(proceeding.ended_why, _LEFT_FORCE)
    return {
        "due": due.get(TERMS.get(kind, ""), "—"),
        "kind_kk": kind_name(proceeding, "kk"),
        "kind_ru": kind_name(proceeding, "ru"),
        "law_kk": law_kk,
        "law_ru": law_ru,
        "number": case.incoming_no or case.draft_no,
        "objections": due.get("hearing_objections", "—"),
        "received": f"{almaty(case.received_at):%d.%m.%Y %H:%M}" if case.received_at else "—",
        "registered": f"{case.registered_on:%d.%m.%Y}" if case.registered_on else "—",
        "target_kk": target(proceeding, "kk"),
        "target_ru": target(proceeding, "ru"),
        "void_kk": void_kk,
        "void_ru": void_ru,
        "why": proceeding.ended_why,
    }
