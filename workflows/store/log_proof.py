"""Whether the whole log is as it was written: every chain recomputed, every checkpoint compared with the chains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from .chain import Break, verify_chain
from .checkpoints import merkle_root
from .tables.processes import cases, checkpoints, events

# A statement has room for some 32,000 values in SQLite.
CASES_AT_ONCE = 1_000


@dataclass(frozen=True)
class CheckpointBreak:
    """Where a checkpoint and the chains disagree; `case_id` is None when the checkpoint itself was changed.

    ROOT: its root is not that of its heads; GONE: the head that it names for this case is in no chain any more.
    """

    code: str
    checkpoint_id: int
    case_id: int | None


@dataclass(frozen=True)
class LogProof:
    """How much was looked at and everything that was found; intact when both lists are empty."""

    cases: int
    events: int
    checkpoints: int
    breaks: list[Break]
    checkpoint_breaks: list[CheckpointBreak]

    @property
    def intact(self) -> bool:
        """Whether nothing was changed, cut or exchanged."""
        return not self.breaks and not self.checkpoint_breaks


def prove_log(connection: Connection) -> LogProof:
    """Look at every event of every case and at every checkpoint."""
    kept = list(connection.execute(select(checkpoints).order_by(checkpoints.c.id)))
    return LogProof(
        cases=connection.scalar(select(func.count()).select_from(cases)) or 0,
        events=connection.scalar(select(func.count()).select_from(events)) or 0,
        checkpoints=len(kept),
        breaks=verify_chain(connection),
        checkpoint_breaks=[each for row in kept for each in _compare(connection, row.id, row.root, row.heads)],
    )


def _compare(connection: Connection, checkpoint_id: int, root: str, heads: dict[str, str]) -> Iterable[CheckpointBreak]:
    named = sorted((int(case), head) for case, head in heads.items())
    if merkle_root([f"{case}:{head}" for case, head in named]) != root:
        yield CheckpointBreak("ROOT", checkpoint_id, None)
    for start in range(0, len(named), CASES_AT_ONCE):
        some = named[start : start + CASES_AT_ONCE]
        wanted = select(events.c.case_id, events.c.hash).where(events.c.hash.in_([head for _, head in some]))
        wanted = wanted.where(events.c.case_id.in_([case for case, _ in some]))
        known = {(row.case_id, row.hash) for row in connection.execute(wanted)}
        yield from (CheckpointBreak("GONE", checkpoint_id, case) for case, head in some if (case, head) not in known)
