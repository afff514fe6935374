"""The rulebook in the database: loaded once, succeeded and never edited, read by revision."""

import json
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, IntegrityError, connection, transaction

from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted
from foundation.rulebook import citations, fixtures, selectors, services
from foundation.rulebook.models import TABLES, EvidenceRequirement, MonthlyIndex, Revision, TermRow
from foundation.rulebook.rules import NoRule

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
CALM, OTHER = uuid4(), uuid4()


def index_values(first="2027-01-01", tenge="4500"):
    return {
        "code": "mrp",
        "valid_from": date.fromisoformat(first),
        "citation": "TC 616",
        "tenge": Decimal(tenge),
    }


def copy_of_files(tmp_path):
    shutil.copytree(fixtures.DIRECTORY, tmp_path / "rulebook")
    return tmp_path / "rulebook"


def add_row(directory, name, **values):
    path = directory / f"{name}.json"
    content = json.loads(path.read_text())
    content["rows"].append(values)
    path.write_text(json.dumps(content))


def test_migrating_brings_the_law_and_it_equals_the_files():
    held, files = selectors.book().rows, fixtures.read()
    for name in TABLES:
        key = lambda row: (row.code, row.valid_from)  # noqa: E731 -- used twice in the next line only
        assert sorted(getattr(held, name), key=key) == sorted(getattr(files, name), key=key)


def test_loading_again_changes_nothing():
    before = Revision.objects.get()
    done = services.load(at=AT)
    assert (done.created, done.ended) == (0, 0)
    assert Revision.objects.get().token == before.token
    assert not Fact.objects.filter(stream="rulebook").exists()


def test_a_new_row_ends_its_predecessor(tmp_path):
    directory = copy_of_files(tmp_path)
    add_row(directory, "indices", **{**index_values(), "valid_from": "2027-01-01", "tenge": "4500"})
    done = services.load(directory, at=AT)
    assert (done.created, done.ended) == (1, 1)
    pack = selectors.pack(date(2026, 3, 6))
    assert pack.mrp(date(2026, 12, 31)).tenge == Decimal(4325)
    assert pack.mrp(date(2027, 1, 1)).tenge == Decimal(4500)
    assert Fact.objects.filter(stream="rulebook").get().kind == "rulebook.loaded"
    # the official files lack the row now: loading them neither deletes it nor reopens the predecessor
    assert not services.load(at=AT).changed


def test_a_file_that_edits_a_published_row_is_refused_whole(tmp_path):
    directory = copy_of_files(tmp_path)
    path = directory / "terms.json"
    path.write_text(path.read_text().replace('"n": 15', '"n": 16', 1))
    add_row(directory, "indices", **{**index_values(), "valid_from": "2027-01-01", "tenge": "4500"})
    with pytest.raises(CommandError, match=r"TermRow \S+ of 2023-12-20 is published with another n;"):
        call_command("load_rulebook", "--path", str(directory))
    assert MonthlyIndex.objects.count() == 4
    assert TermRow.objects.get(code="service").n == 15


def test_the_database_refuses_edit_and_deletion_of_a_published_row():
    for act in (
        lambda: MonthlyIndex.objects.filter(valid_from="2026-01-01").update(tenge=1),
        lambda: MonthlyIndex.objects.filter(valid_from="2025-01-01").update(valid_to="2025-06-30"),
        lambda: MonthlyIndex.objects.filter(valid_from="2026-01-01").delete(),
    ):
        with pytest.raises(DatabaseError, match="succeeded, not"), transaction.atomic():
            act()
    assert MonthlyIndex.objects.get(valid_from="2026-01-01").tenge == Decimal(4325)


def test_the_database_refuses_two_rows_in_force():
    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
        MonthlyIndex.objects.create(**index_values("2026-06-01"), published_at=AT)


def test_two_people_publish_a_row():
    token = Revision.objects.get().token
    row = services.propose(table="indices", values=index_values(), actor_id=CALM, at=AT)
    assert selectors.pack(date(2027, 1, 4)).mrp(date(2027, 1, 4)).tenge == Decimal(4325)
    assert Revision.objects.get().token == token
    with pytest.raises(NotPermitted) as refused:
        services.confirm(table="indices", row_id=row.pk, actor_id=CALM, at=AT)
    assert refused.value.code == "FOUR_EYES"
    assert MonthlyIndex.objects.get(pk=row.pk).published_at is None

    services.confirm(table="indices", row_id=row.pk, actor_id=OTHER, at=AT)
    pack = selectors.pack(date(2027, 1, 4))
    assert (pack.mrp(date(2026, 12, 31)).tenge, pack.mrp(date(2027, 1, 1)).tenge) == (
        Decimal(4325),
        Decimal(4500),
    )
    assert [(f.kind, f.actor_id) for f in Fact.objects.filter(stream="rulebook").order_by("seq")] == [
        ("rulebook.proposed", CALM),
        ("rulebook.published", OTHER),
    ]


