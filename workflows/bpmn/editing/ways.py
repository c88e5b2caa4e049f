"""Sequence flows changed, added and taken away, with the marks at both ends and their lines in the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from workflows.bpmn.element import Element, child, ref, text_of
from workflows.bpmn.names import BPMN, XSI_TYPE
from workflows.errors import Refused

from . import drawing
from .document import Document, add_way_mark, drop_way_mark, insert, remove


@dataclass(frozen=True)
class Way:
    """What may be said of a sequence flow: where it leads, its name, under which condition, and whether it is the way
    that is taken when no other is."""

    target: str
    name: str = ""
    condition: str = ""
    default: bool = False


def set_way(document: Document, flow_id: str, way: Way) -> None:
    """Change a flow; DEFAULT_WITH_CONDITION, OTHER_SCOPE, NotFound."""
    flow = document.flow(flow_id)
    source = document.node(ref(flow.get("sourceRef")) or "")
    _require_sense(document, source, way)
    if ref(flow.get("targetRef")) != way.target:
        _lead_to(document, flow, way.target)
        drawing.redraw(document, flow)
    _set_or_drop(flow, "name", way.name)
    _set_condition(flow, way.condition)
    if way.default:
        source.set("default", flow_id)
    elif ref(source.get("default")) == flow_id:
        del source.attrib["default"]


def add_way(document: Document, source_id: str, way: Way) -> str:
    """One more flow out of a step; its id."""
    source = document.node(source_id)
    _require_sense(document, source, way)
    flow = new_flow(document, source, document.node(way.target), f"f_{source_id}_{way.target}")
    _set_or_drop(flow, "name", way.name)
    _set_condition(flow, way.condition)
    if way.default:
        source.set("default", flow.get("id") or "")
    drawing.redraw(document, flow)
    return flow.get("id") or ""


def remove_way(document: Document, flow_id: str) -> None:
    """Take a flow away; LAST_WAY when it is the only one out of its step, or the only one into the next."""
    flow = document.flow(flow_id)
    source, target = (document.node(ref(flow.get(end)) or "") for end in ("sourceRef", "targetRef"))
    if len(document.leaving(source)) < 2 or len(document.arriving(target)) < 2:
        raise Refused("LAST_WAY", step=source.get("name") or source.get("id"))
    drop_flow(document, flow)


def new_flow(document: Document, source: Element, target: Element, wanted: str) -> Element:
    """A flow between two nodes of one scope, with its marks, not drawn yet."""
    scope = source.getparent()
    assert scope is not None, "a flow node stands in a process"
    flow = etree.Element(f"{{{BPMN}}}sequenceFlow")
    id = document.new_id(wanted)
    flow.set("id", id)
    flow.set("sourceRef", source.get("id") or "")
    flow.set("targetRef", target.get("id") or "")
    last = max((scope.index(item) + 1 for item in scope.iterchildren(f"{{{BPMN}}}sequenceFlow")), default=len(scope))
    insert(scope, last, flow)
    add_way_mark(source, "outgoing", id)
    add_way_mark(target, "incoming", id)
    return flow


def drop_flow(document: Document, flow: Element) -> None:
    """Take a flow away with its marks and its line."""
    id = flow.get("id") or ""
    for end, mark in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
        node = document.node(ref(flow.get(end)) or "")
        drop_way_mark(node, mark, id)
        if ref(node.get("default")) == id:
            del node.attrib["default"]
    drawing.erase(document, id)
    remove(flow)


def lead_to(document: Document, flow: Element, target: Element) -> None:
    """Let a flow end elsewhere."""
    drop_way_mark(document.node(ref(flow.get("targetRef")) or ""), "incoming", flow.get("id") or "")
    flow.set("targetRef", target.get("id") or "")
    add_way_mark(target, "incoming", flow.get("id") or "")


def _lead_to(document: Document, flow: Element, target_id: str) -> None:
    target = document.node(target_id)
    before = document.node(ref(flow.get("targetRef")) or "")
    if target.getparent() is not flow.getparent():
        raise Refused("OTHER_SCOPE", field="toi")
    if len(document.arriving(before)) < 2:
        raise Refused("LAST_WAY", field="toi", step=before.get("name") or before.get("id"))
    lead_to(document, flow, target)


def _require_sense(document: Document, source: Element, way: Way) -> None:
    if way.default and way.condition:
        raise Refused("DEFAULT_WITH_CONDITION", field="dieu_kien")
    if document.node(way.target).getparent() is not source.getparent():
        raise Refused("OTHER_SCOPE", field="toi")


def _set_or_drop(element: Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)
    elif name in element.attrib:
        del element.attrib[name]


def _set_condition(flow: Element, text: str) -> None:
    known = child(flow, "conditionExpression")
    if known is not None and not text:
        remove(known)
    elif known is not None:
        if text_of(known) != text:
            del known[:]
            known.text = text
    elif text:
        made = etree.Element(f"{{{BPMN}}}conditionExpression")
        prefix = next((each for each, uri in flow.nsmap.items() if uri == BPMN), None)
        made.text = text
        insert(flow, len(flow), made)
        made.set(XSI_TYPE, f"{prefix}:tFormalExpression" if prefix else "tFormalExpression")
