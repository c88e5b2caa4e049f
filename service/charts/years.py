"""Lines over the years: how each of a few indices went, with the target where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from service.words import chart_words as said
from workflows.bpmn.draw_text import escaped

from .picture import Part, Picture, framed, key_of, mark, nice_top, share, tag, words_at

# Each line has a sign of its own, for whoever does not tell the colours apart.
SIGNS: Final = ("M-4-4H4V4H-4Z", "M0-5.5L5.5 4.5H-5.5Z", "M0-5.5L5.5 0L0 5.5L-5.5 0Z", "M0 5.5L5.5-4.5H-5.5Z")
_TOP, _HIGH, _LEFT, _RIGHT = 20.0, 150.0, 14.0, 94.0


@dataclass(frozen=True)
class Index:
    """One line: its name and its value by period; a period without a value breaks the line.

    `targets` are what was to be reached, by period; where there is one it is drawn beside the value and has a row.
    """

    name: str
    values: Mapping[str, float]
    targets: Mapping[str, float] = field(default_factory=dict)


def lines_over_years(id: str, name: str, periods: Sequence[str], indices: Sequence[Index]) -> Picture:
    """The chart; `periods` are keys such as "2026" in order; at most four lines, each with its own sign."""
    drawn_ones = indices[: len(SIGNS)]
    shown = [value for each in drawn_ones for line in (each.values, each.targets) for value in line.values()]
    most = max(shown, default=1)
    top = nice_top(int(most) + (most > int(most)))
    drawn = [_grid(top * half / 2, top) for half in range(3)]
    drawn += [
        words_at(_x(at, periods), _TOP + _HIGH + 16, period, anchor="middle") for at, period in enumerate(periods)
    ]
    drawn += [_target(number, each, periods, top) for number, each in enumerate(drawn_ones) if each.targets]
    drawn += [_one(number, each, periods, top) for number, each in enumerate(drawn_ones)]
    told = "; ".join(f"{name}: {', '.join(_said(line, periods))}" for each in drawn_ones for name, line in _lines(each))
    legend = [
        key_of(id, Part(f"c-line-{number} c-dot", each.name), SIGNS[number]) for number, each in enumerate(drawn_ones)
    ]
    legend += [
        key_of(id, Part(f"c-line-{number} c-target", said.TARGET_OF.format(each.name)), "M-8 0H8")
        for number, each in enumerate(drawn_ones)
        if each.targets
    ]
    rows = tuple(
        (name, *(_number(line.get(period)) for period in periods)) for each in indices for name, line in _lines(each)
    )
    svg = framed(id, name, told + ".", _TOP + _HIGH + 24, *drawn)
    return Picture(name, svg, tuple(legend), (said.INDEX, *periods), rows)


def _lines(index: Index) -> list[tuple[str, Mapping[str, float]]]:
    """The values of an index and, where it has any, its targets, each with its name."""
    own = [(index.name, index.values)]
    return [*own, (said.TARGET_OF.format(index.name), index.targets)] if index.targets else own


def _target(number: int, index: Index, periods: Sequence[str], top: int) -> str:
    """A stroke as wide as its period at the height of the target, with the figure in words at its end."""
    drawn = []
    for at, period in enumerate(periods):
        if period in index.targets:
            middle, half, y = _at(at, periods), _step(periods) / 2, _y(index.targets[period], top)
            left, right = max(middle - half, 0), min(middle + half, 100)
            place = {"x1": share(left, 100), "x2": share(right, 100), "y1": f"{y:g}", "y2": f"{y:g}"}
            drawn.append(tag("line", **place, class_=f"c-line-{number} c-target"))
            words = said.TARGET_IS.format(_number(index.targets[period]))
            drawn.append(words_at(share(right, 100), y - 4, words, anchor="end"))
    return tag("g", tag("title", escaped(said.TARGET_OF.format(index.name))), *drawn)


def _one(number: int, index: Index, periods: Sequence[str], top: int) -> str:
    points = [(at, _y(index.values[period], top)) for at, period in enumerate(periods) if period in index.values]
    drawn = [
        tag(
            "line",
            x1=_x(start, periods), y1=f"{before:g}", x2=_x(end, periods), y2=f"{after:g}", class_=f"c-line-{number}",
        )
        for (start, before), (end, after) in pairwise(points)
        if end == start + 1
    ]  # fmt: skip
    drawn += [mark(_x(at, periods), y, SIGNS[number], f"c-line-{number} c-dot") for at, y in points]
    if points:
        at, y = points[-1]
        last = _number(index.values[periods[at]])
        drawn.append(words_at(_x(at, periods), y - 9, last, anchor="middle", look="c-text c-strong"))
    return tag("g", tag("title", escaped(f"{index.name}: {', '.join(_said(index.values, periods))}")), *drawn)


def _grid(value: float, top: int) -> str:
    y = _y(value, top)
    return tag("line", x1=0, y1=f"{y:g}", x2="100%", y2=f"{y:g}", class_="c-grid") + words_at("0", y - 3, f"{value:g}")


def _x(at: int, periods: Sequence[str]) -> str:
    return share(_at(at, periods), 100)


def _at(at: int, periods: Sequence[str]) -> float:
    return _LEFT + at * _step(periods) if len(periods) > 1 else 50


def _step(periods: Sequence[str]) -> float:
    """How much of the width a period has."""
    return (_RIGHT - _LEFT) / max(len(periods) - 1, 1)


def _y(value: float, top: int) -> float:
    return _TOP + _HIGH * (1 - max(value, 0) / top)


def _said(line: Mapping[str, float], periods: Sequence[str]) -> list[str]:
    return [f"{period} {_number(line[period])}" for period in periods if period in line]


def _number(value: float | None) -> str:
    """As people write it: a comma before the tenths."""
    return "–" if value is None else f"{value:.10g}".replace(".", ",")
