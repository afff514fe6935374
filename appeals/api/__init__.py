"""Complaints under /api/v1/ (api.md)."""
