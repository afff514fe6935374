"""Proceedings under /api/v1/ (api.md)."""
