"""What every page needs: is this the demo, which languages, the way home."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(_request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "languages": settings.LANGUAGES, "public_url": settings.PUBLIC_URL}
