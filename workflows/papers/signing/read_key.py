"""Look at a key without signing anything: whether it opens, and whose certificate it has."""

from __future__ import annotations

import asyncio

from .keys import KeyPlace, certificate_of, open_key


def certificate_at(place: KeyPlace) -> bytes:
    """The certificate (DER) of the key at this place; refused as `open_key` says."""
    return asyncio.run(_certificate(place))


async def _certificate(place: KeyPlace) -> bytes:
    async with open_key(place) as signer:
        return bytes(certificate_of(signer).dump())
