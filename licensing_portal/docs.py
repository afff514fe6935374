"""The OpenAPI document and its two readers, from our own static files and without inline script."""

from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView


class Schema(SpectacularAPIView):
    """The same document as docs/openapi.yaml."""


class Swagger(SpectacularSwaggerSplitView):
    """Try the API in the browser."""

    template_name = "api/swagger.html"


class Redoc(SpectacularRedocView):
    """Read the API in the browser."""

    template_name = "api/redoc.html"
