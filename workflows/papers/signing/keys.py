"""Keys of signers behind one interface: a PKCS#12 file, a PKCS#11 token, and remote signing by the CSC protocol.

Whatever the kind, what comes out is a pyHanko Signer whose certificate is known; the key never leaves its place.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError
from asn1crypto import x509
from pkcs11.exceptions import PKCS11Error as TokenError
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer, SimpleSigner

from workflows.errors import Refused

from .remote_key import open_remote
from .secret_places import secret_at

# What must be known of a key of each kind; secrets stand as places (secret_places.py).
FACTS: Mapping[str, tuple[str, ...]] = {
    "pkcs12": ("file", "secret"),
    "pkcs11": ("module", "token", "key", "secret"),
    "csc": ("url", "credential", "secret", "pin"),
}


@dataclass(frozen=True)
class KeyPlace:
    """Which kind of key it is and where it is found; no secret in it."""

    kind: str
    facts: Mapping[str, str]

    def require_facts(self) -> None:
        """KEY_FACTS_MISSING unless everything is known that this kind of key needs."""
        wanted = FACTS.get(self.kind)
        if wanted is None:
            raise Refused("UNKNOWN_KEY_KIND", kind=self.kind, known=sorted(FACTS))
        missing = [name for name in wanted if not self.facts.get(name)]
        if missing:
            raise Refused("KEY_FACTS_MISSING", kind=self.kind, missing=missing)


@asynccontextmanager
async def open_key(place: KeyPlace) -> AsyncIterator[Signer]:
    """The signer at this place, for as long as the block lasts.

    KEY_UNUSABLE with the kind of the failure, never with its words: a service's or a token's may hold what was sent.
    """
    place.require_facts()
    async with AsyncExitStack() as opened:
        try:
            signer = await opened.enter_async_context(_OPENERS[place.kind](place.facts))
        except (SigningError, TokenError, ClientError, PdfError, OSError, ValueError) as error:
            raise Refused("KEY_UNUSABLE", kind=place.kind, why=type(error).__name__) from error
        yield signer


@asynccontextmanager
async def _pkcs12(facts: Mapping[str, str]) -> AsyncIterator[Signer]:
    content = Path(facts["file"]).read_bytes()
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=secret_at(facts["secret"]).encode())
    if signer is None or signer.signing_cert is None:
        raise ValueError("the file holds no key with a certificate, or its password is another")
    yield signer


@asynccontextmanager
async def _pkcs11(facts: Mapping[str, str]) -> AsyncIterator[Signer]:
    session = open_pkcs11_session(
        facts["module"], token_criteria=TokenCriteria(label=facts["token"]), user_pin=secret_at(facts["secret"])
    )
    try:
        # Hashing here and only signing there is what every token can do; few know the combined mechanisms.
        signer = PKCS11Signer(session, cert_label=facts["key"], key_label=facts["key"], use_raw_mechanism=True)
        await signer.ensure_objects_loaded()
        yield signer
    finally:
        session.close()


_OPENERS: Mapping[str, Callable[[Mapping[str, str]], AbstractAsyncContextManager[Signer]]] = {
    "pkcs12": _pkcs12,
    "pkcs11": _pkcs11,
    "csc": open_remote,
}


def certificate_of(signer: Signer) -> x509.Certificate:
    """The certificate that the signer signs with."""
    if signer.signing_cert is None:
        raise ValueError("a key without a certificate signs for nobody")
    return signer.signing_cert
