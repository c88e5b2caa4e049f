"""Reads one DMN file (1.1, 1.2 or 1.3) into checked decisions; everything that is wrong with it is reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflows.bpmn.element import Element, bare, line_of, text_of
from workflows.bpmn.names import ZEEBE
from workflows.bpmn.source import refuse, safe_tree
from workflows.errors import BadDefinition, Finding

from .check import check_decisions
from .model import Decision, DecisionFile, DecisionTable, Input, Output, Rule

NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
)
MARK = b"omg.org/spec/DMN/"
HEAD = 4_096
MAX_DECISIONS = 500
# Logic and requirements of the standard that are no table and no expression.
UNSUPPORTED = frozenset(
    {"context", "invocation", "relation", "list", "functionDefinition", "knowledgeRequirement", "import"}
)


def is_dmn(data: bytes) -> bool:
    """Whether the bytes seem to be DMN: its namespace stands near the beginning."""
    return MARK in data[:HEAD].replace(b"\x00", b"") and b"omg.org/spec/BPMN/" not in data[:HEAD].replace(b"\x00", b"")


def read_decisions(data: bytes) -> DecisionFile:
    """The decisions in these bytes; BadDefinition with every finding when they cannot be evaluated."""
    root = safe_tree(data)
    if root.tag not in {f"{{{namespace}}}definitions" for namespace in NAMESPACES}:
        refuse("NOT_DMN", line_of(root), "Tệp không phải là DMN 1.1 đến 1.3: phần tử gốc phải là definitions của DMN.")
    decisions = tuple(_decision(item) for item in _children(root, "decision"))
    if len(decisions) > MAX_DECISIONS:
        refuse("LIMIT_EXCEEDED", line_of(root), f"Tệp có hơn {MAX_DECISIONS} quyết định; hãy tách thành nhiều tệp.")
    findings = [*_double_ids(root), *_imports(root), *check_decisions(decisions)]
    if not decisions:
        findings.append(Finding("NO_DECISION", None, line_of(root), "Tệp không có quyết định nào."))
    errors = [finding for finding in findings if not finding.warning]
    if errors:
        raise BadDefinition([*errors, *(finding for finding in findings if finding.warning)])
    lines = {item.get("id", ""): line_of(item) or 0 for item in root.iter("*") if item.get("id") is not None}
    return DecisionFile(root.get("id", ""), root.get("name"), _linked(decisions), lines, tuple(findings))


def _double_ids(root: Element) -> Iterator[Finding]:
    seen: set[str] = set()
    for item in root.iter("*"):
        name = item.get("id")
        if name is not None and name in seen:
            yield Finding("DUPLICATE_ID", name, line_of(item), f"Mã «{name}» được dùng nhiều lần trong tệp.")
        seen.add(name or "")


def _imports(root: Element) -> Iterator[Finding]:
    for item in _children(root, "import"):
        yield Finding(
            "UNSUPPORTED_DECISION", item.get("id"), line_of(item), "Không nhập tệp khác; hãy gộp vào một tệp DMN."
        )


def _decision(element: Element) -> Decision:
    variable = _child(element, "variable")
    table, literal = _child(element, "decisionTable"), _child(element, "literalExpression")
    tag = _of_an_editor(element, "versionTag")
    if tag is None:
        tag = next((item.get("value") for item in element.iter(f"{{{ZEEBE}}}versionTag")), None)
    return Decision(
        element.get("id", ""),
        element.get("name"),
        line_of(element),
        variable.get("name") if variable is not None else None,
        tag,
        _table(table) if table is not None else None,
        _text(literal) if literal is not None else None,
        tuple(
            (needed.get("href") or "").removeprefix("#")
            for requirement in _children(element, "informationRequirement")
            for needed in _children(requirement, "requiredDecision")
        ),
        languages=tuple(_languages(element)),
        unsupported=tuple((bare(item), line_of(item)) for item in element if bare(item) in UNSUPPORTED),
    )


def _table(element: Element) -> DecisionTable:
    return DecisionTable(
        " ".join(element.get("hitPolicy", "UNIQUE").replace("_", " ").split()).upper(),
        element.get("aggregation"),
        tuple(_input(item) for item in _children(element, "input")),
        tuple(_output(item) for item in _children(element, "output")),
        tuple(_rule(item, number) for number, item in enumerate(_children(element, "rule"), 1)),
        line_of(element),
    )


def _input(element: Element) -> Input:
    expression = _child(element, "inputExpression")
    allowed = _child(element, "inputValues")
    if allowed is None and expression is not None:
        allowed = _child(expression, "inputValues")
    return Input(
        element.get("id"),
        _text(expression),
        element.get("label"),
        expression.get("typeRef") if expression is not None else None,
        _text(allowed) or None,
        _of_an_editor(element, "inputVariable") or "cellInput",
        line_of(element),
    )


def _output(element: Element) -> Output:
    return Output(
        element.get("id"),
        (element.get("name") or "").strip(),
        element.get("label"),
        _text(_child(element, "outputValues")) or None,
        _text(_child(element, "defaultOutputEntry")) or None,
        line_of(element),
    )


def _rule(element: Element, number: int) -> Rule:
    return Rule(
        element.get("id") or str(number),
        tuple(_text(item) for item in _children(element, "inputEntry")),
        tuple(_text(item) for item in _children(element, "outputEntry")),
        line_of(element),
    )


def _languages(element: Element) -> Iterator[tuple[str, int | None]]:
    for item in element.iter("*"):
        language = item.get("expressionLanguage")
        if language:
            yield language, line_of(item)


def _linked(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Each decision with all that it needs, those first that need nothing; there is no circle any more."""
    done: dict[str, Decision] = {}
    waiting = {decision.id: decision for decision in decisions}
    while waiting:
        ready = [decision for decision in waiting.values() if all(name in done for name in decision.requires)]
        for decision in ready:
            before: dict[str, Decision] = {}
            for name in decision.requires:
                before.update({item.id: item for item in (*done[name].before, done[name])})
            done[decision.id] = replace(decision, before=tuple(before.values()))
            del waiting[decision.id]
    return tuple(done[decision.id] for decision in decisions)


def _of_an_editor(element: Element, name: str) -> str | None:
    """An attribute in the namespace of an editor, such as camunda:versionTag."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), None)


def _children(element: Element, name: str) -> Iterator[Element]:
    return (item for item in element if bare(item) == name)


def _child(element: Element, name: str) -> Element | None:
    return next(_children(element, name), None)


def _text(element: Element | None) -> str:
    return "" if element is None else text_of(_child(element, "text")) or ""
