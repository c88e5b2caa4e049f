"""Runs the rounds of the schedule against a Prefect server, after clearing away what an earlier life left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress

from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.runner import Runner

from .schedule import deployments

LOOK_SECONDS = 1.0
AT_ONCE = "2"  # processes; each is a Python of its own and the machine may have two cores
UNFINISHED = [StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def run_rounds(is_alive: Callable[[], bool], *, alone: bool = True) -> None:
    """Run until the server is gone or the process is told to stop; `alone`: no other runner has this server."""
    asyncio.run(_run(is_alive, alone))


async def _run(is_alive: Callable[[], bool], alone: bool) -> None:
    if alone:
        await _forget_unfinished_runs()
    runner = Runner(
        name="kehoach", pause_on_shutdown=False, limit=int(os.environ.get("KEHOACH_FLOWS_AT_ONCE", AT_ONCE))
    )
    for deployment in deployments():
        await runner.aadd_deployment(deployment)
    rounds = asyncio.ensure_future(runner.start())
    told_to_stop = asyncio.Event()
    while is_alive() and not rounds.done() and not told_to_stop.is_set():
        await asyncio.sleep(LOOK_SECONDS)
        # The runner's own way to stop is not awaited by its signal handler; it sets that handler while it starts.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    rounds.cancel()
    with suppress(asyncio.CancelledError):
        await rounds


async def _forget_unfinished_runs() -> None:
    """Delete what a dead runner left: Prefect would run every missed one, and one new sweep does the work of all."""
    unfinished = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)))
    async with get_client() as client:
        while runs := await client.read_flow_runs(flow_run_filter=unfinished, limit=200):
            for run in runs:
                await client.delete_flow_run(run.id)
