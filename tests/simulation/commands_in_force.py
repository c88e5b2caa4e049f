"""What people do with a plan after its issue, with its duties and reports, and with the book of numbers."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

from notifications.links import hash_of, resolve
from workflows.actions import give_up_number, reserve_number
from workflows.actions.confirm_receipt import confirm_receipt
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.actions.duties.put_off_duty import put_off_duty
from workflows.actions.duties.report_progress import Progress, report_progress
from workflows.actions.reports.give_back import reopen_report, return_report

from .accepted import Fact
from .plan_life import Plan, local_day
from .tasks import BOUND, candidates, open_tasks, tasks_where

if TYPE_CHECKING:
    from .simulation import Simulation

REASON = "Cần rà soát lại nội dung trước khi thực hiện"
_LINK = re.compile(rb"/x/([0-9a-f]{48})")


def confirm(sim: Simulation, plan: Plan, state: str) -> bool:
    """An addressee confirms that the document came; a second time it is refused."""
    wanted = "SELECT id, body_id, received_at FROM recipients WHERE subject = 'plan' AND subject_id = ?"
    found = sim.world.look(f"{wanted} AND channel <> 'keep' AND body_id IS NOT NULL ORDER BY id", plan.id)
    if not found:
        return False
    had = [row for row in found if row[2]]
    recipient, _, received = sim.world.chance.choice(had if had and sim.world.chance.random() < 0.5 else found)
    by = sim.world.by_role("van_thu")
    who = f"Người nhận {len(sim.oracle.trace)}"
    sim.oracle.attempt(
        "confirm_again" if received else "confirm",
        state,
        lambda: confirm_receipt(sim.world.desk(by), recipient, who),
        lambda _: [Fact("I2", "SELECT received_by FROM recipients WHERE id = ?", (recipient,), (who,))],
        must="refused" if received else "either",
    )
    return True


def progress(sim: Simulation, plan: Plan, state: str) -> bool:
    """A unit says how far its duty is."""
    found = open_tasks(sim, plan.id, "AND form = 'thuc_hien'")
    task = sim.world.chance.choice(found) if found else None
    able = candidates(sim, task) if task else []
    if task is None or not able:
        return False
    by, share = sim.world.chance.choice(able), sim.world.chance.randint(0, 100)
    said = "SELECT count(*) FROM occurrence_notes WHERE kind = 'tien_do'"
    before = int(sim.world.one(said))
    sim.oracle.attempt(
        "progress",
        state,
        lambda: report_progress(sim.world.desk(by), task.id, Progress("Đang thực hiện", percent=share)),
        lambda _: [Fact("I2", said, (), (before + 1,), forever=False)],
        must="done",
    )
    return True


def put_off(sim: Simulation, plan: Plan, state: str) -> bool:
    """The leaders give one time of a duty more days."""
    wanted = """SELECT o.id, o.due_on FROM occurrences o JOIN duties d ON d.id = o.duty_id
        WHERE d.plan_id = ? AND o.due_on IS NOT NULL ORDER BY o.id"""
    found = sim.world.look(wanted, plan.id)
    if not found:
        return False
    (occurrence, _), by = sim.world.chance.choice(found), sim.world.by_role("pho_chu_tich")
    until = (sim.world.now + timedelta(days=sim.world.chance.randint(1, 60))).date()
    sim.oracle.attempt(
        "put_off",
        state,
        lambda: put_off_duty(sim.world.desk(by), occurrence, until, REASON),
        lambda _: [
            Fact(
                "I2", "SELECT due_on FROM occurrences WHERE id = ?", (occurrence,), (until.isoformat(),), forever=False
            )
        ],
        must="refused" if state in ("closed", "stopped") else "either",
    )
    return True


def ask_later(sim: Simulation, plan: Plan, state: str) -> bool:
    """Whoever holds a task asks for a later day."""
    found = [task for task in open_tasks(sim, plan.id) if task.due is not None]
    task = sim.world.chance.choice(found) if found else None
    able = candidates(sim, task) if task else []
    if task is None or not able:
        return False
    by = sim.world.chance.choice(able)
    wanted = (sim.world.now + timedelta(days=sim.world.chance.randint(5, 30))).date()
    waiting = "SELECT count(*) FROM due_requests WHERE task_id = ? AND status = 'cho'"
    sim.oracle.attempt(
        "ask_later",
        state,
        lambda: ask_later_due(sim.world.desk(by), task.id, wanted, REASON),
        lambda _: [Fact("I2", waiting, (task.id,), (1,), forever=False)],
    )
    return True


def decide_later(sim: Simulation, plan: Plan, state: str) -> bool:
    """A leader decides on what was asked, also a second time."""
    requests = "SELECT id, task_id, status FROM due_requests WHERE plan_id = ? ORDER BY id"
    found = sim.world.look(requests, plan.id)
    if not found and ask_later(sim, plan, state):
        found = sim.world.look(requests, plan.id)
        sim.arm()
    if not found:
        return False
    request, _, status = sim.world.chance.choice(found)
    role = sim.world.chance.choice((("chu_tich", None), ("thu_truong", sim.world.office.drafting_unit_id)))
    by, granted = sim.world.by_role(*role), sim.world.chance.random() < 0.6
    ends = ("dong_y" if granted else "tu_choi",)
    sim.oracle.attempt(
        "decide_later",
        state,
        lambda: decide_later_due(sim.world.desk(by), request, Decision(granted, reason=REASON)),
        lambda _: [Fact("I2", "SELECT status FROM due_requests WHERE id = ?", (request,), ends)],
        must="either" if status == "cho" else "refused",
    )
    return True


def has_report_to_give_back(sim: Simulation, plan: Plan) -> bool:
    """Whether there is one now; before long the office has signed from it."""
    wanted = "SELECT 1 FROM submissions s JOIN cycles c ON c.id = s.cycle_id WHERE c.plan_id = ?"
    again = "s.status IN ('da_gui', 'khong_gui') AND c.closed_at IS NULL AND c.number IS NULL"
    return bool(sim.world.as_it_stands(f"{wanted} AND {again}", plan.id))


def give_back_report(sim: Simulation, plan: Plan, state: str) -> bool:
    """A unit's report goes back, or one that never came is asked for again."""
    wanted = """SELECT s.id, s.status, c.closed_at IS NULL AND c.number IS NULL FROM submissions s
        JOIN cycles c ON c.id = s.cycle_id WHERE c.plan_id = ? ORDER BY s.id"""
    found = sim.world.look(wanted, plan.id)
    if not found:
        return False
    fit = {"da_gui": return_report, "khong_gui": reopen_report}
    able = [row for row in found if row[1] in fit and row[2]]
    submission, status, _ = sim.world.chance.choice(able if able and sim.world.chance.random() < 0.8 else found)
    verb = fit.get(status) or sim.world.chance.choice((return_report, reopen_report))
    by = sim.world.by_role("van_thu")
    sim.oracle.attempt(
        "give_back_report",
        state,
        lambda: verb(sim.world.desk(by), submission, REASON),
        lambda _: [
            Fact("I2", "SELECT status FROM submissions WHERE id = ?", (submission,), ("tra_lai",), forever=False)
        ],
    )
    return True


