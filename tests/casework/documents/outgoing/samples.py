"""One filled context of every kind, Kazakh and Russian; invented people and places."""

from dataclasses import replace
from datetime import date, datetime

from casework.documents import contexts as c
from casework.documents.wording import Language
from foundation.kernel.clock import ALMATY

DAY = date(2026, 3, 6)
EQUIVALENCE = {
    "kk": "Осы құжат «Электрондық құжат және электрондық цифрлық қолтаңба туралы» Қазақстан Республикасының 2003 жылғы "
    "7 қаңтардағы N 370-II Заңы 7 бабының 1 тармағына сәйкес қағаз тасығыштағы құжатпен бірдей.",
    "ru": "Данный документ согласно пункту 1 статьи 7 ЗРК от 7 января 2003 года N370-II «Об электронном документе и "
    "электронной цифровой подписи» равнозначен документу на бумажном носителе.",
}
NUMBER = "KZ47DML00000012"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ALMATY)


AUTHORITY = c.Authority(
    name_kk="Қазақстан Республикасының Жасанды интеллект және цифрлық даму министрлігі",
    name_ru="Министерство искусственного интеллекта и цифрового развития Республики Казахстан",
)


def provider(language: Language) -> str:
    return AUTHORITY.name_kk if language == "kk" else AUTHORITY.name_ru


def addressee(language: Language) -> c.Addressee:
    if language == "kk":
        return c.Addressee(
            "«Әлия Қуат Өндіріс» жауапкершілігі шектеулі серіктестігі",
            "Павлодар облысы, Екібастұз қаласы, Ғ. Мұстафин көшесі, 12-үй",
            "190640012349",
            is_entity=True,
        )
    return c.Addressee(
        "Товарищество с ограниченной ответственностью «Әлия Қуат Өндіріс»",
        "Павлодарская область, город Экибастуз, улица Г. Мустафина, дом 12",
        "190640012349",
        is_entity=True,
    )


def head(language: Language) -> c.Signatory:
    if language == "kk":
        return c.Signatory("Цифрлық активтер комитетінің төрағасы", "Ұлықбекұлы Һәкім Іңкәрұлы")
    return c.Signatory("Председатель Комитета цифровых активов", "Ұлықбекұлы Һәкім Іңкәрұлы")


def executor(language: Language) -> c.Signatory:
    if language == "kk":
        return c.Signatory("Лицензиялау басқармасының бас сарапшысы", "Әбдіғали Гүлнұр Өмірқызы")
    return c.Signatory("Главный эксперт управления лицензирования", "Әбдіғали Гүлнұр Өмірқызы")


_PLACES = {
    "kk": (
        "Павлодар облысы, Екібастұз қаласы, Солтүстік өнеркәсіп аймағы, 4-ғимарат",
        "Ұлытау облысы, Жезқазған қаласы, Өндіріс көшесі, 18/2-ғимарат",
    ),
    "ru": (
        "Павлодарская область, город Экибастуз, Северная промышленная зона, здание 4",
        "область Ұлытау, город Жезказган, улица Өндіріс, здание 18/2",
    ),
}
_PURCHASE = {
    "kk": "электр энергиясының орталықтандырылған сауда-саттығында бірыңғай сатып алушыдан",
    "ru": "у единого закупщика на централизованных торгах электрической энергией",
}


def licence(language: Language, *, form: int = 4, edition: int = 1) -> c.LicenceContext:
    kk = language == "kk"
    places = _PLACES[language]
    centre = (
        "цифрлық майнинг деректерін өңдеу орталығы" if kk else "центр обработки данных цифрового майнинга"
    )
    return c.LicenceContext(
        authority=AUTHORITY,
        issued_on=DAY,
        number=NUMBER,
        holder=addressee(language),
        activity="Цифрлық майнинг жөніндегі қызметті жүзеге асыру"
        if kk
        else "Осуществление деятельности по цифровому майнингу",
        special_conditions=tuple(f"{index}. {centre}: {place}" for index, place in enumerate(places, 1)),
        note="Иеліктен шығарылмайтын, 1-сынып" if kk else "Неотчуждаемая, класс 1",
        provider=provider(language),
        head=head(language),
        first_issued_on=DAY,
        expires_on=date(2029, 3, 6),
        place_of_issue="Астана қаласы" if kk else "город Астана",
        edition=edition,
    )


