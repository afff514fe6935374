"""The OpenAPI document and its reader, from our own static files, without inline script or style."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class Schema(SpectacularAPIView):
    """The same document as docs/openapi.yaml."""


class Swagger(SpectacularSwaggerSplitView):
    """Read and try the API in the browser."""

    template_name = "api/swagger.html"
