"""SANDBOX ROOT CA and SANDBOX ISSUING CA: made on first use, their lists made for any asked legal moment."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from sandbox.eds import store
from sandbox.eds.certificates import Issuer, authority_certificate

ROOT = "root"
ISSUING = "issuing"
ROGUE = "rogue"  # same names, other keys, trusted by nobody
NAMES = {ROOT: "SANDBOX ROOT CA", ISSUING: "SANDBOX ISSUING CA (RSA)", ROGUE: "SANDBOX ISSUING CA (RSA)"}
CRL_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SandboxCA:
    """One folder with keys and certificates; the roots are also written where the verifier trusts."""

    folder: Path
    trust_dir: Path
    public_url: str

    @classmethod
    def configured(cls) -> "SandboxCA":
        """The CA of settings.EDS, made if it is not there yet."""
        made = cls(Path(settings.EDS["SANDBOX_DIR"]), Path(settings.EDS["TRUST_DIR"]), settings.PUBLIC_URL)
        made.ensure()
        return made

    def ensure(self) -> None:
        """Make the authorities and publish their certificates; nothing is made twice."""
        if self._is_complete():
            return
        with store.locked(self.folder):
            if not self._certificate_path(ISSUING).exists():
                self._make()
            self._publish()

    def issuer(self, which: str = ISSUING) -> Issuer:
        url = f"{self.public_url}/sandbox/eds/crl/{'root' if which == ROOT else 'issuing'}.crl"
        return Issuer(self.certificate(which), store.read_key(self._key_path(which)), url)

    def certificate(self, which: str = ISSUING) -> x509.Certificate:
        return store.read_certificate(self._certificate_path(which))

    def revoke(self, certificate: x509.Certificate, at: datetime) -> None:
        """From the legal moment `at` on the list names the certificate; a later word moves nothing."""
        with store.locked(self.folder):
            revoked = self._revoked()
            revoked.setdefault(f"{certificate.serial_number:x}", at.astimezone(UTC).isoformat())
            store.write(self._revoked_path, json.dumps(revoked, indent=1, sort_keys=True).encode())

    def is_revoked(self, certificate: x509.Certificate, at: datetime) -> bool:
        moment = self._revoked().get(f"{certificate.serial_number:x}")
        return moment is not None and datetime.fromisoformat(moment) <= at

    def crl(self, which: str, at: datetime) -> bytes:
        """DER of the list in force at `at`: from that full hour, for 24 hours, with all revoked by then."""
        this_update = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        issuer = self.issuer(which)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(this_update)
            .next_update(this_update + CRL_LIFE)
            .add_extension(x509.CRLNumber(int(this_update.timestamp())), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
            )
        )
        for serial, moment in sorted(self._revoked().items()):
            revoked_at = datetime.fromisoformat(moment)
            if which == ISSUING and revoked_at <= at:
                entry = (
                    x509.RevokedCertificateBuilder()
                    .serial_number(int(serial, 16))
                    .revocation_date(revoked_at)
                )
                builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def chain(self) -> tuple[x509.Certificate, ...]:
        """Issuing CA, then root."""
        return self.certificate(ISSUING), self.certificate(ROOT)

    def _make(self) -> None:
        keys = {which: store.new_key("rsa") for which in NAMES}
        for which, key in keys.items():
            store.write(self._key_path(which), store.key_pem(key))
        root = authority_certificate(NAMES[ROOT], keys[ROOT])
        over = Issuer(root, keys[ROOT], "")
        made = {
            ROOT: root,
            ROGUE: authority_certificate(NAMES[ROGUE], keys[ROGUE], path_length=0),
            ISSUING: authority_certificate(NAMES[ISSUING], keys[ISSUING], issuer=over, path_length=0),
        }
        for which, certificate in made.items():
            store.write(self._certificate_path(which), certificate.public_bytes(Encoding.PEM))

    def _publish(self) -> None:
        for path, which in self._published():
            store.write(path, self._certificate_path(which).read_bytes(), mode=0o644)

    def _is_complete(self) -> bool:
        published = all(path.exists() for path, _ in self._published())
        return published and self._certificate_path(ISSUING).exists()

    def _published(self) -> tuple[tuple[Path, str], ...]:
        issuing = self.trust_dir / "intermediates" / "sandbox-issuing.pem"
        return (self.trust_dir / "sandbox-root.pem", ROOT), (issuing, ISSUING)

    def _revoked(self) -> dict[str, str]:
        if not self._revoked_path.exists():
            return {}
        found: dict[str, str] = json.loads(self._revoked_path.read_bytes())
        return found

    @property
    def _revoked_path(self) -> Path:
        return self.folder / "ca" / "revoked.json"

    def _key_path(self, which: str) -> Path:
        return self.folder / "ca" / f"{which}.key.pem"

    def _certificate_path(self, which: str) -> Path:
        return self.folder / "ca" / f"{which}.pem"
