"""The one syntax tree of both dialects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeAlias, get_args

from .values import Value


@dataclass(frozen=True)
class Literal:
    """A value written in the text."""

    value: Value


@dataclass(frozen=True)
class Joined:
    """Text with expressions inside, as in `can_bo@${don_vi}`; every part becomes text."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True)
class Path:
    """`base.key`: an entry of a context, or a part of a date, time or duration."""

    base: Node
    key: str


@dataclass(frozen=True)
class Index:
    """JUEL `base[index]`: from 0 in a list, by key in a map."""

    base: Node
    index: Node


@dataclass(frozen=True)
class Filter:
    """FEEL `base[condition]`: from 1 (or from the end, -1) when a number, else the items for which it is true."""

    base: Node
    condition: Node


@dataclass(frozen=True)
class Call:
    """A function of the whitelist."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Method:
    """JUEL `base.method(…)`, of the whitelist."""

    base: Node
    method: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Unary:
    """`-x`, `!x` or `empty x`; operator is one of - not empty."""

    operator: str
    operand: Node


@dataclass(frozen=True)
class Binary:
    """A binary operator, under its FEEL spelling (= for ==, and for &&; % is JUEL only)."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Choice:
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True)
class ListOf:
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class ContextOf:
    """`{a: 1, b: a + 1}`; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class RangeOf:
    """`[low..high]`, `(low..high)` and mixtures; a side may be None in a unary test such as `> 5`."""

    low: Node | None
    high: Node | None
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True)
class In:
    """`value in tests`: true when one test is met."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True)
class Between:
    """`value between low and high`, both included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True)
class For:
    """`for a in x, b in y return body`."""

    bindings: tuple[tuple[str, Node], ...]
    body: Node


@dataclass(frozen=True)
class Quantified:
    """`some|every a in x satisfies condition`."""

    every: bool
    bindings: tuple[tuple[str, Node], ...]
    condition: Node


Node: TypeAlias = (
    Literal | Joined | Name | Path | Index | Filter | Call | Method | Unary | Binary | Choice
    | ListOf | ContextOf | RangeOf | In | Between | For | Quantified
)  # fmt: skip

_KINDS = get_args(Node)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it."""
    waiting: list[Value] = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, tuple):
            waiting.extend(found)
        elif isinstance(found, _KINDS):
            yield found
            waiting.extend(getattr(found, field.name) for field in fields(found))
