"""Code that a file calls by name (camunda:class, delegateExpression, expression; listeners of both editors): only names
are read, never code (semantics.md T2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .element import Element, bare, camunda, child
from .model import Listener
from .names import CAMUNDA_FAMILY, SUB_PROCESSES, TASKS, ZEEBE

CODE_ATTRIBUTES = ("class", "delegateExpression", "expression")
# Where such an attribute names the work itself.
WORKS_BY_NAME = frozenset({"serviceTask", "sendTask", "businessRuleTask", "messageEventDefinition"})
LISTENERS = frozenset({"executionListener", "taskListener"})
# Which moments of a step a function can be called at; zeebe calls two of them otherwise.
EXECUTION_MOMENTS = {"start": "start", "end": "end"}
TASK_MOMENTS = {"create": "create", "complete": "complete", "creating": "create", "completing": "complete"}
MAY_LISTEN = (TASKS | SUB_PROCESSES | {"callActivity"}) - {"adHocSubProcess"}
_CLASS = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")
_CALL = re.compile(r"[#$]\{\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*(?:\(\s*(?:execution|task)?\s*\))?\s*\}")


def called_name(element: Element) -> str | None:
    """The name that a task, an event definition or a listener calls; None when it calls none that can be read.

    `${gui_tin}`, `${gui_tin.execute(execution)}` and `vn.gov.GuiTin` are names; `${a + b}` is not.
    """
    for attribute in CODE_ATTRIBUTES:
        text = camunda(element, attribute) or (element.get(attribute) if bare(element) in LISTENERS else None)
        if text is None:
            continue
        if attribute == "class":
            return text.strip() if _CLASS.fullmatch(text.strip()) else None
        found = _CALL.fullmatch(text.strip())
        return found[1] if found else None
    if bare(element) in LISTENERS and element.tag.startswith(f"{{{ZEEBE}}}"):
        return element.get("type") or None
    return None


def listeners(element: Element) -> tuple[Listener, ...]:
    """The listeners of a step that have a name and a moment, in the order of the file."""
    found = ((moment_of(item, element), called_name(item)) for item in listener_elements(element))
    return tuple(Listener(moment, name) for moment, name in found if moment is not None and name is not None)


def moment_of(listener: Element, holder: Element) -> str | None:
    """start, end, create or complete; None where the engine calls nobody at that moment of such a step."""
    kind, written = bare(listener), listener.get("event") or listener.get("eventType") or ""
    if kind == "taskListener":
        return TASK_MOMENTS.get(written) if bare(holder) == "userTask" else None
    if holder.get("triggeredByEvent") == "true" or bare(holder) not in MAY_LISTEN:
        return None
    return EXECUTION_MOMENTS.get(written)


def listener_elements(element: Element) -> Iterator[Element]:
    """The listener elements of a step: straight in its extension elements, or in zeebe's list of them."""
    holder = child(element, "extensionElements")
    for item in () if holder is None else holder.iterdescendants("*"):
        namespace = item.tag[1:].partition("}")[0]
        if namespace in (*CAMUNDA_FAMILY, ZEEBE) and bare(item) in LISTENERS:
            yield item