def annex(language: Language, *, form: int = 6) -> c.AnnexContext:
    kk = language == "kk"
    return c.AnnexContext(
        authority=AUTHORITY,
        licence_issued_on=DAY,
        licence_number=NUMBER,
        sub_kind=(
            "І кіші түр – цифрлық майнинг деректерін өңдеу орталығы меншік құқығында немесе басқа да заңды негіздерде бар "
            "цифрлық майнердің цифрлық майнинг жөніндегі қызметті жүзеге асыруы"
            if kk
            else "І подвид – осуществление деятельности по цифровому майнингу цифровым майнером, имеющим на праве "
            "собственности или других законных основаниях центр обработки данных цифрового майнинга"
        ),
        provider=provider(language),
        location=_PLACES[language][0] if form == 6 else "",
        electricity=_PURCHASE[language] if form == 6 else "",
        special_conditions=(_PLACES[language][0],),
        head=head(language),
        annex_number="001",
        expires_on=date(2029, 3, 6),
        annex_issued_on=DAY,
    )


def application(language: Language) -> c.ApplicationContext:
    kk = language == "kk"
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    evidence = (
        c.EvidenceItem(
            "I-1",
            "Деректерді өңдеу орталығына құқықты растайтын құжаттың электрондық көшірмесі"
            if kk
            else "Электронная копия документа, подтверждающего право на центр обработки данных, с его местонахождением",
            (("Құжат" if kk else "Документ", "№ 45-Ж, 12.01.2024"),),
            "ownership.pdf",
            digest,
        ),
        c.EvidenceItem(
            "I-2",
            "Орталықтың тұрғын аймақтан тыс орналасқаны туралы кепілдік хат"
            if kk
            else "Гарантийное письмо о расположении центра вне жилой зоны",
            (),
            "letter.pdf",
            digest,
        ),
        c.EvidenceItem(
            "I-5a",
            "Қосылуға арналған техникалық шарттар: кернеуі 35 кВ және одан жоғары қосалқы станция, кемінде 1 МВт"
            if kk
            else "Технические условия на подключение от подстанций 35 кВ и выше, не менее 1 МВт",
            (("кВ", "110"), ("МВт", "12")),
            "technical-conditions.pdf",
            digest,
        ),
    )
    confirmations = (
        (
            (
                "барлық көрсетілген деректер ресми байланыстар болып табылады және оларға лицензияны беру немесе беруден бас "
                "тарту мәселелері бойынша кез келген ақпарат жіберілуі мүмкін екендігі;"
            ),
            "көрсетілетін қызметті алушыға лицензияланатын қызмет түрімен айналысуға сот тыйым салмағаны;",
            "қоса берілген құжаттардың барлығы шындыққа сәйкес келетіні және дұрыс екені;",
            (
                "көрсетілетін қызметті алушының лицензия беру кезінде ақпараттық жүйелерде қамтылған, заңмен қорғалатын "
                "құпияны құрайтын қолжетімділігі шектеулі дербес деректерді пайдалануға келісетіні"
            ),
        )
        if kk
        else (
            (
                "все указанные данные являются официальными контактами и на них может быть направлена любая информация по "
                "вопросам выдачи или отказа в выдаче лицензии;"
            ),
            "услугополучателю не запрещено судом заниматься лицензируемым видом деятельности;",
            "все прилагаемые документы соответствуют действительности и являются достоверными;",
            (
                "услугополучатель согласен на использование персональных данных ограниченного доступа, составляющих охраняемую "
                "законом тайну, содержащихся в информационных системах, при выдаче лицензии."
            ),
        )
    )
    grid = (
        ("қосылған күні: 2023 жылғы 20 мамыр", "әлі қосылмаған")
        if kk
        else ("подключен 20 мая 2023 года", "еще не подключен")
    )
    return c.ApplicationContext(
        provider=provider(language),
        applicant=addressee(language),
        asked=(
            "Цифрлық майнинг жөніндегі қызметті жүзеге асыруға І кіші түрдегі лицензияны және оған қосымшаларды беруді сұраймын."
            if kk
            else "Прошу выдать лицензию I подвида и приложения к лицензии на осуществление деятельности по цифровому майнингу."
        ),
        licence="",
        email="office@aliya-quat.example",
        phone="+7 718 700 00 00",
        centres=tuple(
            c.DataCentre(place, _PURCHASE[language], grid[index], evidence)
            for index, place in enumerate(_PLACES[language])
        ),
        owns_hardware=True,
        evidence=(
            c.EvidenceItem(
                "I-3",
                "Аккредиттелген цифрлық майнингтік пул арқылы жүзеге асыру: шарттың көшірмесі"
                if kk
                else "Майнинг через аккредитованный пул: копия договора",
                (
                    ("Пул", "«Қазына Пул» ЖШС" if kk else "ТОО «Қазына Пул»"),
                    ("БСН" if kk else "БИН", "210340012345"),
                ),
                "pool-contract.pdf",
                digest,
            ),
        ),
        sheets=23,
        confirmations=tuple(c.Confirmation(text, at(6, 11, 40)) for text in confirmations),
        head=c.Signatory("Директор", "Айгерим Сейтқызы Ңұрлан"),
        filled_on=DAY,
        draft_no="APP-2026-000017",
    )


