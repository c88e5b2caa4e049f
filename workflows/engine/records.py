"""Records to JSON and back, from their field types: instants become ISO text, tuples become lists, the rest is JSON
already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

Record = TypeVar("Record")

_DEFAULTS: dict[type[Any], tuple[tuple[str, Any], ...]] = {}
_READERS: dict[type[Any], dict[str, Callable[[Any], Any]]] = {}


def to_fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The record's fields as JSON values; fields at their default are left out."""
    written: dict[str, Any] = {}
    for name, default in _defaults(type(record)):
        value = getattr(record, name)
        if value == default and type(value) is type(default):
            continue
        written[name] = value.isoformat() if isinstance(value, datetime) else _plain(value)
    return written


def from_fields(kind: type[Record], written: Mapping[str, Any]) -> Record:
    """The record that `to_fields` wrote."""
    readers = _readers(kind)
    return kind(**{name: readers[name](value) for name, value in written.items()})


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    if (known := _DEFAULTS.get(kind)) is not None:
        return known
    found = []
    for item in fields(kind):
        default = item.default_factory() if item.default_factory is not MISSING else item.default
        found.append((item.name, default))
    _DEFAULTS[kind] = tuple(found)
    return _DEFAULTS[kind]


def _readers(kind: type[Any]) -> dict[str, Callable[[Any], Any]]:
    if (known := _READERS.get(kind)) is None:
        hints = get_type_hints(kind)
        known = _READERS[kind] = {item.name: _reader(str(hints[item.name])) for item in fields(kind)}
    return known


def _reader(hint: str) -> Callable[[Any], Any]:
    if "datetime" in hint:
        return _instant
    if hint.startswith("tuple["):
        return _tuple_of_tuples if hint.startswith("tuple[tuple[") else tuple
    return _same


def _instant(value: Any) -> Any:  # noqa: ANN401 - an instant or null
    return None if value is None else datetime.fromisoformat(value)


def _tuple_of_tuples(value: Any) -> Any:  # noqa: ANN401 - a list of lists
    return tuple(tuple(item) for item in value)


def _same(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return value
