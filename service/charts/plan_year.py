"""One year of a plan: every duty as bars along the months, days that matter as signs, and today's line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markupsafe import Markup

from service.words import chart_words as said
from workflows.bpmn.draw_text import escaped

from .picture import Key, Part, Picture, bar, framed, inner, key_of, label_lines, mark, share, tag, words_at

DONE: Final = Part("c-done", said.DONE)
DONE_LATE: Final = Part("c-late", said.DONE_LATE)
OVERDUE: Final = Part("c-over", said.OVERDUE)
RUNNING: Final = Part("c-now", said.RUNNING)
AHEAD: Final = Part("c-open", said.AHEAD)
STEADY: Final = Part("c-steady", said.STEADY)
STATES: Final = (DONE, DONE_LATE, OVERDUE, RUNNING, AHEAD, STEADY)
# What is drawn on a bar besides its colour: a tick, a stroke with a point, an arrow; what lies ahead is empty.
SHAPES: Final = {
    DONE.look: "M-4 0L-1 3L4-3",
    DONE_LATE.look: "M-4 0L-1 3L4-3",
    OVERDUE.look: "M0-5V1M0 3V5",
    RUNNING.look: "M-4 0H4M1-3L4 0L1 3",
    AHEAD.look: "",
    STEADY.look: "",
}
# Signs: what was decided or ends is a diamond, what a unit reports a small triangle, what the office reports a big one.
SIGNS: Final = {
    "milestone": ("M0-7L7 0L0 7L-7 0Z", said.MILESTONE),
    "unit_report": ("M0 5L5-4H-5Z", said.UNITS_REPORT),
    "office_report": ("M0 8L8-6H-8Z", said.OFFICE_REPORTS),
    "off": ("M-4-4L4 4M4-4L-4 4", said.HOLIDAY),
    "work": ("M0-5V5M-5 0H5", said.SWAPPED),
    "half": ("M-5 0H5", said.HALF_DAY),
}
# Days of different kinds lie close together in a year: each kind has a height of its own.
SIGN_HEIGHTS: Final = {
    "milestone": 12.0,
    "unit_report": 10.0,
    "office_report": 22.0,
    "off": 40.0,
    "work": 40.0,
    "half": 40.0,
}
_LINE, _BAR, _GAP, HEAD = 16.0, 12.0, 12.0, 34.0
BELOW_SIGNS: Final = HEAD + 50


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
    """A day that matters: `kind` is a key of SIGNS. Days off and days worked instead go on to `last`."""

    day: date
    kind: str
    words: str
    last: date | None = None

    @property
    def end(self) -> date:
        """The last day of it."""
        return self.last or self.day


def year_chart(  # noqa: PLR0917 - what a year is drawn from
    id: str, name: str, year: int, today: date, signs: Sequence[Sign], duties: Sequence[DutyLine]
) -> Picture:
    """The chart of the year and the same as a table; what lies outside the year is not drawn."""
    shown, lines = signs_in(year, signs), lines_in(year, duties)
    drawn = [_sign(each) for each in shown]
    y = BELOW_SIGNS
    for duty in lines:
        one, y = _duty(id, duty, y, year)
        drawn.append(one)
    used = [each for duty in lines for each in duty.stretches]
    told = said.YEAR_HAS.format(len(lines), len(shown))
    height = y + 4
    svg = framed(id, name, told, height, *_months(height), *drawn, _today(today, year, height))
    return Picture(name, svg, legend_of(id, used, shown), said.YEAR_COLUMNS, rows_of(shown, lines))


def signs_in(year: int, signs: Sequence[Sign]) -> list[Sign]:
    """The days that matter in this year, in the order of time."""
    inside = [each for each in signs if each.day.year <= year <= each.end.year]
    return sorted(inside, key=lambda one: (one.day, one.kind))


def lines_in(year: int, duties: Sequence[DutyLine]) -> list[DutyLine]:
    """The duties with the times that touch this year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [(duty, [each for each in duty.stretches if each.first <= last and each.last >= first]) for duty in duties]
    return [replace(duty, stretches=inside) for duty, inside in found if inside]


