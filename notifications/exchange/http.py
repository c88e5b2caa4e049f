"""Envelopes by HTTP POST to the addresses that are configured, and to no other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from workflows.actions.exchanging.carrier import Brought, CarrierError

MEDIA_TYPE = "application/xml"
TIMEOUT_SECONDS = 30.0
# The other side understood and will never take this envelope.
PERMANENT = frozenset({400, 409, 410, 413, 415, 422})
LONGEST_ANSWER = 300


@dataclass(frozen=True)
class HttpCarrier:
    """Posts to each peer's own address with its token; no redirect is followed and no proxy of the environment used.

    The address comes from the settings only: nothing that stands in an envelope or on a page decides where we connect.
    """

    addresses: Mapping[str, tuple[str, str]] = field(repr=False)
    timeout: float = TIMEOUT_SECONDS

    @property
    def peers(self) -> Collection[str]:
        """Who has an address."""
        return self.addresses.keys()

    def send(self, peer: str, name: str, content: bytes) -> None:
        """Post the envelope; the same name a second time is known to the other side by its content."""
        import httpx  # noqa: PLC0415 - every program loads this module, and few send

        address, token = self.addresses[peer]
        headers = {"content-type": MEDIA_TYPE, "authorization": f"Bearer {token}", "x-envelope": name}
        try:
            with (
                httpx.Client(follow_redirects=False, trust_env=False, timeout=self.timeout) as client,
                client.stream("POST", address, content=content, headers=headers) as answer,
            ):
                said = next(answer.iter_bytes(LONGEST_ANSWER), b"")[:LONGEST_ANSWER]
                status = answer.status_code
        except (httpx.HTTPError, OSError) as error:
            raise CarrierError(f"{type(error).__name__}: {error}"[:LONGEST_ANSWER]) from error
        if not 200 <= status < 300:
            words = said.decode("utf-8", "replace")
            raise CarrierError(f"HTTP {status} {words}".strip(), permanent=status in PERMANENT)

    def bring(self, limit: int) -> Iterator[Brought]:
        """Peers post to us by themselves (service/api)."""
        del limit
        return iter(())

    def put_away(self, brought: Brought, *, good: bool) -> None:
        """Nothing is brought, so nothing is put away."""
        del brought, good
