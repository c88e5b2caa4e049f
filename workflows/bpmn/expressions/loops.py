"""Closures that run another closure many times or not at all: and/or, filters, for, some, every, in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from . import operators
from .frame import Frame
from .problem import ExpressionError
from .values import Range, Value, bounded, is_list, is_number

Run: TypeAlias = Callable[[Frame], Value]
Bindings: TypeAlias = Sequence[tuple[str, Run]]


def logic(left: Run, right: Run, *, short: bool, feel: bool) -> Run:
    """`or` (short = True) or `and` (short = False): the second operand only runs when it matters."""

    def strict(frame: Frame) -> Value:
        if operators.require_bool(left(frame)) is short:
            return short
        return operators.require_bool(right(frame))

    def three_valued(frame: Frame) -> Value:
        first = left(frame)
        if first is short:
            return short
        second = right(frame)
        if second is short:
            return short
        return (not short) if first is (not short) and second is (not short) else None

    return three_valued if feel else strict


def filtered(base: Run, condition: Run) -> Run:
    """FEEL `list[condition]`; inside the condition `item` is the item, and its entries are names."""

    def run(frame: Frame) -> Value:
        value = base(frame)
        if value is None:
            return None
        items = list(value) if is_list(value) else [value]
        kept: list[Value] = []
        for item in items:
            verdict = condition(_with_item(frame, item))
            if is_number(verdict):
                return _at(items, verdict)
            if verdict is True:
                kept.append(item)
        if not items and is_number(condition(_with_item(frame, None))):
            return None
        return kept

    return run


def _with_item(frame: Frame, item: Value) -> Frame:
    return frame.within({"item": item, **item} if isinstance(item, Mapping) else {"item": item})


def _at(items: list[Value], position: float) -> Value:
    if position != int(position) or position == 0 or abs(position) > len(items):
        return None
    return items[int(position) - 1] if position > 0 else items[int(position)]


def ranged(low: Run | None, high: Run | None, low_in: bool, high_in: bool) -> Run:
    """A range of two values; null when an end that is written is null."""

    def run(frame: Frame) -> Value:
        first = low(frame) if low else None
        last = high(frame) if high else None
        if (low and first is None) or (high and last is None):
            return None
        return Range(first, last, low_in, high_in)

    return run


def contained(value: Run, tests: Sequence[Run]) -> Run:
    """FEEL `value in (tests)` and `between`: true when one test is met, null when none can be judged."""

    def run(frame: Frame) -> Value:
        wanted = value(frame)
        verdicts = [operators.meets(wanted, test(frame), frame.budget) for test in tests]
        if any(verdict is True for verdict in verdicts):
            return True
        return None if any(verdict is None for verdict in verdicts) else False

    return run


def collected(bindings: Bindings, body: Run) -> Run:
    """FEEL `for … return …`: the list of all bodies."""

    def run(frame: Frame) -> Value:
        found: list[Value] = []
        for inner in _combinations(frame, bindings):
            found.append(body(inner))
            bounded(found)
        return found

    return run


def quantified(bindings: Bindings, condition: Run, *, every: bool) -> Run:
    """FEEL `some … satisfies` and `every … satisfies`; null when a condition that matters is not a boolean."""

    def run(frame: Frame) -> Value:
        open_verdict = False
        for inner in _combinations(frame, bindings):
            verdict = condition(inner)
            if verdict is (not every):
                return not every
            open_verdict = open_verdict or verdict is not every
        return None if open_verdict else every

    return run


def _combinations(frame: Frame, bindings: Bindings) -> Iterator[Frame]:
    """A frame for every combination of the variables; later sources see earlier variables."""
    if not bindings:
        yield frame
        return
    (name, source), *rest = bindings
    for item in _items(source(frame)):
        yield from _combinations(frame.within({name: item}), rest)


def _items(source: Value) -> Sequence[Value]:
    if source is None:
        return ()
    if type(source) is not Range:
        return source if is_list(source) else [source]
    low, high = source.low, source.high
    if type(low) is not int or type(high) is not int:
        raise ExpressionError("Vòng lặp cần khoảng giữa hai số nguyên.")
    return range(low, high + 1) if low <= high else range(low, high - 1, -1)
