"""Steps that the program itself has to do: numbers, distribution to the recipients, reports."""

from __future__ import annotations

from prefect import flow

from .sweeping import Counts, sweep


@flow(name="run-jobs", retries=0, timeout_seconds=600, persist_result=False)
async def run_jobs() -> Counts:
    """Do what waits as a job, each in its own transaction."""
    return await sweep("run_jobs")
