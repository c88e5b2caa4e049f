"""What a process author should look at although the engine would run it: nobody named, no days, a step not drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflows.bpmn.diagram import Diagram
from workflows.bpmn.editing.table import groups_in
from workflows.bpmn.model import Node, Process
from workflows.bpmn.steps import step_name
from workflows.errors import Finding
from workflows.store.directory.groups import is_group

_ZERO = re.compile(r"\$\{\s*+ngay_lam_viec\(\s*+0*+\s*+\)\s*+\}")


def design_findings(process: Process, diagram: Diagram) -> list[Finding]:
    """Warnings, but for a due date of no days and a task that is given to nobody, which are errors."""
    drawn = bool(diagram.shapes)
    return [
        finding
        for node in process.walk()
        for finding in (*_of_people(node), *_of_drawing(node, diagram, drawn), *_of_choice(node, process))
    ]


def _of_people(node: Node) -> Iterator[Finding]:
    human = node.human
    if human is None:
        return
    name = step_name(node)
    named = (human.assignee, *human.candidate_groups, *human.candidate_users)
    if not any(named):
        yield Finding("POSITION_EMPTY", node.id, node.line, f"Bước «{name}» chưa giao cho chức danh nào.")
    for text in human.candidate_groups:
        for group in groups_in(text):
            if "$" not in group and not group.startswith("=") and not is_group(group):
                message = f"Bước «{name}»: nhóm «{group}» không có trong danh bạ; hãy chọn chức danh và đơn vị."
                yield Finding("POSITION_UNKNOWN", node.id, node.line, message, warning=True)
    if human.due is not None and _ZERO.fullmatch(human.due.strip()):
        yield Finding("DUE_ZERO", node.id, node.line, f"Bước «{name}» có hạn 0 ngày; hãy ghi từ 1 ngày làm việc.")
    if human.form_key is None:
        message = f"Bước «{name}» chưa có biểu mẫu nên không làm được trên trang; hãy chọn biểu mẫu."
        yield Finding("FORM_MISSING", node.id, node.line, message, warning=True)
    if human.due is None and human.escalation:
        message = f"Bước «{name}» có mức nhắc nhưng không có hạn, nên sẽ không nhắc ai."
        yield Finding("LADDER_WITHOUT_DUE", node.id, node.line, message, warning=True)


def _of_drawing(node: Node, diagram: Diagram, drawn: bool) -> Iterator[Finding]:
    if drawn and node.id not in diagram.shapes and node.scope is None:
        message = f"Bước «{step_name(node)}» không có hình trong sơ đồ của tệp; trang này tự vẽ lại cả sơ đồ."
        yield Finding("NOT_DRAWN", node.id, node.line, message, warning=True)


def _of_choice(node: Node, process: Process) -> Iterator[Finding]:
    """A choice whose every way has a condition stops where none of them holds."""
    if node.kind not in ("exclusiveGateway", "inclusiveGateway") or node.default is not None:
        return
    flows = [*process.flows, *(flow for each in process.walk() for flow in each.flows)]
    ways = [flow for flow in flows if flow.source == node.id]
    if len(ways) > 1 and all(flow.condition for flow in ways):
        message = f"«{step_name(node)}» không có đường mặc định: khi không điều kiện nào đúng, hồ sơ dừng vì lỗi."
        yield Finding("NO_DEFAULT", node.id, node.line, message, warning=True)
