"""All tasks of one text: listed, in tables and told in running text, with the times that a section gives to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .document_parts import Issuer, Period, Section
from .paragraphs import Paragraph
from .sections import Part, part_at
from .subjects import names_with_duties
from .table_rows import Table
from .task import Task
from .tasks_listed import CommonTime, read_listed
from .tasks_narrative import read_narrative
from .tasks_table import read_table
from .time_shapes import Deadline, TimeShape
from .time_words import read_time


def read_tasks(
    paragraphs: Sequence[Paragraph],
    parts: Sequence[Part],
    tables: Sequence[Table],
    *,
    appendix: Section | None,
    period: Period | None,
    issuer: Issuer,
) -> tuple[tuple[Task, ...], set[int]]:
    """The tasks, those in lists and tables before those in running text, and the lines that they stand on."""
    listed, common, taken = read_listed(paragraphs, parts, period)
    tabled: list[Task] = []
    for table in tables:
        tabled.extend(read_table(table, _section_of(table, parts, appendix), period))
        taken.update(range(table.first, table.last + 1))
    explicit = [*listed, *tabled]
    for task in listed:
        taken.update(range(task.first_line, task.last_line + 1))
    known = names_with_duties(name for task in explicit for name in (*task.lead, *task.coop))
    told = read_narrative(paragraphs, parts, period, issuer, taken, anything_else=False, known=known)
    others = explicit or [task for task in told if _in_task_part(task, parts)]
    if others:
        told = read_narrative(paragraphs, parts, period, issuer, taken, anything_else=True, known=known)
    for task in told:
        if _in_task_part(task, parts):
            taken.update(range(task.first_line, task.last_line + 1))
    common = [*common, *_sections_of_time(paragraphs, parts)]
    timed = tuple(_with_common_time(task, common, period) for task in [*explicit, *told])
    return timed, taken


def _section_of(table: Table, parts: Sequence[Part], appendix: Section | None) -> str | None:
    if appendix is not None and table.first >= appendix.line:
        return "Phụ lục"
    part = part_at(parts, table.first)
    return part.section.label if part else None


def _in_task_part(task: Task, parts: Sequence[Part]) -> bool:
    return any(part.role == "tasks" and part.section.line <= task.first_line <= part.last for part in parts)


def _sections_of_time(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> list[CommonTime]:
    """A section "THỜI GIAN THỰC HIỆN" gives its time to all tasks."""
    found: list[CommonTime] = []
    for part in parts:
        if part.role != "time":
            continue
        inside = [p for p in paragraphs if part.section.line < p.first <= part.last]
        if len(inside) == 1:
            found.append(CommonTime(inside[0].text, None, part.section.label, inside[0].first))
    return found


def _with_common_time(task: Task, common: Sequence[CommonTime], period: Period | None) -> Task:
    if task.time or task.time_raw or any(row.time for row in task.rows):
        return task
    given = next((one for one in common if one.covers(task)), None)
    if given is None:
        return task
    shapes = tuple(_inherited(shape, given) for shape in read_time(given.raw, period))
    return replace(task, time=shapes)


def _inherited(shape: TimeShape, given: CommonTime) -> TimeShape:
    if isinstance(shape, Deadline):
        return replace(shape, inherited_from=f"{given.place} (line {given.line})")
    return shape