def rows_of(signs: Sequence[Sign], duties: Sequence[DutyLine]) -> tuple[tuple[str, ...], ...]:
    """The same as a table: days first, then every time of every duty."""
    days = [
        (SIGNS[each.kind][1], "", day_of(each.day) if each.last else "", day_of(each.end), each.words) for each in signs
    ]
    times = [
        (duty.name, duty.lead, day_of(each.first), day_of(each.last), each.words)
        for duty in duties
        for each in duty.stretches
    ]
    return (*days, *times)


def legend_of(id: str, used: Sequence[Stretch], signs: Sequence[Sign]) -> tuple[Key, ...]:
    """What the bars and signs that are drawn mean."""
    states = [_state_key(id, state) for state in STATES if any(each.state is state for each in used)]
    kinds = [
        key_of(id, Part(f"c-sign-{kind}", words), path)
        for kind, (path, words) in SIGNS.items()
        if any(each.kind == kind for each in signs)
    ]
    return (*states, *kinds)


def counts_said(stretches: Sequence[Stretch]) -> str:
    """How a duty stands, in words: "1 quá hạn, chưa xong; 2 đã xong", what presses first."""
    order = (OVERDUE, RUNNING, DONE_LATE, DONE, AHEAD, STEADY)
    counts = [(state.words.lower(), sum(each.state is state for each in stretches)) for state in order]
    return "; ".join(f"{number} {words}" for words, number in counts if number)


def _state_key(id: str, state: Part) -> Key:
    drawn = bar(id, ("-7", -7), ("14", 14), state), inner("0", 0, SHAPES[state.look])
    svg = tag("svg", *drawn, viewBox="-8 -8 16 16", aria_hidden="true", focusable="false")
    return Key(Markup(svg), state.words)  # noqa: S704 - every attribute was escaped


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
    at = place_of(today)
    line = tag("line", x1=share(at, 1), y1=14, x2=share(at, 1), y2=f"{height:g}", class_="c-today")
    anchor = "start" if at < 0.1 else "end" if at > 0.9 else "middle"
    words = words_at(share(at, 1), 10, said.TODAY.format(f"{today:%d/%m}"), anchor=anchor, look="c-text c-today-text")
    return tag("g", line, words)


def _sign(sign: Sign) -> str:
    path, _ = SIGNS[sign.kind]
    days = f"{day_of(sign.day)} – {day_of(sign.last)}" if sign.last and sign.last != sign.day else day_of(sign.day)
    told = tag("title", escaped(f"{days}: {sign.words}"))
    at = share(place_of(sign.day), 1)
    return tag("g", told, mark(at, HEAD + SIGN_HEIGHTS[sign.kind], path, f"c-sign-{sign.kind}"))


def _duty(id: str, duty: DutyLine, y: float, year: int) -> tuple[str, float]:
    lines = label_lines(duty.name)
    drawn = [words_at("0", y + (at + 1) * _LINE - 4, line, look="c-text c-halo") for at, line in enumerate(lines)]
    y += len(lines) * _LINE
    for each in duty.stretches:
        start, wide = span_of(each, year)
        shape = bar(id, (share(start, 1), y), (share(wide, 1), _BAR), each.state)
        sign = inner(share(start + wide / 2, 1), y + _BAR / 2, SHAPES[each.state.look])
        told = tag("title", escaped(f"{day_of(each.first)} – {day_of(each.last)}: {each.words}"))
        drawn.append(tag("g", told, shape, sign))
    y += _BAR + _LINE
    drawn.append(words_at("0", y - 3, counts_said(duty.stretches)))
    return tag("g", tag("title", escaped(duty.name)), *drawn), y + _GAP


def span_of(stretch: Stretch, year: int) -> tuple[float, float]:
    """Where in this year the time begins, and how wide its bar is, as shares of the year."""
    start = place_of(max(stretch.first, date(year, 1, 1)))
    end = place_of(min(stretch.last, date(year, 12, 31)), end=True)
    return start, max(end - start, 0.012)


def place_of(day: date, *, end: bool = False) -> float:
    """The share of its year that has passed when this day begins, or ends; every month is as wide as the others."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    length = (following - day.replace(day=1)).days
    return (day.month - 1 + (day.day - 1 + end) / length) / 12


def day_of(day: date) -> str:
    """A day as it is written in a chart."""
    return f"{day:%d/%m/%Y}"
