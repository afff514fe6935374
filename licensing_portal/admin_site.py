"""The admin site of the back office: reference data and accounts for officers with a second factor."""

from django.conf import settings
from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite


class PortalAdminSite(UnfoldAdminSite):
    """Only staff who passed the second factor (quality.md, Security); the demo lets a password do."""

    def has_permission(self, request: HttpRequest) -> bool:
        verified = getattr(request.user, "is_verified", lambda: False)()
        return super().has_permission(request) and (verified or settings.DEMO)