def receipt(language: Language, *, after_hours: bool = False) -> c.ReceiptContext:
    kk = language == "kk"
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    rules = (lambda n: f"Қағидалардың {n}-тармағы") if kk else (lambda n: f"пункт {n} Правил")
    return c.ReceiptContext(
        authority=AUTHORITY,
        applicant=addressee(language),
        service="Цифрлық майнинг жөніндегі қызметті жүзеге асыруға лицензия беру"
        if kk
        else "Выдача лицензии на осуществление деятельности по цифровому майнингу",
        draft_no="APP-2026-000017",
        incoming_no="" if after_hours else "ЦМ-2026-000012",
        received_at=at(6, 19 if after_hours else 12),
        registered_on=date(2026, 3, 10) if after_hours else DAY,
        files=(
            c.AttachedFile("І-1", "ownership.pdf", digest),
            c.AttachedFile("І-2", "letter.pdf", digest),
        ),
        terms=(
            c.TermLine("Толықтығын тексеру" if kk else "Проверка полноты", date(2026, 3, 11), rules(7)),
            c.TermLine("Шешім қабылдау" if kk else "Принятие решения", date(2026, 4, 2), rules(8)),
        ),
        fee="8 650 000 теңге" if kk else "8 650 000 тенге",
    )


def reasons(language: Language) -> tuple[c.Reason, ...]:
    kk = language == "kk"
    return (
        c.Reason(
            title="3) көрсетілетін қызметті алушы біліктілік талаптарына сәйкес келмейді"
            if kk
            else "3) услугополучатель не соответствует квалификационным требованиям",
            facts="Техникалық шарттарда рұқсат етілген қуат 0,8 МВт көрсетілген."
            if kk
            else "В технических условиях указана разрешенная мощность 0,8 МВт.",
            citation="Қағидаларға 3-қосымша, 10-жол" if kk else "строка 10 приложения 3 к Правилам",
            items=("I-5a",),
            assessment="Жаңа техникалық шарттар ұсынылмады."
            if kk
            else "Новые технические условия не представлены.",
        ),
    )


_APPEAL = {
    "kk": "Осы әкімшілік актіге жоғары тұрған органға оны алған күннен бастап үш ай ішінде шағым жасауға болады. Шағым "
    "көрсетілетін қызметті беруші арқылы беріледі.",
    "ru": "Настоящий административный акт может быть обжалован в вышестоящий орган в течение трех месяцев со дня его "
    "получения. Жалоба подается через услугодателя.",
}


def complaint(language: Language) -> c.ComplaintContext:
    said = {
        "kk": ("Мекенжай көрсетілген: Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ, І.", "Неге келіспейтініңіз"),
        "ru": ("Адрес указан: Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ, І.", "Почему не согласны"),
    }
    text, label = said[language]
    return c.ComplaintContext(rows=((label, text),), number="D-2026-000004")


def letter(language: Language) -> c.LetterContext:
    return c.LetterContext(
        authority=AUTHORITY,
        addressee=addressee(language),
        number="18-05/2026-114",
        signatory=head(language),
        applied_on=DAY,
        incoming_no="ЦМ-2026-000012",
        reasons=reasons(language),
        appeal=_APPEAL[language],
    )


