#!/usr/bin/env python3
"""Entry point of every command; servers that are missing are started on demand by the settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "licensing_portal.settings")
    os.environ["PYTHONTZPATH"] = ""  # the pinned tzdata wins over an old system copy
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
