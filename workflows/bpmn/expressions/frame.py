"""What one evaluation sees: variables, the functions that the caller lends, and its budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeAlias

from workflows.bpmn.iso8601 import ZONE

from .problem import ExpressionError
from .values import Budget, Value

Functions: TypeAlias = Mapping[str, Callable[..., Value]]


class Frame:
    """Variables and functions of one evaluation; a loop makes inner frames that share the budget."""

    __slots__ = ("budget", "functions", "names")

    def __init__(self, names: Mapping[str, Value], functions: Functions, budget: Budget) -> None:
        self.names = names
        self.functions = functions
        self.budget = budget

    def within(self, names: Mapping[str, Value]) -> Frame:
        """A frame in which `names` hide the outer variables."""
        self.budget.spend(1)
        return Frame(_Layered(names, self.names), self.functions, self.budget)

    def lent(self, function: str, *arguments: Value) -> Value:
        """Call a function that only the caller can provide, because it knows the time or the calendar."""
        given = self.functions.get(function)
        if given is None:
            raise ExpressionError(f"Hàm {function}() không dùng được ở chỗ này.")
        try:
            return given(*arguments)
        except (ValueError, TypeError, OverflowError) as problem:
            raise ExpressionError(f"Hàm {function}() không nhận giá trị này.") from problem

    def now(self) -> datetime:
        """The instant of this evaluation, as the caller's now() gives it."""
        instant = self.lent("now")
        if not isinstance(instant, datetime) or instant.tzinfo is None:
            raise ExpressionError("Hàm now() phải cho một thời điểm có múi giờ.")
        return instant

    def today(self) -> date:
        """The day of `now()` in Viet Nam."""
        return self.now().astimezone(ZONE).date()


class _Layered(Mapping[str, Value]):
    """Two mappings read as one, the inner first."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, inner: Mapping[str, Value], outer: Mapping[str, Value]) -> None:
        self._inner = inner
        self._outer = outer

    def __getitem__(self, name: str) -> Value:
        return self._inner[name] if name in self._inner else self._outer[name]

    def __contains__(self, name: object) -> bool:
        return name in self._inner or name in self._outer

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._outer, *self._inner]))

    def __len__(self) -> int:
        return len(dict.fromkeys([*self._outer, *self._inner]))
