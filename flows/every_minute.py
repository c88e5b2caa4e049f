"""Each minute: ordered signatures, the programs' own steps, deadlines, envelopes, letters, then files to be read."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep

# In this order what one of them causes, the next one finds.
KINDS = ("sign_documents", "run_jobs", "distribute", "fire_timers", "exchange", "deliver", "read_attachments")


@flow(name="every-minute", retries=0, timeout_seconds=600, persist_result=False)
async def every_minute() -> Counts:
    """Run the sweeps in one process (a process costs seconds); one that fails does not hold up the others."""
    return await sweep(*KINDS)
