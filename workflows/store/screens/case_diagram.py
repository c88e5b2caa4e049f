"""Where a case stands in its diagram: live tokens, how often each step and flow was passed, and where it hurts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, select

from workflows.bpmn.draw import Marks
from workflows.bpmn.model import Definition
from workflows.store import cases
from workflows.store.tables.processes import events
from workflows.store.tables.worklist import incidents, subscriptions, tasks, timers

# Events that say where a case has been.
PATH = ("NodeLeft", "NodePassed", "FlowsTaken")


@dataclass(frozen=True)
class DiagramSeen:
    """The definition's row that the case runs on, and the process it is in."""

    definition_id: int
    process: str


def diagram_of(connection: Connection, case_id: int) -> DiagramSeen:
    """Which definition the case runs on."""
    case = cases.load_case(connection, case_id, lock=False)
    return DiagramSeen(case.definition_id, case.process)


def marks_of(connection: Connection, case_id: int, definition: Definition, process: str) -> Marks:
    """The marks of this case, by element of the process."""
    found = definition.process(process)
    nodes = {node.id: node for node in found.walk()} if found else {}
    passed: Counter[str] = Counter()
    wanted = select(events.c.type, events.c.data).where(events.c.case_id == case_id, events.c.type.in_(PATH))
    for kind, data in connection.execute(wanted):
        if kind == "FlowsTaken":
            passed.update(data["flows"].get(process, {}))
        elif data.get("how", "completed") == "completed" and not data.get("body"):
            passed[str(data["element"])] += 1
    tokens: Counter[str] = Counter()
    for table, extra in (
        (tasks, (tasks.c.status == "open") & tasks.c.asked_in.is_(None)),
        (timers, None),
        (subscriptions, None),
    ):
        waiting = select(table.c.element).where(table.c.case_id == case_id)
        for (element,) in connection.execute(waiting if extra is None else waiting.where(extra)):
            node = nodes.get(element)
            if node is not None and node.attached_to is None and node.kind != "startEvent":
                tokens[element] += 1
    hurt = connection.execute(select(incidents.c.element).where(incidents.c.case_id == case_id))
    return Marks(dict(tokens), dict(passed), frozenset(element for (element,) in hurt if element))
