"""The people, the gateway and cases without layout, as the applications' tests have them."""

from tests.applications.conftest import gateway, gateway_server, quiet, stages, without_layout

__all__ = ["gateway", "gateway_server", "quiet", "stages", "without_layout"]
