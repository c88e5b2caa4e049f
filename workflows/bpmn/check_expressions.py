"""Checks on expressions, timers and scripts: whatever is written in a definition must be readable at deployment
(X15, X20, X21)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from workflows.errors import Finding

from .expressions import ExpressionError, parse
from .iso8601 import parse_cycle, parse_duration, parse_instant
from .model import EventDefinition, Flow, Mapped, Node, Script

# A working day is a unit of its own: a period of ISO 8601 added to it would count other days.
_WORKING_DAYS = re.compile(r"\bngay_lam_viec\b")
_ISO_PERIOD = re.compile(r"""\bduration\s*\(|["']-?P(?=[\dT])""")


def check_node_expressions(part: Node | Flow) -> Iterator[Finding]:
    """Every expression of a node or flow, and the timers among its events."""
    for text in _texts(part):
        try:
            parse(text)
        except ExpressionError as problem:
            yield Finding(
                "EXPRESSION_ERROR", part.id, part.line, f"Không đọc được biểu thức «{text[:80]}»: {problem.message}"
            )
        if _WORKING_DAYS.search(text) and _ISO_PERIOD.search(text):
            yield Finding(
                "MIXED_UNITS",
                part.id,
                part.line,
                f"Biểu thức «{text[:80]}» trộn ngày làm việc với khoảng thời gian ISO 8601; chỉ dùng một đơn vị.",
            )
    if isinstance(part, Node):
        for event in part.events:
            if event.kind == "timer":
                yield from _check_timer(part, event)
        if part.kind == "scriptTask" and not _is_expression(part.script):
            yield Finding("UNSUPPORTED_SCRIPT", part.id, part.line, "Bước tính toán không có biểu thức nào.")


def _is_expression(script: Script | None) -> bool:
    """Whether there is an expression at all: a bare text without a language could be any language."""
    if script is None:
        return False
    try:
        return bool(script.language) or not parse(script.text).is_literal
    except ExpressionError:
        return True


def is_negative_or_odd_number(text: str) -> bool:
    """Whether a literal is there and is not a whole number from 0 on."""
    try:
        expression = parse(text)
    except ExpressionError:
        return False
    return expression.is_literal and not re.fullmatch(r"\s*\d+\s*", text)


def _check_timer(node: Node, event: EventDefinition) -> Iterator[Finding]:
    given = [text for text in (event.date, event.duration, event.cycle) if text is not None]
    if len(given) != 1:
        yield Finding(
            "BAD_TIMER", node.id, event.line, "Hẹn giờ phải có đúng một trong timeDate, timeDuration, timeCycle."
        )
        return
    try:
        if not parse(given[0]).is_literal:
            return
    except ExpressionError:
        return
    try:
        if event.date is not None:
            parse_instant(event.date)
        elif event.duration is not None:
            parse_duration(event.duration)
        else:
            parse_cycle(event.cycle or "")
    except ValueError:
        yield Finding(
            "BAD_TIMER", node.id, event.line, f"Không đọc được thời hạn «{given[0][:80]}»; ví dụ đúng: P3D, R3/P1D."
        )


def _texts(part: Node | Flow) -> Iterator[str]:
    if isinstance(part, Flow):
        if part.condition is not None:
            yield part.condition
        return
    human, call, script = part.human, part.call, part.script
    for event in part.events:
        yield from _present(event.date, event.duration, event.cycle, event.condition, event.correlation_key, event.name)
    if human is not None:
        yield from _present(human.assignee, human.due, human.follow_up, human.priority, human.form_key, part.name)
        yield from _present(human.rights.rejected)
        yield from human.candidate_groups
        yield from human.candidate_users
    if part.multi is not None:
        multi = part.multi
        yield from _present(multi.cardinality, multi.collection, multi.completion_condition, multi.output_element)
    if part.loop is not None:
        yield from _present(part.loop.condition, part.loop.maximum)
    if call is not None:
        yield from _present(call.element, call.version)
        yield from _sources((*call.inputs, *call.outputs))
    if script is not None:
        yield script.text
    if part.job is not None:
        yield from _present(part.job.topic, part.job.retries)
    if part.decision is not None:
        yield from _present(part.decision.decision, part.decision.version)
    yield from _present(part.activation_condition, part.completion_condition, part.active_elements)
    yield from _sources((*part.inputs, *part.outputs))


def _present(*texts: str | None) -> Iterator[str]:
    return (text for text in texts if text is not None)


def _sources(mappings: tuple[Mapped, ...]) -> Iterator[str]:
    for item in mappings:
        if not item.variable:
            yield from _nested(item.source)


def _nested(source: Any) -> Iterator[str]:  # noqa: ANN401 - a text, or a list or map of texts
    if isinstance(source, str):
        yield source
    elif isinstance(source, Mapping):
        for item in source.values():
            yield from _nested(item)
    elif isinstance(source, tuple):
        for item in source:
            yield from _nested(item)
