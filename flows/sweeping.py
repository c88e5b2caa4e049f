"""What every flow does: open the database that the environment names, sweep as the System, now, in a thread."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from prefect.runtime import flow_run

from notifications.channels.smtp import SmtpChannel
from notifications.channels.ways import contact_of, other_ways
from notifications.deliver import deliver
from notifications.exchange.peers import carriers_to, read_peers
from notifications.seal_log import outside, seal_log
from workflows.actions.desk import Desk, Swept
from workflows.actions.exchanging.carry import exchange_documents
from workflows.actions.load_functions import load_functions
from workflows.actions.sweep import SWEEPS, on_record
from workflows.engine.actor import CLOCK
from workflows.log_lines import about, write_log
from workflows.store.database import Database
from workflows.store.due import how_many_escalations
from workflows.store.reporting import how_many_to_open
from workflows.store.sealing import Seal
from workflows.store.shard import HowMany
from workflows.traces import begin_traces

from .mail_server import base_url, mail_server
from .part import PARTS, helpers
from .shards import in_shards

# Kind of sweep to what it found, did and could not do.
Counts: TypeAlias = dict[str, dict[str, int]]
RUNNER = "prefect"
ROWS = "500"  # of one sweep, or of its part; what is left is found a minute later
# Below so many one connection is done before several are opened.
MANY_TASKS, MANY_CYCLES = 10_000, 1_000


async def sweep(*kinds: str) -> Counts:
    """Run these kinds one after another, on record; every one is tried, and afterwards the first failure is raised."""
    return await asyncio.to_thread(_sweep_all, kinds)


def _sweep_all(kinds: tuple[str, ...]) -> Counts:
    write_log(os.environ.get("KEHOACH_LOG_FORMAT", "text"), os.environ.get("KEHOACH_LOG_LEVEL", "WARNING"))
    begin_traces(os.environ)
    database = Database(os.environ["KEHOACH_DATABASE_URL"])
    functions = load_functions(os.environ.get("KEHOACH_FUNCTIONS", ""))
    counts: Counts = {}
    failures: list[Exception] = []
    try:
        for kind in kinds:
            desk = Desk(database, datetime.now(UTC), CLOCK, functions)
            try:
                with about(sweep=kind, flow_run=flow_run.id):
                    swept = on_record(desk, kind, RUNNER, _work(desk, kind))
            except Exception as failure:
                failures.append(failure)
            else:
                counts[kind] = {"found": swept.found, "done": swept.done, "failed": swept.failed}
    finally:
        database.close()
    if failures:
        raise failures[0]
    return counts


def _work(desk: Desk, kind: str) -> Callable[[], Swept]:
    rows = int(os.environ.get("KEHOACH_SWEEP_ROWS", ROWS))
    match kind:
        case "deliver":
            return partial(_deliver, desk)
        case "exchange":
            return partial(_exchange, desk)
        case "checkpoint_log":
            return partial(_seal, desk)
        case "escalate":
            return _in_parts(desk, kind, how_many_escalations, MANY_TASKS)
        case "open_cycles":
            return _in_parts(desk, kind, how_many_to_open, MANY_CYCLES)
        case _:
            return partial(SWEEPS[kind], desk, rows)


def _in_parts(desk: Desk, kind: str, how_many: HowMany, worth: int) -> Callable[[], Swept]:
    part, beside = PARTS[kind], helpers(kind, desk.now, os.environ)
    return partial(in_shards, desk, part.sweep, how_many, worth, helpers=beside, worth_help=part.worth_help)


def _exchange(desk: Desk) -> Swept:
    """With the peers that the environment names, under the name that the pages use too."""
    return exchange_documents(desk, carriers_to(read_peers(os.environ.get("KEHOACH_EXCHANGE", ""))))


def _seal(desk: Desk) -> Swept:
    """The day's checkpoint, signed, and put where the environment says."""
    told = {name: os.environ.get(f"KEHOACH_CHECKPOINT_{name.upper()}", "") for name in ("key", "folder", "mail")}
    data_dir = Path(os.environ.get("KEHOACH_DATA_DIR", "data"))
    places = outside(data_dir, told["key"], told["folder"], told["mail"])
    server = mail_server(os.environ)
    return seal_log(desk, places, SmtpChannel(server) if server is not None else None)


def _deliver(desk: Desk) -> Swept:
    """Without a mail server letters wait, and nothing is lost."""
    server = mail_server(os.environ)
    done = deliver(
        desk.database,
        desk.now,
        SmtpChannel(server) if server is not None else None,
        base_url=base_url(os.environ),
        tokens=_token,
        others=other_ways(
            desk.database,
            desk.now,
            Seal(os.environ.get("KEHOACH_SECRET_KEY", ""), Path(os.environ.get("KEHOACH_DATA_DIR", "data"))),
            contact_of(os.environ.get("KEHOACH_MAIL_FROM", "kehoach@localhost")),
            loopback=os.environ.get("KEHOACH_LOCAL_TARGETS", "").lower() in ("1", "true", "yes", "on"),
        ),
    )
    return Swept(done.sent + done.retried + done.dead + done.superseded, done.sent, done.dead)


def _token() -> str:
    return secrets.token_urlsafe(32)
