"""Whatever the text, an expression has a JSON-like value or is an ExpressionError; whole numbers count as in Python."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nightly import size
from workflows.bpmn.expressions import ExpressionError, as_json, parse

WORDS = [
    *"ab?:,()[]{}+-*/%=<>!\"'@\\đỆ\x00",
    *(
        "item",
        "true",
        "false",
        "null",
        "and",
        "or",
        "not",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
    ),
    *(
        "satisfies",
        "between",
        "empty",
        "div",
        "mod",
        "count",
        "sum",
        "append",
        "string",
        "date",
        "time",
        "duration",
        "now",
    ),
    *(
        "starts",
        "with",
        "upper",
        "case",
        "contains",
        "size",
        "is",
        "defined",
        "eq",
        "lt",
        "ge",
        ".",
        "..",
        "**",
        "==",
        "!=",
    ),
    *("<=", ">=", "&&", "||", '" x"', "'y'", "0", "1", "2.5", "1e9", "99999999999", "//", "/*", "*/", "${", "#{", "_a"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=5,
)


def only_a_value_or_a_refusal(text: str, dialect: Any, names: dict[str, Any]) -> None:
    try:
        as_json(parse(text, dialect).evaluate(names))
    except ExpressionError as refusal:
        assert refusal.message


@given(st.text(max_size=60), st.sampled_from(["auto", "juel", "feel"]))
def test_any_text(text: str, dialect: str) -> None:
    only_a_value_or_a_refusal(text, dialect, {"a": 1})


@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.sampled_from(["{}", "= {}", "${{{}}}", "x${{{}}}y"]),
    VALUES,
    VALUES,
)
@settings(max_examples=size(400, 8000))
def test_any_heap_of_words(words: list[str], around: str, first: Any, second: Any) -> None:
    only_a_value_or_a_refusal(around.format(" ".join(words)), "auto", {"a": first, "b": second})


@given(
    st.sampled_from(
        [
            "a + b",
            "a - b",
            "a * b",
            "a / b",
            "a = b",
            "a < b",
            "a in b",
            "a[b]",
            "a.b",
            "a and b",
            "-a",
            "count(a)",
            "sum(a)",
            "max(a)",
            "string(a)",
            "a[item = b]",
            "sqrt(a)",
            "floor(a)",
            "modulo(a, b)",
            "a ** b",
        ]
    ),
    VALUES,
    VALUES,
)
@settings(max_examples=size(400, 8000))
def test_feel_operators_take_any_values(text: str, first: Any, second: Any) -> None:
    only_a_value_or_a_refusal(text, "feel", {"a": first, "b": second})


@given(
    st.sampled_from(
        [
            "a + b",
            "a - b",
            "a * b",
            "a / b",
            "a % b",
            "a == b",
            "a < b",
            "a[b]",
            "a.b",
            "a && b",
            "!a",
            "empty a",
            "-a",
            "a.size()",
            "a.contains(b)",
            "a ? b : 1",
            "a.get(b)",
            "a.length()",
        ]
    ),
    VALUES,
    VALUES,
)
@settings(max_examples=size(400, 8000))
def test_juel_operators_take_any_values(text: str, first: Any, second: Any) -> None:
    only_a_value_or_a_refusal("${" + text + "}", "auto", {"a": first, "b": second})


INTEGERS = st.integers(min_value=-(10**30), max_value=10**30)


@given(INTEGERS, INTEGERS, INTEGERS, st.sampled_from(["auto", "feel"]))
def test_whole_numbers_count_as_in_python(a: int, b: int, c: int, dialect: Any) -> None:
    wrap = "${{{}}}" if dialect == "auto" else "{}"
    for text in ("a + b * c", "(a + b) * c - a", "a * b - c * (a - b)", "-a + -b", "a - b - c"):
        found = parse(wrap.format(text), dialect).evaluate({"a": a, "b": b, "c": c})
        assert type(found) is int
        assert found == eval(text, {}, {"a": a, "b": b, "c": c})


@given(INTEGERS, INTEGERS.filter(bool))
def test_division_is_exact_or_the_nearest_decimal(a: int, b: int) -> None:
    names = {"a": a, "b": b}
    found = parse("${a / b}").evaluate(names)
    exact = Fraction(a, b)
    assert abs(Fraction(found) - exact) <= abs(exact) / 2**52
    assert (type(found) is int) == (exact.denominator == 1)
    rest = parse("${a % b}").evaluate(names)
    assert abs(rest) < abs(b)
    assert (a - rest) % b == 0
    assert rest * a >= 0


@given(st.integers(), st.integers())
def test_order_is_the_order_of_numbers(a: int, b: int) -> None:
    names = {"a": a, "b": b}
    assert parse("${a < b}").evaluate(names) is (a < b)
    assert parse("= a >= b").evaluate(names) is (a >= b)
    assert parse("= a in [b..a]").evaluate(names) is (b <= a)
