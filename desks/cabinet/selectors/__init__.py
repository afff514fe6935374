"""Read models of the cabinet: home.py, draft.py (the wizard), filed.py (the case page)."""