def reserve(sim: Simulation, plan: Plan, state: str) -> bool:
    """Văn thư takes a number for later."""
    del plan
    by, symbol = sim.world.by_role("van_thu"), sim.world.one("SELECT symbol FROM register ORDER BY id LIMIT 1")
    if symbol is None:
        return False
    day = local_day(sim.world.now)
    taken = "SELECT count(*) FROM register WHERE year = ? AND symbol = ?"
    before = int(sim.world.one(taken, int(day[:4]), symbol))
    last = "SELECT number, document_on FROM register WHERE year = ? AND symbol = ? ORDER BY number DESC LIMIT 1"
    parameters = (int(day[:4]), symbol)
    sim.oracle.attempt(
        "reserve",
        state,
        lambda: reserve_number(sim.world.desk(by), sim.world.office.id, str(symbol), "Để dành"),
        lambda _: [
            Fact("I3", taken, parameters, (before + 1,), forever=False),
            Fact("I3", last, parameters, (before + 1, day), forever=False),
        ],
    )
    return True


def give_up(sim: Simulation, plan: Plan, state: str) -> bool:
    """A reserved number is given up, and stays visible; one that is used cannot be."""
    del plan
    found = sim.world.look("SELECT id, status FROM register ORDER BY id")
    if not found:
        return False
    line, status = sim.world.chance.choice(found)
    by = sim.world.by_role("van_thu")
    sim.oracle.attempt(
        "give_up",
        state,
        lambda: give_up_number(sim.world.desk(by), line, REASON),
        lambda _: [Fact("I3", "SELECT status FROM register WHERE id = ?", (line,), ("given_up",))],
        must="done" if status == "reserved" else "refused",
    )
    return True


def open_link(sim: Simulation, plan: Plan, state: str) -> bool:
    """Somebody opens the link of a letter: to a task that is open it leads only with the text that it was sent for."""
    found = [_LINK.search(_plain(letter.raw)) for letter in sim.world.server.taken[-60:]]
    tokens = [link.group(1).decode() for link in found if link]
    if not tokens:
        return False
    telling = [_tells(sim, each) for each in tokens]
    most = [token for token, much in zip(tokens, telling, strict=True) if much == max(telling)]
    token = sim.world.chance.choice(most if sim.world.chance.random() < 0.7 else tokens[-30:])

    def deed() -> object:
        with sim.world.database.read() as connection:
            return resolve(connection, token, sim.world.now)

    ended, link = sim.oracle.attempt("open_link", state, deed)
    if ended == "done" and link is not None and link.task_id is not None:
        (task,) = tasks_where(sim, "id = ?", link.task_id)
        version = sim.world.one("SELECT version FROM plans WHERE id = ?", task.plan_id)
        open_now = sim.world.one("SELECT status FROM tasks WHERE id = ?", task.id) == "open"
        if open_now and task.form in (*BOUND, "gop_y") and link.version != version:
            sim.violated("I11", f"a link to version {link.version} leads to a decision on version {version}")
    return True


def _tells(sim: Simulation, token: str) -> int:
    """How much it tells what becomes of a link: most of one to a task that waits, made for a text that has changed."""
    wanted = """SELECT 1 + (l.version IS NOT NULL AND l.version <> p.version) FROM action_links l
        JOIN tasks t ON t.id = l.task_id LEFT JOIN plans p ON p.id = t.plan_id
        WHERE l.token_hash = ? AND t.status = 'open'"""
    return int(sim.world.one(wanted, hash_of(token)) or 0)


def _plain(raw: bytes) -> bytes:
    """The letter's text, which is base64 in its mail."""
    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return b""
