"""Arithmetic on numbers, texts, times and durations; whole numbers stay whole, decimals add as decimals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow

from workflows.bpmn.iso8601 import Duration

from .problem import ExpressionError, Mismatch
from .values import MAX_BITS, Budget, Value, bounded, is_number, kind

_DECIMAL = Context(prec=34, Emax=999, Emin=-999, traps=[DivisionByZero, InvalidOperation, Overflow])  # FEEL: decimal128


def add(left: Value, right: Value, budget: Budget) -> Value:
    """Sum of numbers, joined texts, or a time moved by a duration."""
    if type(left) is int and type(right) is int:
        return bounded(left + right)
    if type(left) is str and type(right) is str:
        budget.spend(1 + (len(left) + len(right)) // 64)
        return bounded(left + right)
    if type(left) is Duration and type(right) in (date, datetime):
        return moved(right, left)
    if type(right) is Duration and type(left) in (date, datetime):
        return moved(left, right)
    if type(left) is Duration and type(right) is Duration:
        return calendar(left.plus, right)
    return _decimal(left, right, "+", _DECIMAL.add)


def subtract(left: Value, right: Value, _budget: Budget) -> Value:
    """Difference of numbers, of two times (a duration), or a time moved back by a duration."""
    if type(left) is int and type(right) is int:
        return bounded(left - right)
    if type(right) is Duration and type(left) in (date, datetime, Duration):
        back = calendar(right.times, -1)
        return calendar(left.plus, back) if type(left) is Duration else moved(left, back)
    if type(left) is type(right) is date:
        return Duration(days=(left - right).days)
    if type(left) is type(right) is datetime:
        gap = left - right
        days = abs(gap) // timedelta(days=1) * (1 if gap >= timedelta() else -1)
        return Duration(days=days, clock=gap - timedelta(days=days))
    return _decimal(left, right, "-", _DECIMAL.subtract)


def multiply(left: Value, right: Value, _budget: Budget) -> Value:
    """Product of numbers, or a duration several times."""
    if type(left) is int and type(right) is int:
        if left.bit_length() + right.bit_length() > MAX_BITS:
            raise ExpressionError("Số trong biểu thức quá lớn.")
        return left * right
    if type(left) is Duration and type(right) is int:
        return calendar(left.times, right)
    if type(right) is Duration and type(left) is int:
        return calendar(right.times, left)
    return _decimal(left, right, "*", _DECIMAL.multiply)


def divide(left: Value, right: Value, _budget: Budget) -> Value:
    """Quotient; whole when it comes out even. Division by zero is a Mismatch."""
    if type(left) is int and type(right) is int and right != 0 and left % right == 0:
        return left // right
    return _decimal(left, right, "/", _DECIMAL.divide)


def remainder(left: Value, right: Value, _budget: Budget) -> Value:
    """Remainder with the sign of the dividend, as in Java and JUEL."""
    if type(left) is int and type(right) is int and right != 0:
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    return _decimal(left, right, "%", _DECIMAL.remainder)


def power(left: Value, right: Value, _budget: Budget) -> Value:
    """Power; whole for whole numbers and an exponent that is not negative."""
    if type(left) is int and type(right) is int and right >= 0:
        if left.bit_length() * right > MAX_BITS:
            raise ExpressionError("Số trong biểu thức quá lớn.")
        return left**right
    return _decimal(left, right, "**", _DECIMAL.power)


def negate(value: Value) -> Value:
    """The number or duration with the other sign."""
    if is_number(value):
        return -value
    if type(value) is Duration:
        return calendar(value.times, -1)
    raise Mismatch(f"Dấu trừ không dùng được với {kind(value)}.")


def _decimal(left: Value, right: Value, sign: str, operation: Callable[[Decimal, Decimal], Decimal]) -> Value:
    if not is_number(left) or not is_number(right):
        raise Mismatch(f"Phép {sign} không dùng được giữa {kind(left)} và {kind(right)}.")
    try:
        result = float(operation(Decimal(repr(left)), Decimal(repr(right))))
    except DecimalException as problem:
        raise Mismatch(f"Phép {sign} không tính được (chia cho 0 hoặc số quá lớn).") from problem
    except ValueError as problem:  # int too long to be written as decimal digits
        raise ExpressionError("Số trong biểu thức quá lớn.") from problem
    return bounded(result)


def moved(instant: Value, by: Duration) -> Value:
    """A day or a date-time moved by a duration, on Viet Nam's calendar."""
    if type(instant) is datetime:
        return calendar(by.add_to, instant)
    whole_days = by.clock // timedelta(days=1)
    return calendar(Duration(by.months, by.days + whole_days).add_to_day, instant)


def calendar(step: Callable[[Value], Value], argument: Value) -> Value:
    """Call a calendar function; what lies beyond the calendar is a Mismatch."""
    try:
        return step(argument)
    except ValueError as problem:
        raise Mismatch("Thời gian nằm ngoài lịch.") from problem
