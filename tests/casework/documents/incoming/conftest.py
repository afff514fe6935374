"""The applicant's case, an empty private storage, and the real scanner."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from casework.cases.services import open_case
from foundation.accounts.models import Body, Party, Person, Representation, Role, RoleHolding
from licensing_portal.embedded import ensure_clamd
from tests.casework.documents.incoming.samples import AT, World


def _party(number: str, *people: Person) -> Party:
    party = Party.objects.create(kind="entity", number=number, name_ru=f"ТОО {number}")
    for person in people:
        Representation.objects.create(party=party, person=person, basis="power", scope="sign", since=AT)
    return party


@pytest.fixture(autouse=True)
def _in_english():
    """Texts are compared in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _static_files_stand_aside(settings, tmp_path):
    """These doors need no collected static files; WhiteNoise warns where their folder is missing."""
    settings.STATIC_ROOT = str(tmp_path)


@pytest.fixture
def world(db, private_storage):
    aigerim, bolat, dana, erlan = (
        Person.objects.create_user(login, surname=login.title(), given_name="А")
        for login in ("aigerim", "bolat", "dana", "erlan")
    )
    body = Body.objects.create(code="provider", kind="provider", name_kk="О", name_ru="О", bin="000140000000")
    RoleHolding.objects.create(person=erlan, body=body, role=Role.EXECUTOR, valid_from=date(2020, 1, 1))
    party = _party("010140000001", aigerim, bolat)
    _party("020240000002", dana)
    case = open_case(
        kind="application", form="1", sub_kind="I", party=party, body=body, created_by=aigerim, at=AT
    )
    return World(aigerim, bolat, dana, erlan, case)


@pytest.fixture
def private_storage(settings, tmp_path):
    """An empty storage of the same kind and rights as the real one."""
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    assert default_storage.path("") == str(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture(scope="session")
def clamd_socket() -> str:
    return str(ensure_clamd("tests"))


@pytest.fixture
def scanner(settings, clamd_socket):
    """The real clamd."""
    settings.CLAMD_SOCKET = clamd_socket


@pytest.fixture
def no_scanner(settings, tmp_path):
    """Nobody listens."""
    settings.CLAMD_SOCKET = str(tmp_path / "none.sock")
