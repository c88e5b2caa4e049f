"""Records to JSON and back, from their field types: instants become ISO text, tuples become lists, the rest is JSON
already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, TypeVar, get_type_hints

Record = TypeVar("Record")

Written = tuple[str, Callable[[Any], Any] | None]  # the name of a field, and how it is written if JSON does not know it
# By kind of record: what takes all its values at once, their defaults, and the fields.
_WRITERS: dict[type[Any], tuple[Callable[[Any], Sequence[Any]], Sequence[Any], Sequence[Written]]] = {}
_READERS: dict[type[Any], tuple[tuple[str, Callable[[Any], Any]], ...]] = {}


def to_fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The record's fields as JSON values; fields at their default are left out."""
    kind = type(record)
    pick, defaults, written_fields = _WRITERS.get(kind) or _writers(kind)
    values = pick(record)
    written: dict[str, Any] = {}
    # Most fields hold their very default, which is found out without a step of the program for each.
    others = compress(zip(values, defaults, written_fields, strict=True), map(is_not, values, defaults))
    for value, default, (name, write) in others:
        if value != default or type(value) is not type(default):
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


def _writers(kind: type[Any]) -> tuple[Callable[[Any], Sequence[Any]], Sequence[Any], Sequence[Written]]:
    hints = get_type_hints(kind)
    defaults, found = [], []
    for item in fields(kind):
        defaults.append(item.default_factory() if item.default_factory is not MISSING else item.default)
        hint = str(hints[item.name])
        found.append((item.name, _written if "datetime" in hint or hint.startswith("tuple[") else None))
    names = [name for name, _ in found]
    pick = attrgetter(*names) if len(names) > 1 else lambda record: [getattr(record, name) for name in names]
    _WRITERS[kind] = (pick, tuple(defaults), tuple(found))
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
