"""A BPMN file that is being changed: its tree with everything in it, the scope of each element, and new ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workflows.bpmn.element import Element, children, local, ref
from workflows.bpmn.names import BPMN, CAMUNDA_FAMILY, FLOW_NODES, KEHOACH
from workflows.bpmn.source import safe_tree
from workflows.errors import NotFound

PREFIXES = {"camunda": CAMUNDA_FAMILY[0], "kehoach": KEHOACH}
_NO_NAME = re.compile(r"[^a-z0-9]+")
# What stands before `incoming` in a flow node (BPMN 2.0.2, 10.2.1).
_BEFORE_WAYS = frozenset(
    {"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming"}
)


@dataclass(frozen=True)
class Document:
    """One process of a file that is being changed; every change is made in place, in the tree."""

    root: Element
    process: Element

    def node(self, id: str) -> Element:
        """The flow node with this id; NotFound when the process has none."""
        for item in self.process.iter("*"):
            if item.get("id") == id and local(item) in FLOW_NODES:
                return item
        raise NotFound("step", id=id)

    def flow(self, id: str) -> Element:
        """The sequence flow with this id; NotFound when the process has none."""
        for item in self.process.iter("*"):
            if item.get("id") == id and local(item) == "sequenceFlow":
                return item
        raise NotFound("flow", id=id)

    def leaving(self, node: Element) -> list[Element]:
        """The flows out of a node, in the order of the file."""
        return [flow for flow in _siblings(node) if ref(flow.get("sourceRef")) == node.get("id")]

    def arriving(self, node: Element) -> list[Element]:
        """The flows into a node, in the order of the file."""
        return [flow for flow in _siblings(node) if ref(flow.get("targetRef")) == node.get("id")]

    def new_id(self, wanted: str) -> str:
        """An id that nothing in the file has, as near to the wanted one as can be."""
        taken = {item.get("id") for item in self.root.iter("*")}
        number, id = 2, wanted
        while id in taken:
            number, id = number + 1, f"{wanted}_{number}"
        return id


def open_document(xml: str, key: str) -> Document:
    """The process with this id in the file; BadDefinition when the file is not safe, NotFound without the process."""
    root = safe_tree(xml.encode(), whole=True)
    for item in children(root, "process"):
        if item.get("id") == key:
            return Document(root, item)
    raise NotFound("process", key=key)


def text_of(document: Document) -> str:
    """The file as text, without a declaration; comments before and after the root are kept."""
    return etree.tostring(document.root.getroottree(), encoding="unicode")


def id_from(name: str) -> str:
    """A name as an id may be: `Ký nháy` is `ky_nhay`."""
    bare = unicodedata.normalize("NFD", name[:200].replace("đ", "d").replace("Đ", "d").replace("Ð", "d"))
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()
    id = _NO_NAME.sub("_", plain).strip("_")[:40]
    return id if id[:1].isalpha() else f"buoc_{id}".rstrip("_")


def vendor(document: Document) -> str:
    """The namespace of the Camunda family in which this file speaks; Camunda's own where it speaks none."""
    used = {uri for item in document.root.iter("*") for uri in item.nsmap.values()}
    return next((each for each in CAMUNDA_FAMILY if each in used), CAMUNDA_FAMILY[0])


def declare(document: Document) -> None:
    """Name our namespaces at the root where the file does not know them, and leave all others as they are."""
    known = {prefix for item in document.root.iter("*") for prefix in item.nsmap if prefix}
    top = {prefix: uri for prefix, uri in PREFIXES.items() if prefix not in known}
    if top:
        etree.cleanup_namespaces(document.root, top_nsmap=top, keep_ns_prefixes=[*known, *top])


def add_way_mark(node: Element, kind: str, flow: str) -> None:
    """`incoming` or `outgoing` in a node, where the nodes of its scope have them."""
    scope = node.getparent()
    assert scope is not None, "a flow node stands in a process"
    if not any(local(item) in ("incoming", "outgoing") for item in scope.iter("*")):
        return
    before = {*_BEFORE_WAYS, *(("outgoing",) if kind == "outgoing" else ())}
    at = max((node.index(item) + 1 for item in children(node, *before)), default=0)
    mark = etree.Element(f"{{{BPMN}}}{kind}")
    mark.text = flow
    insert(node, at, mark)


def drop_way_mark(node: Element, kind: str, flow: str) -> None:
    """Take a flow out of the marks of a node."""
    for item in list(children(node, kind)):
        if ref((item.text or "").strip()) == flow:
            remove(item)


def insert(parent: Element, at: int, item: Element) -> None:
    """Insert an element on a line of its own, indented as its neighbours are."""
    indent = parent.text if parent.text is not None and not parent.text.strip() else None
    if len(parent) == 0:
        outer = parent.tail if parent.tail is not None and not parent.tail.strip() else ""
        item.tail = outer
        parent.text = f"{outer}  " if outer else parent.text
    elif at >= len(parent):
        item.tail, parent[-1].tail = parent[-1].tail, indent
    else:
        item.tail = indent
    parent.insert(at, item)


def remove(item: Element) -> None:
    """Take an element out; what stands after it stays, and the last line keeps its indent."""
    parent = item.getparent()
    assert parent is not None, "the root is never removed"
    before = item.getprevious()
    if item.getnext() is None and (item.tail is None or not item.tail.strip()):
        if before is not None:
            before.tail = item.tail
        else:
            parent.text = item.tail if parent.text is None or not parent.text.strip() else parent.text
    elif item.tail is not None and item.tail.strip():
        if before is not None:
            before.tail = (before.tail or "") + item.tail
        else:
            parent.text = (parent.text or "") + item.tail
    parent.remove(item)


def _siblings(node: Element) -> Iterator[Element]:
    scope = node.getparent()
    assert scope is not None, "a flow node stands in a process"
    return children(scope, "sequenceFlow")
