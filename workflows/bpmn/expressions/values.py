"""What an expression computes with: JSON values, aware date-times, days, times of day, durations and ranges."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeAlias

from workflows.bpmn.iso8601 import Duration

from .problem import ExpressionError, Mismatch

Value: TypeAlias = Any  # one of the kinds below; nothing else is ever looked into

STEPS = 100_000
MAX_LIST = 10_000
MAX_TEXT = 100_000
MAX_BITS = 4_096
MAX_NESTED = 100
KEPT = 500_000


class Budget:
    """The work that may still be done; a step is one list item, function call or 64 characters."""

    __slots__ = ("left",)

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Pay for work before doing it; ExpressionError when the evaluation has cost too much."""
        self.left -= steps
        if self.left < 0:
            raise ExpressionError("Biểu thức tính quá lâu nên bị dừng.")


@dataclass(frozen=True)
class Range:
    """All values between two ends; an end that is None is open to that side."""

    low: Value
    high: Value
    low_in: bool
    high_in: bool


_KINDS: dict[type, str] = {
    type(None): "null", bool: "boolean", int: "number", float: "number", str: "string", list: "list", tuple: "list",
    dict: "context", datetime: "date and time", date: "date", time: "time", Duration: "duration", Range: "range",
}  # fmt: skip


def kind(value: Value) -> str:
    """The kind of a value under its FEEL name; ExpressionError for anything that is not a value of this language."""
    found = _KINDS.get(type(value))
    if found is not None:
        return found
    if isinstance(value, Mapping):
        return "context"
    raise ExpressionError(f"Giá trị kiểu {type(value).__name__} không dùng được trong biểu thức.")


def is_number(value: Value) -> bool:
    """Whether it is a number; true and false are not."""
    return type(value) in (int, float)


def is_list(value: Value) -> bool:
    """Whether it is a list."""
    return type(value) in (list, tuple)


def bounded(value: Value) -> Value:
    """The value, unless it has grown beyond what an expression may hold."""
    size = type(value)
    if size is int and value.bit_length() > MAX_BITS:
        raise ExpressionError("Số trong biểu thức quá lớn.")
    if size is float and not math.isfinite(value):
        raise Mismatch("Kết quả không phải là một số hữu hạn.")
    if size is list and len(value) > MAX_LIST:
        raise ExpressionError(f"Danh sách trong biểu thức có hơn {MAX_LIST} phần tử.")
    if size is str and len(value) > MAX_TEXT:
        raise ExpressionError(f"Chuỗi trong biểu thức dài hơn {MAX_TEXT} ký tự.")
    return value


def equal(left: Value, right: Value, budget: Budget) -> bool:
    """Equality by value; Mismatch between different kinds, except that null may be compared with anything."""
    if left is None or right is None:
        return left is right
    sort = kind(left)
    if sort != kind(right):
        raise Mismatch(f"Không so sánh được {sort} với {kind(right)}.")
    if sort == "list":
        budget.spend(1 + min(len(left), len(right)))
        return len(left) == len(right) and all(same(a, b, budget) for a, b in zip(left, right, strict=True))
    if sort == "context":
        budget.spend(1 + len(left))
        return left.keys() == right.keys() and all(same(left[key], right[key], budget) for key in left)
    if sort == "string":
        budget.spend(1 + len(left) // 64)
    return bool(left == right)


def same(left: Value, right: Value, budget: Budget) -> bool:
    """Equality that is false between different kinds."""
    try:
        return equal(left, right, budget)
    except Mismatch:
        return False


def order(left: Value, right: Value) -> int:
    """-1, 0 or 1; Mismatch where there is no order between the two."""
    sort = kind(left)
    if sort != kind(right) or sort not in ("number", "string", "date and time", "date", "time", "duration"):
        raise Mismatch(f"Không xếp thứ tự được {sort} với {kind(right)}.")
    if sort == "duration":
        left, right = _length(left, right), _length(right, left)
    if sort == "time" and (left.tzinfo is None) != (right.tzinfo is None):
        raise Mismatch("Không so sánh được giờ có múi giờ với giờ không có múi giờ.")
    if sort == "date and time" and (left.tzinfo is None or right.tzinfo is None):
        raise ExpressionError("Thời điểm phải có múi giờ.")
    return int(left > right) - int(left < right)


def _length(one: Duration, other: Duration) -> float:
    """A duration as one number comparable with that of the other: both in months, or both in days and clock time."""
    if not one.days and not one.clock and not other.days and not other.clock:
        return one.months
    if one.months or other.months:
        raise Mismatch("Không so sánh được số tháng với số ngày.")
    return one.days * 86_400 + one.clock.total_seconds()


def to_text(value: Value) -> str:
    """The text of a value as FEEL's string() writes it; whole numbers have no decimal point."""
    sort = kind(value)
    if sort == "string":
        return str(value)
    if sort == "null":
        return "null"
    if sort == "boolean":
        return "true" if value else "false"
    if sort == "number":
        return number_text(value)
    if sort in ("date and time", "date", "time"):
        return str(value.isoformat())
    if sort == "duration":
        return str(value)
    if sort == "range":
        raise Mismatch("Một khoảng giá trị không viết thành chuỗi được.")
    return _nested_text(value, Budget())


def number_text(value: float) -> str:
    """The shortest text of a number that reads back as the same number."""
    if isinstance(value, int):
        return str(bounded(value))
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _nested_text(value: Value, budget: Budget) -> str:
    sort = kind(value)
    budget.spend(1 + (len(value) // 64 if sort == "string" else 0))
    if sort == "string":
        escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if sort == "list":
        return "[" + ", ".join(_nested_text(item, budget) for item in value) + "]"
    if sort == "context":
        return "{" + ", ".join(f"{key}:{_nested_text(item, budget)}" for key, item in value.items()) + "}"
    return to_text(value)


def as_json(value: Value, budget: Budget | None = None) -> Value:
    """The value as a JSON value to be stored: date-times, days, times and durations become ISO texts.

    ExpressionError for one of too many parts or layers: what holds a part twice in memory is stored twice.
    """
    return _kept(value, budget or Budget(KEPT), MAX_NESTED)


def _kept(value: Value, budget: Budget, layers: int) -> Value:
    sort = kind(value)
    budget.spend(1 + (len(value) // 64 if sort == "string" else 0))
    if layers == 0:
        raise ExpressionError(f"Giá trị lồng nhau quá {MAX_NESTED} lớp.")
    if sort == "list":
        return [_kept(item, budget, layers - 1) for item in value]
    if sort == "context":
        return {str(key): _kept(item, budget, layers - 1) for key, item in value.items()}
    return to_text(value) if sort in ("date and time", "date", "time", "duration", "range") else value
