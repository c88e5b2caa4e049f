"""Reading data mappings, properties, call targets and multi-instance characteristics out of extension elements."""

from __future__ import annotations

import json
from typing import Any

from .element import Element, bare, camunda, child, child_text, children, extensions, flag, line_of, text_of, zeebe
from .model import CallTarget, Loop, Mapped, MultiInstance
from .names import CAMUNDA_FAMILY, ZEEBE


def mappings(element: Element) -> tuple[tuple[Mapped, ...], tuple[Mapped, ...]]:
    """Input and output mappings: camunda:inputOutput and zeebe:ioMapping."""
    inputs: list[Mapped] = []
    outputs: list[Mapped] = []
    for holder in extensions(element, "inputOutput"):
        for item in holder:
            side = {"inputParameter": inputs, "outputParameter": outputs}.get(bare(item))
            if side is not None:
                side.append(Mapped(item.get("name", ""), _structure(item)))
    for holder in extensions(element, "ioMapping", ZEEBE):
        for item in holder:
            side = {"input": inputs, "output": outputs}.get(bare(item))
            if side is not None:
                side.append(Mapped(item.get("target", ""), item.get("source", "")))
    return tuple(inputs), tuple(outputs)


def _structure(item: Element) -> Any:  # noqa: ANN401 - a text, or a list or map of texts
    for part in item:
        name = bare(part)
        if name == "list":
            return tuple(_structure(entry) if len(entry) else (entry.text or "").strip() for entry in part)
        if name == "map":
            return {
                entry.get("key", ""): _structure(entry) if len(entry) else (entry.text or "").strip() for entry in part
            }
    return (item.text or "").strip()


def properties(element: Element) -> dict[str, str]:
    """Properties and headers that a file carries along: camunda:properties, zeebe:properties, zeebe:taskHeaders."""
    found: dict[str, str] = {}
    for holder in extensions(element, "properties", *CAMUNDA_FAMILY, ZEEBE):
        found.update({item.get("name") or item.get("id") or "": item.get("value", "") for item in holder})
    for holder in extensions(element, "taskHeaders", ZEEBE):
        found.update({item.get("key", ""): item.get("value", "") for item in holder})
    return found


def call_target(element: Element) -> CallTarget:
    """What a call activity calls: calledElement with the Camunda 7 attributes, or zeebe:calledElement."""
    called = zeebe(element, "calledElement")
    if called is not None:
        inputs, _ = mappings(element)
        return CallTarget(
            called.get("processId", ""),
            called.get("bindingType", "latest"),
            called.get("versionTag"),
            all_in=called.get("propagateAllParentVariables", "true") == "true",
            all_out=called.get("propagateAllChildVariables", "true") == "true",
            inputs=inputs,
        )
    binding = camunda(element, "calledElementBinding") or "latest"
    version = camunda(element, "calledElementVersionTag" if binding == "versionTag" else "calledElementVersion")
    keys = [key for item in extensions(element, "in") if (key := item.get("businessKey")) is not None]
    ins, all_in = _crossings(element, "in")
    outs, all_out = _crossings(element, "out")
    name = (element.get("calledElement") or "").strip()
    if "${" not in name and "#{" not in name and not name.startswith("="):
        name = name.rpartition(":")[2]
    return CallTarget(
        name,
        binding,
        version,
        keys[-1] if keys else None,
        all_in=False in all_in,
        all_out=False in all_out,
        all_in_local=True in all_in,
        all_out_local=True in all_out,
        inputs=ins,
        outputs=outs,
    )


def _crossings(element: Element, side: str) -> tuple[tuple[Mapped, ...], set[bool]]:
    """The single variables that cross the border, and whether all do (True: the local ones)."""
    items = [item for item in extensions(element, side) if item.get("businessKey") is None]
    return (
        tuple(_crossing(item) for item in items if item.get("variables") != "all"),
        {_is_local(item) for item in items if item.get("variables") == "all"},
    )


def _crossing(item: Element) -> Mapped:
    source = item.get("source")
    text = item.get("sourceExpression", "") if source is None else source
    return Mapped(item.get("target", ""), text, variable=source is not None, local=_is_local(item))


def _is_local(item: Element) -> bool:
    return item.get("local") == "true"


def multi_instance(element: Element, base: int) -> MultiInstance | None:
    """Multi-instance characteristics; `base` is the first loopCounter where the element itself does not tell."""
    loop = child(element, "multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    modern = zeebe(loop, "loopCharacteristics")
    collection = camunda(loop, "collection") or child_text(loop, "loopDataInputRef")
    variable = camunda(loop, "elementVariable") or _item_name(loop, "inputDataItem")
    results, result = child_text(loop, "loopDataOutputRef"), _item_name(loop, "outputDataItem")
    if modern is not None:
        collection, variable = modern.get("inputCollection"), modern.get("inputElement")
        results, result = modern.get("outputCollection"), modern.get("outputElement")
    elif results is not None and result is not None:
        result = f"= {result}"
    family = any(isinstance(key, str) and key[1:].split("}")[0] in CAMUNDA_FAMILY for key in loop.attrib)
    return MultiInstance(
        flag(loop, "isSequential"),
        child_text(loop, "loopCardinality"),
        collection,
        variable,
        child_text(loop, "completionCondition"),
        results,
        result,
        1 if modern is not None else 0 if family else base,
        line_of(loop),
    )


def _item_name(loop: Element, name: str) -> str | None:
    item = child(loop, name)
    return None if item is None else item.get("name") or item.get("id")


def standard_loop(element: Element) -> Loop | None:
    """Standard loop characteristics."""
    loop = child(element, "standardLoopCharacteristics")
    if loop is None:
        return None
    return Loop(flag(loop, "testBefore"), child_text(loop, "loopCondition"), loop.get("loopMaximum"), line_of(loop))


def data_values(element: Element) -> dict[str, Any]:
    """Initial values of data objects (flowable:value, activiti:value): JSON where it reads as such, else text (D4)."""
    found: dict[str, Any] = {}
    for item in children(element, "dataObject"):
        for value in extensions(item, "value"):
            text = text_of(value) or ""
            kind = (item.get("itemSubjectRef") or "").rpartition(":")[2]
            found[item.get("name") or item.get("id") or ""] = text if kind == "string" else _json(text)
    return found


def _json(text: str) -> Any:  # noqa: ANN401 - a JSON value
    try:
        return json.loads(text)
    except ValueError:
        return text
