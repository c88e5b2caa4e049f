"""`python -m flows.part`: another process of a large round, and how the round talks to it.

A Python uses one processor; this is the second. It is told the sweep, the instant of the round and the numbers of its
parts of the offices as lines of JSON on standard input, and answers each part with what it did. It ends with its
input, so nothing outlives the round; what it had begun is whole or not written.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from workflows.actions.desk import Desk, Swept
from workflows.actions.escalate import escalate
from workflows.actions.load_functions import load_functions
from workflows.actions.open_cycles import open_cycles
from workflows.actions.sweep import in_portions
from workflows.engine.actor import CLOCK
from workflows.log_lines import about, write_log
from workflows.store.database import Database
from workflows.store.shard import Shard
from workflows.traces import begin_traces

from .shards import Helper, Sweep, tried

CYCLES_AT_ONCE = 5_000  # that one question for what is due finds; some hundred of them are one transaction
MOST_PROCESSES = 4


def open_part(desk: Desk, shard: Shard) -> Swept:
    """Open every cycle of this part of the offices."""
    return in_portions(partial(open_cycles, shard=shard))(desk, CYCLES_AT_ONCE)


def escalate_part(desk: Desk, shard: Shard) -> Swept:
    """Tell every rung that is due in this part of the offices."""
    return escalate(desk, shard=shard)


class Part(NamedTuple):
    """What a helper does of a sweep, and how much must be due: it needs about a second of a processor to begin."""

    sweep: Sweep
    worth_help: int


PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {"open_cycles": Part(open_part, 5_000), "escalate": Part(escalate_part, 30_000)}
)


def helpers(kind: str, now: datetime, environment: Mapping[str, str]) -> Sequence[Callable[[], Helper]]:
    """One for each processor that this process does not keep busy itself; `environment` names the database."""
    processors = len(os.sched_getaffinity(0))
    return [partial(_Process, kind, now, environment)] * (min(processors, MOST_PROCESSES) - 1)


class _Process:
    def __init__(self, kind: str, now: datetime, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.part"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environment),
            text=True,
        )
        self._tell([kind, now.isoformat()])

    def sweep(self, shard: Shard) -> Swept | None:
        assert self._process.stdout is not None
        self._tell([shard.number, shard.of])
        answer = self._process.stdout.readline()
        return Swept(*json.loads(answer)) if answer else None

    def close(self) -> None:
        with suppress(BrokenPipeError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _tell(self, what: object) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it is gone, which its missing answer says
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()


def main() -> None:
    """Sweep the parts that are asked for, one after another, until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a loaded function prints is no answer
    write_log(os.environ.get("KEHOACH_LOG_FORMAT", "text"), os.environ.get("KEHOACH_LOG_LEVEL", "WARNING"))
    begin_traces(os.environ)
    functions = load_functions(os.environ.get("KEHOACH_FUNCTIONS", ""))
    with closing(Database(os.environ["KEHOACH_DATABASE_URL"])) as database:
        kind, now = json.loads(sys.stdin.readline())
        desk = Desk(database, datetime.fromisoformat(now), CLOCK, functions)
        for line in sys.stdin:
            number, of = json.loads(line)
            with about(sweep=kind, part=number):
                swept = tried(desk, PARTS[kind].sweep, Shard(number, of))
            answers.write(json.dumps([swept.found, swept.done, swept.failed]) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
