"""Every rule of law names its paragraph; every service says what it does; no moment without a zone; files stay small."""

import ast
import re
from pathlib import PurePath

import pytest

from foundation.kernel.citations import _FORMS
from tests.house.conftest import ROOT, sources

ACTS = r"Rules|Annex|APPC|PL|DA|PS|TC|Civil Code|Constitution"
PARAGRAPH = re.compile(
    rf"\b({ACTS})\b|\bForms? \d|\bISO \d+|\b(calendar|laws|integrations|forms|process|screens)\.md"
)
NOT_LAW = {  # pure functions of the register's search: how people type, no paragraph says it
    "licenses/rules/names.py",
    "licenses/rules/questions.py",
}


def public_functions(tree: ast.Module):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def test_every_rule_of_law_names_its_paragraph(modules):
    """`rules` are pure functions of law: who reads one sees where it stands."""
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path, tree in modules.items()
        if {"rules", "rules.py"} & set(PurePath(path).parts) and path not in NOT_LAW
        for function in public_functions(tree)
        if not PARAGRAPH.search((ast.get_docstring(function) or "") + (ast.get_docstring(tree) or ""))
    ]
    assert silent == []


def test_rules_know_no_django_and_no_clock(modules):
    wrong = []
    for path, tree in modules.items():
        if not {"rules", "rules.py"} & set(PurePath(path).parts):
            continue
        for node in ast.walk(tree):
            module = node.module if isinstance(node, ast.ImportFrom) else ""
            imported = [module or ""] + (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            )
            if any(name.split(".")[0] == "django" or name == "foundation.kernel.clock" for name in imported):
                wrong.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                wrong.append(f"{path}:{node.lineno} .{node.attr}")
    assert wrong == []


@pytest.mark.parametrize("folder", ["services", "services.py"])
def test_every_service_says_what_it_does(modules, folder):
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path, tree in modules.items()
        if folder in PurePath(path).parts
        for function in public_functions(tree)
        if not ast.get_docstring(function)
    ]
    assert silent == []


def test_services_are_given_their_moment(modules):
    """The legal clock is read at the doors only; services get `at`."""
    readers = [
        f"{path}:{node.lineno}"
        for path, tree in modules.items()
        if {
            "services",
            "services.py",
            "rules",
            "rules.py",
            "selectors",
            "selectors.py",
            "models.py",
        }
        & set(PurePath(path).parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "legal_now"
    ]
    assert readers == []


def test_no_moment_without_a_zone(modules):
    """`datetime.now()`, `date.today()`, `utcnow()` and `timezone.now()` have no place: two clocks, both in the kernel."""
    naive = []
    for path, tree in modules.items():
        if path == "foundation/kernel/clock.py":
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = getattr(node.func.value, "id", getattr(node.func.value, "attr", ""))
            if (
                not node.args
                and owner in {"datetime", "date", "timezone", "dt"}
                and node.func.attr
                in {
                    "now",
                    "today",
                    "utcnow",
                    "utcfromtimestamp",
                }
            ):
                naive.append(f"{path}:{node.lineno}")
    assert naive == []


def test_files_stay_small_and_have_the_names_of_the_house():
    long = {
        path: lines
        for path, lines in (
            (path, (ROOT / path).read_text(encoding="utf-8").count("\n")) for path, _tree in sources()
        )
        if lines > 400
    }
    assert long == {}
    homeless = [
        path
        for path, _tree in sources()
        if PurePath(path).stem in {"utils", "helpers", "common", "misc", "tools"}
    ]
    assert homeless == []


def test_every_module_says_what_it_is_for(modules):
    silent = [path for path, tree in modules.items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    left = [
        f"{path}:{number}"
        for path, _tree in sources()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), start=1)
        if words.search(line)
    ]
    assert left == []


def test_every_act_the_portal_cites_is_known():
    assert set(_FORMS) == {"Rules", "Annex 3", "Annex 11", "PL", "DA", "APPC", "PS", "TC"}
