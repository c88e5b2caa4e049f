"""What every chart is made of: escaped SVG elements, one frame with a name for screen readers, and its table.

Places along the width are percentages and heights are pixels, so a chart fits a phone and a desk and its letters keep
their size. Nothing has a style of its own: classes are coloured by static/charts.css (the CSP forbids inline styles).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from service.words import chart_words as said
from workflows.bpmn.draw_text import attribute, escaped, wrapped

LETTER: Final = 12  # pixels
LABEL_WIDTH: Final = 240  # pixels: what is left beside a number on a phone
LABEL_LINES: Final = 2
HATCHED: Final = ("c-late", "c-steady")  # looks with slanting lines, so that colour is never the only sign


@dataclass(frozen=True)
class Part:
    """One kind of thing that a chart counts: `look` is its class in the stylesheet, `words` its name in the legend."""

    look: str
    words: str


@dataclass(frozen=True)
class Key:
    """One line of a legend: a small drawing with the look, and what it means."""

    svg: Markup
    words: str


@dataclass(frozen=True)
class Picture:
    """A chart, what its looks mean, and the same figures as a table: a heading each, then rows of as many words."""

    name: str
    svg: Markup
    legend: tuple[Key, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tag(name: str, *inside: str, **attributes: object) -> str:
    """One element; `class_` is written as class, and an underscore inside a name as a hyphen."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={attribute(str(value))}" for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def words_at(x: str, y: float, words: str, *, anchor: str = "start", look: str = "c-text") -> str:
    """A line of text."""
    return tag("text", escaped(words), x=x, y=f"{y:g}", text_anchor=anchor, font_size=LETTER, class_=look)


def bar(id: str, place: tuple[str, float], size: tuple[str, float], part: Part) -> str:
    """A rectangle with the look of this part in the chart of that id."""
    fill = {"fill": f"url(#{id}-{part.look})"} if part.look in HATCHED else {}
    (x, y), (width, height) = place, size
    return tag("rect", x=x, y=f"{y:g}", width=width, height=f"{height:g}", class_=f"c-bar {part.look}", **fill)


def key_of(id: str, part: Part, path: str = "") -> Key:
    """The legend's line for a part: a square with its look, or the sign that this path draws around a point."""
    drawn = tag("path", d=path, class_=part.look) if path else bar(id, ("-7", -7), ("14", 14), part)
    svg = tag("svg", drawn, viewBox="-8 -8 16 16", aria_hidden="true", focusable="false")
    return Key(Markup(svg), part.words)  # noqa: S704 - every attribute was escaped


def mark(x: str, y: float, path: str, look: str) -> str:
    """A sign drawn around a point that lies at a share of the width; it keeps its own size."""
    return tag("svg", tag("path", d=path, class_=look), x=x, y=f"{y:g}", width=1, height=1, class_="c-mark")


def inner(x: str, y: float, path: str) -> str:
    """A sign drawn over a bar, with a margin of paper so that it is told on any ground; no path, no sign."""
    if not path:
        return ""
    strokes = (tag("path", d=path, class_=look) for look in ("c-in-margin", "c-in"))
    return tag("svg", *strokes, x=x, y=f"{y:g}", width=1, height=1, class_="c-mark")


def share(part: float, whole: float) -> str:
    """A share of the width."""
    return f"{100 * part / whole:.4g}%" if whole else "0%"


def label_lines(words: str) -> list[str]:
    """A label in at most two lines that fit on a phone; what was cut off ends with an ellipsis."""
    lines = wrapped(words, LABEL_WIDTH, LETTER)
    if len(lines) <= LABEL_LINES:
        return lines
    return [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1].rstrip(" ,;.") + "…"]


def framed(id: str, name: str, told: str, height: float, *inside: str, wide: float | None = None) -> Markup:
    """The whole chart: its name and what it tells, for people who hear it, then the drawing.

    A chart that is `wide` has places of its own instead of shares of the width, and is scaled as a whole: for paper.
    """
    size = {"width": "100%", "height": f"{height:g}"} if wide is None else {"viewBox": f"0 0 {wide:g} {height:g}"}
    content = (
        tag("title", escaped(name), id=f"{id}-t"),
        tag("desc", escaped(told), id=f"{id}-d"),
        tag("defs", *(_hatch(id, look) for look in HATCHED)),
        *inside,
    )
    drawn = tag(
        "svg",
        *content,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart {id}",
        role="img",
        aria_labelledby=f"{id}-t {id}-d",
        **size,
    )
    return Markup(drawn)  # noqa: S704 - every attribute and word was escaped


def _hatch(id: str, look: str) -> str:
    ground = tag("rect", width=6, height=6, class_=f"{look}-ground")
    line = tag("path", d="M1.5 0V6", class_=f"{look}-line")
    return tag(
        "pattern", ground, line,
        id=f"{id}-{look}", width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip


def nice_top(most: int) -> int:
    """The round number at which an axis ends: 1, 2, 5 times a power of ten, never below what it has to show."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 2 >= max(most, 2):
                return step * factor * 2
        step *= 10


def counted(pairs: Sequence[tuple[str, int]]) -> str:
    """What is counted, in words: "3 đúng hạn, 1 muộn"; what there is none of is not said."""
    return ", ".join(f"{number} {words.lower()}" for words, number in pairs if number) or said.NONE
