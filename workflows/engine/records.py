"""Records to JSON and back, from their field types: instants become ISO text, tuples become lists, the rest is JSON
already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

Record = TypeVar("Record")

_WRITERS: dict[type[Any], tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]] = {}
_READERS: dict[type[Any], tuple[tuple[str, Callable[[Any], Any]], ...]] = {}


def to_fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The record's fields as JSON values; fields at their default are left out."""
    kind = type(record)
    written: dict[str, Any] = {}
    for name, default, write in _WRITERS.get(kind) or _writers(kind):
        value = getattr(record, name)
        if value is default or (value == default and type(value) is type(default)):
            continue
        written[name] = value if write is None else write(value)
    return written


def from_fields(kind: type[Record], written: Mapping[str, Any]) -> Record:
    """The record that `to_fields` wrote."""
    readers = _READERS[kind] if kind in _READERS else _readers(kind)
    if not readers:
        return kind(**written)
    facts = dict(written)
    for name, read in readers:
        if name in facts:
            facts[name] = read(facts[name])
    return kind(**facts)


def _writers(kind: type[Any]) -> tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]:
    """The fields in their order with their defaults, and how those that JSON does not know are written."""
    hints = get_type_hints(kind)
    found = []
    for item in fields(kind):
        default = item.default_factory() if item.default_factory is not MISSING else item.default
        hint = str(hints[item.name])
        found.append((item.name, default, _written if "datetime" in hint or hint.startswith("tuple[") else None))
    _WRITERS[kind] = tuple(found)
    return _WRITERS[kind]


def _written(value: Any) -> Any:  # noqa: ANN401 - an instant, a tuple or what such a field holds instead
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _readers(kind: type[Any]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """How the fields that JSON does not know are read; all others are what they are."""
    hints = get_type_hints(kind)
    found = ((item.name, _reader(str(hints[item.name]))) for item in fields(kind))
    _READERS[kind] = tuple((name, read) for name, read in found if read is not None)
    return _READERS[kind]


def _reader(hint: str) -> Callable[[Any], Any] | None:
    if "datetime" in hint:
        return _instant
    if hint.startswith("tuple["):
        return _tuple_of_tuples if hint.startswith("tuple[tuple[") else tuple
    return None


def _instant(value: Any) -> Any:  # noqa: ANN401 - an instant or null
    return None if value is None else datetime.fromisoformat(value)


def _tuple_of_tuples(value: Any) -> Any:  # noqa: ANN401 - a list of lists
    return tuple(tuple(item) for item in value)
