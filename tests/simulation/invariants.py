"""What must hold whatever was done and whatever failed; asked of the rows, the mail server's log and the signer's log.

The names are those of docs/howto/simulate-faults.md. I1, I2, I11 and I15 are judged at each deed (accepted.py).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from hashlib import sha256
from itertools import pairwise

from workflows.store.beside_log import compare_beside

from .invariants_of_cases import check_cases
from .world import Violation, World

_TOKEN = re.compile(r"(?<![0-9a-f])[0-9a-f]{48}(?![0-9a-f])")


def check_everything(world: World, *, at_rest: bool) -> None:
    """Raise the first Violation that is found."""
    numbers(world)
    signatures(world)
    letters(world)
    reminders(world)
    check_cases(world)
    four_eyes(world)
    proofs(world)
    reports(world)
    ownership(world)
    secrets(world)
    if at_rest:
        rest(world)
        beside_the_log(world)


def numbers(world: World) -> None:
    """I3: 1 … N in each book, none twice, none missing, days in their order, and a line for each document."""
    books: dict[tuple[object, ...], list[tuple[int, object, str]]] = defaultdict(list)
    for office, series, year, number, day, status in world.look(
        "SELECT office_id, series, year, number, document_on, status FROM register ORDER BY number, id"
    ):
        books[office, series, year].append((number, day, status))
    for book, lines in books.items():
        given = [number for number, _, _ in lines]
        if given != list(range(1, len(given) + 1)):
            raise Violation("I3", f"numbers of {book}: {given}")
        days = [str(day) for _, day, status in lines if status == "issued"]
        if any(first > second for first, second in pairwise(days)):
            raise Violation("I3", f"days of {book} are not in the order of its numbers: {days}")
        last = "SELECT last FROM counters WHERE office_id = ? AND series = ? AND year = ?"
        if (counted := world.one(last, *book)) not in (None, len(given)):
            raise Violation("I3", f"the counter of {book} stands at {counted}, its last number is {len(given)}")


def signatures(world: World) -> None:
    """I4: frozen bytes are what was hashed; one signature a role over exactly these; no number in two documents."""
    for subject, subject_id, content, digest in world.look("SELECT subject, subject_id, bytes, sha256 FROM issued"):
        if sha256(content).hexdigest() != digest:
            raise Violation("I4", f"the frozen bytes of {subject} {subject_id} were changed")
        if world.one("SELECT count(*) FROM register WHERE subject = ? AND subject_id = ?", subject, subject_id) != 1:
            raise Violation("I4", f"{subject} {subject_id} is frozen and has no line in the register")
    signed: dict[tuple[str, str, str], set[tuple[object, ...]]] = defaultdict(set)
    for call in world.signed:
        if call.role == "ky":
            year = world.one(
                "SELECT year FROM register WHERE subject = ? AND subject_id = ?", call.subject, call.subject_id
            )
            signed[call.role, call.number, str(year)].add((call.subject, call.subject_id, call.sha256))
            if year is None:
                raise Violation(
                    "I4", f"{call.subject} {call.subject_id} was signed with {call.number} and has no number"
                )
    for number, what in signed.items():
        if len(what) > 1:
            raise Violation("I4", f"{number} was signed for several documents: {what}")
    for subject, subject_id, role, kept in world.look(
        """SELECT o.subject, o.subject_id, o.role, f.content FROM signing_orders o
           LEFT JOIN document_files f ON f.id = o.file_id WHERE o.state = 'done'"""
    ):
        frozen = world.one("SELECT bytes FROM issued WHERE subject = ? AND subject_id = ?", subject, subject_id)
        if kept is None or not bytes(kept).startswith(bytes(frozen)):
            raise Violation("I4", f"what was signed as {role} of {subject} {subject_id} is not what was frozen")
    doubled = (
        "SELECT count(*) FROM document_files WHERE role IN ('signed', 'sealed') GROUP BY subject, subject_id, role"
    )
    if any(count > 1 for (count,) in world.look(doubled)):
        raise Violation("I4", "a document was signed twice in one role")


def letters(world: World) -> None:
    """I5: what the mail server took are letters that were written, each as often as faults explain and always alike."""
    rows = world.look("SELECT message_id, address, status, sent_at FROM deliveries WHERE channel = 'mail'")
    written = {message_id: (address, status) for message_id, address, status, _ in rows}
    copies: Counter[str] = Counter()
    bytes_of: dict[str, bytes] = {}
    for letter in world.server.taken:
        copies[letter.message_id] += 1
        known = written.get(letter.message_id)
        if known is None or known[0] != letter.recipient:
            raise Violation("I5", f"{letter.message_id} to {letter.recipient} is no letter that was written")
        if bytes_of.setdefault(letter.message_id, letter.raw) != letter.raw:
            raise Violation("I5", f"{letter.message_id} was sent in two wordings")
        if copies[letter.message_id] > 1 + world.server.doubtful[letter.message_id]:
            raise Violation("I5", f"{letter.message_id} went out {copies[letter.message_id]} times without any fault")
    for message_id, (address, status) in written.items():
        if status == "sent" and copies[message_id] == 0:
            raise Violation("I5", f"{message_id} to {address} counts as sent and never left")
        if status != "sent" and message_id in world.sent_before:
            raise Violation("I5", f"{message_id} was sent and is now {status}")
    world.sent_before = {message_id for message_id, (_, status) in written.items() if status == "sent"}
    occasions(world)


def occasions(world: World) -> None:
    """I5: each task that people got has its occasion, each occasion that was noted has told everybody who holds it."""
    silent = world.look(
        """SELECT t.id FROM tasks t WHERE t.kind = 'user' AND t.status = 'open' AND NOT EXISTS
           (SELECT 1 FROM outbox o WHERE o.task_id = t.id)"""
    )
    if silent:
        raise Violation("I5", f"nobody is to be told of {silent}")
    told: dict[str, set[int]] = defaultdict(set)
    for task_id, person_id in world.look("SELECT task_id, person_id FROM notices WHERE person_id IS NOT NULL"):
        told[task_id].add(person_id)
    wanted = world.look(
        """SELECT t.id, t.excluded, o.id FROM tasks t JOIN outbox o ON o.task_id = t.id
           AND o.kind IN ('task_opened', 'task_returned') WHERE t.kind = 'user' AND t.status = 'open'
           AND t.assignee IS NULL AND o.addressed_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM handovers h WHERE h.task_id = t.id)"""
    )
    for task_id, excluded, _ in wanted:
        groups = world.look("SELECT group_key FROM task_groups WHERE task_id = ?", task_id)
        people = {holder.person_id for (group,) in groups if "@" in group for holder in world.holders(group)}
        missing = {person for person in people if f'"{person}"' not in str(excluded)} - told[task_id]
        if missing:
            raise Violation("I5", f"of {task_id} these were never told: {sorted(missing)}")
    for recipient, count in Counter(
        row[0] for row in world.look("SELECT data FROM outbox WHERE kind = 'document_sent'")
    ).items():
        if count > 1:
            raise Violation("I5", f"{recipient} was to be sent the document {count} times")


def reminders(world: World) -> None:
    """I7: each rung of a ladder is told once, and is on record in the chain; what opens by itself opens once."""
    seen: Counter[tuple[object, ...]] = Counter()
    moved = 0  # a task with another due date is reminded of anew
    kinds = "'TaskReminded', 'TaskRescheduled'"
    for case_id, kind, data in world.look(
        f"SELECT case_id, type, data FROM events WHERE type IN ({kinds}) ORDER BY case_id, seq"
    ):
        moved += kind == "TaskRescheduled"
        told = json.loads(data)
        for rung in told["levels"] if kind == "TaskReminded" else ():
            seen[case_id, moved, told["task_id"], str(rung)] += 1
    if doubled := [what for what, count in seen.items() if count > 1]:
        raise Violation("I7", f"reminded twice: {doubled[:3]}")
    kinds = "SELECT task_id, kind, data, key FROM outbox WHERE kind IN ('task_due', 'task_late')"
    rungs = Counter((task, kind, str(data), str(key)[:24]) for task, kind, data, key in world.look(kinds))
    if doubled := [what for what, count in rungs.items() if count > 1]:
        raise Violation("I7", f"told twice of one level: {doubled[:3]}")
    keys = "SELECT business_key, count(*) FROM cases WHERE process IN ('nhiem_vu', 'bao_cao', 'ra_soat_ke_hoach')"
    twice = world.look(f"{keys} GROUP BY business_key HAVING count(*) > 1")
    if twice:
        raise Violation("I7", f"opened twice: {twice}")


def four_eyes(world: World) -> None:
    """I10: nobody did what they were excluded from, and a plan's signature is not its drafter's."""
    for task_id, person, excluded in world.look(
        "SELECT id, closed_by, excluded FROM tasks WHERE status = 'completed' AND closed_by IS NOT NULL"
    ):
        if f'"{person}"' in str(excluded):
            raise Violation("I10", f"{person} did {task_id}, from which they are excluded")
    unbound = world.look(
        """SELECT a.id FROM approvals a LEFT JOIN plan_versions v ON v.plan_id = a.subject_id
           AND v.version = a.version AND v.content_hash = a.content_hash
           WHERE a.subject = 'plan' AND v.plan_id IS NULL"""
    )
    if unbound:
        raise Violation("I11", f"approvals of a text that never was: {unbound}")
    moved = world.look(
        """SELECT p.id FROM plans p JOIN approvals a ON a.subject = 'plan' AND a.subject_id = p.id AND a.role = 'ky'
           AND a.voided_at IS NULL JOIN plan_versions v ON v.plan_id = p.id AND v.version = p.version
           WHERE v.content_hash <> a.content_hash"""
    )
    if moved:
        raise Violation("I11", f"the signature of {moved} stands on another text than the one in force")


def proofs(world: World) -> None:
    """I10: each signature used up a proof that its person had given for it, in the same transaction."""
    bare = world.look(
        """SELECT a.id, a.subject, a.subject_id, a.person FROM approvals a WHERE a.role = 'ky' AND NOT EXISTS
           (SELECT 1 FROM confirmations c WHERE c.person_id = CAST(a.person AS INTEGER) AND c.used_at = a.at)"""
    )
    if bare:
        raise Violation("I10", f"signed without a proof of who signed: {bare}")


def reports(world: World) -> None:
    """I2: a unit's report stands as the last that happened to it: sent, or asked for again; nothing sent is lost."""
    stands = {"gui": "da_gui", "den": "da_gui", "den_lai": "da_gui", "tra_lai": "tra_lai", "mo_lai": "tra_lai"}
    for submission, status, last in world.look(
        """SELECT s.id, s.status, (SELECT e.kind FROM submission_events e WHERE e.submission_id = s.id
           ORDER BY e.id DESC LIMIT 1) FROM submissions s"""
    ):
        if (last is None) != (status not in ("da_gui", "tra_lai")) or (last and stands[last] != status):
            raise Violation("I2", f"the last that happened to report {submission} is {last}, and it stands as {status}")


