"""Reads: files in (incoming.py) and documents out (outgoing.py)."""
