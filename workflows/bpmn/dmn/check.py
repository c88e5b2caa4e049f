"""Checks on decisions that were read: every finding at once, with the element, the line and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from workflows.bpmn.expressions import ExpressionError, parse, parse_unary
from workflows.errors import Finding

from .model import AGGREGATIONS, HIT_POLICIES, Decision, DecisionTable, Output, Rule

ORDERED = ("PRIORITY", "OUTPUT ORDER")


def check_decisions(decisions: Sequence[Decision]) -> list[Finding]:
    """Everything that keeps these decisions from being evaluated."""
    known = {decision.id: decision for decision in decisions}
    findings = [finding for decision in decisions for finding in _check_decision(decision, known.keys())]
    return [*findings, *_circles(decisions, known)]


def _check_decision(decision: Decision, known: Set[str]) -> Iterator[Finding]:
    if not decision.id:
        yield Finding("DANGLING_REFERENCE", None, decision.line, "Quyết định không có mã (id).")
    for name in decision.requires:
        if name not in known:
            yield _finding(decision, "DANGLING_REFERENCE", f"Quyết định cần «{name}» nhưng tệp không có.")
    for part, line in decision.unsupported:
        message = f"Không tính được «{part}»; hãy dùng bảng quyết định hoặc một biểu thức FEEL."
        yield Finding("UNSUPPORTED_DECISION", decision.id, line, message)
    for language, line in decision.languages:
        if "feel" not in language.lower():
            message = f"Ngôn ngữ biểu thức «{language}» không được hỗ trợ; hãy dùng FEEL."
            yield Finding("UNSUPPORTED_SCRIPT", decision.id, line, message)
    if decision.table is not None:
        yield from _check_table(decision, decision.table)
    elif decision.expression is not None:
        yield from _readable(parse_feel, decision.expression, "EXPRESSION_ERROR", decision.id, decision.line)
    elif not decision.unsupported:
        yield _finding(decision, "UNSUPPORTED_DECISION", "Quyết định không có bảng cũng không có biểu thức.")


def _check_table(decision: Decision, table: DecisionTable) -> Iterator[Finding]:
    yield from _check_policy(decision, table)
    if not table.outputs:
        yield Finding("MISSING_OUTPUT", decision.id, table.line, "Bảng quyết định không có cột kết quả nào.")
    names = [output.name for output in table.outputs]
    for at, output in enumerate(table.outputs):
        if len(names) > 1 and not output.name:
            yield Finding("MISSING_OUTPUT", output.id or decision.id, output.line, "Cột kết quả phải có tên (name).")
        if output.name and output.name in names[:at]:
            message = f"Có hai cột kết quả cùng tên «{output.name}»."
            yield Finding("DUPLICATE_ID", output.id or decision.id, output.line, message)
        yield from _check_output(decision, table, output)
    for column in table.inputs:
        owner = column.id or decision.id
        if not column.expression:
            yield Finding("MISSING_INPUT", owner, column.line, "Cột điều kiện không có biểu thức.")
        else:
            yield from _readable(parse_feel, column.expression, "EXPRESSION_ERROR", owner, column.line)
        if column.allowed is not None:
            yield from _readable(parse_unary, column.allowed, "BAD_UNARY_TEST", owner, column.line)
    for rule in table.rules:
        yield from _check_rule(rule, table)


def _check_policy(decision: Decision, table: DecisionTable) -> Iterator[Finding]:
    if table.hit_policy not in HIT_POLICIES:
        message = f"Không có cách chọn luật «{table.hit_policy}»; hãy chọn một trong: {', '.join(HIT_POLICIES)}."
        yield Finding("BAD_HIT_POLICY", decision.id, table.line, message)
    if table.aggregation is not None:
        if table.aggregation not in AGGREGATIONS:
            message = f"Không có cách gộp «{table.aggregation}»; hãy chọn một trong: {', '.join(AGGREGATIONS)}."
            yield Finding("BAD_HIT_POLICY", decision.id, table.line, message)
        elif table.hit_policy != "COLLECT":
            yield Finding("BAD_HIT_POLICY", decision.id, table.line, "Chỉ gộp kết quả được với cách chọn COLLECT.")
        elif len(table.outputs) > 1:
            yield Finding("BAD_HIT_POLICY", decision.id, table.line, "Chỉ gộp được khi bảng có một cột kết quả.")
    if table.hit_policy in ORDERED and not any(output.values for output in table.outputs):
        message = f"{table.hit_policy} cần thứ tự ưu tiên: hãy liệt kê các giá trị cho phép của cột kết quả."
        yield Finding("BAD_HIT_POLICY", decision.id, table.line, message)


def _check_output(decision: Decision, table: DecisionTable, output: Output) -> Iterator[Finding]:
    owner = output.id or decision.id
    if output.values is not None:
        yield from _readable(parse_unary, output.values, "BAD_UNARY_TEST", owner, output.line)
        if table.hit_policy in ORDERED:
            yield from _readable(parse_priorities, output.values, "BAD_HIT_POLICY", owner, output.line)
    if output.default is not None:
        yield from _readable(parse_feel, output.default, "EXPRESSION_ERROR", owner, output.line)


def _check_rule(rule: Rule, table: DecisionTable) -> Iterator[Finding]:
    if len(rule.tests) != len(table.inputs):
        message = f"Luật có {len(rule.tests)} ô điều kiện, bảng có {len(table.inputs)} cột điều kiện."
        yield Finding("MISSING_INPUT", rule.id, rule.line, message)
    if len(rule.results) != len(table.outputs):
        message = f"Luật có {len(rule.results)} ô kết quả, bảng có {len(table.outputs)} cột kết quả."
        yield Finding("MISSING_OUTPUT", rule.id, rule.line, message)
    for text in rule.tests:
        yield from _readable(parse_unary, text, "BAD_UNARY_TEST", rule.id, rule.line)
    for text in rule.results:
        if text:
            yield from _readable(parse_feel, text, "EXPRESSION_ERROR", rule.id, rule.line)
        else:
            message = "Ô kết quả để trống sẽ cho giá trị null; hãy ghi rõ null nếu muốn vậy."
            yield Finding("MISSING_OUTPUT", rule.id, rule.line, message, warning=True)


def _circles(decisions: Sequence[Decision], known: dict[str, Decision]) -> Iterator[Finding]:
    """A finding for each decision that needs itself, directly or over others."""
    left = dict(known)
    while ready := [name for name, item in left.items() if not any(other in left for other in item.requires)]:
        for name in ready:
            del left[name]
    needed = {name for item in left.values() for name in item.requires}
    for decision in decisions:
        if decision.id in left and decision.id in needed:
            message = "Quyết định này cần chính kết quả của nó, qua các quyết định khác; hãy bỏ một liên kết."
            yield _finding(decision, "CYCLIC_REQUIREMENT", message)


def parse_feel(text: str) -> object:
    """The text as FEEL, whatever it begins with."""
    return parse(text, "feel")


def parse_priorities(text: str) -> object:
    """The values of a column as a list in their order of priority."""
    return parse(f"[{text}]", "feel")


def _readable(
    read: Callable[[str], object], text: str, code: str, element: str | None, line: int | None
) -> Iterator[Finding]:
    try:
        read(text)
    except ExpressionError as problem:
        yield Finding(code, element, line, f"Không đọc được «{text[:80]}»: {problem.message}")


def _finding(decision: Decision, code: str, message: str) -> Finding:
    return Finding(code, decision.id, decision.line, message)
