"""Texts with `${…}` inside: which parts stand for themselves and which are expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .juel import parse_juel
from .nodes import Joined, Literal, Node
from .problem import ExpressionError

_OPENING: Final = re.compile(r"\\?[$#]\{")
_INSIDE: Final = re.compile(r"""[^"'{}\\]+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\}""", re.DOTALL)


def parse_composite(text: str) -> Node:
    """A literal, the one expression that the text consists of (its value keeps its type), or parts joined as text."""
    parts = list(_parts(text))
    if all(isinstance(part, str) for part in parts):
        return Literal("".join(part for part in parts if isinstance(part, str)))
    written = [part for part in parts if not isinstance(part, str) or part.strip()]
    if len(written) == 1 and not isinstance(written[0], str):
        return written[0]
    return Joined(tuple(Literal(part) if isinstance(part, str) else part for part in parts))


def _parts(text: str) -> Iterator[str | Node]:
    at = 0
    while opening := _OPENING.search(text, at):
        yield text[at : opening.start()]
        if opening[0].startswith("\\"):
            yield opening[0][1:]
            at = opening.end()
            continue
        closing = _closing(text, opening.end())
        yield parse_juel(text[opening.end() : closing])
        at = closing + 1
    yield text[at:]


def _closing(text: str, at: int) -> int:
    while match := _INSIDE.match(text, at):
        if match[0] == "}":
            return at
        at = match.end()
    raise ExpressionError("Biểu thức ${…} thiếu dấu đóng hoặc có ký tự lạ.")
