"""What must hold when everything has come to rest, whoever died: invariants I1 to I16, asked by SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, select

from workflows.engine import state_from_json
from workflows.store.beside_log import compare_beside
from workflows.store.log_proof import prove_log
from workflows.store.tables.clockwork import sweeps
from workflows.store.tables.issuing import approvals, document_files, issued, register
from workflows.store.tables.notices import notices
from workflows.store.tables.processes import cases, events
from workflows.store.tables.signing import signing_orders
from workflows.store.tables.telling import deliveries, outbox
from workflows.store.tables.worklist import incidents, subscriptions, tasks, timers


def violations(connection: Connection, now: datetime) -> Iterator[str]:
    """Everything that is not as it must be once all leases are over and all sweeps have come round."""
    yield from _log(connection)
    yield from _numbers(connection)
    yield from _signatures(connection)
    yield from _decisions(connection)
    yield from _at_rest(connection, now)
    yield from _stuck(connection)
    yield from _told(connection)


def _log(connection: Connection) -> Iterator[str]:
    """I6: every chain verifies, what stands beside it too, and the state of each case is that of its last event."""
    proof = prove_log(connection)
    yield from (f"I6 log: {each}" for each in (*proof.breaks, *proof.checkpoint_breaks, *compare_beside(connection)))
    last = select(events.c.case_id, func.max(events.c.revision)).group_by(events.c.case_id)
    written = {row[0]: row[1] for row in connection.execute(last)}
    for case in connection.execute(select(cases.c.id, cases.c.revision)):
        if written.get(case.id, 0) != case.revision:
            yield f"I6 case {case.id} is at revision {case.revision}, its events at {written.get(case.id)}"


def _numbers(connection: Connection) -> Iterator[str]:
    """I3: the numbers of a book are 1…N, and none stands on two documents."""
    books: dict[tuple[int, str, int], list[int]] = {}
    for line in connection.execute(select(register)):
        books.setdefault((line.office_id, line.series, line.year), []).append(line.number)
    for book, numbers in books.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"I3 numbers of {book}: {sorted(numbers)}"


def _signatures(connection: Connection) -> Iterator[str]:
    """I4: one signature a document and role, over the frozen bytes, and the kept file is that which was signed."""
    frozen = {(row.subject, row.subject_id): row for row in connection.execute(select(issued))}
    kept = {row.id: row for row in connection.execute(select(document_files))}
    made = Counter((row.subject, row.subject_id, row.role) for row in kept.values() if row.role in ("signed", "sealed"))
    yield from (f"I4 {number} files {which}" for which, number in made.items() if number > 1)
    for order in connection.execute(select(signing_orders).where(signing_orders.c.state == "done")):
        file, whole = kept.get(order.file_id), frozen.get((order.subject, order.subject_id))
        if file is None or sha256(file.content).hexdigest() != file.sha256:
            yield f"I4 order {order.id}: the signed file is gone or another"
        elif whole is not None and not file.content.startswith(whole.bytes):
            yield f"I4 order {order.id}: something else was signed than was frozen"


def _decisions(connection: Connection) -> Iterator[str]:
    """I2: a task is decided once; an approval of a version is given once by a person and role."""
    closed = Counter(
        (row.case_id, row.data.get("task_id"))
        for row in connection.execute(select(events.c.case_id, events.c.data).where(events.c.type == "TaskClosed"))
    )
    yield from (f"I2 task {task} was closed {number} times" for task, number in closed.items() if number > 1)
    yield from _firings(connection)
    given = Counter(
        (row.subject, row.subject_id, row.role, row.person, row.content_hash, row.round)
        for row in connection.execute(select(approvals))
    )
    yield from (f"I2 approval {which} stands {number} times" for which, number in given.items() if number > 1)
    told = Counter(
        (row.task_id, row.data["level"], row.data["target"])
        for row in connection.execute(select(outbox).where(outbox.c.kind.in_(("task_due", "task_late"))))
    )
    yield from (f"I2 rung {which} was told {number} times" for which, number in told.items() if number > 1)


def _firings(connection: Connection) -> Iterator[str]:
    """I7: a timer fires once, and never before its time."""
    armed = {
        (row.case_id, row.data["timer_id"]): row.data["due"]
        for row in connection.execute(select(events).where(events.c.type == "TimerArmed"))
    }
    fired = Counter[tuple[int, str]]()
    for row in connection.execute(select(events).where(events.c.type == "TimerDisarmed")):
        if row.data.get("fired"):
            which = (row.case_id, row.data["timer_id"])
            fired[which] += 1
            if which in armed and row.at < datetime.fromisoformat(armed[which]):
                yield f"I7 timer {which} fired at {row.at}, before {armed[which]}"
    yield from (f"I7 timer {which} fired {number} times" for which, number in fired.items() if number > 1)


def _at_rest(connection: Connection, now: datetime) -> Iterator[str]:
    """I8: nothing is under way any more, for whoever had taken it is dead and its lease over."""
    for order in connection.execute(select(signing_orders).where(signing_orders.c.state == "signing")):
        yield f"I8 order {order.id} is still being signed"
    for row in connection.execute(select(deliveries).where(deliveries.c.status.in_(("sending", "pending", "retry")))):
        yield f"I8 letter {row.message_id} to {row.address} is {row.status} since {row.next_at}"
    for row in connection.execute(select(outbox).where(outbox.c.addressed_at.is_(None), outbox.c.at <= now)):
        yield f"I8 {row.kind} {row.key} was told to nobody"
    for row in connection.execute(select(notices).where(notices.c.fate == "waiting", notices.c.due_at <= now)):
        yield f"I8 notice {row.reason} {row.matter} waits"
    for row in connection.execute(select(timers).where(timers.c.due <= now)):
        yield f"I7 timer {row.timer_id} of case {row.case_id} is due and did not fire"
    for row in connection.execute(select(tasks).where(tasks.c.kind == "job", tasks.c.status == "open")):
        yield f"I8 job {row.id} {row.topic} is open"
    for row in connection.execute(select(sweeps).where(sweeps.c.failures > 0)):
        yield f"I8 sweep {row.kind} fails: {row.error}"


def _stuck(connection: Connection) -> Iterator[str]:
    """I8, I9: a running case waits for somebody or something, and its work items are those of its state."""
    waits = {
        int(case_id)
        for table in (timers, subscriptions, incidents)
        for case_id in connection.scalars(select(table.c.case_id))
    }
    open_tasks: dict[int, set[str]] = {}
    for row in connection.execute(select(tasks).where(tasks.c.status == "open")):
        open_tasks.setdefault(row.case_id, set()).add(row.id)
    for case in connection.execute(select(cases)):
        held = {f"{case.id}-{task}" for task in state_from_json(case.state).tasks} if case.revision else set()
        if held != open_tasks.get(case.id, set()):
            yield f"I9 case {case.id}: its state has the tasks {held}, the list {open_tasks.get(case.id)}"
        if case.status == "active" and not held and case.id not in waits:
            yield f"I8 case {case.id} of {case.process} waits for nothing"


def _told(connection: Connection) -> Iterator[str]:
    """I5: one notice a recipient and matter inside the house, and a Message-ID names one letter to one address."""
    said = Counter((row.recipient, row.matter, row.reason, row.period) for row in connection.execute(select(notices)))
    yield from (f"I5 notice {which} stands {number} times" for which, number in said.items() if number > 1)
    letters = Counter((row.message_id, row.address, row.channel) for row in connection.execute(select(deliveries)))
    yield from (f"I5 letter {which} was written {number} times" for which, number in letters.items() if number > 1)
