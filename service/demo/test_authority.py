"""A certification authority for demonstration and tests: real cryptography, and no legal force whatever.

It makes a root, certificates for persons and agencies, one that stamps time, and signs revocation lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
NAME = "CA thử nghiệm kehoach - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
YEARS = timedelta(days=3650)


@dataclass(frozen=True)
class Issued:
    """A certificate of the authority with its private key."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def der(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.DER)

    def pkcs12(self, authority: Issued, password: str) -> bytes:
        """Key, certificate and root as a PKCS#12 file under this password."""
        return serialize_key_and_certificates(
            b"kehoach", self.key, self.certificate, [authority.certificate], BestAvailableEncryption(password.encode())
        )


class TestAuthority:
    """The authority with its key in memory; everything it issues is valid from `since` for ten years.

    `address` is where its OCSP responder (/ocsp) and its revocation list (/crl) answer; without it neither is named.
    """

    __test__ = False  # not one of pytest's classes

    def __init__(self, since: datetime, address: str = "") -> None:
        self.since = since
        self._address = address
        self._revoked: dict[int, datetime] = {}
        key = ec.generate_private_key(ec.SECP256R1())
        named = _named(NAME, "kehoach")
        builder = self._builder(named, named, key).add_extension(x509.BasicConstraints(True, None), True)
        usage = _usage(key_cert_sign=True, crl_sign=True)
        self.root = Issued(builder.add_extension(usage, True).sign(key, SHA256()), key)

    def issue(self, name: str, organisation: str, *, until: datetime | None = None) -> Issued:
        """A certificate to sign documents with, for a person or an agency of this organisation."""
        usage = _usage(digital_signature=True, content_commitment=True)
        return self._issue(_named(name, organisation), usage, until, ec.generate_private_key(ec.SECP256R1()))

    def issue_stamper(self) -> Issued:
        """A certificate to stamp time with (RFC 3161)."""
        named = _named("Dấu thời gian thử nghiệm - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ", "kehoach")
        # The stamper in the house signs with RSA only.
        key = rsa.generate_private_key(65537, 2048)
        return self._issue(named, _usage(digital_signature=True), None, key, [ExtendedKeyUsageOID.TIME_STAMPING])

    def revoke(self, issued: Issued, at: datetime) -> None:
        """Take a certificate back from this instant on."""
        self._revoked[issued.certificate.serial_number] = at

    def revoked_at(self, serial: int) -> datetime | None:
        """Since when a certificate is revoked."""
        return self._revoked.get(serial)

    def revocation_list(self, at: datetime) -> bytes:
        """The list of revoked certificates as of this instant, valid as long as the authority (DER)."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.certificate.subject)
        builder = builder.last_update(at).next_update(self.since + YEARS)
        for serial, since in self._revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.root.key, SHA256()).public_bytes(Encoding.DER)

    def _issue(
        self,
        named: x509.Name,
        usage: x509.KeyUsage,
        until: datetime | None,
        key: PrivateKey,
        extended: Iterable[x509.ObjectIdentifier] = (),
    ) -> Issued:
        builder = self._builder(named, self.root.certificate.subject, key, until)
        builder = builder.add_extension(x509.BasicConstraints(False, None), True).add_extension(usage, True)
        wanted = list(extended)
        if wanted:
            builder = builder.add_extension(x509.ExtendedKeyUsage(wanted), True)
        if self._address:
            ocsp = x509.UniformResourceIdentifier(f"{self._address}/ocsp")
            crl = x509.UniformResourceIdentifier(f"{self._address}/crl")
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, ocsp)
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), False).add_extension(
                x509.CRLDistributionPoints([x509.DistributionPoint([crl], None, None, None)]), False
            )
        return Issued(builder.sign(self.root.key, SHA256()), key)

    def _builder(
        self, subject: x509.Name, issuer: x509.Name, key: PrivateKey, until: datetime | None = None
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.since)
            .not_valid_after(until or self.since + YEARS)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        )


def _named(name: str, organisation: str) -> x509.Name:
    """A name of at most 64 octets a part, as X.520 wants it."""
    parts = ((NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(oid, value.encode()[:64].decode(errors="ignore")) for oid, value in parts])


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
