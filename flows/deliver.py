"""Letters that wait: addressed, written and sent; the pages send the same letters right after a deed."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="deliver", retries=0, timeout_seconds=600, persist_result=False)
async def deliver() -> Counts:
    """Send what is due, each letter under one identity, so that twice is once."""
    return await sweep("deliver")
