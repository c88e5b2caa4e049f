"""The evening's archive: each plan that ended gets its file as one PDF and one XML."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="archive", retries=0, timeout_seconds=1800, persist_result=False)
async def archive() -> Counts:
    """Make the file of every plan that is over and has none."""
    return await sweep("archive_plans")
