"""Letters of the register itself: whom a change of one licence concerns beside its holder (process.md, Licence and annexes)."""

from uuid import UUID

from casework.cases.models import Case
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.journal.models import Fact
from licenses import events
from licenses.models import Licence

# what happened to the host's licence, in Kazakh and Russian
_HAPPENED: dict[str, tuple[str, str]] = {
    events.SUSPENDED: ("қолданысы тоқтатыла тұрды", "приостановлена"),
    events.EXPIRED: ("қолданылу мерзімі өтті", "прекратилась за истечением срока"),
    events.TERMINATED: ("қолданысы тоқтатылды", "прекращена"),
    events.REVOKED: ("иесі одан айырылды", "отозвана судом"),
    events.REINSTATED: (
        "қолданысы қалпына келтірілді",
        "восстановлена: приказ уполномоченного органа отменён",
    ),
    events.REISSUED: ("басқа иеленушіге өтті", "перешла к другому лицу"),
}
HOST_CHANGES = tuple(_HAPPENED)


def alert_hosted(fact: Fact, host: Licence, hosted: Licence) -> None:
    """Annex 11/2(1): the hosted licensee and its executor hear of their host's licence; nothing changes by itself. Once."""
    happened_kk, happened_ru = _HAPPENED[fact.kind]
    case = Case.objects.select_related("executor").filter(pk=hosted.case_id or UUID(int=0)).first()
    people = {person.pk: person for person in accounts.representatives_of(hosted.party_id, fact.at)}
    people |= {person.pk: person for person in _executors(hosted, case)}
    send(
        case=case,
        kind=fact.kind,
        dedupe_key=f"{fact.stream}#{fact.seq}:{hosted.number}",
        people=list(people.values()),
        words=Words(
            "деректерді өңдеу орталығы иесінің лицензиясы өзгерді",
            "изменилась лицензия владельца дата-центра",
            f"№ {host.number} лицензияның {happened_kk}. {hosted.number} лицензия бойынша жабдық осы иеленушінің орталығында "
            "тұр. Сіздің лицензияңыз өздігінен өзгермейді; иеленуші немесе орын ауысса, 2-нысан бойынша жаңа қосымшаға өтініш "
            "беріңіз (алымсыз, 15 жұмыс күні; «Рұқсаттар және хабарламалар туралы» Заңның 29-бабының 6-тармағы).",
            f"Лицензия № {host.number} {happened_ru}. По лицензии {hosted.number} оборудование стоит в центре этого "
            "владельца. Сама по себе эта лицензия не меняется; при смене владельца или места подайте заявление по форме 2 на "
            "новое приложение (без сбора, 15 рабочих дней; пункт 6 статьи 29 Закона о разрешениях и уведомлениях).",
        ),
        at=fact.at,
    )


def _executors(hosted: Licence, issued: Case | None) -> list[Person]:
    """Whoever issued the hosted licence, and whoever has an open case of its holder on sub-kind II."""
    pending = Case.objects.filter(party_id=hosted.party_id, sub_kind=hosted.sub_kind, is_open=True)
    cases = [*([issued] if issued else []), *pending.select_related("executor").order_by("created_at", "pk")]
    return [case.executor for case in cases if case.executor is not None]
