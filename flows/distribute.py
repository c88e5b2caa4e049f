"""Distribution to Nơi nhận that is not finished: documents that wait to leave, lines of which nobody was told."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="distribute", retries=0, timeout_seconds=600, persist_result=False)
async def distribute() -> Counts:
    """Finish every distribution that is due, each in its own transaction."""
    return await sweep("distribute")
