"""The twenty regions: first two digits of KATO, ISO 3166-2:KZ (integrations.md 5)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    kk: str
    ru: str
    en: str

    def name(self, language: str) -> str:
        """The region's name in kk, ru or en."""
        return {"kk": self.kk, "en": self.en}.get(language, self.ru)


REGIONS: dict[str, Region] = {
    region.code: region
    for region in (
        Region("10", "Абай облысы", "область Абай", "Abai Region"),
        Region("11", "Ақмола облысы", "Акмолинская область", "Akmola Region"),
        Region("15", "Ақтөбе облысы", "Актюбинская область", "Aktobe Region"),
        Region("19", "Алматы облысы", "Алматинская область", "Almaty Region"),
        Region("23", "Атырау облысы", "Атырауская область", "Atyrau Region"),
        Region("27", "Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan Region"),
        Region("31", "Жамбыл облысы", "Жамбылская область", "Zhambyl Region"),
        Region("33", "Жетісу облысы", "область Жетісу", "Jetisu Region"),
        Region("35", "Қарағанды облысы", "Карагандинская область", "Karaganda Region"),
        Region("39", "Қостанай облысы", "Костанайская область", "Kostanay Region"),
        Region("43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda Region"),
        Region("47", "Маңғыстау облысы", "Мангистауская область", "Mangystau Region"),
        Region("55", "Павлодар облысы", "Павлодарская область", "Pavlodar Region"),
        Region("59", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan Region"),
        Region("61", "Түркістан облысы", "Туркестанская область", "Turkistan Region"),
        Region("62", "Ұлытау облысы", "область Ұлытау", "Ulytau Region"),
        Region("63", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region"),
        Region("71", "Астана қаласы", "город Астана", "Astana city"),
        Region("75", "Алматы қаласы", "город Алматы", "Almaty city"),
        Region("79", "Шымкент қаласы", "город Шымкент", "Shymkent city"),
    )
}
CITIES_OF_REGIONAL_RANK = frozenset({"71", "75", "79"})
