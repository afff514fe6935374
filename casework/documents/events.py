"""Kinds of facts the documents app records on the stream of a case."""

FILE_FOUND_BAD = "file.found_bad"  # payload: file
FILE_OPENED = "file.opened"  # payload: file; by an officer
