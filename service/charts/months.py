"""Bars stacked by month: how many of each kind fell into each month of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from service.words import chart_words as said

from .picture import Part, Picture, bar, counted, framed, key_of, nice_top, share, tag, words_at

MONTHS: Final = range(1, 13)
_TOP, _HIGH, _LEFT = 20.0, 150.0, 9.0  # pixels, pixels, percent
_SLOT = (100 - _LEFT) / 12


def stacked_months(id: str, name: str, parts: Sequence[Part], counts: Mapping[int, Mapping[str, int]]) -> Picture:
    """The chart; `counts` are numbers by month (1 to 12) and by the look of a part."""
    totals = {month: sum(counts.get(month, {}).values()) for month in MONTHS}
    top = nice_top(max(totals.values()))
    drawn = [_line(top * half / 2, top) for half in range(3)]
    drawn += [_column(id, month, parts, counts.get(month, {}), top) for month in MONTHS]
    of_year = [(part.words, sum(counts.get(month, {}).get(part.look, 0) for month in MONTHS)) for part in parts]
    svg = framed(id, name, said.OF_WHOLE_YEAR.format(counted(of_year)), _TOP + _HIGH + 24, *drawn)
    rows = tuple(
        (
            said.ONE_MONTH.format(month),
            *(str(counts.get(month, {}).get(part.look, 0)) for part in parts),
            str(totals[month]),
        )
        for month in MONTHS
        if totals[month]
    )
    whole = (said.WHOLE_YEAR, *(str(number) for _, number in of_year), str(sum(totals.values())))
    return Picture(
        name,
        svg,
        tuple(key_of(id, part) for part in parts),
        (said.MONTH, *(part.words for part in parts), said.ALL),
        (*rows, whole),
    )


def _line(value: float, top: int) -> str:
    y = _TOP + _HIGH * (1 - value / top)
    return tag("line", x1=0, y1=f"{y:g}", x2="100%", y2=f"{y:g}", class_="c-grid") + words_at("0", y - 3, f"{value:g}")


def _column(id: str, month: int, parts: Sequence[Part], counts: Mapping[str, int], top: int) -> str:
    left = _LEFT + (month - 1) * _SLOT
    x, wide, middle = share(left + _SLOT * 0.15, 100), share(_SLOT * 0.7, 100), share(left + _SLOT / 2, 100)
    y, drawn = _TOP + _HIGH, []
    for part in parts:
        if number := counts.get(part.look, 0):
            high = _HIGH * number / top
            y -= high
            drawn.append(bar(id, (x, y), (wide, high), part))
    total = sum(counts.values())
    told = said.MONTH_HAS.format(month, counted([(part.words, counts.get(part.look, 0)) for part in parts]))
    above = words_at(middle, y - 4, str(total), anchor="middle", look="c-text c-strong") if total else ""
    below = words_at(middle, _TOP + _HIGH + 16, str(month), anchor="middle")
    return tag("g", tag("title", told), *drawn, above, below)
