"""Change an office's calendar of working days: first what would move, then, agreed to, the days and the due dates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection

from workflows.actions.consulting.running_round import FORM
from workflows.actions.desk import Desk, Work
from workflows.actions.handle import handle
from workflows.engine import state_from_json
from workflows.engine.calendar import Calendar
from workflows.engine.commands import Reschedule
from workflows.errors import Refused
from workflows.store import cases, clockwork, consultation, worklist
from workflows.store.clockwork import CalendarDay
from workflows.store.setting_changes import note_setting
from workflows.store.worklist import TaskRow

KEEPERS = ("quan_tri", "van_thu", "chu_tich", "pho_chu_tich")
MOST_DAYS = 40
LONGEST_WORDS = 200
CALENDAR = "lich_lam_viec"  # the key of a changed day in the record of changes


@dataclass(frozen=True)
class DayChange:
    """A day as it shall be: off, work or half, by which document; kind None: as for every office."""

    day: date
    kind: str | None
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class Move:
    """An open due date that was counted in working days, and where it would come to lie."""

    task: TaskRow
    old: datetime
    new: datetime
    days: int | None  # working days; None in a round, which keeps them itself
    round_id: int | None = None


@dataclass(frozen=True)
class Preview:
    """What a change of the calendar would move; `mark` is that of this very list."""

    moves: tuple[Move, ...]

    @property
    def mark(self) -> str:
        """A hash of what is agreed to."""
        lines = [(each.task.id, each.new.isoformat()) for each in self.moves]
        return sha256(json.dumps(lines).encode()).hexdigest()[:16]


def preview(connection: Connection, office_id: int, changes: Sequence[DayChange]) -> Preview:
    """The due dates that would move with these days."""
    return preview_under(connection, office_id, _after(connection, office_id, changes))


def preview_under(connection: Connection, office_id: int, after: Calendar) -> Preview:
    """The due dates that would move under this calendar. Those that were named as a day, or that somebody moved, stay
    where they are."""
    moves = []
    for task in worklist.counted_tasks(connection, office_id):
        assert task.due is not None and task.due_days is not None, "only such are asked for"
        new = after.add_working_days(task.opened_at, task.due_days)
        if new != task.due:
            moves.append(Move(task, task.due, new, task.due_days))
    for task in worklist.open_tasks_with_form(connection, office_id, FORM):
        moves += _move_in_round(connection, task, after)
    return Preview(tuple(sorted(moves, key=lambda each: (each.new, each.task.id))))


def change_calendar(desk: Desk, office_id: int, changes: Sequence[DayChange], *, agreed: str | None) -> Preview:
    """Write the days, and move what the preview with the mark `agreed` named, in one transaction.

    PREVIEW_STALE with a list that is another by now; NOT_YOURS; BAD_KIND, FIELD_REQUIRED (name and source), TOO_LONG.
    """
    for change in changes:
        _check(change)
    if not changes or len(changes) > MOST_DAYS:
        raise Refused("TOO_MANY_DAYS", field="cac_ngay", most=MOST_DAYS)
    with desk.open() as work:
        if not {f"{role}@{office_id}" for role in KEEPERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        found = preview(work.connection, office_id, changes)
        if found.moves and agreed != found.mark:
            raise Refused("PREVIEW_STALE", count=len(found.moves))
        for change in changes:
            _write_day(work, office_id, change)
        move_due_dates(work, found)
        return found


def _check(change: DayChange) -> None:
    if change.kind is None:
        return
    if change.kind not in clockwork.DAY_KINDS:
        raise Refused("BAD_KIND", kind=change.kind)
    for field, words in (("ten_ngay", change.name), ("nguon", change.source)):
        if not words.strip():
            raise Refused("FIELD_REQUIRED", field=field)
        if len(words) > LONGEST_WORDS:
            raise Refused("TOO_LONG", field=field, most=LONGEST_WORDS)


def _after(connection: Connection, office_id: int, changes: Sequence[DayChange]) -> Calendar:
    """The office's calendar as it would be."""
    kinds = {each.day: each.kind for each in clockwork.calendar_days_of(connection, office_id)}
    for change in changes:
        general = clockwork.calendar_days_of(connection, None) if change.kind is None else []
        kind = change.kind or next((each.kind for each in general if each.day == change.day), None)
        kinds.pop(change.day, None)
        if kind is not None:
            kinds[change.day] = kind
    return clockwork.calendar_of_kinds(kinds, clockwork.week_of(connection, office_id))


def _move_in_round(connection: Connection, task: TaskRow, after: Calendar) -> list[Move]:
    """A body's deadline is that of its round, unless it was given one of its own."""
    round_ = consultation.latest_round(connection, task.plan_id) if task.plan_id is not None else None
    if round_ is None or round_.working_days is None or task.due != round_.deadline:
        return []
    new = after.add_working_days(round_.opened_at, round_.working_days)
    return [Move(task, task.due, new, None, round_.id)] if new != task.due else []


def _write_day(work: Work, office_id: int, change: DayChange) -> None:
    own = [each for each in clockwork.calendar_days_of(work.connection, office_id) if each.office_id == office_id]
    before = next(([each.kind, each.name, each.source] for each in own if each.day == change.day), None)
    after = [change.kind, change.name.strip(), change.source.strip()] if change.kind is not None else None
    said = change.day.isoformat()
    note_setting(work.connection, office_id, CALENDAR, before, after, work.now, work.by.name, said)
    if change.kind is None:
        clockwork.forget_day(work.connection, office_id, change.day)
        return
    day = CalendarDay(office_id, change.day, change.kind, change.name.strip(), change.source.strip(), work.by.name)
    clockwork.set_day(work.connection, day)


def move_due_dates(work: Work, found: Preview) -> None:
    """Move what was agreed to, with the timers and rounds that hang on it."""
    by_case: dict[int, list[Move]] = {}
    for move in found.moves:
        by_case.setdefault(move.task.case_id, []).append(move)
        if move.round_id is not None:
            consultation.change_round(work.connection, move.round_id, deadline=move.new)
    for case_id, moves in sorted(by_case.items()):
        state = state_from_json(cases.load_case(work.connection, case_id, lock=True).state)
        places = {state.instances[move.task.task_id].id: move for move in moves}
        places |= {state.instances[move.task.task_id].parent or "": move for move in moves if move.round_id is not None}
        border = {
            timer.id: places[timer.instance].new
            for timer in state.timers.values()
            if timer.instance in places and timer.due == places[timer.instance].old and timer.cycle is None
        }
        tasks = {move.task.task_id: move.new for move in moves}
        days = {move.task.task_id: move.days for move in moves if move.days is not None}
        rounds = [move for move in moves if move.round_id is not None]
        variables = {"han_gop_y": rounds[0].new.isoformat()} if rounds else {}
        handle(work, case_id, Reschedule(tasks, border, CALENDAR_CHANGED, variables, days))


CALENDAR_CHANGED = "Lịch làm việc của cơ quan thay đổi"
