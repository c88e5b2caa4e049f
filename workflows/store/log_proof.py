"""Whether the whole log is as it was written: every chain recomputed, every checkpoint compared with the chains."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Any

from sqlalchemy import Connection, Row, func, select

from .chain import GENESIS, ROWS_AT_ONCE, Break, verify_chain
from .checkpoints import LINE, Leaf, merkle_root, root_of, rows_root_of
from .many_rows import among
from .tables.checkpoint_leaves import checkpoint_leaves
from .tables.processes import cases, checkpoints, events
from .tables.row_log import row_log

# A statement has room for some 32,000 values in SQLite.
CASES_AT_ONCE = 1_000

# Whether a signature (hex) of a root was made by the key with this public half (hex).
Verify = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class CheckpointBreak:
    """Where a checkpoint and the chains disagree; `case_id` is None when the checkpoint itself was changed.

    ROOT: its root is not that of what it names; ORDER: the one before it is gone or another; SIGNATURE: it is not
    signed by a key of this installation; GONE: the end that it names for this case is in no chain any more; INSERTED:
    the case has a number that was given out before the checkpoint before, and neither of them names it; ROWS: the lines
    of the log of rows that it names are not those that it was made over; LOST: the checkpoint itself is not there any
    more, though ends of chains or lines of the log of rows say that it named them.
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


def prove_log(connection: Connection, verify: Verify | None = None, keys: Collection[str] = ()) -> LogProof:
    """Look at every event of every case and at every checkpoint; with `verify` and public keys at signatures too."""
    kept = list(connection.execute(select(checkpoints).order_by(checkpoints.c.id)))
    found = [each for row in kept if row.previous is None for each in _compare_heads(connection, row)]
    found += _compare_leaves(connection, [row for row in kept if row.previous is not None], kept)
    found += _compare_lines(connection, kept)
    if verify is not None:
        found += _unsigned(kept, verify, keys)
    return LogProof(
        cases=connection.scalar(select(func.count()).select_from(cases)) or 0,
        events=connection.scalar(select(func.count()).select_from(events)) or 0,
        checkpoints=len(kept),
        breaks=verify_chain(connection),
        checkpoint_breaks=found,
    )


def _compare_heads(connection: Connection, kept: Row[Any]) -> Iterable[CheckpointBreak]:
    """A checkpoint of before 0027: it names the heads of all chains."""
    named = sorted((int(case), head) for case, head in kept.heads.items())
    if merkle_root([f"{case}:{head}" for case, head in named]) != kept.root:
        yield CheckpointBreak("ROOT", kept.id, None)
    for start in range(0, len(named), CASES_AT_ONCE):
        some = named[start : start + CASES_AT_ONCE]
        wanted = select(events.c.case_id, events.c.hash).where(events.c.hash.in_([head for _, head in some]))
        wanted = wanted.where(events.c.case_id.in_([case for case, _ in some]))
        known = {(row.case_id, row.hash) for row in connection.execute(wanted)}
        yield from (CheckpointBreak("GONE", kept.id, case) for case, head in some if (case, head) not in known)


def _compare_leaves(
    connection: Connection, sealed: Sequence[Row[Any]], kept: Sequence[Row[Any]]
) -> Iterator[CheckpointBreak]:
    before = {after.id: each.root for each, after in pairwise(kept)}
    by_number, first = _leaves(connection), dict[int, int]()
    waiting = next(by_number, None)
    for place, row in enumerate(sealed):
        while waiting is not None and waiting[0] < row.id:
            yield CheckpointBreak("LOST", waiting[0], None)
            waiting = next(by_number, None)
        leaves: list[Leaf] = []
        if waiting is not None and waiting[0] == row.id:
            leaves = waiting[1]
            waiting = next(by_number, None)
        if row.heads or root_of(row.previous, row.at, row.last_case, leaves, row.rows_root) != row.root:
            yield CheckpointBreak("ROOT", row.id, None)
        if row.previous != before.get(row.id, GENESIS):
            yield CheckpointBreak("ORDER", row.id, None)
        yield from _gone(connection, row.id, leaves)
        for leaf in leaves:
            first.setdefault(leaf.case_id, place)
    yield from (CheckpointBreak("LOST", number, None) for number, _ in chain([waiting] if waiting else [], by_number))
    yield from _inserted(connection, sealed, first)


def _compare_lines(connection: Connection, kept: Sequence[Row[Any]]) -> Iterator[CheckpointBreak]:
    """What each checkpoint was made over of the log of rows, against the lines that say that it named them."""
    expected = {row.id: row.rows_root for row in kept}
    wanted = select(row_log.c.checkpoint_id, *LINE).where(row_log.c.checkpoint_id.is_not(None))
    ordered = wanted.order_by(row_log.c.checkpoint_id, row_log.c.id)
    rows = connection.execute(ordered, execution_options={"yield_per": ROWS_AT_ONCE})
    for number, lines in groupby(rows, key=lambda row: int(row.checkpoint_id)):
        found = rows_root_of([tuple(line[1:]) for line in lines])
        if number not in expected:
            yield CheckpointBreak("LOST", number, None)
        elif expected.pop(number) != found:
            yield CheckpointBreak("ROWS", number, None)
    yield from (CheckpointBreak("ROWS", number, None) for number, root in expected.items() if root is not None)


def _leaves(connection: Connection) -> Iterator[tuple[int, list[Leaf]]]:
    wanted = select(checkpoint_leaves).order_by(checkpoint_leaves.c.checkpoint_id, checkpoint_leaves.c.case_id)
    rows = connection.execute(wanted, execution_options={"yield_per": ROWS_AT_ONCE})
    for number, some in groupby(rows, key=lambda row: int(row.checkpoint_id)):
        yield number, [Leaf(row.case_id, row.revision, row.head) for row in some]


def _gone(connection: Connection, number: int, leaves: Sequence[Leaf]) -> Iterator[CheckpointBreak]:
    for start in range(0, len(leaves), CASES_AT_ONCE):
        some = leaves[start : start + CASES_AT_ONCE]
        wanted = select(events.c.case_id, events.c.seq, events.c.hash).where(
            among(connection, events.c.case_id, [leaf.case_id for leaf in some]),
            among(connection, events.c.hash, [leaf.head for leaf in some]),
        )
        there = {tuple(row) for row in connection.execute(wanted)}
        for leaf in some:
            if (leaf.case_id, leaf.revision, leaf.head) not in there:
                yield CheckpointBreak("GONE", number, leaf.case_id)


def _inserted(
    connection: Connection, sealed: Sequence[Row[Any]], first: Mapping[int, int]
) -> Iterator[CheckpointBreak]:
    """Cases that the first checkpoint after their number was given out, or the next at the latest, does not name.

    `first` is the place of the checkpoint that names a case first.
    """
    highest = [row.last_case for row in sealed]
    for case in connection.scalars(select(cases.c.id).where(cases.c.revision > 0).order_by(cases.c.id)):
        latest = bisect_left(highest, case) + 1
        if latest < len(sealed) and first.get(case, len(sealed)) > latest:
            yield CheckpointBreak("INSERTED", sealed[latest].id, case)


def _unsigned(kept: Sequence[Row[Any]], verify: Verify, keys: Collection[str]) -> Iterator[CheckpointBreak]:
    for row in kept:
        if row.previous is None and row.signature is None:  # of before 0027, when none was signed
            continue
        if row.signature is None or row.signed_by not in keys or not verify(row.signed_by, row.root, row.signature):
            yield CheckpointBreak("SIGNATURE", row.id, None)
