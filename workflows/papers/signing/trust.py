"""Whom an office trusts: roots, revocation lists, and the authority that stamps the time."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext

from workflows.errors import Refused

from .secret_places import secret_at

# pyHanko's "hard-fail" still passes a certificate that names no place to ask; this word does not.
DEMANDED = "require"
_BINARY = ("roots", "intermediates", "revocation_lists")


@dataclass(frozen=True)
class Trust:
    """The authorities that signatures are measured by; certificates and lists are DER.

    `fetch` allows the signing side to ask OCSP responders and to load revocation lists over the network; verification
    never does, for the addresses would come out of a file that anybody may upload.
    `test` says that the authority is the program's own and its signatures carry no legal force.
    """

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    revocation_lists: tuple[bytes, ...] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    fetch: bool = False
    test: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it is kept among the settings of the offices."""
        return {
            **{name: [base64.b64encode(each).decode() for each in getattr(self, name)] for name in _BINARY},
            "stamps": dict(self.stamps),
            "fetch": self.fetch,
            "test": self.test,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Trust:
        """What `to_json` wrote."""
        binary = {name: tuple(base64.b64decode(each) for each in kept[name]) for name in _BINARY}
        return cls(**binary, stamps=kept["stamps"], fetch=kept["fetch"], test=kept["test"])

    def time_stamper(self, now: datetime) -> TimeStamper | None:
        """Who stamps the time (RFC 3161): {"url"}, or {"file", "secret"} of a PKCS#12 key; None: nobody."""
        if not self.stamps:
            return None
        if "url" in self.stamps:
            return HTTPTimeStamper(self.stamps["url"], timeout=15)
        content = Path(self.stamps["file"]).read_bytes()
        own = SimpleSigner.load_pkcs12_data(
            content, other_certs=[], passphrase=secret_at(self.stamps["secret"]).encode()
        )
        if not isinstance(own, SimpleSigner) or own.signing_cert is None:
            raise Refused("KEY_UNUSABLE", kind="pkcs12", why="time_stamps")
        return DummyTimeStamper(own.signing_cert, own.signing_key, own.cert_registry, fixed_dt=now)

    def for_signing(self, now: datetime) -> ValidationContext:
        """What a signer's certificate must pass before it signs; the evidence is kept in the document."""
        if self.fetch:
            return ValidationContext(**self._anchors(), allow_fetching=True, revocation_mode=DEMANDED)
        return ValidationContext(
            **self._anchors(), crls=list(self.revocation_lists), moment=now, revocation_mode=DEMANDED
        )

    def facts_at(self, moment: datetime, *, strict: bool) -> dict[str, Any]:
        """The arguments of a context that judges a certificate as of this moment; `strict` demands revocation facts."""
        return {
            **self._anchors(),
            "crls": list(self.revocation_lists),
            "moment": moment,
            "revocation_mode": DEMANDED if strict else "soft-fail",
            "retroactive_revinfo": True,
        }

    def _anchors(self) -> dict[str, Any]:
        load = x509.Certificate.load
        return {
            "trust_roots": [load(each) for each in self.roots],
            "other_certs": [load(each) for each in self.intermediates],
        }