def test_four_eyes_hold_in_the_database_too():
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        MonthlyIndex.objects.create(**index_values(), proposed_by=CALM, confirmed_by=CALM, published_at=AT)


@pytest.mark.parametrize("first", ["2026-01-01", "2025-06-01"])
def test_a_row_that_does_not_come_last_is_refused(first):
    row = services.propose(table="indices", values=index_values(first), actor_id=CALM, at=AT)
    with pytest.raises(Conflict) as refused:
        services.confirm(table="indices", row_id=row.pk, actor_id=OTHER, at=AT)
    assert refused.value.code == "RULE_OVERLAPS"
    assert MonthlyIndex.objects.get(valid_from="2026-01-01", published_at__isnull=False).valid_to is None


def test_a_proposal_can_be_withdrawn_and_a_published_row_cannot():
    row = services.propose(table="indices", values=index_values(), actor_id=CALM, at=AT)
    services.withdraw(table="indices", row_id=row.pk, actor_id=CALM, at=AT)
    assert not MonthlyIndex.objects.filter(pk=row.pk).exists()
    published = MonthlyIndex.objects.first()
    assert published is not None
    with pytest.raises(NotFound):
        services.withdraw(table="indices", row_id=published.pk, actor_id=CALM, at=AT)
    with pytest.raises(NotFound):
        services.propose(table="nothing", values={}, actor_id=CALM, at=AT)


def test_an_incomplete_proposal_names_its_fields():
    with pytest.raises(BadInput) as refused:
        services.propose(table="indices", values={"code": "mrp", "citation": "TC 616"}, actor_id=CALM, at=AT)
    assert set(refused.value.fields) == {"valid_from", "tenge"}


def test_reading_costs_one_query(django_assert_num_queries):
    selectors.book()
    with django_assert_num_queries(1):
        assert selectors.pack(date(2026, 3, 6)).code == "C"


def test_a_refused_publication_leaves_no_rows_behind_in_the_process():
    point = transaction.savepoint()
    row = services.propose(table="indices", values=index_values(tenge="9999"), actor_id=CALM, at=AT)
    services.confirm(table="indices", row_id=row.pk, actor_id=OTHER, at=AT)
    assert selectors.pack(date(2027, 1, 1)).mrp(date(2027, 1, 1)).tenge == Decimal(9999)
    transaction.savepoint_rollback(point)
    assert selectors.pack(date(2027, 1, 1)).mrp(date(2027, 1, 1)).tenge == Decimal(4325)


def test_an_emptied_database_gets_its_law_back_when_migrated():
    tables = [table._meta.db_table for table in TABLES.values()] + [Revision._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
    with pytest.raises(NoRule, match="load_rulebook"):
        selectors.book()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert EvidenceRequirement.objects.count() == 13
    assert selectors.pack(date(2026, 3, 6)).code == "C"


@pytest.mark.parametrize(
    ("short", "language", "words"),
    [
        ("Annex 9/3", "en", "annex 9 to the Rules, item 3"),
        ("Annex 1", "ru", "приложение 1 к Правилам"),
        ("Annex 1", "kk", "Қағидаларға 1-қосымша"),
        ("Order 4", "ru", "п. 4 приказа № 169/НҚ"),
        ("№ 598/НҚ", "ru", "№ 598/НҚ"),
    ],
)
def test_citations_speak_the_readers_language(short, language, words):
    from django.utils.translation import override

    with override(language):
        assert str(citations.shown(short)) == words


def test_several_citations_in_one_line():
    assert str(citations.shown("Order 4; № 95/НҚ")).endswith("; № 95/НҚ")


def test_the_back_office_shows_the_rulebook_and_offers_no_change(admin_client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path  # nothing is collected in tests
    page = admin_client.get("/admin/rulebook/monthlyindex/")
    assert page.status_code == 200
    assert b"mrp" in page.content
    assert admin_client.get("/admin/rulebook/monthlyindex/add/").status_code == 403
