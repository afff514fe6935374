"""Named people and parties of the register's tests, and a licence in one call."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from casework.cases.models import Case
from casework.cases.services import open_case
from casework.documents.models import DocumentBytes, OfficialDocument
from casework.documents.qr import new_qr_id
from foundation.accounts.models import Body, Party, Person, Representation, Role, RoleHolding
from foundation.kernel.clock import ALMATY
from licenses.models import Licence
from licenses.rules import CentreText, HolderText, LicenceText, SignerText
from licenses.services import grant_licence, reserve_number

SIGNER = SignerText(
    "Уәкілетті орган", "Уполномоченный орган", "Сапаров Ержан Маратович", "Басшы", "Руководитель"
)
ACTIVITY = LicenceText(
    "Цифрлық майнинг жөніндегі қызметті жүзеге асыру", "Осуществление деятельности по цифровому майнингу"
)
CENTRE = CentreText(
    "Павлодар облысы, Екібастұз қаласы, Энергетиктер көшесі, 5",
    "Павлодарская область, город Экибастуз, улица Энергетиков, 5",
    "55",
    "single_purchaser",
)


def moment(text: str) -> dt.datetime:
    """`2026-03-02 12:00` on the clock of Almaty."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def body() -> Body:
    return Body.objects.get_or_create(
        code="provider",
        defaults={
            "kind": Body.Kind.PROVIDER,
            "name_kk": "Уәкілетті орган",
            "name_ru": "Уполномоченный орган",
            "bin": "150140000002",
        },
    )[0]


def entity(number: str = "150140000002", name: str = "ТОО «Алтын Майнинг»", name_kk: str = "") -> Party:
    return Party.objects.get_or_create(
        number=number, defaults={"kind": Party.Kind.ENTITY, "name_ru": name, "name_kk": name_kk or name}
    )[0]


def entrepreneur(number: str = "900101300007", name: str = "ИП Смагулова Айгерим") -> Party:
    return Party.objects.get_or_create(
        number=number, defaults={"kind": Party.Kind.ENTREPRENEUR, "name_ru": name, "name_kk": name}
    )[0]


def person(login: str, surname: str = "Смагулова", given_name: str = "Айгерим") -> Person:
    return Person.objects.get_or_create(login=login, defaults={"surname": surname, "given_name": given_name})[
        0
    ]


def representative(login: str, party: Party) -> Person:
    someone = person(login)
    Representation.objects.get_or_create(
        party=party,
        person=someone,
        basis=Representation.Basis.HEAD,
        scope=Representation.Scope.SIGN,
        defaults={"since": moment("2020-01-01 00:00")},
    )
    return someone


def officer(login: str, role: str = Role.EXECUTOR) -> Person:
    someone = person(login, "Ахметов", "Данияр")
    RoleHolding.objects.get_or_create(person=someone, body=body(), role=role, valid_from=dt.date(2020, 1, 1))
    return someone


def granted(
    party: Party | None = None,
    *,
    at: str = "2026-03-02 12:00",
    issued_on: str | None = None,
    sub_kind: str = "I",
    centres: list[CentreText] | None = None,
    **changes: Any,
) -> Licence:
    """A licence as the head's signature makes it."""
    party = party or entity()
    case_id, signed_at = uuid.uuid4(), moment(at)
    number = reserve_number(case_id=case_id, at=signed_at)
    with transaction.atomic():
        return grant_licence(
            **{
                "case_id": case_id,
                "act_id": uuid.uuid4(),
                "party": party,
                "body": body(),
                "sub_kind": sub_kind,
                "number": number,
                "issued_on": dt.date.fromisoformat(issued_on) if issued_on else signed_at.date(),
                "holder": HolderText(
                    party.name_kk, party.name_ru, "Астана қаласы", "город Астана", party.number
                ),
                "text": ACTIVITY,
                "centres": [CENTRE] if centres is None else centres,
                "signer": SIGNER,
                "actor_id": uuid.uuid4(),
                "at": signed_at,
                **changes,
            }
        )


def document(
    licence: Licence | None,
    act_id: uuid.UUID | None,
    kind: str = "licence_form_4",
    *,
    subject: str = "",
    state: str = "published",
    at: str = "2026-03-02 12:00",
    language: str = "ru",
    edition: int = 1,
) -> OfficialDocument:
    """One document of an act, with an id of its own for the QR code."""
    final, sealed = (
        DocumentBytes.objects.create(sha256=uuid.uuid4().hex * 2, content=b"%PDF") for _ in range(2)
    )
    made = state in {"signed", "published"}
    return OfficialDocument.objects.create(
        case=_case(),
        act_id=act_id,
        kind=kind,
        language=language,
        subject=subject,
        number=licence.number if licence else "R-1",
        edition=edition,
        document_date=moment(at).date(),
        qr_id=new_qr_id(),
        final=final,
        sealed=sealed if state == "published" else None,
        state=state,
        created_at=moment(at),
        signed_at=moment(at) if made else None,
        published_at=moment(at) if made else None,
    )


def _case() -> Case:
    return open_case(
        kind=Case.Kind.APPLICATION,
        form="1",
        sub_kind="I",
        party=entity(),
        body=body(),
        created_by=person("aigerim"),
        at=moment("2026-02-01 12:00"),
    )


def there(value: Any) -> Any:
    """What must be there by construction of the test."""
    assert value is not None
    return value
