"""What the documents point at exists: files, functions, tests, links, dependencies, screens."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAME = re.compile(r"`([\w/]+\.py)::(\w+)`")
FILE = re.compile(r"`((?:[\w-]+/)+[\w.-]+\.(?:py|json|csv|svg|html|js|css|yaml))`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    missing = [name for name in FILE.findall(text) if name not in MADE and not (ROOT / name).is_file()]
    for name, symbol in NAME.findall(text):
        source = (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).is_file() else ""
        if not re.search(rf"^\s*(?:def|class) {symbol}\b|^{symbol}\b.*=", source, re.MULTILINE):
            missing.append(f"{name}::{symbol}")
    links = (target for target in LINK.findall(text) if "://" not in target)
    missing += [target for target in links if not (page.parent / target).exists()]
    assert missing == []


MADE = {"benchmarks/results.json"}  # by a command, not committed


def test_every_direct_dependency_has_its_reason():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project[project.index("dependencies = [") : project.index("[tool.pytest")]
    names = set(re.findall(r'^  "([A-Za-z0-9_.-]+)', block, re.MULTILINE))
    reasons = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert len(names) > 50
    assert {name for name in names if f"| {name} " not in reasons} == set()


def test_the_lock_of_production_holds_every_dependency():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project[project.index("dependencies = [") : project.index("[project.optional-dependencies]")]
    names = {name.lower() for name in re.findall(r'^  "([A-Za-z0-9_.-]+)', block, re.MULTILINE)}
    lock = (ROOT / "requirements-runtime.lock").read_text(encoding="utf-8")
    assert names - set(re.findall(r"^([a-z0-9._-]+)(?:\[\w+\])?==", lock, re.MULTILINE)) == set()


def test_every_setting_of_the_environment_is_explained():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "licensing_portal").rglob("*.py"))
    )
    names = set(
        re.findall(r'(?:env\.\w+\(|environ(?:\.get\(|\.setdefault\(|\[)|getenv\()\s*"([A-Z_]+)"', code)
    )
    explained = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = {"DJANGO_SETTINGS_MODULE", "PYTHONTZPATH", "PATH", "HOME", "USER"}
    assert {name for name in names - known if name not in explained} == set()
