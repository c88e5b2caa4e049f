"""What a person says that the reader got wrong: put right in this text, and again in the next version of it.

A correction is tied to the words of the line that it is about, not to the line's number: lines move when a draft is
edited, and a correction whose line is gone no longer applies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from workflows.errors import Refused

from .correction_fields import (
    Words,
    head_with,
    recipient_with,
    report_with,
    row_with,
    shown_head,
    shown_report,
    shown_row,
    shown_task,
    task_with,
)
from .document import PlanDocument
from .document_parts import Recipient, Report, Target
from .doubts import find_doubts
from .normalise import clean_line, squeeze
from .task import Task, TaskRow

Kind = Literal["head", "task", "row", "report", "recipient", "target"]
Deed = Literal["set", "drop", "add"]
KINDS: tuple[Kind, ...] = ("head", "task", "row", "report", "recipient", "target")
DEEDS: tuple[Deed, ...] = ("set", "drop", "add")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Correction:
    """One thing said about one item: `words` by the names of its fields, as they were typed.

    `anchor` is the text of the item's line, `nth` which of the items of its kind on lines with that text (from 0).
    """

    kind: Kind
    deed: Deed
    anchor: str = ""
    nth: int = 0
    words: Words = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        words = dict(self.words)
        return {"kind": self.kind, "deed": self.deed, "anchor": self.anchor, "nth": self.nth, "words": words}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Correction:
        """The inverse of `to_json`."""
        return cls(shape["kind"], shape["deed"], shape["anchor"], shape["nth"], dict(shape["words"]))


def at_item(document: PlanDocument, kind: Kind, number: int) -> tuple[str, int]:
    """The anchor of an item by its place in the reading (from 0); NO_SUCH_ITEM when there is none."""
    lines = _lines(document, kind)
    if not 0 <= number < len(lines):
        raise Refused("NO_SUCH_ITEM", kind=kind, number=number)
    anchors = [_anchor(document, line) for line in lines]
    return anchors[number], anchors[:number].count(anchors[number])


def shown(document: PlanDocument, kind: Kind, number: int) -> Words:
    """What a form shows of an item, by the names of its fields; NO_SUCH_ITEM when there is none."""
    if kind == "head":
        return shown_head(document)
    at_item(document, kind, number)
    match kind:
        case "task":
            return shown_task(document.tasks[number])
        case "row":
            return shown_row([row for task in document.tasks for row in task.rows][number])
        case "report":
            return shown_report(document.reports[number])
        case "recipient":
            return {"dong": document.recipients[number].raw}
        case _:
            return {"noi_dung": document.targets[number].text}


def corrected(document: PlanDocument, corrections: Iterable[Correction]) -> PlanDocument:
    """The reading with all of these in their order, its doubts asked anew; those whose item is gone are passed over."""
    for correction in corrections:
        with suppress(Refused):  # understood when it was made; a new period may leave its words without a time
            document = _APPLY[correction.kind](document, correction)
    return _asked_anew(document)


def checked(document: PlanDocument, correction: Correction) -> PlanDocument:
    """The reading with one new correction; Refused when its item is gone or a field cannot be understood."""
    if correction.deed != "add" and correction.kind != "head" and _place(document, correction) is None:
        raise Refused("NO_SUCH_ITEM", kind=correction.kind, number=correction.nth)
    return _asked_anew(_APPLY[correction.kind](document, correction))


def _asked_anew(document: PlanDocument) -> PlanDocument:
    return replace(document, doubts=find_doubts(document, period_sure=True))


def _lines(document: PlanDocument, kind: Kind) -> list[int]:
    items: Mapping[str, Sequence[int]] = {
        "head": [],
        "task": [task.first_line for task in document.tasks],
        "row": [row.line for task in document.tasks for row in task.rows],
        "report": [report.line for report in document.reports],
        "recipient": [recipient.line for recipient in document.recipients],
        "target": [target.line for target in document.targets],
    }
    return list(items[kind])


def _anchor(document: PlanDocument, line: int) -> str:
    return squeeze(clean_line(document.lines[line - 1])) if 0 < line <= len(document.lines) else ""


def _place(document: PlanDocument, correction: Correction) -> int | None:
    """Which item of its kind the correction is about."""
    found = [
        at for at, line in enumerate(_lines(document, correction.kind)) if _anchor(document, line) == correction.anchor
    ]
    return found[correction.nth] if correction.nth < len(found) else None


def _changed(
    items: tuple[Item, ...], correction: Correction, at: int | None, new: Item, change: Callable[[Item], Item]
) -> tuple[Item, ...]:
    """The items with one of them set, dropped or added."""
    if correction.deed == "add":
        return (*items, change(new))
    if at is None:
        return items
    if correction.deed == "drop":
        return items[:at] + items[at + 1 :]
    return (*items[:at], change(items[at]), *items[at + 1 :])


def _task(document: PlanDocument, correction: Correction) -> PlanDocument:
    new = Task(no=str(len(document.tasks) + 1), title="")
    at = _place(document, correction)
    tasks = _changed(
        document.tasks, correction, at, new, lambda task: task_with(task, correction.words, document.period)
    )
    return replace(document, tasks=tasks)


def _row(document: PlanDocument, correction: Correction) -> PlanDocument:
    at, tasks = _place(document, correction), list(document.tasks)
    for number, task in enumerate(tasks):
        if at is None:
            break
        if at < len(task.rows):
            rows: tuple[TaskRow, ...] = _changed(
                task.rows, correction, at, task.rows[at], lambda row: row_with(row, correction.words, document.period)
            )
            tasks[number] = replace(task, rows=rows)
            break
        at -= len(task.rows)
    return replace(document, tasks=tuple(tasks))


def _report(document: PlanDocument, correction: Correction) -> PlanDocument:
    new = Report(None, None, None, None, "year", "periodic", 0)
    at = _place(document, correction)
    reports = _changed(document.reports, correction, at, new, lambda report: report_with(report, correction.words))
    return replace(document, reports=reports)


def _recipient(document: PlanDocument, correction: Correction) -> PlanDocument:
    new = Recipient("", (), None, False, 0)
    at = _place(document, correction)
    recipients = _changed(
        document.recipients, correction, at, new, lambda one: recipient_with(one, correction.words, document.issuer)
    )
    return replace(document, recipients=recipients)


def _target(document: PlanDocument, correction: Correction) -> PlanDocument:
    at = _place(document, correction)
    targets = _changed(
        document.targets,
        correction,
        at,
        Target(0, ""),
        lambda target: replace(target, text=correction.words.get("noi_dung", target.text)),
    )
    return replace(document, targets=targets)


def _head(document: PlanDocument, correction: Correction) -> PlanDocument:
    return head_with(document, correction.words)


_APPLY: Mapping[Kind, Callable[[PlanDocument, Correction], PlanDocument]] = {
    "head": _head,
    "task": _task,
    "row": _row,
    "report": _report,
    "recipient": _recipient,
    "target": _target,
}
