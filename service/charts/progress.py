"""Progress bars: for each of several units how much is done, done late, and not done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.words import chart_words as said
from workflows.bpmn.draw_text import escaped

from .picture import Part, Picture, bar, counted, framed, key_of, label_lines, share, tag, words_at

SHOWN: Final = 40  # bars; the table has them all
_LINE, _BAR, _GAP = 16.0, 14.0, 14.0


@dataclass(frozen=True)
class Measured:
    """One bar: whose it is, and numbers by the look of a part."""

    name: str
    counts: Mapping[str, int]


def progress_bars(
    id: str, name: str, of: str, parts: Sequence[Part], rows: Sequence[Measured], *, done: Sequence[str]
) -> Picture:
    """The chart; `of` heads the column of names, `done` are the looks that count as done in "3/5"."""
    drawn, y = [], 0.0
    for row in rows[:SHOWN]:
        each, y = _row(id, row, parts, done, y)
        drawn.append(each)
    whole = [(part.words, sum(row.counts.get(part.look, 0) for row in rows)) for part in parts]
    more = said.DRAWN.format(SHOWN) if len(rows) > SHOWN else ""
    svg = framed(id, name, said.ROWS_HAVE.format(len(rows), counted(whole)) + more, max(y, 1), *drawn)
    table = tuple(
        (row.name, *(str(row.counts.get(part.look, 0)) for part in parts), str(sum(row.counts.values())))
        for row in rows
    )
    return Picture(
        name, svg, tuple(key_of(id, part) for part in parts), (of, *(part.words for part in parts), said.ALL), table
    )


def _row(id: str, row: Measured, parts: Sequence[Part], done: Sequence[str], y: float) -> tuple[str, float]:
    total = sum(row.counts.values())
    lines = label_lines(row.name)
    drawn = [words_at("0", y + (at + 1) * _LINE - 4, line) for at, line in enumerate(lines)]
    finished = sum(row.counts.get(look, 0) for look in done)
    drawn.append(words_at("100%", y + _LINE - 4, f"{finished}/{total}", anchor="end", look="c-text c-strong"))
    y += len(lines) * _LINE
    drawn.append(tag("rect", x=0, y=f"{y:g}", width="100%", height=_BAR, class_="c-track"))
    before = 0
    for part in parts:
        if number := row.counts.get(part.look, 0):
            drawn.append(bar(id, (share(before, total), y), (share(number, total), _BAR), part))
            before += number
    told = f"{row.name}: {counted([(part.words, row.counts.get(part.look, 0)) for part in parts])}"
    return tag("g", tag("title", escaped(told)), *drawn), y + _BAR + _GAP
