"""The inventory of a bundle: for a reader with a browser and nothing else, one in Kazakh, one in Russian (Rules 20, 23)."""

from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from casework.documents.bundle.content import Bundle
from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument, StoredFile
from casework.documents.wording import LANGUAGES, Language
from casework.documents.wording.labels import labels


@dataclass(slots=True)
class Inventory:
    """What was written into the ZIP, in its order, under the names it has there."""

    documents: list[tuple[str, OfficialDocument]] = field(default_factory=list)
    files: list[tuple[str, StoredFile]] = field(default_factory=list)

    def pages(self, bundle: Bundle) -> dict[str, bytes]:
        """Name → page; the papers are named in the language of the page."""
        return {f"inventory_{language}.html": self._page(bundle, language) for language in LANGUAGES}

    def _page(self, bundle: Bundle, language: Language) -> bytes:
        values = {
            "lang": language,
            "bundle": bundle,
            "documents": [(path, KINDS[row.kind].named(language), row) for path, row in self.documents],
            "files": self.files,
            "demo": labels(language)["demo"] if settings.DEMO else "",
        }
        with translation.override(language):
            return render_to_string("documents/inventory.html", values).encode()
