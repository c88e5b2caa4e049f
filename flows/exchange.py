"""Envelopes of the electronic exchange that are due or lie ready, out and in."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="exchange", retries=0, timeout_seconds=600, persist_result=False)
async def exchange() -> Counts:
    """Carry what is due, each message about a document once for each peer."""
    return await sweep("exchange")
