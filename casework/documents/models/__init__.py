"""Files that came in (stored_file.py) and documents that go out (official.py)."""

from casework.documents.models.official import ActEvidence, DocumentBytes, OfficialDocument
from casework.documents.models.stored_file import StoredFile

__all__ = ["ActEvidence", "DocumentBytes", "OfficialDocument", "StoredFile"]
