"""Reads: files in (incoming.py) and documents out (outgoing.py)."""

from casework.documents.selectors.outgoing import (
    document_by_qr,
    documents_of,
    documents_of_act,
    evidence_of_act,
    final_bytes,
    published_documents_visible_to,
    sealed_bytes,
)

__all__ = [
    "document_by_qr",
    "documents_of",
    "documents_of_act",
    "evidence_of_act",
    "final_bytes",
    "published_documents_visible_to",
    "sealed_bytes",
]
