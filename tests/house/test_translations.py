"""No message of ours or of a library stays in English for a reader of Kazakh or Russian.

The messages are taken from the code as it is (xgettext, templates through Django's own reader), never from
the catalogues: a new message without a translation is named here.
"""

import re
import subprocess
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
FLOORS = (
    "licensing_portal",
    "desks",
    "appeals",
    "applications",
    "licenses",
    "casework",
    "foundation",
    "sandbox",
)
LANGUAGES = ("kk", "ru")
CATALOGUES = sorted(
    path for floor in (*FLOORS, "locale") for path in (ROOT / floor).glob("**/LC_MESSAGES/django.po")
)
KEYWORDS = [
    f"-k{name}"
    for name in (
        "_",
        "gettext_lazy",
        "gettext_noop",
        "ngettext:1,2",
        "ngettext_lazy:1,2",
        "pgettext:1c,2",
        "pgettext_lazy:1c,2",
        "npgettext:1c,2,3",
        "npgettext_lazy:1c,2,3",
    )
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrif]|%[sdrif]|\{\w*[^{}]*\}")

# Words that are the same in the language: signs, codes, names.
SAME = re.compile(
    r"[\W\d_]*|IPv[46]|UUID|URL|User Agent|HTTP Accept|\W*(?:%\(\w+\)[sd]|\{\w*\})(?:\W*(?:%\(\w+\)[sd]|\{\w*\}))*\W*"
)

# Which messages of libraries a person can meet here; the rest are names of languages, date archives that the
# portal has no pages for, and pages of libraries that are switched off.
DJANGO = {
    "conf": ("core/paginator.py", "core/validators.py", "db/models/", "forms/", "utils/", "views/csrf.py"),
    "contrib/admin": ("contrib/admin/",),
    "contrib/auth": ("contrib/auth/",),
    "contrib/postgres": ("contrib/postgres/",),
}
CSRF_PAGES = re.compile("Referer|referrer|cookie|DEBUG=True")  # our own page says it (403_csrf.html)
OTHERS = {
    "rest_framework": ("*.py",),
    "django_otp": ("forms.py",),
    "axes": ("admin.py", "conf.py", "models.py"),
}


def _extract(sources: list[Path], base: Path, target: Path) -> polib.POFile:
    if not sources:
        return polib.POFile()
    names = [str(path.relative_to(base)) for path in sources]
    command = ["xgettext", "-L", "Python", "--from-code=UTF-8", *KEYWORDS, "-o", str(target), *names]
    subprocess.run(command, cwd=base, check=True, capture_output=True)
    return polib.pofile(str(target)) if target.exists() else polib.POFile()


@cache
def _ours(folder: Path) -> polib.POFile:
    """Every message in the code and templates of the portal."""
    code = [
        path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts
    ]
    found = _extract(sorted(code), ROOT, folder / "code.pot")
    pages = sorted(
        page
        for name in ("templates", *FLOORS)
        for page in (ROOT / name).rglob("*")
        if page.suffix in {".html", ".txt", ".svg"} and "templates" in page.relative_to(ROOT).parts
    )
    copies = []
    for page in pages:
        copy = folder / "pages" / page.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(templatize(page.read_text(encoding="utf-8"), origin=str(page)), encoding="utf-8")
        copies.append(copy)
    for entry in _extract(copies, folder, folder / "pages.pot"):
        found.append(entry)
    return found


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> polib.POFile:
    return _ours(tmp_path_factory.mktemp("messages"))


def _same(entry: polib.POEntry) -> bool:
    return bool(SAME.fullmatch(entry.msgid))


def _shown(entry: polib.POEntry) -> str:
    """What a reader of the active language sees."""
    if entry.msgid_plural and entry.msgctxt:
        return npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, 5)
    if entry.msgid_plural:
        return ngettext(entry.msgid, entry.msgid_plural, 5)
    return pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)


def _untranslated(entries: list[polib.POEntry], language: str) -> list[str]:
    with override(language):
        return sorted(
            {
                entry.msgid
                for entry in entries
                if entry.msgid and not _same(entry) and _shown(entry) in {entry.msgid, entry.msgid_plural}
            }
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_ours_is_translated(ours, language):
    assert len(ours) > 500, "the extraction found too little to mean anything"
    assert _untranslated(list(ours), language) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_catalogue_is_complete_and_keeps_placeholders(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []
    wrong = []
    for entry in catalogue:
        wanted = [set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)]
        given = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wrong += [text for text in given if set(PLACEHOLDER.findall(text)) not in wanted]
    assert wrong == []


def test_every_floor_with_messages_has_both_languages():
    folders = defaultdict(set)
    for path in CATALOGUES:
        folders[path.parents[2]].add(path.parents[1].name)
    assert folders
    assert {
        str(folder.relative_to(ROOT)) for folder, found in folders.items() if found != set(LANGUAGES)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_has_one_translation(language):
    """Catalogues are merged: of two translations one is never seen. Another meaning takes a context."""
    found = defaultdict(set)
    for path in CATALOGUES:
        if path.parents[1].name != language:
            continue
        for entry in polib.pofile(str(path)):
            forms = tuple(entry.msgstr_plural.values()) if entry.msgid_plural else (entry.msgstr,)
            found[entry.msgctxt, entry.msgid].add(forms)
    assert {key[1]: forms for key, forms in found.items() if len(forms) > 1} == {}


def _library(name: str) -> Path:
    return Path(str(import_module(name).__file__)).parent


def _of_django() -> list[polib.POEntry]:
    base = _library("django")
    return [
        entry
        for part, prefixes in DJANGO.items()
        for entry in polib.pofile(str(base / part / "locale/en/LC_MESSAGES/django.po"))
        if any(source.startswith(prefixes) for source, _line in entry.occurrences)
        and not CSRF_PAGES.search(entry.msgid)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_of_django_stays_english(language):
    assert _untranslated(_of_django(), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OTHERS)
def test_no_message_of_another_library_stays_english(name, language, tmp_path):
    base = _library(name)
    sources = sorted(path for pattern in OTHERS[name] for path in base.glob(pattern))
    assert _untranslated(list(_extract(sources, base, tmp_path / "library.pot")), language) == []
