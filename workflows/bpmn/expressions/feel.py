"""Parser of the FEEL subset (DMN 1.3 clause 10.3), as Camunda 8 files use it."""

from __future__ import annotations

from typing import Final

from . import functions
from .nodes import (
    Between,
    Binary,
    Call,
    Choice,
    ContextOf,
    Filter,
    For,
    In,
    ListOf,
    Literal,
    Name,
    Node,
    Path,
    Quantified,
    RangeOf,
    Unary,
)  # fmt: skip
from .problem import ExpressionError
from .tokens import Cursor, tokens_of

_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")
_CONTROL: Final = ("if", "then", "else", "for", "return", "some", "every", "satisfies")
TESTED: Final = "?"
RESERVED: Final = frozenset({*_CONSTANTS, *_CONTROL, "and", "or", "in", "between", "instance", "function"})


def parse_feel(text: str) -> Node:
    """Read a FEEL expression (without its leading =); ExpressionError for everything outside the subset."""
    parser = _Feel(Cursor(tokens_of(text, "feel")))
    return parser.whole()


def parse_unary_tests(text: str) -> tuple[tuple[Node, ...], bool]:
    """Read the cell of a decision table (DMN 1.3, 7.3.3): its tests, and whether they stand in `not(…)`.

    The tested value is the name `?`. ExpressionError for everything outside the subset.
    """
    tokens = tokens_of(text, "feel")
    if [token.text for token in tokens[:2]] == ["not", "("]:
        try:
            return _Feel(Cursor(tokens), tested=True).negated_tests(), True
        except ExpressionError:  # `not(…)` may also be the beginning of a longer expression
            return _Feel(Cursor(tokens), tested=True).positive_tests(), False
    return _Feel(Cursor(tokens), tested=True).positive_tests(), False


