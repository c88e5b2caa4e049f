"""FEEL functions on texts and numbers (DMN 1.3 tables 76 and 79); positions count from 1."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

from .frame import Frame
from .problem import Mismatch
from .values import MAX_TEXT, Value, bounded, is_list, is_number, kind, to_text

_DIGITS = Context(prec=400, rounding=ROUND_HALF_EVEN)


def text(value: Value) -> str:
    """The value if it is a text, else Mismatch."""
    if type(value) is not str:
        raise Mismatch(f"Cần một chuỗi, không phải {kind(value)}.")
    return value


def whole(value: Value) -> int:
    """The value if it is a whole number, else Mismatch."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise Mismatch(f"Cần một số nguyên, không phải {to_text(value) if is_number(value) else kind(value)}.")


def string(_frame: Frame, value: Value) -> Value:
    """string(x): null stays null."""
    return None if value is None else bounded(to_text(value))


def number(_frame: Frame, value: Value) -> Value:
    """number("12.5"); a text that is no number is a Mismatch."""
    if is_number(value):
        return value
    written = text(value).strip()
    digits = written.removeprefix("-").replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 300:
        raise Mismatch("Chuỗi này không phải là một số.")
    return float(written) if "." in written else int(written)


def contains(frame: Frame, value: Value, part: Value) -> Value:
    """contains("abc", "b")."""
    frame.budget.spend(1 + len(text(value)) // 64)
    return text(part) in value


def starts_with(_frame: Frame, value: Value, part: Value) -> Value:
    """starts with("abc", "a")."""
    return text(value).startswith(text(part))


def ends_with(_frame: Frame, value: Value, part: Value) -> Value:
    """ends with("abc", "c")."""
    return text(value).endswith(text(part))


def upper_case(frame: Frame, value: Value) -> Value:
    """upper case("hà nội") = "HÀ NỘI"."""
    frame.budget.spend(1 + len(text(value)) // 64)
    return bounded(text(value).upper())


def lower_case(frame: Frame, value: Value) -> Value:
    """lower case("HÀ NỘI") = "hà nội"."""
    frame.budget.spend(1 + len(text(value)) // 64)
    return bounded(text(value).lower())


def trim(_frame: Frame, value: Value) -> Value:
    """trim("  a ") = "a"."""
    return text(value).strip()


def string_length(_frame: Frame, value: Value) -> Value:
    """string length("Khẩn") = 4: characters, not bytes."""
    return len(text(value))


def substring(_frame: Frame, value: Value, start: Value, length: Value = None) -> Value:
    """substring("abcd", 2, 2) = "bc"; a negative start counts from the end."""
    size, first = len(text(value)), whole(start)
    if first == 0:
        raise Mismatch("Vị trí trong chuỗi bắt đầu từ 1.")
    begin = first - 1 if first > 0 else max(size + first, 0)
    return value[begin:] if length is None else value[begin : begin + max(whole(length), 0)]


def substring_before(_frame: Frame, value: Value, mark: Value) -> Value:
    """substring before("12/KH-UBND", "/") = "12"; "" when the mark is missing."""
    head, found, _ = text(value).partition(text(mark)) if mark != "" else ("", "", "")
    return head if found else ""


def substring_after(_frame: Frame, value: Value, mark: Value) -> Value:
    """substring after("12/KH-UBND", "/") = "KH-UBND"; "" when the mark is missing."""
    return text(value).partition(text(mark))[2] if mark != "" else value


def string_join(frame: Frame, items: Value, mark: Value = None) -> Value:
    """string join(["a", "b"], ", "); null items are left out."""
    if not is_list(items):
        raise Mismatch("Cần một danh sách chuỗi.")
    between = "" if mark is None else text(mark)
    parts = [text(item) for item in items if item is not None]
    size = sum(map(len, parts)) + len(between) * len(parts)
    frame.budget.spend(len(items) + size // 64)
    if size > MAX_TEXT:
        bounded("x" * (MAX_TEXT + 1))
    return between.join(parts)


def split(frame: Frame, value: Value, mark: Value) -> Value:
    """split("a;b", ";") by a plain mark (no regular expressions here)."""
    if not text(mark):
        raise Mismatch("Dấu ngăn cách không được rỗng.")
    frame.budget.spend(1 + len(text(value)))
    return bounded(value.split(mark))


def floor(_frame: Frame, value: Value, scale: Value = 0) -> Value:
    """floor(1.7) = 1."""
    return _rounded(value, scale, "ROUND_FLOOR")


def ceiling(_frame: Frame, value: Value, scale: Value = 0) -> Value:
    """ceiling(1.2) = 2."""
    return _rounded(value, scale, "ROUND_CEILING")


def decimal(_frame: Frame, value: Value, scale: Value) -> Value:
    """decimal(1/3, 2) = 0.33; halves go to the even neighbour."""
    return _rounded(value, scale, ROUND_HALF_EVEN)


def round_half_up(_frame: Frame, value: Value, scale: Value = 0) -> Value:
    """round half up(5.5, 0) = 6."""
    return _rounded(value, scale, "ROUND_HALF_UP")


def _rounded(value: Value, scale: Value, rounding: str) -> Value:
    places = whole(scale)
    if not is_number(value) or not -30 <= places <= 30:
        raise Mismatch("Cần một số và số chữ số thập phân từ -30 đến 30.")
    if type(value) is int and (places >= 0 or value.bit_length() > 1000):
        return value
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=rounding, context=_DIGITS)
    return int(exact) if places <= 0 else float(exact)


def absolute(_frame: Frame, value: Value) -> Value:
    """abs(-1) = 1."""
    if not is_number(value):
        raise Mismatch("Cần một số.")
    return abs(value)


def modulo(_frame: Frame, value: Value, divisor: Value) -> Value:
    """modulo(-12, 5) = 3: the sign of the divisor (DMN 1.3)."""
    if not is_number(value) or not is_number(divisor) or divisor == 0:
        raise Mismatch("modulo() cần hai số, số chia khác 0.")
    try:
        return bounded(value % divisor)
    except OverflowError as problem:
        raise Mismatch("Số quá lớn.") from problem


def square_root(_frame: Frame, value: Value) -> Value:
    """sqrt(16) = 4."""
    if not is_number(value) or value < 0 or value > 1e300:
        raise Mismatch("sqrt() cần một số không âm.")
    root = math.sqrt(value)
    return int(root) if root.is_integer() and int(root) ** 2 == value else root


def odd(_frame: Frame, value: Value) -> Value:
    """odd(3) = true."""
    return whole(value) % 2 == 1


def even(_frame: Frame, value: Value) -> Value:
    """even(2) = true."""
    return whole(value) % 2 == 0
