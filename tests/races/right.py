"""What must hold after any race: who won, what the loser was told, and rows as of one deed after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from workflows.engine import state_from_json
from workflows.errors import Refused
from workflows.store.beside.compare_rows import compare_rows
from workflows.store.chain import verify_chain
from workflows.store.database import Database
from workflows.store.tables.issuing import approvals, counters, register
from workflows.store.tables.processes import cases
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import tasks

from .ground import Dump
from .orders import Ended, Ran
from .pairs import Pair

# In these facts a refusal names who was faster.
WHO = ("by", "changed_by", "holder", "person")


def ends_wrong(pair: Pair, ends: tuple[Ended, Ended]) -> Iterator[str]:
    """What is wrong with how the two ended: an error instead of a refusal, too many winners, a refusal with no name."""
    for name, end in zip("AB", ends, strict=True):
        if end.error is None:
            continue
        if not isinstance(end.error, Refused):
            yield f"{name} saw an error: {end.error!r}"
        elif end.error.code not in pair.told:
            yield f"{name} was refused with {end.error.code} {dict(end.error.facts)}, expected {sorted(pair.told)}"
        elif pair.told[end.error.code] and not any(end.error.facts.get(fact) for fact in WHO):
            yield f"{name} was refused with {end.error.code} and not told who was faster: {dict(end.error.facts)}"
    won = sum(end.error is None for end in ends)
    if won not in pair.winners:
        yield f"{won} won"


def log_wrong(database: Database) -> Iterator[str]:
    """Where the hash chains of the cases are broken, or rows are not as their own log says."""
    with database.read() as connection:
        yield from (f"the log is broken: {each}" for each in (*verify_chain(connection), *compare_rows(connection)))


def rows_wrong(database: Database) -> Iterator[str]:
    """What is wrong with the rows, whatever was done."""
    with database.read() as connection:
        yield from _numbers(connection)
        yield from _tasks(connection)
        yield from _signatures(connection)


def _numbers(connection: Connection) -> Iterator[str]:
    """Numbers of each series and year run from 1 without a gap, and the counter stands at the last."""
    series = (register.c.office_id, register.c.series, register.c.year)
    taken: dict[tuple[int, str, int], list[int]] = {}
    for *key, number in connection.execute(select(*series, register.c.number)):
        taken.setdefault((key[0], key[1], key[2]), []).append(number)
    last = {(row.office_id, row.series, row.year): row.last for row in connection.execute(select(counters))}
    for each, numbers in taken.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)) or last.get(each) != len(numbers):
            yield f"numbers of {each} are {sorted(numbers)}, the counter stands at {last.get(each)}"


def _tasks(connection: Connection) -> Iterator[str]:
    """What is open in a case is open in the lists, once; and whoever has it is told once."""
    open_rows = set(connection.scalars(select(tasks.c.id).where(tasks.c.status == "open", tasks.c.kind == "user")))
    of_cases = []
    for case_id, state in connection.execute(select(cases.c.id, cases.c.state)):
        now = state_from_json(state)
        if not now.is_over():
            of_cases += [f"{case_id}-{task.id}" for task in now.tasks.values() if task.kind == "user"]
    if open_rows != set(of_cases):
        listed, known = sorted(open_rows - set(of_cases)), sorted(set(of_cases) - open_rows)
        yield f"open in lists only {listed}, in cases only {known}"
    told = Counter(
        connection.scalars(select(outbox.c.task_id).where(outbox.c.kind.in_(("task_opened", "task_returned"))))
    )
    twice = {task: times for task, times in told.items() if times != 1}
    if twice or not open_rows <= set(told):
        yield f"told not once: {twice}, not at all: {sorted(open_rows - set(told))}"


def _signatures(connection: Connection) -> Iterator[str]:
    """Each document has at most one standing approval in each role."""
    standing = select(approvals.c.subject, approvals.c.subject_id, approvals.c.role).where(
        approvals.c.voided_at.is_(None)
    )
    for row, times in Counter(tuple(row) for row in connection.execute(standing)).items():
        if times > 1 and row[2] == "ky":
            yield f"{times} signatures of {row}"


def not_one_after_the_other(
    ran: Ran, found: Dump, alone: Mapping[str, tuple[tuple[bool, bool], Dump]]
) -> Iterator[str]:
    """Whether rows and winners are those of A before B or of B before A; if not, how they differ."""
    won = (ran.ends[0].error is None, ran.ends[1].error is None)
    if any(winners == won and rows == found for winners, rows in alone.values()):
        return
    near = min(alone.items(), key=lambda each: _far(each[1][1], found))
    yield f"neither A before B nor B before A; beside {near[0]}: {_difference(near[1][1], found)}"


def _far(rows: Dump, others: Dump) -> int:
    return sum(rows.get(name) != others.get(name) for name in {*rows, *others})


def _difference(rows: Dump, others: Dump) -> str:
    lines = []
    for name in sorted({*rows, *others}):
        before, after = rows.get(name, []), others.get(name, [])
        lines += [f"{name} has not {row[:400]}" for row in before if row not in after]
        lines += [f"{name} has {row[:400]}" for row in after if row not in before]
    return "\n  ".join(lines) or "only who won"