class _Feel:
    """Precedence, weakest first: or, and, comparison/in/between, + -, * /, **, unary minus, path and filter."""

    def __init__(self, cursor: Cursor, *, tested: bool = False) -> None:
        self._cursor = cursor
        self._tested = tested  # whether there is a tested value, `?`
        self._closes_with_bracket = 0

    def negated_tests(self) -> tuple[Node, ...]:
        """`not(test, …)` up to the end of the text."""
        self._cursor.skip(2)
        found = self._unary_tests()
        self._cursor.need(")")
        return self._ended(found)

    def positive_tests(self) -> tuple[Node, ...]:
        """`test, …` up to the end of the text."""
        return self._ended(self._unary_tests())

    def _ended(self, found: tuple[Node, ...]) -> tuple[Node, ...]:
        if self._cursor.here.sort != "end":
            raise self._cursor.unexpected()
        return found

    def _unary_tests(self) -> tuple[Node, ...]:
        found = [self._unary_test()]
        while self._cursor.takes(","):
            found.append(self._unary_test())
        return tuple(found)

    def _unary_test(self) -> Node:
        return self._test() if self._cursor.sees("<", "<=", ">", ">=") else self._expression()

    def whole(self) -> Node:
        """The expression up to the end of the text."""
        node = self._expression()
        if self._cursor.here.sort != "end":
            raise self._cursor.unexpected()
        return node

    def _expression(self) -> Node:
        cursor = self._cursor
        cursor.enter()
        if cursor.takes("if"):
            condition = self._expression()
            cursor.need("then")
            yes = self._expression()
            cursor.need("else")
            node: Node = Choice(condition, yes, self._expression())
        elif cursor.takes("for"):
            bindings = self._bindings(ranges=True)
            cursor.need("return")
            node = For(bindings, self._expression())
        elif cursor.sees("some", "every"):
            every = cursor.next().text == "every"
            bindings = self._bindings(ranges=False)
            cursor.need("satisfies")
            node = Quantified(every, bindings, self._expression())
        else:
            node = self._or()
        cursor.leave()
        return node

    def _bindings(self, *, ranges: bool) -> tuple[tuple[str, Node], ...]:
        found: list[tuple[str, Node]] = []
        while not found or self._cursor.takes(","):
            name = self._variable()
            self._cursor.need("in")
            source = self._expression()
            if ranges and self._cursor.takes(".."):
                source = RangeOf(source, self._expression())
            found.append((name, source))
        return tuple(found)

    def _variable(self) -> str:
        if self._cursor.here.text in RESERVED:
            raise self._cursor.unexpected("một tên")
        return self._cursor.name()

    def _or(self) -> Node:
        node = self._and()
        while self._cursor.takes("or"):
            node = Binary("or", node, self._and())
        return node

    def _and(self) -> Node:
        node = self._comparison()
        while self._cursor.takes("and"):
            node = Binary("and", node, self._comparison())
        return node

    def _comparison(self) -> Node:
        cursor = self._cursor
        node = self._sum()
        if cursor.sees(*_COMPARISONS):
            return Binary(cursor.next().text, node, self._sum())
        if cursor.takes("between"):
            low = self._sum()
            cursor.need("and")
            return Between(node, low, self._sum())
        if cursor.takes("in"):
            return In(node, self._tests())
        return node

    def _tests(self) -> tuple[Node, ...]:
        """What follows `in`: one test, or several in parentheses; `(1..5)` is one range."""
        cursor = self._cursor
        if not cursor.sees("("):
            return (self._test(),)
        cursor.enter()
        cursor.next()
        first = self._test()
        if cursor.sees(".."):
            tests: tuple[Node, ...] = (self._range_to(first, low_in=False),)
        else:
            found = [first]
            while cursor.takes(","):
                found.append(self._test())
            cursor.need(")")
            tests = tuple(found)
        cursor.leave()
        return tests

    def _test(self) -> Node:
        cursor = self._cursor
        if cursor.takes("<"):
            return RangeOf(None, self._sum(), high_in=False)
        if cursor.takes("<="):
            return RangeOf(None, self._sum())
        if cursor.takes(">"):
            return RangeOf(self._sum(), None, low_in=False)
        if cursor.takes(">="):
            return RangeOf(self._sum(), None)
        return self._sum()

    def _sum(self) -> Node:
        node = self._product()
        while self._cursor.sees("+", "-"):
            node = Binary(self._cursor.next().text, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._power()
        while self._cursor.sees("*", "/"):
            node = Binary(self._cursor.next().text, node, self._power())
        return node

    def _power(self) -> Node:
        node = self._signed()
        while self._cursor.takes("**"):
            node = Binary("**", node, self._signed())
        return node

    def _signed(self) -> Node:
        if self._cursor.takes("-"):
            self._cursor.enter()
            operand = self._signed()
            self._cursor.leave()
            return Unary("-", operand)
        return self._postfix(self._primary())

    def _postfix(self, node: Node) -> Node:
        cursor = self._cursor
        while True:
            if cursor.takes("."):
                node = Path(node, cursor.name())
            elif cursor.sees("[") and not self._closes_with_bracket:
                cursor.next()
                node = Filter(node, self._expression())
                cursor.need("]")
            else:
                return node

    def _primary(self) -> Node:
        cursor = self._cursor
        if cursor.here.sort in ("number", "string"):
            return Literal(cursor.next().value)
        if cursor.takes("@"):
            if cursor.here.sort != "string":
                raise cursor.unexpected("một chuỗi")
            return _at_literal(str(cursor.next().value), cursor)
        if cursor.sees("(", "[", "]", "{"):
            return self._bracketed()
        if self._tested and cursor.takes("?"):
            return Name(TESTED)
        if found := self._function_ahead():
            name, words = found
            cursor.skip(words)
            return self._call(name)
        if cursor.here.text in _CONSTANTS:
            return Literal(_CONSTANTS[cursor.next().text])
        name = self._variable()
        if cursor.sees("("):
            functions.checked(functions.FEEL, name, 0)
        return Name(name)

    def _function_ahead(self) -> tuple[str, int] | None:
        """The longest builtin name, spaces and all, that stands here with an opening parenthesis behind it."""
        if self._cursor.here.sort != "name":
            return None
        for words in functions.FEEL_PHRASES:
            after = self._cursor.ahead(len(words))
            if (after.sort, after.text) == ("sign", "(") and all(
                self._cursor.ahead(at).text == word for at, word in enumerate(words)
            ):
                return " ".join(words), len(words)
        return None

    def _call(self, name: str) -> Node:
        self._cursor.need("(")
        arguments = self._list(")")
        functions.checked(functions.FEEL, name, len(arguments))
        return Call(name, arguments)

    def _list(self, closing: str) -> tuple[Node, ...]:
        found: list[Node] = []
        shielded, self._closes_with_bracket = self._closes_with_bracket, 0
        if not self._cursor.takes(closing):
            found.append(self._expression())
            while self._cursor.takes(","):
                found.append(self._expression())
            self._cursor.need(closing)
        self._closes_with_bracket = shielded
        return tuple(found)

    def _bracketed(self) -> Node:
        """`(x)`, `[a, b]`, `{a: 1}`, or a range in any of its brackets."""
        cursor = self._cursor
        opening = cursor.next().text
        if opening == "{":
            return self._context()
        if opening == "[" and cursor.takes("]"):
            return ListOf(())
        shielded, self._closes_with_bracket = self._closes_with_bracket, 0
        first = self._expression()
        self._closes_with_bracket = shielded
        if cursor.sees(".."):
            return self._range_to(first, low_in=opening == "[")
        if opening == "(":
            cursor.need(")")
            return first
        if opening == "]":
            raise cursor.unexpected("..")
        if cursor.takes(","):
            return ListOf((first, *self._list("]")))
        cursor.need("]")
        return ListOf((first,))

    def _range_to(self, low: Node, *, low_in: bool) -> Node:
        cursor = self._cursor
        cursor.need("..")
        self._closes_with_bracket += 1
        high = self._expression()
        self._closes_with_bracket -= 1
        if cursor.takes("]"):
            return RangeOf(low, high, low_in, True)
        if cursor.takes(")", "["):
            return RangeOf(low, high, low_in, False)
        raise cursor.unexpected("]")

    def _context(self) -> Node:
        cursor = self._cursor
        entries: list[tuple[str, Node]] = []
        shielded, self._closes_with_bracket = self._closes_with_bracket, 0
        while not cursor.takes("}"):
            if entries:
                cursor.need(",")
            key = str(cursor.next().value) if cursor.here.sort == "string" else cursor.name()
            cursor.need(":")
            entries.append((key, self._expression()))
        self._closes_with_bracket = shielded
        return ContextOf(tuple(entries))


def _at_literal(text: str, cursor: Cursor) -> Node:
    """`@"…"` under the function that reads it: a duration, a date-time, a time or a day."""
    if text.lstrip("-").startswith("P"):
        return Call("duration", (Literal(text),))
    if "T" in text:
        return Call("date and time", (Literal(text),))
    if ":" in text or "-" in text:
        return Call("time" if ":" in text else "date", (Literal(text),))
    raise cursor.unexpected()
