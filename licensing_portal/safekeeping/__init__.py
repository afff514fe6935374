"""The whole portal out into one folder and back: the database, the private files and the keys (api.md, Commands).

A backup holds `database.dump` (PostgreSQL's own format), `files/<area>/…`, `manifest.json` with the SHA-256 of each
of them, and `manifest.json.sha256`. It holds personal data and private keys: the folder is open to its owner only.
"""

from licensing_portal.safekeeping.database import dump, emptiness_fault, load
from licensing_portal.safekeeping.folders import areas, copy_back, copy_out, occupied, remove
from licensing_portal.safekeeping.manifest import Manifest, SafekeepingError, SavedFile, checked, write

__all__ = [
    "Manifest",
    "SafekeepingError",
    "SavedFile",
    "areas",
    "checked",
    "copy_back",
    "copy_out",
    "dump",
    "emptiness_fault",
    "load",
    "occupied",
    "remove",
    "write",
]
