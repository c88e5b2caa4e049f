"""One year of a plan: every duty as bars along the months, days that matter as signs, and today's line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from service.words import chart_words as said
from workflows.bpmn.draw_text import escaped

from .picture import Part, Picture, bar, framed, key_of, label_lines, mark, share, tag, words_at

DONE: Final = Part("c-done", said.DONE)
DONE_LATE: Final = Part("c-late", said.DONE_LATE)
OVERDUE: Final = Part("c-over", said.OVERDUE)
RUNNING: Final = Part("c-now", said.RUNNING)
AHEAD: Final = Part("c-open", said.AHEAD)
STEADY: Final = Part("c-steady", said.STEADY)
STATES: Final = (DONE, DONE_LATE, OVERDUE, RUNNING, AHEAD, STEADY)
# Signs: what was decided or ends is a diamond, what a unit reports a small triangle, what the office reports a big one.
SIGNS: Final = {
    "milestone": ("M0-7L7 0L0 7L-7 0Z", said.MILESTONE),
    "unit_report": ("M0 5L5-4H-5Z", said.UNITS_REPORT),
    "office_report": ("M0 8L8-6H-8Z", said.OFFICE_REPORTS),
}
# Days of different kinds lie close together in a year: each kind has a height of its own.
_HEIGHTS: Final = {"milestone": 12.0, "unit_report": 10.0, "office_report": 22.0}
_LINE, _BAR, _GAP, _HEAD = 16.0, 12.0, 12.0, 34.0


@dataclass(frozen=True)
class Stretch:
    """One time at which a duty is to be done: both days included; `words` say what the bar is."""

    first: date
    last: date
    state: Part
    words: str


@dataclass(frozen=True)
class DutyLine:
    """A duty and its times."""

    name: str
    lead: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class Sign:
    """A day that matters: `kind` is a key of SIGNS."""

    day: date
    kind: str
    words: str


def year_chart(  # noqa: PLR0917 - what a year is drawn from
    id: str, name: str, year: int, today: date, signs: Sequence[Sign], duties: Sequence[DutyLine]
) -> Picture:
    """The chart of the year and the same as a table; what lies outside the year is not drawn."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    shown = [each for each in signs if first <= each.day <= last]
    drawn = [_sign(each) for each in sorted(shown, key=lambda one: (one.day, one.kind))]
    y, used = _HEAD + 34, []
    for duty in duties:
        inside = [each for each in duty.stretches if each.first <= last and each.last >= first]
        if inside:
            each, y = _duty(id, duty, inside, y, (first, last))
            drawn.append(each)
            used += inside
    rows = tuple(
        (duty.name, duty.lead, _day(each.first), _day(each.last), each.words)
        for duty in duties
        for each in duty.stretches
        if each in used
    )
    days = tuple((SIGNS[each.kind][1], "", "", _day(each.day), each.words) for each in shown)
    legend = [key_of(id, state) for state in STATES if any(each.state is state for each in used)]
    legend += [
        key_of(id, Part(f"c-sign-{kind}", words), path)
        for kind, (path, words) in SIGNS.items()
        if any(each.kind == kind for each in shown)
    ]
    told = said.YEAR_HAS.format(len({row[0] for row in rows}), len(shown))
    height = y + 4
    svg = framed(id, name, told, height, *_months(height), *drawn, _today(today, year, height))
    return Picture(name, svg, tuple(legend), said.YEAR_COLUMNS, (*days, *rows))


def _months(height: float) -> list[str]:
    drawn = []
    for month in range(1, 13):
        x = share(month - 1, 12)
        drawn.append(tag("line", x1=x, y1=20, x2=x, y2=f"{height:g}", class_="c-grid"))
        drawn.append(words_at(share(month - 0.5, 12), 32, f"T{month}", anchor="middle"))
    return drawn


def _today(today: date, year: int, height: float) -> str:
    if today.year != year:
        return ""
    at = _place(today)
    line = tag("line", x1=share(at, 1), y1=14, x2=share(at, 1), y2=f"{height:g}", class_="c-today")
    anchor = "start" if at < 0.1 else "end" if at > 0.9 else "middle"
    words = words_at(share(at, 1), 10, said.TODAY.format(f"{today:%d/%m}"), anchor=anchor, look="c-text c-today-text")
    return tag("g", line, words)


def _sign(sign: Sign) -> str:
    path, _ = SIGNS[sign.kind]
    told = tag("title", escaped(f"{_day(sign.day)}: {sign.words}"))
    return tag("g", told, mark(share(_place(sign.day), 1), _HEAD + _HEIGHTS[sign.kind], path, f"c-sign-{sign.kind}"))


def _duty(
    id: str, duty: DutyLine, stretches: Sequence[Stretch], y: float, edges: tuple[date, date]
) -> tuple[str, float]:
    lines = label_lines(duty.name)
    drawn = [words_at("0", y + (at + 1) * _LINE - 4, line, look="c-text c-halo") for at, line in enumerate(lines)]
    y += len(lines) * _LINE
    for each in stretches:
        start, end = _place(max(each.first, edges[0])), _place(min(each.last, edges[1]), end=True)
        shape = bar(id, (share(start, 1), y), (share(max(end - start, 0.012), 1), _BAR), each.state)
        drawn.append(tag("g", tag("title", escaped(f"{_day(each.first)} – {_day(each.last)}: {each.words}")), shape))
    return tag("g", tag("title", escaped(duty.name)), *drawn), y + _BAR + _GAP


def _place(day: date, *, end: bool = False) -> float:
    """The share of its year that has passed when this day begins, or ends; every month is as wide as the others."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    length = (following - day.replace(day=1)).days
    return (day.month - 1 + (day.day - 1 + end) / length) / 12


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
