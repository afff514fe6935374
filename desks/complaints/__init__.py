"""Complaints in the cabinet and in the back office."""
