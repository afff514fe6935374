"""What the portal tells a licensee by itself before the last day of a licence (DA 9(1))."""

from datetime import datetime, timedelta
from uuid import UUID

from casework.cases.models import Case
from casework.notices.models import Message
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.kernel.clock import almaty
from licenses.models import Licence
from licenses.rules.terms import REMINDERS, reminder_due
from licenses.statuses import LIVING


def remind_of_expiry(*, at: datetime) -> int:
    """DA 9(1): 60, 30 and 7 days before the last day, each once; a day on which no job ran is made good by the next run.

    Licences entered from before the portal have no case; their licensees are told too.
    """
    today, done = almaty(at).date(), 0
    ending = Licence.objects.filter(
        status__in=LIVING,
        expires_on__range=(today, today + timedelta(days=REMINDERS[0])),
        public_from__lte=at,
    )
    for licence in ending.select_related("party").order_by("expires_on", "number"):
        key = f"expiry:{licence.pk}:{reminder_due(licence.expires_on, today)}"
        if Message.objects.filter(dedupe_key=key).exists():
            continue
        send(
            case=Case.objects.filter(pk=licence.case_id or UUID(int=0)).first(),
            kind="licence.expires_soon",
            dedupe_key=key,
            people=list(accounts.representatives_of(licence.party_id, at)),
            words=_ending(licence),
            at=at,
        )
        done += 1
    return done


def _ending(licence: Licence) -> Words:
    number, day = licence.number, f"{licence.expires_on:%d.%m.%Y}"
    return Words(
        f"{number} лицензиясының мерзімі аяқталады",
        f"срок лицензии {number} заканчивается",
        f"{number} лицензиясы {day} қоса алғанға дейін қолданылады (Цифрлық активтер туралы заңның 9-бабының 1-тармағы). "
        "Мерзімі ұзартылмайды: қызметті жалғастыру үшін жеке кабинетте жаңа лицензияға алдын ала өтініш беріңіз.",
        f"Лицензия {number} действует по {day} включительно (пункт 1 статьи 9 Закона о цифровых активах). Срок не "
        "продлевается: чтобы продолжать деятельность, заранее подайте в личном кабинете заявление на новую лицензию.",
    )
