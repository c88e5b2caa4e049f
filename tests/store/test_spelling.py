"""One spelling of JSON, whoever spells it."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflows.errors import Refused
from workflows.store.spelling import Spelled, as_json, as_text, canonical, canonical_by_python, to_json

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS | st.just("Đ"), inner),
    max_leaves=12,
)


@given(VALUES)
@example({"\U0001f600": 1, "￿": 2, "Z": '\x7f\x1f\u2028/\\"', "a": [2**63, 2**64, -(2**63) - 1, 1e16, 5e-324, -0.0]})
@example({"1e5": "null", "x": [1.5, 1e22, True, None]})
def test_the_quick_spelling_is_the_slow_one(value: Any) -> None:
    assert canonical(value) == canonical_by_python(value)


@given(VALUES)
def test_what_is_written_reads_as_what_it_was(value: Any) -> None:
    without_nul = json.loads(json.dumps(value).replace("\\u0000", "0"))
    assert json.loads(as_text(without_nul)) == without_nul
    assert to_json(without_nul) == as_text(without_nul)


def test_numbers_and_keys_have_one_spelling() -> None:
    assert canonical({"b": 1.0, "a": [2, 1e22, -0.0, 0.1]}) == '{"a":[2,10000000000000000000000,0,0.1],"b":1}'


@pytest.mark.parametrize("value", [math.nan, math.inf, [{"a": -math.inf}], {"a": None, "b": math.nan}])
def test_what_is_no_number_is_never_null(value: Any) -> None:
    for spell in (canonical, as_json, to_json):
        with pytest.raises(ValueError, match="not JSON compliant"):
            spell(value)


def test_what_json_does_not_know_is_an_error_but_for_instants() -> None:
    with pytest.raises(TypeError):
        canonical({"a": {1, 2}})
    with pytest.raises(TypeError):
        as_json({"a": object()})
    at = datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)
    assert as_json({"a": at, "b": None}) == b'{"a":"2026-03-02T01:00:00.000005+00:00","b":null}'
    for spell in (canonical, to_json):
        with pytest.raises(TypeError):
            spell({"a": at})


def test_a_text_with_nul_is_refused_and_one_that_only_looks_so_is_not() -> None:
    for value in ("\0", {"\0": 1}, Spelled('"\\u0000"'), ["\\\0"]):
        with pytest.raises(Refused) as caught:
            as_json(value)
        assert caught.value.code == "BAD_TEXT"
    assert as_json("\\u0000") == b'"\\\\u0000"'


def test_what_is_spelled_is_not_spelled_again() -> None:
    assert as_json(Spelled('{"b": 1.0}')) == b'{"b": 1.0}'
    assert json.loads(as_json([{"data": Spelled('{"b":1}')}])) == [{"data": {"b": 1}}]
