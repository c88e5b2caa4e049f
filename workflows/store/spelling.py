"""JSON as both databases take it, and its one spelling that a hash can be made of; for what a command writes.

`orjson` spells it where it can: a fraction has other spellings there, a number that is none becomes null, and very
large integers or deep nesting it refuses. Whatever may be one of these is spelled by Python's own encoder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from .refusals import json_without_nul

_AS_PYTHON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
_SORTED = _AS_PYTHON | orjson.OPT_SORT_KEYS
# Only a number with a fraction or an exponent has more than one spelling; a text that looks so costs a second look.
_FRACTION = r"\d[.eE]"
_MAY_HOLD_FRACTION, _HAS_FRACTION = re.compile(_FRACTION).search, re.compile(_FRACTION.encode()).search


class Spelled:
    """A value that has been written as JSON already, as the hash chain needs it, so that it is not written twice."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def canonical(value: object) -> str:
    """JSON with one spelling only: sorted keys, no spaces, and numbers by value, since a database may respell them."""
    try:
        spelled = orjson.dumps(value, option=_SORTED)
    except TypeError:  # of orjson; Python's encoder says better what it is, if it is wrong at all
        return canonical_by_python(value)
    return canonical_by_python(value) if _HAS_FRACTION(spelled) or _lost(spelled, value) else spelled.decode()


def canonical_by_python(value: object) -> str:
    """What `canonical` is, made by Python's own encoder."""
    spelled = _spell_sorted(value)
    return _spell_sorted(_decode(spelled)) if _MAY_HOLD_FRACTION(spelled) else spelled


def to_json(value: object) -> str:
    """JSON as both databases can keep it, of nothing but JSON values; BAD_TEXT for what none can keep."""
    return _spelled(value, None, _spell).decode()


def as_text(value: object) -> str:
    """The same also of instants, and of what is spelled already."""
    return as_json(value).decode()


def as_json(value: object) -> bytes:
    """`as_text` as PostgreSQL takes it."""
    return json_without_nul(value.text) if type(value) is Spelled else _spelled(value, _other, _spell_all)


def _spelled(value: object, other: Callable[[object], object] | None, by_python: Callable[[object], str]) -> bytes:
    try:
        spelled = orjson.dumps(value, other, _AS_PYTHON)
    except TypeError:
        return json_without_nul(by_python(value))
    return json_without_nul(by_python(value) if _lost(spelled, value) else spelled)


def _lost(spelled: bytes, value: object) -> bool:
    """Whether a null in it may have been no number."""
    return b"null" in spelled and orjson.loads(spelled) != value


def _other(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Spelled):  # among many rows that are one parameter
        return json.loads(value.text)
    raise TypeError(f"not JSON: {value!r}")


def _number(written: str) -> int | float:
    value = float(written)
    return int(Decimal(repr(value))) if value.is_integer() else value


_ONE_LINE: dict[str, Any] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
_spell = json.JSONEncoder(**_ONE_LINE).encode
_spell_all = json.JSONEncoder(**_ONE_LINE, default=_other).encode
_spell_sorted = json.JSONEncoder(**_ONE_LINE, sort_keys=True).encode
_decode = json.JSONDecoder(parse_float=_number).decode
