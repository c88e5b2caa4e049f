"""Unary tests of FEEL: what holds for which value, and any text is either read or refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.bpmn.expressions import ExpressionError, parse_unary

NAMES = {"nguong": 7, "ten": ["a", "b"]}


@pytest.mark.parametrize(
    ("text", "passing", "failing"),
    [
        ("-", [1, "x", None, [1]], []),
        ("", [1, None], []),
        ("< 5", [4, -1, 4.5], [5, 6, None, "4"]),
        ("<= 5", [5], [6]),
        ("> 5", [6], [5, None]),
        (">= 5", [5], [4]),
        ("[1..3]", [1, 2, 3], [0, 4, None]),
        ("(1..3)", [2], [1, 3]),
        ("]1..3[", [2], [1, 3]),
        ("[1..3)", [1], [3]),
        ('"a","b"', ["a", "b"], ["c", None, 1]),
        ("1, [5..7], > 9", [1, 6, 10], [2, 8, 9]),
        ('not("x")', ["y", None], ["x"]),
        ("not(1, [5..7])", [2, 8], [1, 6]),
        ("not(< 5)", [5], [4, None]),
        ("not(? > 5) or ? = 9", [4, 9], [6]),
        ("true", [True], [False, None]),
        ("false", [False], [True]),
        ("null", [None], [0, ""]),
        ("? > 3 and ? < nguong", [4], [3, 7]),
        ('starts with(?, "KH")', ["KH 12"], ["QĐ 12", 5]),
        ("nguong", [7], [8]),
        ("nguong > 5", ["anything", 1], []),
        ("nguong > 9", [], ["anything", 1]),
        ("ten", ["a", "b"], ["c"]),
        ("< nguong", [6], [7]),
        ('list contains(?, "a")', [["a"]], [["b"]]),
        ("-5", [-5], [5]),
        ("cellInput", [], [1]),
    ],
)
def test_what_holds(text: str, passing: list[Any], failing: list[Any]) -> None:
    tests = parse_unary(text)
    assert [value for value in passing if not tests.holds(value, NAMES)] == []
    assert [value for value in failing if tests.holds(value, NAMES)] == []


@pytest.mark.parametrize(
    "text", ["< ", "1,", "[1..", "not(", "not(1", "??", "? ?", "1 2", "=5", ", 1", "_x", "a(", "- -"]
)
def test_what_is_no_test_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_unary(text)


def test_a_text_too_long_or_too_deep_is_refused() -> None:
    for text in ("1," * 3_000 + "1", "(" * 300 + "1" + ")" * 300, "not(" * 200 + "1" + ")" * 200):
        with pytest.raises(ExpressionError):
            parse_unary(text)


PARTS = [
    "-",
    "<",
    "<=",
    ">",
    "5",
    "1..3",
    "[",
    "]",
    "(",
    ")",
    '"a"',
    ",",
    "not",
    "?",
    "x",
    "and",
    " ",
    "null",
    "=",
    "@",
]


@given(st.text() | st.lists(st.sampled_from(PARTS), max_size=12).map("".join), st.none() | st.integers() | st.text())
def test_any_text_is_a_test_or_refused(text: str, value: Any) -> None:
    try:
        verdict = parse_unary(text).holds(value, NAMES)
    except ExpressionError as refused:
        assert refused.message
    else:
        assert verdict in (True, False)
