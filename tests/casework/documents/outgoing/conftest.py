"""A case, documents of a signed act, and keys of their own."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from asn1crypto import pem
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import translation

from casework.cases.models import Case
from casework.cases.services import open_case
from casework.documents.models import OfficialDocument
from casework.documents.services import outgoing
from casework.documents.services.outgoing import Composed
from casework.documents.wording import LANGUAGES
from foundation.accounts.models import Body, Party, Person, Representation, Role, RoleHolding
from foundation.kernel.canonical import canonical_bytes
from sandbox.eds import issue_identity, sign
from tests.casework.documents.outgoing import samples
from tests.casework.documents.outgoing.samples import at


@dataclass(frozen=True)
class World:
    aigerim: Person
    dana: Person
    executor: Person
    head: Person
    case: Case


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """QR keys and a seal issued by the sandbox CA, once for all tests here."""
    folder = tmp_path_factory.mktemp("keys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "KEYS_DIR", folder)
        call_command("rotate_keys", stdout=io.StringIO())
        yield folder


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def licence_pdfs() -> dict[str, Composed]:
    """Form 4 in both languages, rendered once."""
    return {language: composed("licence_form_4", language) for language in LANGUAGES}


def composed(kind: str, language: str) -> Composed:
    """A document as opened for signature, with the equivalence sentence given instead of looked up."""
    from casework.documents import qr, render

    qr_id = qr.new_qr_id()
    payload = qr.signed_payload(
        qr_id=qr_id, kind=kind, number=samples.NUMBER, edition=1, document_date=samples.DAY
    )
    content = render.render(
        kind,
        language,
        samples.every(language)[kind],
        qr_payload=payload,
        document_date=samples.DAY,
        equivalence=samples.EQUIVALENCE[language],
    )
    return Composed(kind, language, "", samples.NUMBER, 1, samples.DAY, qr_id, content)


@pytest.fixture
def world(db) -> World:
    return make_world()


def make_world() -> World:
    people = [
        Person.objects.create_user(login, surname=login.title(), given_name="А")
        for login in ("aigerim", "dana", "executor", "head")
    ]
    aigerim, dana, executor, head = people
    body = Body.objects.create(
        code="provider", kind="provider", name_kk="Орган", name_ru="Орган", bin="190940000009"
    )
    for person, role in ((executor, Role.EXECUTOR), (head, Role.HEAD)):
        RoleHolding.objects.create(person=person, body=body, role=role, valid_from=samples.DAY)
    parties = []
    for number, person in (("190640012349", aigerim), ("200240000002", dana)):
        party = Party.objects.create(kind="entity", number=number, name_ru=f"ТОО {number}")
        Representation.objects.create(party=party, person=person, basis="head", scope="sign", since=at(1, 9))
        parties.append(party)
    case = open_case(
        kind="application",
        form="1",
        sub_kind="I",
        party=parties[0],
        body=body,
        created_by=aigerim,
        at=at(6, 10),
    )
    Case.objects.filter(pk=case.pk).update(received_at=at(6, 11))
    return World(aigerim, dana, executor, head, Case.objects.get(pk=case.pk))


@pytest.fixture
def opened(world: World, licence_pdfs: dict[str, Composed]) -> UUID:
    """An act opened for signature: both languages stored."""
    act_id = uuid4()
    outgoing.store_final(case_id=world.case.pk, act_id=act_id, documents=licence_pdfs.values(), at=at(6, 15))
    return act_id


@pytest.fixture
def signed(opened: UUID) -> UUID:
    return sign_act(opened)


def sign_act(act_id: UUID) -> UUID:
    """The head's real CMS over a manifest of the act's documents."""
    issue_identity(
        "documents-head",
        iin="800101300003",
        bin="190940000009",
        roles=("ORGANIZATION", "HEAD"),
        common_name="ҰЛЫҚБЕКҰЛЫ ҺӘКІМ",
        organization="Орган",
    )
    documents = OfficialDocument.objects.filter(act_id=act_id)
    manifest = canonical_bytes({"documents": [{"sha256": document.sha256} for document in documents]})
    text = sign("documents-head", manifest, at=at(6, 15))
    _kind, _headers, cms = pem.unarmor(text.encode())
    outgoing.mark_signed(act_id, at=at(6, 15, 30), published_at=at(6, 15, 30))
    outgoing.attach_evidence(act_id, manifest=manifest, cms=cms, at=at(6, 15, 30))
    return act_id


@pytest.fixture
def published(signed: UUID) -> list[OfficialDocument]:
    return outgoing.seal_act(signed, at=at(6, 15, 31))


@pytest.fixture
def flipped() -> Callable[[bytes, int], bytes]:
    def flip(content: bytes, place: int) -> bytes:
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        return bytes(spoilt)

    return flip
