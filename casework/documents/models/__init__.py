"""Files that came in (stored_file.py) and documents that go out (official.py)."""
