#!/bin/sh
# Signatures first: clamd does not start without any. Then the updater beside the scanner.
set -eu
[ -n "$(ls /var/lib/clamav/*.c?d 2>/dev/null)" ] || freshclam --stdout
freshclam --daemon --foreground --stdout &
exec clamd --foreground --config-file=/etc/portal/clamd.conf
