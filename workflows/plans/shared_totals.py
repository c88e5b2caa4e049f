"""A whole number over the periods of a recurrence: "48 số (04 số/tháng)" is four a month until there are 48."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby


def shared(total: int | None, count: int, years: Sequence[int]) -> Iterator[int]:
    """How often in each period, whose years are given in order; without a total `count` each.

    A total that the arithmetic makes the whole plan's is shared over the plan, any other over each year. Where it does
    not come out even (TOTAL_DIFFERS says so at the reading), the total holds: the last period takes what is left, and
    none takes more than there is.
    """
    if total is None:
        yield from [count] * len(years)
    elif total == count * len(years):
        yield from _over(total, count, len(years))
    else:
        for _, same in groupby(years):
            yield from _over(total, count, len(list(same)))


def _over(total: int, count: int, periods: int) -> Iterator[int]:
    left = total
    for number in range(periods):
        share = left if number == periods - 1 else min(count, left)
        yield share
        left -= share
