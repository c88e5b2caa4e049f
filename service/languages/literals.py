"""Which literals of Python and of templates are messages, and how those of a module become `Message`s.

A module of words is written as plain Vietnamese. When it is loaded (`loading`), each literal becomes `Message("…")` and
each f-string `Message("… {0} …").format(…)`, so that no author of a sentence has to mark it, and none can forget to.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

MESSAGE = "Message"
_VIETNAMESE = re.compile(r"[\u00c0-\u1ef9]")
# Vietnamese that happens to have no letter of its own.
_PLAIN = frozenset({"CN", "STT", "Sao y", "Sau", "T2", "T3", "T4", "T5", "T6", "T7", "TT", "trang"})


def is_vietnamese(text: str) -> bool:
    """Whether a letter of this text is none of English."""
    return bool(_VIETNAMESE.search(text))


def is_message(text: str) -> bool:
    """Whether a literal is said to people, rather than the name of something."""
    return is_vietnamese(text) or text in _PLAIN


def messages_of(tree: ast.Module) -> Iterator[str]:
    """Every message of a module; what `as_messages` makes of it says the same."""
    for node in ast.walk(as_messages(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MESSAGE:
            (literal,) = node.args
            assert isinstance(literal, ast.Constant)
            yield str(literal.value)


def as_messages(tree: ast.Module) -> ast.Module:
    """The module with its literals as messages; docstrings, keys and patterns stay as they are."""
    _Marking().generic_visit(tree)
    return ast.fix_missing_locations(tree)


class _Marking(ast.NodeTransformer):
    """Puts `Message(…)` around literals."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        node.values = [self.visit(value) for value in node.values]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Arguments; a regular expression is compared with what people type, in Vietnamese."""
        return node if ast.unparse(node.func) == "re.compile" else self.generic_visit(node)

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.AST:
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str) or not is_message(node.value):
            return node
        return ast.copy_location(_message(node.value), node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        texts = [part.value for part in node.values if isinstance(part, ast.Constant)]
        given = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        for part in given:
            part.value = self.visit(part.value)
        if not any(is_vietnamese(str(text)) for text in texts):
            return node
        numbers = iter(range(len(given)))
        pattern = "".join(
            _braced(str(part.value)) if isinstance(part, ast.Constant) else f"{{{next(numbers)}}}"
            for part in node.values
        )
        sentence = ast.Attribute(_message(pattern), "format", ast.Load())
        return ast.copy_location(ast.Call(sentence, [_value(part) for part in given], []), node)


def _message(text: str) -> ast.Call:
    return ast.Call(ast.Name(MESSAGE, ast.Load()), [ast.Constant(text)], [])


def _value(part: ast.FormattedValue) -> ast.expr:
    """What stands at a place: itself where it is only printed, so that a translation can count it, else as written."""
    if part.format_spec is None and part.conversion == -1:
        return part.value
    return ast.JoinedStr([part])


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
