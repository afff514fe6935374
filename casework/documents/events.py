"""Kinds of facts the documents app records on the stream of a case."""

FILE_FOUND_BAD = "file.found_bad"  # payload: file
FILE_OPENED = "file.opened"  # payload: file; by an officer
DOCUMENTS_CERTIFIED = "documents.certified"  # payload: act, kind; by the authority's seal alone
DOCUMENT_PUBLISHED = "document.published"  # payload: document, kind, language, sha256, sealed_sha256
BUNDLE_TAKEN = "bundle.taken"  # documents, files: how many; who is the actor
