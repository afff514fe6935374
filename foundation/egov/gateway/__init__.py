"""Client of the "electronic government" gateway (integrations.md, part B): bytes in, typed answers out."""

from foundation.egov.gateway.answers import Address as RegisteredAddress
from foundation.egov.gateway.answers import (
    Consent,
    EntityAnswer,
    LegalEntity,
    Payment,
    PaymentsAnswer,
    Person,
    PersonAnswer,
    Snapshot,
    Usage,
)
from foundation.egov.gateway.client import Gateway, Purpose, from_settings
from foundation.egov.gateway.errors import Code, GatewayError

__all__ = [
    "Code",
    "Consent",
    "EntityAnswer",
    "Gateway",
    "GatewayError",
    "LegalEntity",
    "Payment",
    "PaymentsAnswer",
    "Person",
    "PersonAnswer",
    "Purpose",
    "RegisteredAddress",
    "Snapshot",
    "Usage",
    "from_settings",
]
