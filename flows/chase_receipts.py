"""The morning's reminder to whoever has not confirmed a document of an earlier day."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="chase-receipts", retries=0, timeout_seconds=600, persist_result=False)
async def chase_receipts() -> Counts:
    """Remind each line of Nơi nhận once a day."""
    return await sweep("chase_receipts")
