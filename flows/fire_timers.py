"""Deadlines and timers of the processes that have come."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="fire-timers", retries=0, timeout_seconds=600, persist_result=False)
async def fire_timers() -> Counts:
    """Send every case whose timer is due the command that a person would send."""
    return await sweep("fire_timers")
