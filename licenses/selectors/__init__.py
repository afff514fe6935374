"""Reads of the register: own licences, one card, the public search, the check, what is published for offline use."""

from licenses.selectors.bundle import licence_bundle
from licenses.selectors.card import (
    AnnexCard,
    AsOf,
    EditionCard,
    HistoryEntry,
    LicenceCard,
    as_of,
    licence_card,
    own_licence_card,
)
from licenses.selectors.check import CheckResult, check_number, check_qr, status_of_document
from licenses.selectors.hosts import HostAnswer, HostState, hosted_by, look_up_host
from licenses.selectors.living import (
    LivingAnnex,
    LivingLicence,
    last_centres,
    living_licence,
    living_licences,
)
from licenses.selectors.own import licence_visible_to, licences_visible_to, own_licences
from licenses.selectors.published import (
    latest_anchors,
    register_token,
    signed_status_list,
    status_entries,
    verification_keys,
)
from licenses.selectors.search import Found, Page, Query, export_rows, search

__all__ = [
    "AnnexCard",
    "AsOf",
    "CheckResult",
    "EditionCard",
    "Found",
    "HistoryEntry",
    "HostAnswer",
    "HostState",
    "LicenceCard",
    "LivingAnnex",
    "LivingLicence",
    "Page",
    "Query",
    "as_of",
    "check_number",
    "check_qr",
    "export_rows",
    "hosted_by",
    "last_centres",
    "latest_anchors",
    "licence_bundle",
    "licence_card",
    "licence_visible_to",
    "licences_visible_to",
    "living_licence",
    "living_licences",
    "look_up_host",
    "own_licence_card",
    "own_licences",
    "register_token",
    "search",
    "signed_status_list",
    "status_entries",
    "status_of_document",
    "verification_keys",
]
