"""Invented people and entities of the sandbox registers (integrations.md B.6), all with valid numbers."""

from typing import Any

CITY = {"kato": "751110000", "text_ru": "город Алматы, Алмалинский район, улица Абая, 10"}
CITY_KK = "Алматы қаласы, Алмалы ауданы, Абай көшесі, 10"

SLOW_IIN = "900101300811"
TRUNCATED_IIN = "001130500303"
CONSENT_IIN = "150315600001"
FLAKY_IIN = "040229500005"


def person(
    iin: str, surname: str, name: str, patronymic: str | None = None, **changed: Any
) -> dict[str, Any]:
    """A record of the register of persons, alive unless said otherwise."""
    return {
        "iin": iin,
        "surname": surname,
        "name": name,
        "patronymic": patronymic,
        "surname_lat": None,
        "name_lat": None,
        "birth_date": "1990-01-01",
        "sex": "M",
        "life_status": "alive",
        "death_date": None,
        "capable": True,
        "citizenship": {"code": "398", "name_ru": "КАЗАХСТАН", "name_kk": "ҚАЗАҚСТАН"},
        "documents": [
            {
                "type": "ID",
                "number_masked": "*****1234",
                "issued_at": "2020-01-01",
                "expires_at": "2030-01-01",
                "issuer": "МВД РК",
                "valid": True,
            }
        ],
        "reg_address": {**CITY, "rka": "0201300000000001", "text_kk": CITY_KK, "since": "2015-05-05"},
    } | changed


def entity(
    bin_number: str, name_ru: str, name_kk: str, leader: dict[str, Any], **changed: Any
) -> dict[str, Any]:
    """A record of the register of legal entities, registered unless said otherwise."""
    return {
        "bin": bin_number,
        "kind": "legal_entity",
        "residency": "resident",
        "division": "head",
        "head_bin": None,
        "name": {"ru": name_ru, "kk": name_kk, "en": None},
        "short_name": {"ru": None, "kk": None, "en": None},
        "status": "registered",
        "registered_at": "2015-01-20",
        "reregistered_at": None,
        "liquidation": None,
        "org_form": {"code": "20", "name_ru": "Товарищество с ограниченной ответственностью"},
        "property_type": "private",
        "leader": leader,
        "activities": [
            {"oked": "63111", "main": True, "name_ru": "Обработка данных", "name_kk": "Деректерді өңдеу"}
        ],
        "address": {**CITY, "rka": None, "postcode": "050000", "text_kk": CITY_KK},
        "founders": {"individuals": 1, "entities": 0},
    } | changed


def leader(iin: str, surname: str, name: str, patronymic: str | None = None) -> dict[str, Any]:
    return {
        "iin": iin,
        "surname": surname,
        "name": name,
        "patronymic": patronymic,
        "position": "Директор",
    }


_HEAD = leader("850505400008", "ТЕСТОВА", "АЙГУЛЬ")

PERSONS: dict[str, dict[str, Any]] = {
    record["iin"]: record
    for record in (
        person("900101300007", "ТЕСТОВ", "ТЕСТ", "ТЕСТОВИЧ", surname_lat="TESTOV", name_lat="TEST"),
        person("850505400008", "ТЕСТОВА", "АЙГУЛЬ", birth_date="1985-05-05", sex="F"),
        person(
            "450203300006",
            "УСОПШЕВ",
            "ИВАН",
            birth_date="1945-02-03",
            life_status="dead",
            death_date="2019-04-01",
        ),
        person(FLAKY_IIN, "ПОВТОРОВ", "ТИМУР", birth_date="2004-02-29"),
        person(SLOW_IIN, "МЕДЛЕННОВ", "АСАН"),
        person(TRUNCATED_IIN, "ПРИМЕРОВ", "АРМАН", birth_date="2000-11-30"),
        person(CONSENT_IIN, "СОГЛАСИЕВА", "ДИНАРА", birth_date="2015-03-15", sex="F"),
        # the register's own date is right, the digits of the number are not (decree № 853)
        person("050229500007", "ИНОЙ", "ДАНИЯР", birth_date="2005-03-01"),
    )
}
ENTITIES: dict[str, dict[str, Any]] = {
    record["bin"]: record
    for record in (
        entity("150140000002", 'ТОО "Сандбокс"', '"Сандбокс" ЖШС', _HEAD),
        entity(
            "031241000109",
            'Филиал ТОО "Сандбокс"',
            '"Сандбокс" ЖШС филиалы',
            _HEAD,
            division="branch",
            head_bin="150140000002",
        ),
        entity(
            "200952000009",
            "Представительство Sandbox Ltd",
            "Sandbox Ltd өкілдігі",
            _HEAD,
            residency="non_resident",
            division="representative_office",
            status="liquidated",
            liquidation={"base": "решение учредителя", "date": "2023-06-01"},
        ),
        entity(
            "150140000305",
            'ТОО "Другой руководитель"',
            '"Басқа басшы" ЖШС',
            leader("900101300007", "ТЕСТОВ", "ТЕСТ", "ТЕСТОВИЧ"),
        ),
    )
}
