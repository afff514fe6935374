#!/bin/sh
# Nothing starts with settings or a database that would make wrong dates or open doors.
set -eu
python manage.py check --database default --fail-level ERROR
exec "$@"
