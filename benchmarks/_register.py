"""A register of as many licences as asked for, by a handful of set-based statements.

Names are made of words that real names are made of, so that many of them are alike; every second one holds the word
«майнинг». The index of the search is built after the rows, as one does on a first import.
"""

from datetime import date

from django.db import connection

from licenses.rules import names

DAY = date(2026, 3, 2)
_FIRST = (
    "Алтын Ақ Қара Көк Жасыл Қызыл Күміс Ұлы Кең Жаңа Ескі Биік Терең Жарық Ыстық Суық Күшті Еркін Берік Асыл "
    "Бірінші Екінші Үшінші Северный Южный Восточный Западный Новый Старый Золотой Серебряный Синий Белый Чёрный "
    "Красный Зелёный Быстрый Тихий Ясный Вольный Первый Второй Третий Главный Степной Горный Речной Озёрный "
    "Лесной Полярный"
)
_SECOND = (
    "Өзен Тау Дала Жол Бұлақ Көл Қала Аспан Жұлдыз Күн Ай От Жел Теңіз Орман Бүркіт Тұлпар Арқар Қыран Сұңқар "
    "Шаңырақ Ордасы Жігер Үміт Мұрат Өрлеу Қадам Көпір Қазына Әлем Город Берег Ветер Поток Каскад Меридиан "
    "Горизонт Рубеж Контур Вектор Импульс Резонанс Сигнал Спектр Фактор Контакт Баланс Ресурс Маршрут Причал"
)
_THIRD = (
    "Энерго Дата Есептеу Қуат Технологиялары Инвест Сервис Строй Телеком Цифра Сеть Жүйе Орталығы Өндіріс "
    "Компани Групп Холдинг Трейд Лаб Тех"
)
_PLACES = "Астана Алматы Шымкент Павлодар Екібастұз Қарағанды Ақтөбе Орал Талдықорған Семей"
_DROP = "DROP INDEX licenses_search"
_INDEX = "CREATE INDEX licenses_search ON licenses_licence USING gin (search_text gin_trgm_ops)"
_TABLES = ("accounts_party", "licenses_licence", "licenses_licenceedition", "licenses_licenceperiod")

_WORDS = "CREATE TEMPORARY TABLE bench_words (place int, no int, word text, folded text, key text)"
_ROWS = """
CREATE TEMPORARY TABLE bench_rows AS
SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS party,
       'ТОО «' || a.word || ' ' || b.word || ' ' || c.word || coalesce(' ' || d.word, '') || '»' AS name,
       ' тоо ' || a.folded || ' ' || b.folded || ' ' || c.folded || coalesce(' ' || d.folded, '') || ' ' AS folded,
       %(form)s || ' ' || a.key || ' ' || b.key || ' ' || c.key || coalesce(' ' || d.key, '') AS key,
       'KZ' || lpad((98 - mod(('132221' || (20000000 + n) || '203500')::numeric, 97))::text, 2, '0')
            || 'DML' || (20000000 + n) AS number
FROM generate_series(%(start)s, %(start)s + %(count)s - 1) AS n
JOIN bench_words a ON a.place = 1 AND a.no = n %% %(first)s
JOIN bench_words b ON b.place = 2 AND b.no = n / %(first)s %% %(second)s
JOIN bench_words c ON c.place = 3 AND c.no = n / (%(first)s * %(second)s) %% %(third)s
LEFT JOIN bench_words d ON d.place = 4 AND d.no = n / (%(first)s * %(second)s * %(third)s) - 1
"""
_PARTIES = """
INSERT INTO accounts_party (id, kind, number, name_kk, name_ru, address, email, phone, language, created_at)
SELECT party, 'entity', '9' || lpad(n::text, 11, '0'), name, name, '{}', '', '', 'ru', now() FROM bench_rows
"""
_LICENCES = """
INSERT INTO licenses_licence (id, number, sub_kind, party_id, body_id, status, first_issued_on, issued_on, expires_on,
    public_from, edition, regions, search_text, sort_key, version)
SELECT id, number, CASE WHEN n %% 3 = 0 THEN 'II' ELSE 'I' END, party, %(body)s, 'active', %(day)s, %(day)s,
    %(day)s + interval '3 years', %(day)s::timestamptz, 1, ARRAY['55'], folded, key, 1
FROM bench_rows
"""
_EDITIONS = """
INSERT INTO licenses_licenceedition (id, edition, issued_on, public_from, state, special_conditions_kk,
    special_conditions_ru, provider_kk, provider_ru, head_name, head_post_kk, head_post_ru, recorded_at, holder_kk,
    holder_ru, holder_number, location_kk, location_ru, activity_kk, activity_ru, note_kk, note_ru, place_kk, place_ru,
    licence_id)
SELECT gen_random_uuid(), 1, %(day)s, %(day)s::timestamptz, 'current', '', '', '', '', '', '', '', now(), name, name,
    '9' || lpad(n::text, 11, '0'), '', '', '', '', '', '', '', '', id
FROM bench_rows
"""
_PERIODS = """
INSERT INTO licenses_licenceperiod (status, period, stayed, basis, known_from, recorded_at, licence_id)
SELECT 'active', daterange(%(day)s, NULL), false, 'grant', %(day)s::timestamptz, now(), id FROM bench_rows
"""


def fill(count: int, *, body: str, start: int = 1) -> None:
    """So many licences in force since `DAY`, numbered from `start`, inside the caller's transaction."""
    third = [word for other in _THIRD.split() for word in ("Майнинг " + other, other)]
    places = (_FIRST.split(), _SECOND.split(), third, _PLACES.split())
    said = {
        "count": count,
        "start": start,
        "body": body,
        "day": DAY,
        "form": names.kazakh_sort_key("ТОО"),
        "first": len(places[0]),
        "second": len(places[1]),
        "third": len(third),
    }
    words = [
        (place, no, word, names.fold(word), names.kazakh_sort_key(word))
        for place, list_ in enumerate(places, start=1)
        for no, word in enumerate(list_)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an index is not built over keys still to be checked
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")  # no key is looked up a row at a time
        cursor.execute(_WORDS)
        cursor.executemany("INSERT INTO bench_words VALUES (%s, %s, %s, %s, %s)", words)
        cursor.execute(_DROP)
        for statement in (_ROWS, _PARTIES, _LICENCES, _EDITIONS, _PERIODS):
            cursor.execute(statement, said)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(_INDEX)
        for table in _TABLES:
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("DROP TABLE bench_words, bench_rows")
