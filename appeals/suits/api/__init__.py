"""Suits over HTTP."""
