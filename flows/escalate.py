"""Reminders before and after a due date, to the holder first and then up the ladder; and lent authority that turned."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="escalate", retries=0, timeout_seconds=600, persist_result=False)
async def escalate() -> Counts:
    """Tell whoever is to be told today, each level and each turn once."""
    return await sweep("escalate", "tell_authority")
