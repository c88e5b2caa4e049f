"""One year of a plan on one sheet of paper: a row a duty, its name, how it stands and its bars, scaled as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.words import chart_words as said
from workflows.bpmn.draw_text import escaped, wrapped

from .picture import LETTER, Picture, bar, framed, inner, mark, tag, words_at
from .plan_year import (
    BELOW_SIGNS,
    HEAD,
    SHAPES,
    SIGN_HEIGHTS,
    SIGNS,
    DutyLine,
    Sign,
    counts_said,
    legend_of,
    lines_in,
    place_of,
    rows_of,
    signs_in,
    span_of,
)

# Units of the drawing: a sheet is WIDE; columns of names and of states, then the months.
WIDE: Final = 1130.0
_NAMES, _STATES = 330.0, 200.0
_LEFT: Final = _NAMES + _STATES
_ROW, _BAR = 20.0, 12.0


def year_sheet(id: str, name: str, year: int, signs: Sequence[Sign], duties: Sequence[DutyLine]) -> Picture:
    """The chart of the year for one landscape sheet: however many duties it has, it is one picture that is fitted."""
    shown, lines = signs_in(year, signs), lines_in(year, duties)
    height = BELOW_SIGNS + _ROW * len(lines) + 4
    drawn = [*_months(height), *(_sign(each) for each in shown)]
    drawn += [_row(id, duty, BELOW_SIGNS + at * _ROW, year) for at, duty in enumerate(lines)]
    used = [each for duty in lines for each in duty.stretches]
    svg = framed(id, name, said.YEAR_HAS.format(len(lines), len(shown)), height, *drawn, wide=WIDE)
    return Picture(name, svg, legend_of(id, used, shown), said.YEAR_COLUMNS, rows_of(shown, lines))


def _months(height: float) -> list[str]:
    drawn = []
    for month in range(13):
        x = f"{_x(month / 12):g}"
        drawn.append(tag("line", x1=x, y1=20, x2=x, y2=f"{height:g}", class_="c-grid"))
        if month < 12:
            drawn.append(words_at(f"{_x((month + 0.5) / 12):g}", 32, f"T{month + 1}", anchor="middle"))
    return drawn


def _sign(sign: Sign) -> str:
    path, _ = SIGNS[sign.kind]
    return mark(f"{_x(place_of(sign.day)):g}", HEAD + SIGN_HEIGHTS[sign.kind], path, f"c-sign-{sign.kind}")


def _row(id: str, duty: DutyLine, y: float, year: int) -> str:
    drawn = [tag("line", x1=0, y1=f"{y:g}", x2=f"{WIDE:g}", y2=f"{y:g}", class_="c-grid")]
    drawn.append(words_at("0", y + 14, _cut(duty.name, _NAMES - 10)))
    drawn.append(words_at(f"{_NAMES:g}", y + 14, _cut(counts_said(duty.stretches), _STATES - 10)))
    for each in duty.stretches:
        start, wide = span_of(each, year)
        left, size = _x(start), (f"{wide * (WIDE - _LEFT):g}", _BAR)
        drawn.append(bar(id, (f"{left:g}", y + 4), size, each.state))
        middle = left + wide * (WIDE - _LEFT) / 2
        drawn.append(inner(f"{middle:g}", y + 4 + _BAR / 2, SHAPES[each.state.look]))
    return tag("g", tag("title", escaped(f"{duty.name}: {counts_said(duty.stretches)}")), *drawn)


def _cut(words: str, room: float) -> str:
    lines = wrapped(words, room, LETTER)
    return lines[0] if len(lines) == 1 else f"{lines[0].rstrip(' ,;.')}…" if lines else ""


def _x(part: float) -> float:
    return _LEFT + part * (WIDE - _LEFT)
