"""The admin site of the back office: reference data and accounts for officers with a second factor."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from unfold.sites import UnfoldAdminSite


class PortalAdminSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold has no types
    """Only staff who passed the second factor (quality.md, Security); the demo lets a password do."""

    def has_permission(self, request: HttpRequest) -> bool:
        verified = getattr(request.user, "is_verified", lambda: False)()
        return super().has_permission(request) and (verified or settings.DEMO)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One door for everybody: the portal's own sign-in, with its lock-out and second factor."""
        del extra_context
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.GET.get('next') or '/admin/'})}")
