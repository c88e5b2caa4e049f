"""Remote signing by the protocol of the Cloud Signature Consortium (CSC API 1.0.4): only hashes leave the house."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from json import JSONDecodeError

import aiohttp
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

from .secret_places import secret_at

SECONDS = 30


class _ByPin(CSCAuthorizationManager):
    """Asks for the activation of exactly the hashes that are about to be signed (SCAL2), with the signer's PIN."""

    def __init__(
        self,
        service: CSCServiceSessionInfo,
        credential: CSCCredentialInfo,
        session: aiohttp.ClientSession,
        pin: str,
    ) -> None:
        super().__init__(service, credential)
        self._session = session
        self._pin = pin

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        """The signature activation data for these hashes (credentials/authorize)."""
        asked = self.format_csc_auth_request(pin=self._pin, hash_b64s=hash_b64s)
        try:
            async with self._session.post(
                self.csc_session_info.endpoint_url("credentials/authorize"),
                headers=self.auth_headers,
                json=asked,
                raise_for_status=True,
            ) as answer:
                return self.parse_csc_auth_response(await answer.json())
        except (aiohttp.ClientError, TimeoutError, JSONDecodeError) as error:
            raise SigningError("credentials/authorize failed") from error


@asynccontextmanager
async def open_remote(facts: Mapping[str, str]) -> AsyncIterator[Signer]:
    """The signer behind a CSC service: `url` before "/csc/v1", `credential`, and the places of bearer token and PIN."""
    service = CSCServiceSessionInfo(
        facts["url"].rstrip("/"), facts["credential"], oauth_token=secret_at(facts["secret"])
    )
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        credential = await fetch_certs_in_csc_credential(session, service, timeout=SECONDS)
        by_pin = _ByPin(service, credential, session, secret_at(facts["pin"]))
        yield CSCSigner(session, by_pin, sign_timeout=SECONDS)
