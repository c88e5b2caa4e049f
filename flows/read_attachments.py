"""Attached files that wait to be read, so that they are found by what stands in them."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="read-attachments", retries=0, timeout_seconds=600, persist_result=False)
async def read_attachments() -> Counts:
    """Read what waits, for a bounded time."""
    return await sweep("read_attachments")
