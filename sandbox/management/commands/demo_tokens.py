"""Tokens of the demo people for programs, with what the sandbox signer calls their keys (api.md)."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rest_framework.authtoken.models import Token

from sandbox.cast import ALL, Demo, ensure_cast, key_of


class Command(BaseCommand):
    help = (
        "Demo only: writes {login: {token, role, identity}} as JSON; identity is the sandbox signer's name."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_tokens works in the demo only (PORTAL_DEMO).")
        people = ensure_cast()
        found = {
            demo.login: {
                "token": Token.objects.get_or_create(user=people[demo.login])[0].key,
                "role": _role(demo),
                "identity": key_of(demo.login).name,
            }
            for demo in ALL
        }
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))


def _role(demo: Demo) -> str:
    return str(demo.role) if demo.role else "applicant"
