"""Pages of the cabinet: home.py, wizard.py, case.py."""
