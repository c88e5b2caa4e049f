"""FEEL unary tests, the conditions of decision tables (DMN 1.3, 7.3.3 and 10.3.2.7): `-`, `< 5`, `"a", "b"`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import nodes
from .compiler import Run, compiled
from .expression import MAX_LENGTH
from .feel import TESTED, parse_unary_tests
from .frame import Frame, Functions
from .operators import meets
from .problem import ExpressionError, Mismatch
from .values import Budget, Value

ANYTHING: Final = ("", "-")


class UnaryTests:
    """The parsed tests of one cell."""

    __slots__ = ("_negated", "_tests", "text")

    def __init__(self, text: str, tests: tuple[tuple[Run, bool | None], ...], *, negated: bool) -> None:
        self.text = text
        self._tests = tests
        self._negated = negated

    def holds(self, value: Value, names: Mapping[str, Value], functions: Functions | None = None) -> bool:
        """Whether the value passes; a test that can be judged neither way does not."""
        if not self._tests:
            return True
        frame = Frame({**names, TESTED: value}, functions or {}, Budget())
        try:
            verdicts = [_verdict(value, run(frame), frame.budget, condition=asks) for run, asks in self._tests]
        except Mismatch as problem:
            raise ExpressionError(f"{problem.message} Phép thử: {self.text[:120]}") from problem
        if self._negated:
            return all(verdict is False for verdict in verdicts)
        return any(verdict is True for verdict in verdicts)

    def __repr__(self) -> str:
        return f"UnaryTests({self.text!r})"


def parse_unary(text: str) -> UnaryTests:
    """Read the tests of one cell; an empty text and `-` hold for everything. ExpressionError for what is no test."""
    plain = text.strip()
    if plain in ANYTHING:
        return UnaryTests(text, (), negated=False)
    if len(plain) > MAX_LENGTH:
        raise ExpressionError(f"Biểu thức dài hơn {MAX_LENGTH} ký tự.")
    try:
        found, negated = parse_unary_tests(plain)
        return UnaryTests(text, tuple((compiled(node, "feel"), _asks(node)) for node in found), negated=negated)
    except RecursionError as problem:
        raise ExpressionError("Biểu thức lồng nhau quá sâu.") from problem


def _asks(node: nodes.Node) -> bool | None:
    """Whether the test is a condition (it speaks of the tested value) or a value (it is written out).

    None: its value tells, for a truth value is a condition where the tested value is no truth value itself.
    """
    if isinstance(node, nodes.Literal):
        return False
    return any(isinstance(each, nodes.Name) and each.name == TESTED for each in nodes.walk(node)) or None


def _verdict(value: Value, tested: Value, budget: Budget, *, condition: bool | None) -> Value:
    """A condition is its own verdict; a value must meet the tested one."""
    if condition is True or (condition is None and isinstance(tested, bool) and not isinstance(value, bool)):
        return tested if isinstance(tested, bool) else None
    return meets(value, tested, budget)
