"""A text of a process definition as an expression: FEEL after "=", JUEL in `${…}`, else a literal (X1-X5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Final, Literal, TypeAlias, get_args

from . import nodes
from .compiler import Dialect, Run, compiled
from .composite import parse_composite
from .feel import parse_feel
from .frame import Frame, Functions
from .problem import ExpressionError, Mismatch
from .values import Budget, Value

MAX_LENGTH: Final = 4_000
_NOTHING: Final[Functions] = {}


class Expression:
    """A parsed text; evaluating it never changes anything and never takes long."""

    __slots__ = ("_names", "_run", "dialect", "is_constant", "text", "tree")

    def __init__(self, text: str, tree: nodes.Node, dialect: Dialect, run: Run) -> None:
        self.text = text
        self.tree = tree
        self.dialect = dialect
        self.is_constant = isinstance(tree, nodes.Literal)  # one value, whatever the variables are
        self._run = run
        self._names: frozenset[str] | None = None

    @property
    def is_literal(self) -> bool:
        """Whether the text stands for itself."""
        return isinstance(self.tree, nodes.Literal) and self.tree.value == self.text

    def names(self) -> frozenset[str]:
        """The variables it reads; a name inside a FEEL filter counts, though it may turn out to be the items' entry."""
        if self._names is None:
            self._names = frozenset(_free(self.tree, frozenset()))
        return self._names

    def evaluate(self, names: Mapping[str, Value], functions: Functions | None = None) -> Value:
        """Its value for these variables; ExpressionError when it has none.

        `functions` lends what only the caller knows: `now()` gives an aware datetime, `ngay_lam_viec(n)` a due date.
        """
        frame = Frame(names, _NOTHING if functions is None else functions, Budget())
        try:
            return self._run(frame)
        except Mismatch as problem:
            raise ExpressionError(f"{problem.message} Biểu thức: {self.text[:120]}") from problem
        except RecursionError as problem:
            raise ExpressionError("Giá trị trong biểu thức lồng nhau quá sâu.") from problem

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


_NODES: Final = get_args(nodes.Node)
Requested: TypeAlias = Literal["auto", "juel", "feel"]


@lru_cache(maxsize=4_096)
def parse(text: str, dialect: Requested = "auto") -> Expression:
    """Read a text once; ExpressionError for a syntax error and for everything that is forbidden.

    `auto`: "= …" is FEEL, a text with `${…}` or `#{…}` is JUEL (exactly one keeps the type of its value, else the parts
    are joined as text), any other text stands for itself. `juel`: the same without FEEL. `feel`: all of it is FEEL.
    """
    is_feel = dialect == "feel" or (dialect == "auto" and text.lstrip().startswith("="))
    if len(text) > MAX_LENGTH and (is_feel or "${" in text or "#{" in text):
        raise ExpressionError(f"Biểu thức dài hơn {MAX_LENGTH} ký tự.")
    try:
        tree = parse_feel(text.strip().removeprefix("=")) if is_feel else parse_composite(text)
        used: Dialect = "feel" if is_feel else "juel"
        return Expression(text, tree, used, compiled(tree, used))
    except (
        RecursionError
    ) as problem:  # the limits below it hold by themselves, unless the caller's stack is deep already
        raise ExpressionError("Biểu thức lồng nhau quá sâu.") from problem


def _free(node: nodes.Node, bound: frozenset[str]) -> Iterator[str]:
    """The variables that a tree reads and does not bind itself."""
    if isinstance(node, nodes.Name):
        if node.name not in bound:
            yield node.name
    elif isinstance(node, nodes.For | nodes.Quantified):
        for name, source in node.bindings:
            yield from _free(source, bound)
            bound |= {name}
        yield from _free(node.body if isinstance(node, nodes.For) else node.condition, bound)
    elif isinstance(node, nodes.ContextOf):
        for key, value in node.entries:
            yield from _free(value, bound)
            bound |= {key}
    elif isinstance(node, nodes.Filter):
        yield from _free(node.base, bound)
        yield from _free(node.condition, bound | {"item"})
    else:
        for child in _children(node):
            yield from _free(child, bound)


def _children(node: nodes.Node) -> Iterator[nodes.Node]:
    for field in fields(node):
        value = getattr(node, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, _NODES):
                yield child
