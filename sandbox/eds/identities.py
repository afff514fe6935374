"""Identities of the sandbox: a key and a certificate under a short name, made on demand, kept in files."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sandbox.eds import store
from sandbox.eds.authority import ISSUING, SandboxCA
from sandbox.eds.certificates import NOT_AFTER, NOT_BEFORE, Subject, personal_certificate, seal_certificate

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class UnknownIdentity(Exception):  # noqa: N818 -- reads as what it says
    """There is no identity of this name; `eds_sandbox init` makes the standard ones."""


@dataclass(frozen=True, slots=True)
class Identity:
    name: str
    iin: str | None
    bin: str | None
    roles: tuple[str, ...]
    common_name: str
    surname: str | None
    patronymic: str | None
    organization: str | None
    sign: bool  # a signing key; False: a sign-in key
    not_before: str
    not_after: str
    key: str  # rsa | p256 | rsa1024
    issuer: str  # issuing | rogue

    @property
    def label(self) -> str:
        holder = f"{self.common_name}, {self.organization}" if self.organization else self.common_name
        return f"{holder} ({self.name})"

    def as_json(self) -> dict[str, Any]:
        """What the chooser of the demo shows."""
        return {
            "identity": self.name,
            "label": self.label,
            "purpose": "sign" if self.sign else "auth",
            "iin": self.iin,
            "bin": self.bin,
            "roles": list(self.roles),
            "common_name": self.common_name,
            "organization": self.organization,
            "not_after": self.not_after,
        }


@dataclass(frozen=True, slots=True)
class SealIdentity:
    """A fresh key of the authority's seal with its chain; kept by the caller, not by the sandbox."""

    key_pem: bytes
    certificate_pem: bytes
    chain_pem: bytes  # issuing CA, root


def issue_identity(
    name: str,
    *,
    iin: str | None,
    roles: Iterable[str],
    common_name: str,
    bin: str | None = None,  # noqa: A002 -- the word of the law
    surname: str | None = None,
    patronymic: str | None = None,
    organization: str | None = None,
    sign: bool = True,
    not_before: datetime = NOT_BEFORE,
    not_after: datetime = NOT_AFTER,
    key: str = "rsa",
    issuer: str = ISSUING,
    ca: SandboxCA | None = None,
) -> Identity:
    """Make the identity, or leave it as it is if it is already there with the same content."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r}: an identity's name is lower-case letters, digits and hyphens")
    wanted = Identity(
        name=name,
        iin=iin,
        bin=bin,
        roles=tuple(sorted(roles)),
        common_name=common_name,
        surname=surname,
        patronymic=patronymic,
        organization=organization,
        sign=sign,
        not_before=not_before.isoformat(),
        not_after=not_after.isoformat(),
        key=key,
        issuer=issuer,
    )
    ca = ca or SandboxCA.configured()
    if _read(ca, name) != wanted:
        with store.locked(ca.folder):
            if _read(ca, name) != wanted:
                _make(ca, wanted, not_before, not_after)
    return wanted


def issue_pair(name: str, *, ca: SandboxCA | None = None, **facts: Any) -> tuple[Identity, Identity]:
    """The signing key `name` and the sign-in key `name-auth` of one person, as the NCA RK hands them out."""
    sign = issue_identity(name, sign=True, ca=ca, **facts)
    return sign, issue_identity(f"{name}-auth", sign=False, ca=ca, **facts)


def issue_seal_identity(
    *,
    organization: str,
    bin: str,  # noqa: A002 -- the word of the law
    ca: SandboxCA | None = None,
) -> SealIdentity:
    """Key and certificate for the seal of an organisation (RSA-2048)."""
    ca = ca or SandboxCA.configured()
    key = store.new_key("rsa")
    subject = Subject(iin=None, common_name=organization, organization=organization, bin=bin)
    certificate = seal_certificate(subject, key, ca.issuer())
    chain = b"".join(item.public_bytes(Encoding.PEM) for item in ca.chain())
    return SealIdentity(store.key_pem(key), certificate.public_bytes(Encoding.PEM), chain)


def identities(ca: SandboxCA | None = None) -> list[Identity]:
    ca = ca or SandboxCA.configured()
    found = (_read(ca, path.stem) for path in sorted(_folder(ca).glob("*.json")))
    return [item for item in found if item is not None]


def identity(name: str, ca: SandboxCA | None = None) -> Identity:
    found = _read(ca or SandboxCA.configured(), name) if _NAME.fullmatch(name) else None
    if found is None:
        raise UnknownIdentity(name)
    return found


def certificate_of(name: str, ca: SandboxCA | None = None) -> x509.Certificate:
    ca = ca or SandboxCA.configured()
    return store.read_certificate(_folder(ca) / f"{identity(name, ca).name}.pem")


def key_of(name: str, ca: SandboxCA | None = None) -> store.PrivateKey:
    ca = ca or SandboxCA.configured()
    return store.read_key(_folder(ca) / f"{identity(name, ca).name}.key.pem")


def usable_at(item: Identity, at: datetime, ca: SandboxCA | None = None) -> bool:
    """Would the verifier take it at `at`? The broken identities of A.6 are there to be refused."""
    ca = ca or SandboxCA.configured()
    in_time = datetime.fromisoformat(item.not_before) <= at <= datetime.fromisoformat(item.not_after)
    sound = (
        item.issuer == ISSUING and item.key != "rsa1024" and ("ORGANIZATION" in item.roles) == bool(item.bin)
    )
    return in_time and sound and not ca.is_revoked(certificate_of(item.name, ca), at)


def revoke(name: str, at: datetime, ca: SandboxCA | None = None) -> None:
    """From the legal moment `at` on the certificate of this name is revoked."""
    ca = ca or SandboxCA.configured()
    ca.revoke(certificate_of(name, ca), at)


def _make(ca: SandboxCA, wanted: Identity, not_before: datetime, not_after: datetime) -> None:
    key = store.new_key(wanted.key)
    subject = Subject(
        iin=wanted.iin,
        common_name=wanted.common_name,
        surname=wanted.surname,
        patronymic=wanted.patronymic,
        organization=wanted.organization,
        bin=wanted.bin,
    )
    certificate = personal_certificate(
        subject,
        key,
        ca.issuer(wanted.issuer),
        roles=frozenset(wanted.roles),
        sign=wanted.sign,
        not_before=not_before,
        not_after=not_after,
    )
    folder = _folder(ca)
    store.write(folder / f"{wanted.name}.key.pem", store.key_pem(key))
    store.write(folder / f"{wanted.name}.pem", certificate.public_bytes(Encoding.PEM))
    # The description comes last: an identity exists once all of it is there.
    store.write(
        folder / f"{wanted.name}.json", json.dumps(asdict(wanted), ensure_ascii=False, indent=1).encode()
    )


def _read(ca: SandboxCA, name: str) -> Identity | None:
    path = _folder(ca) / f"{name}.json"
    if not path.exists():
        return None
    facts = json.loads(path.read_bytes())
    return Identity(**{**facts, "roles": tuple(facts["roles"])})


def _folder(ca: SandboxCA) -> Path:
    return ca.folder / "identities"
