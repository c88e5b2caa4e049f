"""Reading XML elements: children and texts in the BPMN namespace, attributes and extension elements of the editors."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .names import BPMN, CAMUNDA_FAMILY, KEHOACH, ZEEBE

_BPMN = f"{{{BPMN}}}"
_OWN = f"{{{KEHOACH}}}"
Element = etree._Element


def local(element: Element) -> str | None:
    """The local name of an element in the BPMN namespace, None for others and for comments."""
    tag: object = element.tag
    return tag[len(_BPMN) :] if isinstance(tag, str) and tag.startswith(_BPMN) else None


def children(element: Element, *names: str) -> Iterator[Element]:
    """Child elements of BPMN with one of these names (all of BPMN without names)."""
    return element.iterchildren(*(f"{_BPMN}{name}" for name in names or ("*",)))


def child(element: Element, name: str) -> Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def text_of(element: Element | None) -> str | None:
    """The trimmed text of an element; None without one or when empty."""
    if element is None:
        return None
    text = "".join(str(part) for part in element.itertext()).strip()
    return text or None


def child_text(element: Element, name: str) -> str | None:
    """The trimmed text of the first child of that name."""
    return text_of(child(element, name))


def flag(element: Element, name: str, default: bool = False) -> bool:
    """An XML boolean attribute."""
    value = element.get(name)
    return default if value is None else value.strip() in {"true", "1"}


def camunda(element: Element, name: str) -> str | None:
    """An attribute of the Camunda 7 family (camunda, operaton, activiti, flowable)."""
    for namespace in CAMUNDA_FAMILY:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return None


def own(element: Element, name: str) -> str | None:
    """An attribute of our own namespace."""
    return element.get(f"{_OWN}{name}")


def has_own(element: Element) -> bool:
    """Whether it has any attribute of our own namespace; most elements have none."""
    return any(str(name).startswith(_OWN) for name in element.keys())  # noqa: SIM118 - an element is its children


def extensions(element: Element, name: str, *namespaces: str) -> Iterator[Element]:
    """Extension elements of that local name (of the Camunda 7 family unless namespaces are given)."""
    holder = child(element, "extensionElements")
    if holder is not None:
        for namespace in namespaces or CAMUNDA_FAMILY:
            yield from holder.iterchildren(f"{{{namespace}}}{name}")


def zeebe(element: Element, name: str) -> Element | None:
    """The first zeebe extension element of that name."""
    return next(extensions(element, name, ZEEBE), None)


def bare(element: Element) -> str:
    """The local name of any element."""
    return etree.QName(element).localname


def ref(value: str | None) -> str | None:
    """A reference without its namespace prefix (`tns:Message_1`)."""
    if value is None:
        return None
    return value.strip().rpartition(":")[2] or None


def line_of(element: Element) -> int | None:
    """The line on which an element starts."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None
