"""FEEL functions on lists and contexts (DMN 1.3 tables 77, 78 and 80); positions count from 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import arithmetic
from .frame import Frame
from .problem import Mismatch
from .text_functions import whole
from .values import MAX_LIST, Value, bounded, is_list, is_number, kind, order, same


def items_of(frame: Frame, arguments: Sequence[Value]) -> list[Value]:
    """The items of the one list given, or the arguments themselves: max([1, 2]) and max(1, 2) are both FEEL."""
    one = arguments[0] if len(arguments) == 1 else arguments
    items = list(one) if is_list(one) else [one]
    frame.budget.spend(1 + len(items))
    return items


def as_list(frame: Frame, value: Value) -> list[Value]:
    """The list, or a list of the one value (FEEL's implicit conversion); null is no list."""
    if value is None:
        raise Mismatch("Cần một danh sách.")
    items = list(value) if is_list(value) else [value]
    frame.budget.spend(1 + len(items))
    return items


def count(frame: Frame, value: Value) -> Value:
    """count([1, 2]) = 2; of null: 0."""
    return 0 if value is None else len(as_list(frame, value))


def total(frame: Frame, *values: Value) -> Value:
    """sum([1, 2]) = 3; of nothing: null."""
    items = items_of(frame, values)
    if not items:
        return None
    result = items[0]
    if not is_number(result) and kind(result) != "duration":
        raise Mismatch("sum() cần các số.")
    for item in items[1:]:
        result = arithmetic.add(result, item, frame.budget)
    return result


def product(frame: Frame, *values: Value) -> Value:
    """product([2, 3]) = 6; of nothing: null."""
    items = items_of(frame, values)
    result: Value = 1
    for item in items:
        result = arithmetic.multiply(result, item, frame.budget)
    return result if items else None


def mean(frame: Frame, *values: Value) -> Value:
    """mean([1, 2]) = 1.5; of nothing: null."""
    items = items_of(frame, values)
    return arithmetic.divide(total(frame, items), len(items), frame.budget) if items else None


def least(frame: Frame, *values: Value) -> Value:
    """min([1, 2]) = 1; of nothing: null."""
    return _extreme(frame, values, -1)


def greatest(frame: Frame, *values: Value) -> Value:
    """max([1, 2]) = 2; of nothing: null."""
    return _extreme(frame, values, 1)


def _extreme(frame: Frame, values: Sequence[Value], direction: int) -> Value:
    items = items_of(frame, values)
    if not items:
        return None
    best = items[0]
    for item in items:
        if order(item, best) == direction:
            best = item
    return best


def list_contains(frame: Frame, value: Value, item: Value) -> Value:
    """list contains([1, null], null) = true."""
    return any(same(one, item, frame.budget) for one in as_list(frame, value))


def append(frame: Frame, value: Value, *items: Value) -> Value:
    """append([1], 2, 3) = [1, 2, 3]; the given list stays as it is."""
    return bounded([*as_list(frame, value), *items])


def concatenate(frame: Frame, *lists: Value) -> Value:
    """concatenate([1], [2]) = [1, 2]."""
    return bounded([item for one in lists for item in as_list(frame, one)])


def insert_before(frame: Frame, value: Value, position: Value, item: Value) -> Value:
    """insert before([1, 3], 2, 2) = [1, 2, 3]."""
    items = as_list(frame, value)
    at = _position(items, position)
    return bounded([*items[:at], item, *items[at:]])


def remove(frame: Frame, value: Value, position: Value) -> Value:
    """remove([1, 2], 1) = [2]."""
    items = as_list(frame, value)
    at = _position(items, position)
    return [*items[:at], *items[at + 1 :]]


def sublist(frame: Frame, value: Value, start: Value, length: Value = None) -> Value:
    """sublist([1, 2, 3], 2) = [2, 3]."""
    items = as_list(frame, value)
    at = _position(items, start)
    return items[at:] if length is None else items[at : at + max(whole(length), 0)]


def _position(items: list[Value], position: Value) -> int:
    number = whole(position)
    at = number - 1 if number > 0 else len(items) + number
    if number == 0 or not 0 <= at < len(items):
        raise Mismatch(f"Danh sách không có vị trí {number}.")
    return at


def index_of(frame: Frame, value: Value, item: Value) -> Value:
    """index of([1, 2, 1], 1) = [1, 3]."""
    return [at for at, one in enumerate(as_list(frame, value), 1) if same(one, item, frame.budget)]


def reverse(frame: Frame, value: Value) -> Value:
    """reverse([1, 2]) = [2, 1]."""
    return as_list(frame, value)[::-1]


def distinct_values(frame: Frame, value: Value) -> Value:
    """distinct values([1, 2, 1]) = [1, 2]."""
    found: list[Value] = []
    for item in as_list(frame, value):
        frame.budget.spend(len(found))
        if not any(same(item, one, frame.budget) for one in found):
            found.append(item)
    return found


def union(frame: Frame, *lists: Value) -> Value:
    """union([1], [1, 2]) = [1, 2]."""
    return distinct_values(frame, concatenate(frame, *lists))


def flatten(frame: Frame, value: Value) -> Value:
    """flatten([1, [2, [3]]]) = [1, 2, 3]."""
    found: list[Value] = []
    rest = as_list(frame, value)[::-1]
    while rest:
        frame.budget.spend(1)
        item = rest.pop()
        if is_list(item):
            rest.extend(reversed(item))
        else:
            found.append(item)
        if len(found) > MAX_LIST:
            return bounded(found)
    return found


def every(frame: Frame, *values: Value) -> Value:
    """all([true, false]) = false; null where a non-boolean leaves it open."""
    items = items_of(frame, values)
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


def some(frame: Frame, *values: Value) -> Value:
    """any([true, false]) = true; null where a non-boolean leaves it open."""
    items = items_of(frame, values)
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


def get_value(_frame: Frame, context: Value, key: Value) -> Value:
    """get value({a: 1}, "a") = 1."""
    if not isinstance(context, Mapping) or type(key) is not str:
        raise Mismatch("get value() cần một ngữ cảnh và một khóa.")
    return context.get(key)


def get_entries(frame: Frame, context: Value) -> Value:
    """get entries({a: 1}) = [{key: "a", value: 1}]."""
    if not isinstance(context, Mapping):
        raise Mismatch("get entries() cần một ngữ cảnh.")
    frame.budget.spend(1 + len(context))
    return bounded([{"key": key, "value": value} for key, value in context.items()])


def context_put(frame: Frame, context: Value, key: Value, value: Value) -> Value:
    """context put({a: 1}, "b", 2) = {a: 1, b: 2}; the given context stays as it is."""
    if not isinstance(context, Mapping) or type(key) is not str:
        raise Mismatch("context put() cần một ngữ cảnh và một khóa.")
    frame.budget.spend(1 + len(context))
    return {**context, key: value}


def context_merge(frame: Frame, *contexts: Value) -> Value:
    """context merge([{a: 1}, {b: 2}]) = {a: 1, b: 2}; the last one counts."""
    merged: dict[str, Value] = {}
    for context in items_of(frame, contexts):
        if not isinstance(context, Mapping):
            raise Mismatch("context merge() cần các ngữ cảnh.")
        frame.budget.spend(1 + len(context))
        merged.update(context)
    return merged
