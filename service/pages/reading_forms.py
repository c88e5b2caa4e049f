"""The items of a reading as forms show them: each with its place, its line, its words and one sentence to skim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.plans.correction import Kind, shown
from workflows.plans.document import PlanDocument


@dataclass(frozen=True)
class Item:
    """One thing that was read: `number` is its place among its kind, `line` where it stands (0: a person added it)."""

    kind: Kind
    number: int
    line: int
    words: Mapping[str, str]
    note: str = ""
    inside: Sequence[Item] = ()


def items_of(document: PlanDocument) -> Mapping[str, Sequence[Item]]:
    """All items by their kind, rows inside their tasks."""
    rows = iter(_items(document, "row", [row.line for task in document.tasks for row in task.rows]))
    tasks = [
        Item("task", number, task.first_line, shown(document, "task", number), inside=[next(rows) for _ in task.rows])
        for number, task in enumerate(document.tasks)
    ]
    notes = ["; ".join(recipient.names) for recipient in document.recipients]
    return {
        "head": [Item("head", 0, 0, shown(document, "head", 0))],
        "task": tasks,
        "report": _items(document, "report", [report.line for report in document.reports]),
        "recipient": _items(document, "recipient", [one.line for one in document.recipients], notes),
        "target": _items(document, "target", [target.line for target in document.targets]),
    }


def _items(document: PlanDocument, kind: Kind, lines: Sequence[int], notes: Sequence[str] = ()) -> list[Item]:
    return [
        Item(kind, number, line, shown(document, kind, number), notes[number] if notes else "")
        for number, line in enumerate(lines)
    ]
