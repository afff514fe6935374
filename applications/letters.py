"""What the portal tells people as a case moves, in Kazakh and Russian, each with its paragraph and what can be done."""

from datetime import date, datetime
from uuid import UUID

from applications import events
from applications.fees import Fee
from applications.models import Application
from casework.cases.models import Case
from casework.deadlines import events as term_events
from casework.deadlines.selectors import terms_of
from casework.deadlines.services import meet_by_delivery
from casework.decisions.letters import Letter, told_from
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty
from foundation.kernel.money import show

_APPLICANT, _EXECUTOR = "applicant", "executor"
_LETTERS: dict[str, Letter] = {
    events.SUBMITTED: Letter(
        _APPLICANT,
        "өтініш қабылданды",
        "заявление принято",
        "Өтінішіңіз {received} қабылданды. Қолхат жеке кабинетте (Қағидалардың 5-тармағы).",
        "Ваше заявление принято {received}. Расписка – в личном кабинете (пункт 5 Правил).",
    ),
    events.REGISTERED: Letter(
        _APPLICANT,
        "өтініш тіркелді",
        "заявление зарегистрировано",
        "Өтініш {registered} № {number} болып тіркелді. Нәтиже {service} 18:30-ға дейін (Қағидалардың 5, 6-тармақтары; "
        "3-қосымшаның 4-жолы).",
        "Заявление зарегистрировано {registered} под № {number}. Результат – до 18:30 {service} (пункты 5, 6 Правил; "
        "строка 4 приложения 3).",
    ),
    events.ASSIGNED: Letter(
        _EXECUTOR,
        "Сізге іс тапсырылды",
        "Вам назначено дело",
        "Толықтықты тексеру мерзімі – {completeness} 18:30 (Қағидалардың 7-тармағы).",
        "Срок проверки полноты – до 18:30 {completeness} (пункт 7 Правил).",
    ),
    events.ACCEPTED: Letter(
        _APPLICANT,
        "құжаттар толық",
        "пакет документов полон",
        "Құжаттар толық деп танылды; біліктілік талаптарына сәйкестігі тексерілуде (Қағидалардың 8-тармағы). Нәтиже – "
        "{service} 18:30-ға дейін.",
        "Пакет документов признан полным; идёт проверка квалификационных требований (пункт 8 Правил). Результат – до "
        "18:30 {service}.",
    ),
    events.REVIEW_BY_LAPSE: Letter(
        _APPLICANT,
        "өтініш қарауға өтті",
        "заявление перешло к рассмотрению",
        "Толықтықты тексеру мерзімі өтті, өтініш өздігінен қарауға көшті (Қағидалардың 7, 8-тармақтары).",
        "Срок проверки полноты истёк, заявление само перешло к рассмотрению (пункты 7, 8 Правил).",
    ),
    events.RETURNED: Letter(
        _APPLICANT,
        "одан әрі қараудан бас тартылды",
        "в дальнейшем рассмотрении отказано",
        "Құжаттар толық емес (Қағидалардың 7-тармағы). Бас тартуда әр құжат аталған; толықтырып, өтінішті бірден қайта "
        "бере аласыз немесе шағымдана аласыз.",
        "Пакет неполон (пункт 7 Правил). В отказе назван каждый документ; Вы можете сразу подать заявление снова, "
        "дополнив его, или обжаловать отказ.",
    ),
    events.HEARING_NOTIFIED: Letter(
        _APPLICANT,
        "алдын ала шешім және тыңдау",
        "предварительное решение и заслушивание",
        "Бас тарту негіздері анықталды. Қарсылығыңызды {objections} қоса алғанға дейін беріңіз немесе ауызша тыңдауды сұраңыз "
        "(Қағидалардың 10-тармағы, ӘРПК 73-бабы).",
        "Выявлены основания для отказа. Подайте возражения по {objections} включительно или попросите об устном заслушивании "
        "(пункт 10 Правил, статья 73 АППК).",
    ),
    events.LATE_NOTICE_AGREED: Letter(
        _APPLICANT,
        "тыңдау туралы хабарлама мерзімі өтті",
        "срок уведомления о заслушивании пропущен",
        "Тыңдау туралы хабарлама мерзімінде жіберілмеді (Қағидалардың 10-тармағы); басшы кешіктірілген хабарламаға "
        "себебін көрсетіп келісті. Мерзімнің бұзылғаны тіркелді.",
        "Уведомление о заслушивании не направлено в срок (пункт 10 Правил); руководитель с указанием причины согласился "
        "на позднее уведомление. Нарушение срока зафиксировано.",
    ),
    events.RECUSAL_DECIDED: Letter(
        _APPLICANT,
        "қарсылық білдіру бойынша шешім",
        "решение об отводе",
        "Лауазымды адамға қарсылық білдіру қаралды; нәтижесі жеке кабинетте (ӘРПК 67-бабы).",
        "Отвод должностному лицу рассмотрен; результат – в личном кабинете (статья 67 АППК).",
    ),
    events.HEARING_ANSWERED: Letter(
        _EXECUTOR,
        "өтініш беруші жауап берді",
        "заявитель ответил",
        "Тыңдау бойынша жауап іске тіркелді (ӘРПК 73-бабы).",
        "Ответ по заслушиванию приложен к делу (статья 73 АППК).",
    ),
    events.ORAL_REQUESTED: Letter(
        _EXECUTOR,
        "ауызша тыңдау сұралды",
        "заявитель просит устного заслушивания",
        "Жұмыс уақытында тыңдау уақытын белгілеңіз (ӘРПК 73-бабының 3-тармағы).",
        "Назначьте время в рабочие часы (пункт 3 статьи 73 АППК).",
    ),
    events.HEARING_POSTPONED: Letter(
        _APPLICANT,
        "тыңдау уақыты белгіленді",
        "назначено время заслушивания",
        "Тыңдаудың уақыты мен орны жеке кабинетте (Қағидалардың 10-тармағы).",
        "Время и место заслушивания – в личном кабинете (пункт 10 Правил).",
    ),
    events.SENT_BACK: Letter(
        _EXECUTOR,
        "шешім қайтарылды",
        "решение возвращено",
        "Басшы шешімді себебімен қайтарды; жұмыс жазбасын қараңыз.",
        "Руководитель вернул решение с причиной; см. рабочую заметку.",
    ),
    events.FELL_BACK: Letter(
        _EXECUTOR,
        "шешім өздігінен қайтарылды",
        "решение возвращено автоматически",
        "Қол қою кезінде дайындалған шешімнің шарты орындалмай қалды, шешім өздігінен қайтарылды; себебі іс бетінде.",
        "При подписании отпало условие подготовленного решения, оно возвращено автоматически; причина – на странице дела.",
    ),
    events.ISSUED: Letter(
        _APPLICANT,
        "лицензия берілді",
        "лицензия выдана",
        "Лицензия мен қосымшалары жеке кабинетте; тізілімде нөмірі бойынша тексеруге болады (Қағидалардың 9, 17-тармақтары).",
        "Лицензия с приложениями – в личном кабинете; её можно проверить по номеру в реестре (пункты 9, 17 Правил).",
    ),
    events.REFUSED: Letter(
        _APPLICANT,
        "уәжді бас тарту",
        "мотивированный отказ",
        "Бас тартудың негіздері мен шағымдану тәртібі құжатта көрсетілген (Қағидалардың 10, 19-тармақтары).",
        "Основания отказа и порядок обжалования – в документе (пункты 10, 19 Правил).",
    ),
    events.DISCONTINUED: Letter(
        _APPLICANT,
        "рәсім тоқтатылды",
        "процедура прекращена",
        "Әкімшілік рәсім тоқтатылды; шешімге шағымдануға болады (ӘРПК 70-бабы).",
        "Административная процедура прекращена; решение можно обжаловать (статья 70 АППК).",
    ),
    events.WITHDRAWN: Letter(
        _EXECUTOR,
        "өтініш кері қайтарылды",
        "заявление отозвано",
        "Өтініш беруші өтінішін қайтарып алды (ӘРПК 64-бабының 9-тармағы).",
        "Заявитель отозвал заявление (пункт 9 статьи 64 АППК).",
    ),
    events.CANCELLED: Letter(
        _APPLICANT,
        "бас тартудың күші жойылды",
        "отказ отменён",
        "Орган өзінің бас тартуының күшін жойды (ӘРПК 84-бабы): өтініш жаңадан қаралады, нәтиже {service} 18:30-ға дейін.",
        "Орган сам отменил свой отказ (статья 84 АППК): заявление рассматривается заново, результат – до 18:30 {service}.",
    ),
    events.COURT_ACT_RECORDED: Letter(
        _APPLICANT,
        "сот актісі есепке алынды",
        "судебный акт учтён",
        "Бас тарту туралы сот актісі есепке алынды (ӘРПК 84, 100-баптары); оның салдары іс құжаттарында.",
        "Учтён судебный акт по отказу (статьи 84, 100 АППК); его последствия – в документах дела.",
    ),
    term_events.BREACHED: Letter(
        _APPLICANT,
        "қызмет көрсету мерзімі өтті",
        "срок оказания услуги истёк",
        "{service} мерзімі өтті. Бұл бас тарту болып саналады және оған шағымдануға болады (ӘРПК 91-бабының 2-тармағы); "
        "кешіккен шешім бәрібір қабылдануы мүмкін.",
        "Срок ({service}) истёк. Это считается отказом и может быть обжаловано (пункт 2 статьи 91 АППК); запоздалое "
        "решение всё ещё возможно.",
    ),
}
# what a re-issue says otherwise (Rules 12-15)
_REISSUE: dict[str, Letter] = {
    events.ASSIGNED: Letter(
        _EXECUTOR,
        "Сізге қайта ресімдеу ісі тапсырылды",
        "Вам назначено дело о переоформлении",
        "Толықтықты тексеру мерзімі – {completeness} 18:30 (Қағидалардың 14-тармағы), нәтиже – {service} 18:30.",
        "Срок проверки полноты – до 18:30 {completeness} (пункт 14 Правил), результат – до 18:30 {service}.",
    ),
    events.ACCEPTED: Letter(
        _APPLICANT,
        "құжаттар толық",
        "пакет документов полон",
        "Құжаттар толық деп танылды (Қағидалардың 14-тармағы). Нәтиже – {service} 18:30-ға дейін (15-тармақ).",
        "Пакет документов признан полным (пункт 14 Правил). Результат – до 18:30 {service} (пункт 15).",
    ),
    events.REVIEW_BY_LAPSE: Letter(
        _APPLICANT,
        "өтініш қарауға өтті",
        "заявление перешло к рассмотрению",
        "Толықтықты тексеру мерзімі өтті, өтініш өздігінен қарауға көшті (Қағидалардың 14, 15-тармақтары).",
        "Срок проверки полноты истёк, заявление само перешло к рассмотрению (пункты 14, 15 Правил).",
    ),
    events.RETURNED: Letter(
        _APPLICANT,
        "одан әрі қараудан бас тартылды",
        "в дальнейшем рассмотрении отказано",
        "Құжаттар толық емес (Қағидалардың 14-тармағы). Бас тартуда әр құжат аталған; толықтырып, өтінішті бірден қайта "
        "бере аласыз немесе шағымдана аласыз.",
        "Пакет неполон (пункт 14 Правил). В отказе назван каждый документ; Вы можете сразу подать заявление снова, "
        "дополнив его, или обжаловать отказ.",
    ),
    events.ISSUED: Letter(
        _APPLICANT,
        "лицензия қайта ресімделді",
        "лицензия переоформлена",
        "{licence} лицензиясының жаңа редакциясы жеке кабинетте; бұрынғысы күшін жойды, нөмірі мен мерзімі сақталды "
        "(Қағидалардың 15, 17-тармақтары).",
        "Новая редакция лицензии {licence} – в личном кабинете; прежняя заменена, номер и срок сохранены "
        "(пункты 15, 17 Правил).",
    ),
    events.REFUSED: Letter(
        _APPLICANT,
        "қайта ресімдеуден бас тартылды",
        "в переоформлении отказано",
        "Бас тартудың негіздері мен шағымдану тәртібі құжатта көрсетілген (Қағидалардың 15, 19-тармақтары).",
        "Основания отказа и порядок обжалования – в документе (пункты 15, 19 Правил).",
    ),
}
_ANNEX: dict[str, Letter] = {
    events.ISSUED: Letter(
        _APPLICANT,
        "лицензияға қосымша берілді",
        "приложение к лицензии выдано",
        "{licence} лицензиясына жаңа қосымша және лицензияның ерекше шарттарының жаңа редакциясы жеке кабинетте "
        "(Қағидалардың 9, 17-тармақтары).",
        "Новое приложение к лицензии {licence} и новая редакция её особых условий – в личном кабинете "
        "(пункты 9, 17 Правил).",
    ),
}
_BY_SCOPE: dict[str, dict[str, Letter]] = {
    Application.Scope.REISSUE.value: _REISSUE,
    Application.Scope.ANNEX.value: _ANNEX,
}
KINDS = tuple(_LETTERS)
# to tell these is itself bound to a term (APPC 67, 70)
_MEETS = {events.RECUSAL_DECIDED: "recusal_notice", events.DISCONTINUED: "discontinuance_notice"}
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
    letter = _BY_SCOPE.get(case.application.scope, {}).get(kind, _LETTERS[kind])
    if letter.to == _APPLICANT:
        people = list(accounts.representatives_of(case.party_id, fact.at))
    else:
        people = [case.executor] if case.executor else []
    values = _values(case)
    at = told_from(fact, by_authority=fact.kind in _BY_AUTHORITY)
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
        at=at,
    )
    if fact.kind in _MEETS:
        meet_by_delivery(case_id=case.pk, code=_MEETS[fact.kind], at=at)


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
