"""The step table of a process: each step with who, until when, with which form, what follows, and what else it holds
that the table only shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflows.bpmn.model import Definition, Flow, Node
from workflows.bpmn.names import ACTIVITIES, GATEWAYS
from workflows.bpmn.steps import Step, step_list

_DAYS = re.compile(r"\s*\$\{\s*ngay_lam_viec\(\s*(\d{1,4})\s*\)\s*\}\s*")


@dataclass(frozen=True)
class Row:
    """One line of the table. `days` are working days where the due date is a plain number of them; `kept` names what
    only an editor of files can change."""

    step: Step
    node: Node
    groups: tuple[str, ...]
    due: str
    days: int | None
    ladder: tuple[tuple[int, str], ...]
    form: str
    exclude: tuple[str, ...]
    ways: tuple[Flow, ...]
    kept: tuple[str, ...]

    @property
    def is_human(self) -> bool:
        """Whether people do it."""
        return self.node.human is not None

    @property
    def may_go(self) -> bool:
        """Whether it may be taken away or moved: one way on, and nothing at its border."""
        return self.node.kind in (ACTIVITIES | GATEWAYS) and len(self.ways) == 1 and "boundary" not in self.kept


def rows_of(definition: Definition, process_key: str) -> list[Row]:
    """Every step in reading order; KeyError: no such process."""
    process = definition.process(process_key)
    if process is None:
        raise KeyError(process_key)
    nodes = {node.id: node for node in process.walk()}
    flows = [*process.flows, *(flow for node in nodes.values() for flow in node.flows)]
    attached = {node.attached_to for node in nodes.values()}
    return [_row(step, nodes[step.element], flows, attached) for step in step_list(definition, process_key)]


def due_of(days: int) -> str:
    """The due date of so many working days as a file says it."""
    return f"${{ngay_lam_viec({days})}}"


def ladder_text(ladder: Sequence[tuple[int, str]]) -> str:
    """The levels of reminding as a file says them: `-2:nguoi_giu +1:thu_truong`."""
    return " ".join(f"{days:+d}:{target}" if days else f"0:{target}" for days, target in ladder)


def groups_in(text: str) -> tuple[str, ...]:
    """The candidate groups in one attribute; a comma inside `${…}` or a FEEL expression separates nothing."""
    if text.strip().startswith("="):
        return (text.strip(),)
    found, depth, part = [], 0, ""
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append(part)
            part = ""
        else:
            part += sign
    return tuple(each.strip() for each in (*found, part) if each.strip())


def _row(step: Step, node: Node, flows: Sequence[Flow], attached: set[str | None]) -> Row:
    human = node.human
    due = (human.due if human else None) or ""
    counted = _DAYS.fullmatch(due)
    return Row(
        step,
        node,
        tuple(group for text in (human.candidate_groups if human else ()) for group in groups_in(text)),
        due,
        int(counted[1]) if counted else None,
        human.escalation if human else (),
        (human.form_key if human else None) or "",
        tuple(human.rights.exclude) if human else (),
        tuple(flow for flow in flows if flow.source == node.id),
        tuple(_kept(node, node.id in attached)),
    )


def _kept(node: Node, has_border: bool) -> Iterator[str]:
    """What the table shows and does not change, by a code for each."""
    human = node.human
    rights = human.rights if human else None
    present = {
        "boundary": has_border,
        "multi": node.multi is not None,
        "loop": node.loop is not None,
        "event": bool(node.events),
        "job": node.job is not None,
        "script": node.script is not None,
        "call": node.call is not None,
        "decision": node.decision is not None,
        "listeners": bool(node.listeners),
        "mappings": bool(node.inputs or node.outputs),
        "properties": bool(node.properties),
        "compensation": node.for_compensation,
        "inside": bool(node.nodes),
        "assignee": bool(human and (human.assignee or human.candidate_users)),
        "follow_up": bool(human and human.follow_up),
        "priority": bool(human and human.priority),
        "fields": bool(human and human.form_fields),
        "approval": bool(rights and rights.approval),
        "draft": bool(rights and rights.draft),
        "returns": bool(rights and rights.returns is not None),
        "withdraw": bool(rights and rights.withdraw),
        "distinct": bool(rights and (rights.distinct or rights.rejected)),
    }
    return (code for code, there in present.items() if there)
