"""The check without a network: by files that were published, no database, no socket; one changed bit fails."""

import datetime as dt
import json
import socket
import uuid

import pytest
from django.core.management import CommandError, call_command

from casework.documents.qr import new_qr_id, signed_payload
from foundation.kernel import keys
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import BadInput
from licenses.models import LicenceEdition
from licenses.rules.answers import Answer
from licenses.selectors.offline import Published
from licenses.services import suspend_licence
from licenses.statuses import Basis
from tests.licenses.people import document, granted, moment

NOW = moment("2026-06-01 12:00")


def _code(paper, edition=1):
    return signed_payload(
        qr_id=paper.qr_id,
        kind=paper.kind,
        number=paper.number,
        edition=edition,
        document_date=paper.document_date,
    )


@pytest.fixture
def _own_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def papers(db, _own_keys, client, tmp_path):
    """Codes of three licences and the two files as anyone loads them."""
    in_force = granted()
    current = document(in_force, in_force.editions.get().act_id)
    stopped = granted(at="2026-03-03 12:00")
    stopped_paper = document(stopped, stopped.editions.get().act_id, at="2026-03-03 12:00")
    suspend_licence(
        licence_id=stopped.pk,
        since=dt.date(2026, 4, 1),
        months=3,
        basis=Basis.SUSPEND,
        act_id=uuid.uuid4(),
        actor_id=uuid.uuid4(),
        at=moment("2026-04-01 12:00"),
    )
    old = granted(at="2026-03-04 12:00")
    archived = document(old, old.editions.get().act_id, at="2026-03-04 12:00")
    _second_edition(old)
    codes = {"in_force": _code(current), "suspended": _code(stopped_paper), "superseded": _code(archived)}
    never = {"qr_id": new_qr_id(), "kind": "licence_form_4", "number": in_force.number, "edition": 1}
    codes["never_issued"] = signed_payload(**never, document_date=dt.date(2026, 3, 2))
    codes["younger"] = signed_payload(**never, document_date=dt.date(2026, 6, 2))
    with legal_time(NOW):
        for name in ("status-list", "verification-keys"):
            (tmp_path / f"{name}.json").write_bytes(client.get(f"/api/v1/{name}/").content)
    return codes


def _second_edition(licence):
    first = licence.editions.get()
    LicenceEdition.objects.filter(pk=first.pk).update(state="superseded")
    first.pk, first.edition, first.act_id = uuid.uuid4(), 2, uuid.uuid4()
    first.issued_on, first.public_from = dt.date(2026, 5, 4), moment("2026-05-04 12:00")
    first.state = "current"
    first.save(force_insert=True)


@pytest.fixture
def published(papers, tmp_path):
    return Published(
        (tmp_path / "verification-keys.json").read_bytes(), (tmp_path / "status-list.json").read_bytes()
    )


def test_every_answer_comes_from_the_files(papers, published):
    said = {name: published.check(code).answer for name, code in papers.items()}
    assert said == {
        "in_force": Answer.IN_FORCE,
        "suspended": Answer.SUSPENDED,
        "superseded": Answer.SUPERSEDED,
        "never_issued": Answer.NEVER_ISSUED,
        "younger": None,
    }
    assert published.check(papers["suspended"]).until == dt.date(2026, 7, 1)
    assert published.check(papers["superseded"]).superseded_by == 2
    assert published.check("junk").answer is Answer.UNKNOWN


def test_one_changed_bit_of_the_code_is_not_genuine(papers, published):
    address, _mark, code = papers["in_force"].partition("?d=")
    claim, _dot, signature = code.partition(".")
    for place in range(0, len(signature) - 1, 7):
        other = "A" if signature[place] != "A" else "B"
        changed = f"{address}?d={claim}.{signature[:place]}{other}{signature[place + 1 :]}"
        assert published.check(changed).answer is Answer.NOT_GENUINE


def test_a_changed_status_list_is_refused(papers, tmp_path):
    said = json.loads((tmp_path / "status-list.json").read_text())
    content = said["status_list"]["content"]
    place = len(content) // 2
    other = "A" if content[place] != "A" else "B"
    said["status_list"]["content"] = f"{content[:place]}{other}{content[place + 1 :]}"
    with pytest.raises(BadInput) as refused:
        Published((tmp_path / "verification-keys.json").read_bytes(), json.dumps(said).encode())
    assert refused.value.code == "STATUS_LIST_FORGED"


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"keys": [{"purpose": "qr"}]}', b"\xff"])
def test_other_files_are_no_keys(data):
    with pytest.raises(BadInput) as refused:
        Published(data)
    assert refused.value.code == "PUBLISHED_UNREADABLE"


@pytest.fixture
def _no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("no socket is opened by the check without a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def _without_database(_own_keys, tmp_path):
    """A code and the keys, made without a database; the test's own access to it is forbidden."""
    code = signed_payload(
        qr_id=new_qr_id(),
        kind="licence_form_4",
        number="KZ32DML00000001",
        edition=1,
        document_date=dt.date(2026, 3, 2),
    )
    (tmp_path / "code.txt").write_text(code, encoding="utf-8")
    from licenses.selectors import verification_keys

    (tmp_path / "keys.json").write_text(json.dumps({"keys": verification_keys()}), encoding="utf-8")
    for file in (tmp_path / "keys").rglob("*.pem"):
        file.unlink()  # what is asked is the published file, not the authority's own keys
    assert list(keys.public_keys("qr")) == []


@pytest.mark.usefixtures("_without_database", "_no_network")
def test_the_program_needs_no_network_no_database_and_no_key_of_the_authority(tmp_path, capsys):
    call_command("verify_document", str(tmp_path / "code.txt"), keys=tmp_path / "keys.json")
    said = capsys.readouterr().out
    assert "KZ32DML00000001" in said
    assert said.splitlines()[-1] == "ПОДЛИННЫЙ"


@pytest.mark.usefixtures("_without_database", "_no_network")
def test_the_program_ends_with_1_for_one_changed_bit(tmp_path):
    code = (tmp_path / "code.txt").read_text(encoding="utf-8")
    last = "A" if code[-20] != "A" else "B"
    (tmp_path / "code.txt").write_text(f"{code[:-20]}{last}{code[-19:]}", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_document", str(tmp_path / "code.txt"), keys=tmp_path / "keys.json")
    assert ended.value.code == 1


@pytest.mark.usefixtures("_no_network")
def test_the_program_says_the_state_of_the_list(papers, tmp_path, capsys):
    files = {"keys": tmp_path / "verification-keys.json", "status_list": tmp_path / "status-list.json"}
    code = tmp_path / "code.txt"
    code.write_text(papers["superseded"], encoding="utf-8")
    call_command("verify_document", str(code), **files)
    assert "2026-06-01" in capsys.readouterr().out
    code.write_text(papers["never_issued"], encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("verify_document", str(code), **files)
    with pytest.raises(CommandError, match="--keys"):
        call_command("verify_document", str(code), status_list=files["status_list"])
