"""Steps changed, added, moved and taken away: what the step table can say of a process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from workflows.bpmn.element import Element, child, local, ref, text_of, zeebe
from workflows.bpmn.names import ACTIVITIES, BPMN, CAMUNDA_FAMILY, GATEWAYS, KEHOACH
from workflows.errors import Refused

from . import drawing
from .document import Document, declare, id_from, insert, remove, vendor
from .ways import drop_flow, lead_to, new_flow

ADDED_KINDS = ("userTask", "exclusiveGateway")
# What names other steps in our own attributes; the second is what stands there when no name is left.
_NAMING = (("exclude", None), ("return", "none"))
_LONGEST_NAME = 200


@dataclass(frozen=True)
class StepFields:
    """What the table says of a step of people; every text is written as the file has it."""

    name: str
    documentation: str = ""
    groups: tuple[str, ...] = ()
    due: str = ""
    escalation: str = ""
    form: str = ""
    exclude: tuple[str, ...] = ()


def set_step(document: Document, step_id: str, fields: StepFields) -> None:
    """Write these fields of a step; what is the same stays as it was written. SET_IN_FILE where another editor's
    elements say who does it."""
    node = document.node(step_id)
    _require_name(fields.name)
    _set(node, "name", fields.name)
    _set_documentation(node, fields.documentation)
    if local(node) != "userTask":
        return
    if says_otherwise(node):
        raise Refused("SET_IN_FILE", step=fields.name)
    declare(document)
    namespace = vendor(document)
    values = {"candidateGroups": ",".join(fields.groups), "dueDate": fields.due, "formKey": fields.form}
    for name, value in values.items():
        used = next((each for each in CAMUNDA_FAMILY if node.get(f"{{{each}}}{name}") is not None), namespace)
        _set(node, f"{{{used}}}{name}", value)
    _set(node, f"{{{KEHOACH}}}escalation", fields.escalation)
    _set(node, f"{{{KEHOACH}}}exclude", " ".join(fields.exclude))


def says_otherwise(node: Element) -> bool:
    """Whether people, dates or the form of a task stand in elements of its own rather than in attributes."""
    modern = ("assignmentDefinition", "taskSchedule", "formDefinition")
    owners = child(node, "potentialOwner") is not None or child(node, "humanPerformer") is not None
    return owners or any(zeebe(node, name) is not None for name in modern)


def add_step(document: Document, flow_id: str, *, kind: str, name: str) -> str:
    """A new step on a flow: what led on now leads to it, and it leads on; its id."""
    if kind not in ADDED_KINDS:
        raise Refused("UNKNOWN_CHOICE", field="loai")
    _require_name(name)
    flow = document.flow(flow_id)
    source = document.node(ref(flow.get("sourceRef")) or "")
    scope = source.getparent()
    assert scope is not None, "a flow node stands in a process"
    node = etree.Element(f"{{{BPMN}}}{kind}")
    node.set("id", document.new_id(id_from(name)))
    node.set("name", name)
    insert(scope, scope.index(source) + 1, node)
    _place_in_lane(document, node, source)
    _put_on(document, node, flow, None)
    return node.get("id") or ""


def remove_step(document: Document, step_id: str) -> None:
    """Take a step away: whatever led to it leads to what followed it. STEP_HAS_WAYS where several ways go on from it,
    STEP_IS_TIED where events, messages or compensation hang on it."""
    node = document.node(step_id)
    way = _take_out(document, node)
    drop_flow(document, way)
    drawing.erase(document, step_id)
    for item in list(document.root.iter("*")):
        if local(item) == "flowNodeRef" and ref((item.text or "").strip()) == step_id:
            remove(item)
        elif local(item) == "association" and step_id in (ref(item.get("sourceRef")), ref(item.get("targetRef"))):
            drawing.erase(document, item.get("id") or "")
            remove(item)
        elif local(item) == "userTask":
            _forget(item, step_id)
    remove(node)


def move_step(document: Document, step_id: str, flow_id: str) -> None:
    """Take a step from its place and put it on another flow of the same scope."""
    node, flow = document.node(step_id), document.flow(flow_id)
    if step_id in (ref(flow.get("sourceRef")), ref(flow.get("targetRef"))):
        raise Refused("SAME_PLACE", field="vao")
    if flow.getparent() is not node.getparent():
        raise Refused("OTHER_SCOPE", field="vao")
    way = _take_out(document, node)
    source = document.node(ref(flow.get("sourceRef")) or "")
    drawing.erase(document, step_id)
    drawing.erase(document, way.get("id") or "")
    for item in list(document.process.iter("*")):
        if local(item) == "flowNodeRef" and ref((item.text or "").strip()) == step_id:
            remove(item)
    _place_in_lane(document, node, source)
    _put_on(document, node, flow, way)


def _put_on(document: Document, node: Element, flow: Element, way: Element | None) -> None:
    """A node that no flow touches comes between the two ends of a flow; `way` is the one that will leave it."""
    target = document.node(ref(flow.get("targetRef")) or "")
    lead_to(document, flow, node)
    if way is None:
        way = new_flow(document, node, target, f"f_{node.get('id')}")
    else:
        lead_to(document, way, target)
    drawing.draw_between(document, node, flow, way)


def _take_out(document: Document, node: Element) -> Element:
    """Lead everything past a node; the flow that left it, which now leads nowhere anybody comes from."""
    id, name = node.get("id") or "", node.get("name") or node.get("id")
    if local(node) not in (ACTIVITIES | GATEWAYS) or _is_tied(document, id):
        raise Refused("STEP_IS_TIED", step=name)
    leaving = document.leaving(node)
    if len(leaving) != 1 or ref(leaving[0].get("targetRef")) == id:
        raise Refused("STEP_HAS_WAYS", step=name, count=len(leaving))
    (way,) = leaving
    target = document.node(ref(way.get("targetRef")) or "")
    for flow in document.arriving(node):
        back = ref(flow.get("sourceRef")) == target.get("id") and local(target) not in GATEWAYS
        if back and child(flow, "conditionExpression") is None:  # a step that always leads to itself never ends
            raise Refused("STEP_HAS_WAYS", step=name, count=1)
        drawing.join(document, flow, way)
        lead_to(document, flow, target)
    return way


def _is_tied(document: Document, id: str) -> bool:
    """Whether an event at its border, a message flow or data hang on this node."""
    for item in document.root.iter("*"):
        if ref(item.get("attachedToRef")) == id:
            return True
        ends = (ref(item.get("sourceRef")), ref(item.get("targetRef")), ref(item.get("activityRef")))
        if local(item) != "sequenceFlow" and local(item) != "association" and id in ends:
            return True
    return False


def _place_in_lane(document: Document, node: Element, source: Element) -> None:
    """Into every lane in which the step before it stands."""
    for item in list(document.process.iter("*")):
        if local(item) == "flowNodeRef" and ref((item.text or "").strip()) == source.get("id"):
            lane = item.getparent()
            assert lane is not None, "a flowNodeRef stands in a lane"
            made = etree.Element(f"{{{BPMN}}}flowNodeRef")
            made.text = node.get("id")
            insert(lane, lane.index(item) + 1, made)


def _forget(task: Element, step_id: str) -> None:
    """Take a step that is gone out of what another says about rights."""
    for name, empty in _NAMING:
        key = f"{{{KEHOACH}}}{name}"
        names = _names(task.get(key))
        if step_id in names:
            _set(task, key, " ".join(each for each in names if each != step_id) or (empty or ""))


def _names(text: str | None) -> Sequence[str]:
    return re.split(r"[\s,]+", (text or "").strip())


def _require_name(name: str) -> None:
    if not name or len(name) > _LONGEST_NAME:
        raise Refused("STEP_NAME", field="ten", longest=_LONGEST_NAME)


def _set(node: Element, name: str, value: str) -> None:
    if value and node.get(name) != value:
        node.set(name, value)
    elif not value and name in node.attrib:
        del node.attrib[name]


def _set_documentation(node: Element, text: str) -> None:
    known = child(node, "documentation")
    if known is None and text:
        made = etree.Element(f"{{{BPMN}}}documentation")
        made.text = text
        insert(node, 0, made)
    elif known is not None and not text:
        remove(known)
    elif known is not None and text_of(known) != text:
        del known[:]
        known.text = text
