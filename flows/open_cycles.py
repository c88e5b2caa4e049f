"""The day's report cycles, duties and reviews of the year: opened when their time has come."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="open-cycles", retries=0, timeout_seconds=600, persist_result=False)
async def open_cycles() -> Counts:
    """Open every report cycle, every occurrence of a duty and every review that is due."""
    return await sweep("open_cycles", "open_duties", "turn_years")
