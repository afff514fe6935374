"""All doors. Each app keeps its own paths in `urls.py` (pages) and `api_urls.py` (under /api/v1/)."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("accounts/", include("foundation.accounts.urls")),
    path("api/v1/", include("foundation.accounts.api_urls")),
    path("", include("casework.documents.urls")),
    path("", include("licenses.urls")),
    path("api/v1/", include("licenses.api_urls")),
]
if settings.DEMO:
    urlpatterns += [path("sandbox/", include("sandbox.urls"))]
