"""The people and the gateway of the applications' tests."""

from tests.applications.conftest import gateway_server, module_play, without_layout

__all__ = ["gateway_server", "module_play", "without_layout"]
