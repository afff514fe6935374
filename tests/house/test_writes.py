"""Nothing is written outside `services`: a list of every write to the database elsewhere, which is to stay empty."""

import ast
from pathlib import PurePath

# methods of managers and querysets, and of rows
OF_SETS = {
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "raw",
    "aupdate",
}
OF_ROWS = {"save", "delete", "asave", "adelete"}
SETS = {"objects", "filter", "exclude", "all", "select_for_update", "get_queryset", "order_by", "using"}
WRITERS = {"services", "services.py"}

# file → why it may write there
ALLOWED = {
    "foundation/kernel/idempotency.py": "keys of repeated commands: no legal act, swept after a day",
    "foundation/accounts/models.py": "the manager that Django's own createsuperuser asks for",
    "foundation/journal/anchors.py": "the journal's own writer beside its services: signed anchors",
}


def is_row_or_set(call: ast.Call) -> str | None:
    """The name of the write if the call is one; `.save()` of a form counts, `.update()` of a dict does not."""
    function = call.func
    if not isinstance(function, ast.Attribute):
        return None
    name = function.attr
    if name in OF_SETS and names(function.value) & SETS:
        return name
    if name in OF_ROWS and not names(function.value) & {"cache", "os", "shutil"}:
        return name
    return None


def names(node: ast.AST) -> set[str]:
    """Every attribute and call on the way to the method."""
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)} | {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name)
    }


def writes(tree: ast.Module) -> list[tuple[int, str]]:
    found = [(node.lineno, is_row_or_set(node)) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(line, name) for line, name in found if name]


def test_nothing_is_written_outside_services(modules):
    outside = {
        f"{path}:{line} .{name}()"
        for path, tree in modules.items()
        if not WRITERS & set(PurePath(path).parts) and path not in ALLOWED
        for line, name in writes(tree)
    }
    assert outside == set()


def test_every_exception_is_still_one(modules):
    assert {path for path in ALLOWED if not writes(modules[path])} == set()


def test_a_write_is_seen_for_what_it_is():
    seen = {
        "Case.objects.create(x=1)": ["create"],
        "Case.objects.filter(pk=1).update(x=1)": ["update"],
        "self.queryset.filter(pk=1).delete()": ["delete"],
        "case.save(update_fields=['x'])": ["save"],
        "application.evidence.all().delete()": ["delete"],
        "found.update(more)": [],
        "cache.delete('key')": [],
        "hashlib.sha256().update(b'')": [],
    }
    assert {source: [name for _line, name in writes(ast.parse(source))] for source in seen} == seen


# file → what writes there without a service
RAW = {"casework/deadlines/models.py": "the trigger that keeps the terms' copies of their case"}


def test_raw_sql_that_writes_stands_in_services_only(modules):
    writing = ("INSERT INTO", "UPDATE ", "DELETE FROM", "TRUNCATE")
    found = {
        path
        for path, tree in modules.items()
        if not WRITERS & set(PurePath(path).parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lstrip().startswith(writing)
    }
    assert found == set(RAW)
