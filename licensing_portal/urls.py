"""All doors. Each app keeps its own paths in `urls.py` (pages) and `api_urls.py` (under /api/v1/)."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from licensing_portal import docs, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("foundation.accounts.urls")),
    path("", include("casework.documents.urls")),
    path("", include("casework.notices.urls")),
    path("", include("casework.deadlines.urls")),
    path("", include("licenses.urls")),
    path("", include("licenses.proceedings.urls")),
    path("", include("applications.urls")),
    path("", include("appeals.urls")),
    path("", include("appeals.suits.urls")),
    path(
        "", include("desks.urls")
    ),  # before the admin site, which answers for all other addresses under admin/
    path("admin/", admin.site.urls),
    path("api/schema/", docs.Schema.as_view(), name="schema"),
    path("api/docs/", docs.Swagger.as_view(url_name="schema"), name="api-docs"),
    path("api/v1/", include("licensing_portal.api_urls")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]
if settings.DEMO:
    urlpatterns += [path("sandbox/", include("sandbox.urls"))]
