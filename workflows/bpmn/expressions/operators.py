"""What the operators mean in each dialect: JUEL refuses what does not fit, FEEL answers null."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from . import arithmetic
from .problem import ExpressionError, Mismatch
from .time_functions import instant_of
from .values import Budget, Range, Value, equal, is_list, kind, order, same

Operator: TypeAlias = Callable[[Value, Value, Budget], Value]


def _ordered(wanted: Callable[[int], bool]) -> Operator:
    return lambda left, right, _budget: wanted(order(left, right))


def _juel_pair(left: Value, right: Value) -> tuple[Value, Value]:
    """A date-time beside a text compares as date-times: variables are JSON, where instants are ISO texts."""
    if type(left) is datetime and type(right) is str:
        return left, instant_of(right)
    if type(right) is datetime and type(left) is str:
        return instant_of(left), right
    return left, right


def _juel_same(left: Value, right: Value, budget: Budget) -> bool:
    return same(*_juel_pair(left, right), budget)


def _juel_ordered(wanted: Callable[[int], bool]) -> Operator:
    def compare(left: Value, right: Value, _budget: Budget) -> Value:
        if left is None or right is None:
            return False  # JSR 245 1.8.1
        return wanted(order(*_juel_pair(left, right)))

    return compare


def _quiet(strict: Operator) -> Operator:
    def lenient(left: Value, right: Value, budget: Budget) -> Value:
        try:
            return strict(left, right, budget)
        except Mismatch:
            return None

    return lenient


def _unequal(left: Value, right: Value, budget: Budget) -> Value:
    return not equal(left, right, budget)


JUEL: Final[Mapping[str, Operator]] = {
    "=": _juel_same,
    "!=": lambda left, right, budget: not _juel_same(left, right, budget),
    "<": _juel_ordered(lambda sign: sign < 0), "<=": _juel_ordered(lambda sign: sign <= 0),
    ">": _juel_ordered(lambda sign: sign > 0), ">=": _juel_ordered(lambda sign: sign >= 0),
    "+": arithmetic.add, "-": arithmetic.subtract, "*": arithmetic.multiply,
    "/": arithmetic.divide, "%": arithmetic.remainder,
}  # fmt: skip

FEEL: Final[Mapping[str, Operator]] = {
    "=": _quiet(equal), "!=": _quiet(_unequal),
    "<": _quiet(_ordered(lambda sign: sign < 0)), "<=": _quiet(_ordered(lambda sign: sign <= 0)),
    ">": _quiet(_ordered(lambda sign: sign > 0)), ">=": _quiet(_ordered(lambda sign: sign >= 0)),
    "+": _quiet(arithmetic.add), "-": _quiet(arithmetic.subtract), "*": _quiet(arithmetic.multiply),
    "/": _quiet(arithmetic.divide), "**": _quiet(arithmetic.power),
}  # fmt: skip


def require_bool(value: Value) -> bool:
    """The value if it is exactly true or false; anything else is no condition (X4)."""
    if value is True or value is False:
        return bool(value)
    raise ExpressionError(f"Điều kiện phải cho kết quả đúng hoặc sai, không phải {kind(value)}.")


def is_empty(value: Value) -> bool:
    """JUEL `empty x`: null, "", an empty list or an empty map."""
    return value is None or (kind(value) in ("string", "list", "context") and len(value) == 0)


def within(value: Value, wanted: Range) -> Value:
    """Whether a value lies in a range; null when they do not compare."""
    try:
        if wanted.low is not None:
            sign = order(value, wanted.low)
            if sign < 0 or (sign == 0 and not wanted.low_in):
                return False
        if wanted.high is not None:
            sign = order(value, wanted.high)
            if sign > 0 or (sign == 0 and not wanted.high_in):
                return False
    except Mismatch:
        return None
    return True


def meets(value: Value, test: Value, budget: Budget) -> Value:
    """FEEL `value in test`: in a range, in a list (of values and ranges), or equal."""
    if type(test) is Range:
        return within(value, test)
    if is_list(test) and not is_list(value):
        budget.spend(1 + len(test))
        return any(meets(value, item, budget) is True for item in test)
    return same(value, test, budget)
