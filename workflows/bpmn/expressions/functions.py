"""The whitelist: every function and method that an expression may call, with its number of arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from . import list_functions as lists
from . import text_functions as texts
from . import time_functions as times
from .frame import Frame
from .problem import ExpressionError, Mismatch
from .values import Value, bounded, is_list, kind, same

ANY: Final = 1_000


@dataclass(frozen=True)
class Function:
    """One function: what it does, and how many arguments it takes."""

    run: Callable[..., Value]
    least: int
    most: int


def _fixed(run: Callable[..., Value], least: int, most: int | None = None) -> Function:
    return Function(run, least, least if most is None else most)


def _negated(_frame: Frame, value: Value) -> Value:
    return None if not isinstance(value, bool) else not value


CLOCK: Final[Mapping[str, Function]] = {
    "now": _fixed(times.now, 0), "today": _fixed(times.today, 0), "ngay_lam_viec": _fixed(times.working_day, 1),
}  # fmt: skip

FEEL: Final[Mapping[str, Function]] = {
    **CLOCK,
    "not": _fixed(_negated, 1),
    "string": _fixed(texts.string, 1), "number": _fixed(texts.number, 1),
    "contains": _fixed(texts.contains, 2), "starts with": _fixed(texts.starts_with, 2),
    "ends with": _fixed(texts.ends_with, 2), "upper case": _fixed(texts.upper_case, 1),
    "lower case": _fixed(texts.lower_case, 1), "trim": _fixed(texts.trim, 1),
    "string length": _fixed(texts.string_length, 1), "substring": _fixed(texts.substring, 2, 3),
    "substring before": _fixed(texts.substring_before, 2), "substring after": _fixed(texts.substring_after, 2),
    "string join": _fixed(texts.string_join, 1, 2), "split": _fixed(texts.split, 2),
    "floor": _fixed(texts.floor, 1, 2), "ceiling": _fixed(texts.ceiling, 1, 2), "decimal": _fixed(texts.decimal, 2),
    "round half up": _fixed(texts.round_half_up, 1, 2), "abs": _fixed(texts.absolute, 1),
    "modulo": _fixed(texts.modulo, 2), "sqrt": _fixed(texts.square_root, 1),
    "odd": _fixed(texts.odd, 1), "even": _fixed(texts.even, 1),
    "count": _fixed(lists.count, 1), "sum": _fixed(lists.total, 1, ANY), "product": _fixed(lists.product, 1, ANY),
    "mean": _fixed(lists.mean, 1, ANY), "min": _fixed(lists.least, 1, ANY), "max": _fixed(lists.greatest, 1, ANY),
    "list contains": _fixed(lists.list_contains, 2), "append": _fixed(lists.append, 2, ANY),
    "concatenate": _fixed(lists.concatenate, 1, ANY), "insert before": _fixed(lists.insert_before, 3),
    "remove": _fixed(lists.remove, 2), "sublist": _fixed(lists.sublist, 2, 3), "index of": _fixed(lists.index_of, 2),
    "reverse": _fixed(lists.reverse, 1), "distinct values": _fixed(lists.distinct_values, 1),
    "union": _fixed(lists.union, 1, ANY), "flatten": _fixed(lists.flatten, 1),
    "all": _fixed(lists.every, 1, ANY), "any": _fixed(lists.some, 1, ANY),
    "get value": _fixed(lists.get_value, 2), "get entries": _fixed(lists.get_entries, 1),
    "context put": _fixed(lists.context_put, 3), "context merge": _fixed(lists.context_merge, 1, ANY),
    "get or else": _fixed(lambda _frame, value, other: other if value is None else value, 2),
    "date": _fixed(times.day, 1, 3), "time": _fixed(times.clock, 1, 3),
    "date and time": _fixed(times.date_and_time, 1, 2), "duration": _fixed(times.duration, 1),
    "years and months duration": _fixed(times.months_between, 2), "day of week": _fixed(times.day_of_week, 1),
    "is defined": _fixed(lambda _frame, value: value is not None, 1),  # names and paths are compiled apart
}  # fmt: skip

FEEL_PHRASES: Final = tuple(sorted((tuple(name.split()) for name in FEEL), key=len, reverse=True))


def _size(frame: Frame, value: Value) -> Value:
    if kind(value) not in ("list", "context", "string"):
        raise Mismatch(f"{kind(value)} không có kích thước.")
    frame.budget.spend(1)
    return len(value)


def _has(frame: Frame, value: Value, item: Value) -> Value:
    if is_list(value):
        return lists.list_contains(frame, value, item)
    return item in value if kind(value) == "context" and type(item) is str else texts.contains(frame, value, item)


JUEL: Final[Mapping[str, Function]] = {
    **CLOCK,
    "dateTime": _fixed(times.date_time_or_now, 0, 1), "size": _fixed(_size, 1), "contains": _fixed(_has, 2),
}  # fmt: skip


def _equals(frame: Frame, value: Value, other: Value) -> Value:
    return same(value, other, frame.budget)


def _item(_frame: Frame, value: Value, at: Value) -> Value:
    if is_list(value):
        number = texts.whole(at)
        if not 0 <= number < len(value):
            raise Mismatch(f"Danh sách không có vị trí {number}.")
        return value[number]
    if kind(value) == "context" and type(at) is str:
        return value.get(at)
    raise Mismatch(f"get() không dùng được với {kind(value)}.")


def _index_of(frame: Frame, value: Value, item: Value) -> Value:
    if is_list(value):
        found = lists.index_of(frame, value, item)
        return found[0] - 1 if found else -1
    return texts.text(value).find(texts.text(item))


def _substring(_frame: Frame, value: Value, start: Value, end: Value = None) -> Value:
    first = texts.whole(start)
    last = len(texts.text(value)) if end is None else texts.whole(end)
    if not 0 <= first <= last <= len(value):
        raise Mismatch("substring() ra ngoài chuỗi.")
    return value[first:last]


def _of(sort: str, run: Callable[..., Value]) -> Callable[..., Value]:
    def checked(frame: Frame, value: Value, *rest: Value) -> Value:
        if kind(value) != sort:
            raise Mismatch(f"Phương thức này không dùng được với {kind(value)}.")
        return run(frame, value, *rest)

    return checked


def _shift(unit: str, sign: int) -> Function:
    def run(_frame: Frame, value: Value, amount: Value) -> Value:
        if not isinstance(value, datetime):
            raise Mismatch("Cần một thời điểm.")
        return times.shifted(value, unit, sign * texts.whole(amount))

    return _fixed(run, 1)


_UNITS: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")

METHODS: Final[Mapping[str, Function]] = {
    "size": _fixed(_size, 0), "length": _fixed(_of("string", _size), 0),
    "isEmpty": _fixed(lambda frame, value: _size(frame, value) == 0, 0),
    "contains": _fixed(_has, 1), "containsKey": _fixed(_of("context", _has), 1), "equals": _fixed(_equals, 1),
    "get": _fixed(_item, 1), "indexOf": _fixed(_index_of, 1), "substring": _fixed(_substring, 1, 2),
    "startsWith": _fixed(texts.starts_with, 1), "endsWith": _fixed(texts.ends_with, 1),
    "toUpperCase": _fixed(texts.upper_case, 0), "toLowerCase": _fixed(texts.lower_case, 0),
    "trim": _fixed(texts.trim, 0), "toString": _fixed(texts.string, 0),
    "toDate": _fixed(_of("date and time", lambda _frame, value: value), 0),
    **{f"plus{unit.capitalize()}": _shift(unit, 1) for unit in _UNITS},
    **{f"minus{unit.capitalize()}": _shift(unit, -1) for unit in _UNITS},
}  # fmt: skip


def checked(table: Mapping[str, Function], name: str, given: int) -> Function:
    """The function of that name if it is whitelisted and takes that many arguments; ExpressionError otherwise."""
    found = table.get(name)
    if found is None:
        raise ExpressionError(f"Hàm {name}() không có trong danh sách được phép.")
    if not found.least <= given <= found.most:
        raise ExpressionError(f"Hàm {name}() không nhận {given} tham số.")
    return found


def call(found: Function, frame: Frame, arguments: list[Value]) -> Value:
    """Call a function within the budget."""
    frame.budget.spend(1)
    return bounded(found.run(frame, *arguments))
