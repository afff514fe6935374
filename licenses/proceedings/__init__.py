"""Proceedings on a licence (Rules 18-1, DA 9, PL 35, 44, 45): nine kinds, one case each."""
