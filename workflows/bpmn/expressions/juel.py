"""Parser of the JUEL subset inside `${…}` (JSR 245 expression language, as Camunda 7 files use it)."""

from __future__ import annotations

from typing import Final

from . import functions
from .nodes import Binary, Call, Choice, Index, Literal, Method, Name, Node, Path, Unary
from .tokens import Cursor, tokens_of

_BINARY: Final = {
    "||": (1, "or"), "or": (1, "or"), "&&": (2, "and"), "and": (2, "and"),
    "==": (3, "="), "eq": (3, "="), "!=": (3, "!="), "ne": (3, "!="),
    "<": (4, "<"), "lt": (4, "<"), ">": (4, ">"), "gt": (4, ">"),
    "<=": (4, "<="), "le": (4, "<="), ">=": (4, ">="), "ge": (4, ">="),
    "+": (5, "+"), "-": (5, "-"),
    "*": (6, "*"), "/": (6, "/"), "div": (6, "/"), "%": (6, "%"), "mod": (6, "%"),
}  # fmt: skip
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_UNARY: Final = {"!": "not", "not": "not", "-": "-", "empty": "empty"}
RESERVED: Final = frozenset({*_CONSTANTS, "empty", "not", "instanceof", *(word for word in _BINARY if word.isalpha())})


def parse_juel(text: str) -> Node:
    """Read what stands between `${` and `}`; ExpressionError for everything outside the subset."""
    cursor = Cursor(tokens_of(text, "juel"))
    node = _choice(cursor)
    if cursor.here.sort != "end":
        raise cursor.unexpected()
    return node


def _choice(cursor: Cursor) -> Node:
    cursor.enter()
    node = _binary(cursor, 1)
    if cursor.takes("?"):
        yes = _choice(cursor)
        cursor.need(":")
        node = Choice(node, yes, _choice(cursor))
    cursor.leave()
    return node


def _binary(cursor: Cursor, weakest: int) -> Node:
    left = _unary(cursor)
    while cursor.here.sort in ("sign", "name") and cursor.here.text in _BINARY:
        strength, operator = _BINARY[cursor.here.text]
        if strength < weakest:
            break
        cursor.next()
        left = Binary(operator, left, _binary(cursor, strength + 1))
    return left


def _unary(cursor: Cursor) -> Node:
    if cursor.sees(*_UNARY):
        cursor.enter()
        operator = _UNARY[cursor.next().text]
        operand = _unary(cursor)
        cursor.leave()
        return Unary(operator, operand)
    return _postfix(cursor, _primary(cursor))


def _primary(cursor: Cursor) -> Node:
    if cursor.here.sort in ("number", "string"):
        return Literal(cursor.next().value)
    if cursor.takes("("):
        node = _choice(cursor)
        cursor.need(")")
        return node
    if cursor.here.text in RESERVED and cursor.here.text not in _CONSTANTS:
        raise cursor.unexpected()
    name = cursor.name()
    if name in _CONSTANTS:
        return Literal(_CONSTANTS[name])
    if cursor.sees("("):
        arguments = _arguments(cursor)
        functions.checked(functions.JUEL, name, len(arguments))
        return Call(name, arguments)
    return Name(name)


def _postfix(cursor: Cursor, node: Node) -> Node:
    while True:
        if cursor.takes("."):
            name = cursor.name()
            if cursor.sees("("):
                arguments = _arguments(cursor)
                functions.checked(functions.METHODS, name, len(arguments))
                node = Method(node, name, arguments)
            else:
                node = Path(node, name)
        elif cursor.takes("["):
            index = _choice(cursor)
            if isinstance(index, Literal) and isinstance(index.value, str) and index.value.startswith("_"):
                raise cursor.unexpected()
            cursor.need("]")
            node = Index(node, index)
        else:
            return node


def _arguments(cursor: Cursor) -> tuple[Node, ...]:
    cursor.need("(")
    found: list[Node] = []
    if not cursor.takes(")"):
        found.append(_choice(cursor))
        while cursor.takes(","):
            found.append(_choice(cursor))
        cursor.need(")")
    return tuple(found)
