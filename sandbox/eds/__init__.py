"""Sandbox CA and signer: Kazakhstan-shaped keys for the demo and the tests, trusted nowhere else."""

from sandbox.eds.authority import SandboxCA
from sandbox.eds.identities import (
    Identity,
    SealIdentity,
    UnknownIdentity,
    identities,
    identity,
    issue_identity,
    issue_pair,
    issue_seal_identity,
    revoke,
)
from sandbox.eds.people import standard_identities
from sandbox.eds.provider import SandboxCrlProvider
from sandbox.eds.signer import sign

__all__ = [
    "Identity",
    "SandboxCA",
    "SandboxCrlProvider",
    "SealIdentity",
    "UnknownIdentity",
    "identities",
    "identity",
    "issue_identity",
    "issue_pair",
    "issue_seal_identity",
    "revoke",
    "sign",
    "standard_identities",
]
