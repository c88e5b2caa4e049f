"""Text in a picture: how wide it is, how it is wrapped into a box, and how it is written into SVG."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import quoteattr as quoted

from .diagram import Bounds

LINE: Final = 1.2
_LONGEST: Final = 1_000  # signs of one text in a picture
_WIDTHS: Final = {
    " ": 0.32,
    **dict.fromkeys("ijlI.,:;'|!()[]", 0.34),
    **dict.fromkeys('ftr-/"', 0.42),
    **dict.fromkeys("mwMW%", 0.92),
}
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def width(text: str, size: float) -> float:
    """An upper estimate of the drawn width in a sans-serif font of that size; marks over letters add nothing."""
    return size * sum(map(_width, text))


@lru_cache(maxsize=4_096)
def _width(sign: str) -> float:
    letters = (letter for letter in unicodedata.normalize("NFD", sign) if not unicodedata.combining(letter))
    return sum(_WIDTHS.get(letter, 0.72 if letter.isupper() else 0.6) for letter in letters)


def wrapped(text: str, box: float, size: float) -> list[str]:
    """The text in lines that fit into the width of the box; a word that is too long is cut, and so is a whole essay."""
    lines: list[str] = []
    for word in _short(text).split():
        if lines and width(f"{lines[-1]} {word}", size) <= box:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        start = 0
        for end in _cuts(word, box, size):
            lines.append(word[start:end])
            start = end
    return lines


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"


def _cuts(word: str, box: float, size: float) -> Iterator[int]:
    """Where each line of a word ends, the last included; each has at least one letter."""
    taken = 0.0
    for at, sign in enumerate(word):
        if at and size * (taken + _width(sign)) > box:
            yield at
            taken = 0.0
        taken += _width(sign)
    yield len(word)


def fitted(text: str, box: tuple[float, float], sizes: Sequence[float] = (12, 11, 10, 9)) -> tuple[list[str], float]:
    """Lines and the largest size with which the text fits the box; at the smallest size it ends with an ellipsis."""
    wide, high = box
    for size in sizes:
        lines = wrapped(text, wide, size)
        if len(lines) * size * LINE <= high:
            return lines, size
    size = sizes[-1]
    kept = wrapped(text, wide, size)[: max(int(high / (size * LINE)), 1)]
    while kept[-1] and width(kept[-1] + "…", size) > wide:
        kept[-1] = kept[-1][:-1]
    return [*kept[:-1], kept[-1].rstrip() + "…"], size


def escaped(text: str) -> str:
    """The text as XML content, without the characters that XML does not know."""
    clean = _UNPRINTABLE.sub("", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """The text as a quoted XML attribute value."""
    return quoted(_UNPRINTABLE.sub("", text))


def written(
    lines: Sequence[str], at: tuple[float, float], size: float, *, halo: bool = False, turned: bool = False
) -> str:
    """Lines of text centred on a point; `halo` keeps them readable over a line, `turned` writes upwards."""
    x, y = at
    look = ' class="bpmn-text bpmn-halo" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    start = y - (len(lines) - 1) * size * LINE / 2 + size * 0.35
    spans = "".join(
        f'<tspan x="{x:g}" y="{start + number * size * LINE:g}">{escaped(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    turn = f' transform="rotate(-90 {x:g} {y:g})"' if turned else ""
    drawn = look if halo else ' class="bpmn-text"'
    return f'<text{drawn} fill="#1f2933" font-size="{size:g}" text-anchor="middle"{turn}>{spans}</text>'


def outside(text: str, place: Bounds) -> str:
    """A name outside its shape, centred in its place; it may be a little wider than a narrow place."""
    return written(
        wrapped(text, max(place.width + 12, 60), 11),
        (place.x + place.width / 2, place.y + place.height / 2),
        11,
        halo=True,
    )
