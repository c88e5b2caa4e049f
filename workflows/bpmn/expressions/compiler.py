"""The one evaluator: a syntax tree becomes nested closures, once, and each evaluation only calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from . import arithmetic, functions, loops, nodes, operators
from .frame import Frame
from .problem import ExpressionError, Mismatch
from .time_functions import part
from .values import Value, bounded, is_list, kind, to_text

Dialect: TypeAlias = Literal["juel", "feel"]
Run: TypeAlias = Callable[[Frame], Value]

MAX_DEPTH: Final = 120


def compiled(node: nodes.Node, dialect: Dialect) -> Run:
    """The closure that evaluates a tree; ExpressionError when the tree is too deep."""
    return _Compiler(dialect)(node)


class _Compiler:
    """Turns each kind of node into a closure; the dialect decides what does not fit: an error or null."""

    def __init__(self, dialect: Dialect) -> None:
        self._feel = dialect == "feel"
        self._depth = 0
        self._makers: Mapping[type, Callable[..., Run]] = {
            nodes.Literal: self._literal, nodes.Joined: self._joined, nodes.Name: self._name, nodes.Path: self._path,
            nodes.Index: self._index, nodes.Filter: self._filter, nodes.Call: self._call, nodes.Method: self._method,
            nodes.Unary: self._unary, nodes.Binary: self._binary, nodes.Choice: self._choice,
            nodes.ListOf: self._list, nodes.ContextOf: self._context, nodes.RangeOf: self._range, nodes.In: self._in,
            nodes.Between: self._between, nodes.For: self._for, nodes.Quantified: self._quantified,
        }  # fmt: skip

    def __call__(self, node: nodes.Node) -> Run:
        """The closure of one node and all below it."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(f"Biểu thức dài quá {MAX_DEPTH} phép tính nối nhau.")
        run = self._makers[type(node)](node)
        self._depth -= 1
        return run

    def _literal(self, node: nodes.Literal) -> Run:
        value = node.value
        return lambda _frame: value

    def _joined(self, node: nodes.Joined) -> Run:
        parts = [self(part) for part in node.parts]

        def run(frame: Frame) -> Value:
            texts = []
            for part_of_text in parts:
                value = part_of_text(frame)
                if value is None or kind(value) in ("list", "context"):
                    raise ExpressionError(f"Không ghép được {kind(value)} vào một chuỗi.")
                texts.append(to_text(value))
            return bounded("".join(texts))

        return run

    def _name(self, node: nodes.Name) -> Run:
        name = node.name
        if self._feel:
            return lambda frame: frame.names.get(name)

        def run(frame: Frame) -> Value:
            try:
                return frame.names[name]
            except KeyError:
                raise ExpressionError(f"Không có biến {name!r}.") from None

        return run

    def _path(self, node: nodes.Path) -> Run:
        base, key, feel = self(node.base), node.key, self._feel

        def run(frame: Frame) -> Value:
            value = base(frame)
            if feel and is_list(value):
                frame.budget.spend(1 + len(value))
                return [_entry(item, key, feel=True) for item in value]
            return _entry(value, key, feel=feel)

        return run

    def _index(self, node: nodes.Index) -> Run:
        base, index = self(node.base), self(node.index)

        def run(frame: Frame) -> Value:
            value, at = base(frame), index(frame)
            if value is None or at is None:
                return None  # JSR 245 1.6
            if is_list(value) and type(at) is int:
                return value[at] if 0 <= at < len(value) else None
            if isinstance(value, Mapping) and type(at) is str:
                return value.get(at)
            raise ExpressionError(f"Không lấy được phần tử theo {kind(at)} từ {kind(value)}.")

        return run

    def _filter(self, node: nodes.Filter) -> Run:
        return loops.filtered(self(node.base), self(node.condition))

    def _call(self, node: nodes.Call) -> Run:
        table = functions.FEEL if self._feel else functions.JUEL
        found = functions.checked(table, node.function, len(node.arguments))
        if node.function == "is defined":
            return self._is_defined(node.arguments[0])
        arguments = [self(argument) for argument in node.arguments]

        def run(frame: Frame) -> Value:
            return functions.call(found, frame, [argument(frame) for argument in arguments])

        return self._quiet(run)

    def _is_defined(self, node: nodes.Node) -> Run:
        if isinstance(node, nodes.Name):
            name = node.name
            return lambda frame: name in frame.names
        value = self(node)
        if isinstance(node, nodes.Path):
            base, key = self(node.base), node.key

            def run(frame: Frame) -> Value:
                context = base(frame)
                return key in context if isinstance(context, Mapping) else value(frame) is not None

            return run
        return lambda frame: value(frame) is not None

    def _method(self, node: nodes.Method) -> Run:
        found = functions.checked(functions.METHODS, node.method, len(node.arguments))
        base, arguments = self(node.base), [self(argument) for argument in node.arguments]

        def run(frame: Frame) -> Value:
            return functions.call(found, frame, [base(frame), *(argument(frame) for argument in arguments)])

        return run

    def _quiet(self, run: Run) -> Run:
        """In FEEL what does not fit is null."""
        if not self._feel:
            return run

        def lenient(frame: Frame) -> Value:
            try:
                return run(frame)
            except Mismatch:
                return None

        return lenient

    def _unary(self, node: nodes.Unary) -> Run:
        operand = self(node.operand)
        if node.operator == "-":
            return self._quiet(lambda frame: arithmetic.negate(operand(frame)))
        if node.operator == "empty":
            return lambda frame: operators.is_empty(operand(frame))
        return lambda frame: not operators.require_bool(operand(frame))

    def _binary(self, node: nodes.Binary) -> Run:
        left, right = self(node.left), self(node.right)
        if node.operator in ("and", "or"):
            return loops.logic(left, right, short=node.operator == "or", feel=self._feel)
        apply = (operators.FEEL if self._feel else operators.JUEL)[node.operator]
        return lambda frame: apply(left(frame), right(frame), frame.budget)

    def _choice(self, node: nodes.Choice) -> Run:
        condition, yes, no = self(node.condition), self(node.yes), self(node.no)
        if self._feel:
            return lambda frame: yes(frame) if condition(frame) is True else no(frame)
        return lambda frame: yes(frame) if operators.require_bool(condition(frame)) else no(frame)

    def _list(self, node: nodes.ListOf) -> Run:
        items = [self(item) for item in node.items]
        return lambda frame: [item(frame) for item in items]

    def _context(self, node: nodes.ContextOf) -> Run:
        entries = [(key, self(value)) for key, value in node.entries]

        def run(frame: Frame) -> Value:
            made: dict[str, Value] = {}
            inner = frame.within(made)
            for key, value in entries:
                made[key] = value(inner)
            return made

        return run

    def _range(self, node: nodes.RangeOf) -> Run:
        return loops.ranged(self._optional(node.low), self._optional(node.high), node.low_in, node.high_in)

    def _optional(self, node: nodes.Node | None) -> Run | None:
        return None if node is None else self(node)

    def _in(self, node: nodes.In) -> Run:
        return loops.contained(self(node.value), [self(test) for test in node.tests])

    def _between(self, node: nodes.Between) -> Run:
        return loops.contained(self(node.value), [self._range(nodes.RangeOf(node.low, node.high))])

    def _for(self, node: nodes.For) -> Run:
        return loops.collected([(name, self(source)) for name, source in node.bindings], self(node.body))

    def _quantified(self, node: nodes.Quantified) -> Run:
        bindings = [(name, self(source)) for name, source in node.bindings]
        return loops.quantified(bindings, self(node.condition), every=node.every)


def _entry(value: Value, key: str, *, feel: bool) -> Value:
    """An entry of a context; null for a missing entry and for null itself, in both dialects."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return value.get(key)
    try:
        return part(value, key)
    except Mismatch:
        if feel:
            return None
        raise ExpressionError(f"{kind(value)} không có thuộc tính {key!r}.") from None