def ownership(world: World) -> None:
    """I12: whatever is there belongs to an office; the parts make the whole."""
    for table in ("cases", "plans", "register", "cycles"):
        office = "office_id"
        alone = world.one(
            f"SELECT count(*) FROM {table} WHERE {office} IS NULL OR {office} NOT IN (SELECT id FROM bodies)"
        )
        if alone:
            raise Violation("I12", f"{alone} rows of {table} belong to nobody")


def secrets(world: World) -> None:
    """I14: no token of a link stands in the log of the program."""
    lines, world.log[:] = list(world.log), []
    for line in lines:
        if (found := _TOKEN.search(line)) and found.group() in world.tokens:
            raise Violation("I14", f"a token stands in the log: {line[:200]}")


def rest(world: World) -> None:
    """I7, I8: when nothing fails any more nothing is left on its way: no due timer, no letter, no occasion, no seal."""
    now = world.at(world.now)
    waiting = {
        "due timers": ("SELECT count(*) FROM timers WHERE due <= ?", (now,)),
        "occasions": ("SELECT count(*) FROM outbox WHERE addressed_at IS NULL", ()),
        "letters": ("SELECT count(*) FROM deliveries WHERE status IN ('pending', 'sending', 'retry')", ()),
        "letters given up too soon": (
            "SELECT count(*) FROM deliveries WHERE status = 'dead' AND attempts < 8 AND error NOT LIKE '5%'",
            (),
        ),
        "due notices": ("SELECT count(*) FROM notices WHERE fate = 'waiting' AND due_at <= ?", (now,)),
        "signatures": ("SELECT count(*) FROM signing_orders WHERE state IN ('waiting', 'signing')", ()),
        "incidents": ("SELECT count(*) FROM incidents", ()),
        "levels": ("SELECT count(*) FROM tasks WHERE status = 'open' AND next_escalation_at <= ?", (now,)),
        "jobs": ("SELECT count(*) FROM tasks WHERE kind = 'job' AND status = 'open' AND opened_at < ?", (now,)),
    }
    for what, (sql, parameters) in waiting.items():
        if count := world.one(sql, *parameters):
            raise Violation("I8", f"{count} {what} are left when all is quiet")
    stuck = world.look(
        """SELECT id, process FROM cases WHERE ended_at IS NULL AND id NOT IN (SELECT case_id FROM tasks
           WHERE status = 'open') AND id NOT IN (SELECT case_id FROM timers) AND id NOT IN
           (SELECT case_id FROM subscriptions)"""
    )
    if stuck:
        raise Violation("I8", f"cases that nothing moves any more: {stuck}")


def beside_the_log(world: World) -> None:
    """I6: whatever people rely on is as its log says, and a case as its events say."""
    with world.database.read() as connection:
        for each in compare_beside(connection):
            raise Violation("I6", f"beside the log: {each}")
