"""The evening's seal over the history of all cases."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="checkpoint-log", retries=0, timeout_seconds=600, persist_result=False)
async def checkpoint_log() -> Counts:
    """Write a checkpoint over the heads of all chains of events."""
    return await sweep("checkpoint_log")
