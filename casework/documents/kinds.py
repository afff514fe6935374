"""Every document the portal makes: code, titles, template, and what it is filled with.

`mark` stands for the kind inside a QR code and is never reused. A further kind is one row here, its words and, if
it looks like none of the others, a template.
"""

from dataclasses import dataclass

from casework.documents import contexts as c
from casework.documents.wording import Language, Words


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One row of the catalogue. `official`: issued by the authority, so it carries the QR block."""

    code: str
    mark: str
    title: Words
    template: str
    context: type[c.Context]
    official: bool = True
    form: int | None = None

    def named(self, language: Language) -> str:
        """The title of the document."""
        return self.title.of(language)


_LETTER = "documents/letter.html"

_ALL = (
    DocumentKind(
        "application_filed",
        "A1",
        Words(
            kk="І кіші түр бойынша қызметпен айналысуға арналған лицензияны және (немесе) лицензияға қосымшаны алуға "
            "өтініш",
            ru="Заявление для получения лицензии и (или) приложения к лицензии на занятие деятельностью I подвида",
        ),
        "documents/application.html",
        c.ApplicationContext,
        official=False,
        form=1,
    ),
    DocumentKind(
        "application_form_2",
        "A2",
        Words(
            kk="ІІ кіші түр бойынша қызметпен айналысуға арналған лицензияны және (немесе) лицензияға қосымшаны алуға "
            "өтініш",
            ru="Заявление для получения лицензии и (или) приложения к лицензии на занятие деятельностью II подвида",
        ),
        "documents/application.html",
        c.ApplicationContext,
        official=False,
        form=2,
    ),
    DocumentKind(
        "application_form_9",
        "A9",
        Words(
            kk="І кіші түр бойынша лицензияны және (немесе) лицензияға қосымшаны қайта ресімдеуге өтініш",
            ru="Заявление для переоформления лицензии и (или) приложения к лицензии I подвида",
        ),
        "documents/application_reissue.html",
        c.ReissueContext,
        official=False,
        form=9,
    ),
    DocumentKind(
        "application_form_10",
        "AX",
        Words(
            kk="ІІ кіші түр бойынша лицензияны және (немесе) лицензияға қосымшаны қайта ресімдеуге өтініш",
            ru="Заявление для переоформления лицензии и (или) приложения к лицензии II подвида",
        ),
        "documents/application_reissue.html",
        c.ReissueContext,
        official=False,
        form=10,
    ),
    DocumentKind(
        "receipt",
        "RC",
        Words(kk="Құжаттардың қабылданғаны туралы қолхат", ru="Расписка о приеме документов"),
        "documents/receipt.html",
        c.ReceiptContext,
    ),
    DocumentKind(
        "licence_form_4",
        "L4",
        Words(
            kk="Цифрлық майнинг жөніндегі қызметті жүзеге асыруға арналған І кіші түрдегі лицензия",
            ru="Лицензия І подвида на осуществление деятельности по цифровому майнингу",
        ),
        "documents/licence.html",
        c.LicenceContext,
        form=4,
    ),
    DocumentKind(
        "licence_form_5",
        "L5",
        Words(
            kk="Цифрлық майнинг жөніндегі қызметті жүзеге асыруға арналған ІІ кіші түрдегі лицензия",
            ru="Лицензия ІІ подвида на осуществление деятельности по цифровому майнингу",
        ),
        "documents/licence.html",
        c.LicenceContext,
        form=5,
    ),
    DocumentKind(
        "annex_form_6",
        "L6",
        Words(
            kk="Цифрлық майнинг жөніндегі қызметті жүзеге асыруға арналған І кіші түрдегі лицензияға қосымша",
            ru="Приложение к лицензии І подвида на осуществление деятельности по цифровому майнингу",
        ),
        "documents/annex.html",
        c.AnnexContext,
        form=6,
    ),
    DocumentKind(
        "annex_form_7",
        "L7",
        Words(
            kk="Цифрлық майнинг жөніндегі қызметті жүзеге асыруға арналған ІІ кіші түрдегі лицензияға қосымша",
            ru="Приложение к лицензии ІІ подвида на осуществление деятельности по цифровому майнингу",
        ),
        "documents/annex.html",
        c.AnnexContext,
        form=7,
    ),
    DocumentKind(
        "refusal_form_8",
        "R8",
        Words(kk="Уәжді бас тарту", ru="Мотивированный отказ"),
        _LETTER,
        c.LetterContext,
        form=8,
    ),
    DocumentKind(
        "further_refusal",
        "FR",
        Words(kk="Өтінішті одан әрі қараудан бас тарту", ru="Отказ в дальнейшем рассмотрении заявления"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "hearing_notice",
        "HN",
        Words(
            kk="Алдын ала шешім және тыңдау туралы хабарлама",
            ru="Уведомление о предварительном решении и заслушивании",
        ),
        "documents/hearing_notice.html",
        c.HearingNoticeContext,
    ),
    DocumentKind(
        "hearing_protocol",
        "HP",
        Words(kk="Тыңдау хаттамасы", ru="Протокол заслушивания"),
        "documents/hearing_protocol.html",
        c.HearingProtocolContext,
    ),
    DocumentKind(
        "discontinuance",
        "DC",
        Words(
            kk="Әкімшілік рәсімді тоқтату туралы шешім", ru="Решение о прекращении административной процедуры"
        ),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "suspension_order",
        "SO",
        Words(
            kk="Лицензияның қолданысын тоқтата тұру туралы бұйрық",
            ru="Приказ о приостановлении действия лицензии",
        ),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "resumption_order",
        "RO",
        Words(
            kk="Лицензияның қолданысын қайта бастау туралы бұйрық",
            ru="Приказ о возобновлении действия лицензии",
        ),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "request_refusal",
        "RR",
        Words(kk="Сұрау салуды қанағаттандырудан бас тарту", ru="Отказ в удовлетворении ходатайства"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "refusal_cancellation",
        "RX",
        Words(kk="Бас тартудың күшін жою туралы шешім", ru="Решение об отмене отказа"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "court_claim",
        "CC",
        Words(kk="Лицензиядан айыру туралы талап қою", ru="Иск о лишении лицензии"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "court_response",
        "SR",
        Words(kk="Талап қоюға пікір", ru="Отзыв на иск"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "court_position",
        "SP",
        Words(
            kk="Жоғары тұрған орган басшысының уәжді ұстанымы",
            ru="Мотивированная позиция руководителя вышестоящего органа",
        ),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "court_act_record",
        "CR",
        Words(kk="Сот актісін есепке алу туралы жазба", ru="Запись об учете судебного акта"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "termination_order",
        "TO",
        Words(kk="Лицензияның қолданысын тоқтату туралы бұйрық", ru="Приказ о прекращении действия лицензии"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "termination_record",
        "TR",
        Words(
            kk="Лицензия қолданысының тоқтатылуы туралы жазба", ru="Запись о прекращении действия лицензии"
        ),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "complaint_forwarding",
        "CF",
        Words(kk="Шағымды жолдау туралы ілеспе хат", ru="Сопроводительное письмо о направлении жалобы"),
        _LETTER,
        c.LetterContext,
    ),
    DocumentKind(
        "complaint_filed",
        "CF",
        Words(kk="Шағым", ru="Жалоба"),
        "documents/complaint.html",
        c.ComplaintContext,
        official=False,
    ),
    DocumentKind(
        "complaint_answer", "CA", Words(kk="Шағымға жауап", ru="Ответ на жалобу"), _LETTER, c.LetterContext
    ),
)

KINDS: dict[str, DocumentKind] = {kind.code: kind for kind in _ALL}
BY_MARK: dict[str, DocumentKind] = {kind.mark: kind for kind in _ALL}