def hearing_notice(language: Language) -> c.HearingNoticeContext:
    kk = language == "kk"
    return c.HearingNoticeContext(
        authority=AUTHORITY,
        addressee=addressee(language),
        number="18-05/2026-101",
        applied_on=DAY,
        incoming_no="ЦМ-2026-000012",
        preliminary="Лицензия беруден бас тарту." if kk else "Отказать в выдаче лицензии.",
        reasons=reasons(language),
        way="жазбаша" if kk else "письменно",
        objections_until=date(2026, 3, 31),
        rights=(
            (
                "қарсылық беру (ӘРПК 73-бабының 3-бөлігі);",
                "ауызша тыңдауды сұрау;",
                "іс материалдарымен танысу.",
            )
            if kk
            else (
                "представить возражения (часть 3 статьи 73 АППК);",
                "просить об устном заслушивании;",
                "ознакомиться с материалами дела.",
            )
        ),
        signatory=executor(language),
        held_at=at(31, 10),
        place="Астана қаласы, Мәңгілік Ел даңғылы, 55/5"
        if kk
        else "город Астана, проспект Мәңгілік Ел, 55/5",
        late_reason="орындаушының ауыруы" if kk else "болезнь исполнителя",
        late_agreed=f"{head(language).post} {head(language).name}: "
        + ("кеш хабарлауға келісті" if kk else "согласовал позднее уведомление"),
    )


def hearing_protocol(language: Language) -> c.HearingProtocolContext:
    kk = language == "kk"
    return c.HearingProtocolContext(
        authority=AUTHORITY,
        number="18-05/2026-108",
        place="Астана қаласы" if kk else "город Астана",
        started_at=at(31, 10),
        ended_at=at(31, 10, 45),
        chair=executor(language),
        secretary=c.Signatory("Сарапшы" if kk else "Эксперт", "Болат Ерікұлы Қасым"),
        present=("Айгерим Сейтқызы Ңұрлан",),
        question="Лицензия беруден бас тарту" if kk else "Отказ в выдаче лицензии",
        statements=(
            c.Statement(
                "Айгерим", "Жаңа шарттар келесі айда болады." if kk else "Новые условия будут через месяц."
            ),
        ),
        incoming_no="ЦМ-2026-000012",
    )


def hosted(language: Language) -> c.ApplicationContext:
    """Form 2: place and host instead of electricity."""
    kk = language == "kk"
    centre = c.DataCentre(
        address=_PLACES[language][0],
        electricity="",
        grid_connection="",
        host="«Казына Дата» ЖШС, № KZ32DML00000001" if kk else "ТОО «Казына Дата», № KZ32DML00000001",
    )
    return replace(application(language), centres=(centre,), evidence=())


def reissue(language: Language) -> c.ReissueContext:
    """Form 9 or 10 with one ground stated."""
    kk, form_1 = language == "kk", application(language)
    return c.ReissueContext(
        provider=form_1.provider,
        applicant=form_1.applicant,
        asked="І кіші түрдегі лицензияны қайта ресімдеу" if kk else "переоформить лицензию I подвида",
        licence=NUMBER,
        licence_issued_on=DAY,
        annexes=("001",),
        activity="цифрлық майнинг жөніндегі қызмет" if kk else "деятельность по цифровому майнингу",
        sub_kind="І кіші түр" if kk else "I подвид",
        grounds=(
            c.StatedGround(
                1,
                "атауының өзгеруі" if kk else "изменение наименования",
                stated=True,
                said=("Жаңа атау" if kk else "Новое наименование",),
            ),
            c.StatedGround(2, "қайта ұйымдастыру" if kk else "реорганизация", stated=False),
        ),
        email=form_1.email,
        phone=form_1.phone,
        centres=(),
        evidence=form_1.evidence,
        sheets=3,
        confirmations=form_1.confirmations,
        head=form_1.head,
        filled_on=DAY,
        draft_no=form_1.draft_no,
    )


def every(language: Language) -> dict[str, c.Context]:
    """A filled context for each kind."""
    own: dict[str, c.Context] = {
        "application_filed": application(language),
        "complaint_filed": complaint(language),
        "application_form_2": hosted(language),
        "application_form_9": reissue(language),
        "application_form_10": reissue(language),
        "receipt": receipt(language),
        "licence_form_4": licence(language),
        "licence_form_5": licence(language, form=5),
        "annex_form_6": annex(language),
        "annex_form_7": annex(language, form=7),
        "hearing_notice": hearing_notice(language),
        "hearing_protocol": hearing_protocol(language),
    }
    from casework.documents.kinds import KINDS

    return {code: own.get(code) or letter(language) for code in KINDS}
