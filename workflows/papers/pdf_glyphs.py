"""What stands on a page of a PDF: words with their places, ruling lines, pictures; measured from the top left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .legacy_fonts import Encoding, font_encoding, from_legacy_font

_MOST_CHARACTERS = 60_000
_MOST_OBJECTS = 20_000
_THIN = 2.5
_SHORTEST_RULE = 8.0
_SPACES = frozenset(" \t\u00a0\u2002\u2003\u2009\u202f\r\n\f\v\x00\ufffd")
# What pdfium gives for a hyphen at the end of a line.
_LINE_END_HYPHENS = frozenset("\x02\ufffe")


@dataclass(frozen=True)
class Word:
    """Letters without a gap, the left and right edge, the baseline and the size of the letters, all in points."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class Rule:
    """A ruling line: `at` is its place across, `first` and `last` its ends along it."""

    at: float
    first: float
    last: float


@dataclass(frozen=True)
class PageMarks:
    """Everything a page shows: its size, words, horizontal and vertical rules, and how much of it pictures cover."""

    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    pictured: float


@dataclass
class _Letter:
    text: str
    left: float
    right: float
    base: float
    size: float
    gap: bool = False
    encoding: Encoding | None = None


def marks_of(page: pypdfium2.PdfPage) -> PageMarks:
    """The marks of one page, turned upright by the page's own rotation."""
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        words = tuple(_words(_letters(text, height)))
    finally:
        text.close()
    across, down, pictured = _objects(page, height)
    area = max(width * height, 1.0)
    return PageMarks(width, height, words, tuple(across), tuple(down), min(pictured / area, 1.0))


def _letters(text: pypdfium2.PdfTextPage, height: float) -> Iterator[_Letter]:
    """Letters in the order of the file; white space is only noted as a gap before the next letter."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    gap, encoding = True, None
    for index in range(min(text.count_chars(), _MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code == 0 or not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
            continue
        letter = "-" if chr(code) in _LINE_END_HYPHENS else chr(code)
        if letter in _SPACES:
            gap = True
            continue
        placed = pdfium.FPDFText_GetLooseCharBox(text, index, box) and pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if not placed or not (isfinite(box.left) and isfinite(box.right) and isfinite(y.value)):
            continue
        size = pdfium.FPDFText_GetFontSize(text, index)
        size = size if 1 < size < 200 else max(box.top - box.bottom, 4.0)
        encoding = _encoding_at(text, index) if gap else encoding
        yield _Letter(letter, box.left, box.right, height - y.value, size, gap, encoding)
        gap = False


def _encoding_at(text: pypdfium2.PdfTextPage, index: int) -> Encoding | None:
    """What the letters of the font at this place really are."""
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, ctypes.c_int())
    name = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "ignore")
    return font_encoding(name.rsplit("+", 1)[-1])


def _words(letters: Iterator[_Letter]) -> Iterator[Word]:
    """Letters on one baseline without a gap between them as words."""
    run: list[_Letter] = []
    for letter in letters:
        if run and _parts(run[-1], letter):
            yield _word(run)
            run = []
        run.append(letter)
    if run:
        yield _word(run)


def _parts(before: _Letter, letter: _Letter) -> bool:
    size = max(before.size, letter.size)
    same_line = abs(before.base - letter.base) < 0.45 * size
    touching = -0.6 * size < letter.left - before.right < 0.22 * size
    return letter.gap or not same_line or not touching


def _word(run: list[_Letter]) -> Word:
    sizes = sorted(letter.size for letter in run)
    words = "".join(letter.text for letter in run)
    if run[0].encoding is not None:
        words = from_legacy_font(words, run[0].encoding)
    return Word(words, run[0].left, max(letter.right for letter in run), run[0].base, sizes[len(sizes) // 2])


def _objects(page: pypdfium2.PdfPage, height: float) -> tuple[list[Rule], list[Rule], float]:
    across: list[Rule] = []
    down: list[Rule] = []
    pictured = 0.0
    wanted = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for count, thing in enumerate(page.get_objects(filter=wanted, max_depth=6)):
        if count >= _MOST_OBJECTS:
            break
        left, bottom, right, top = thing.get_bounds()
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += max(0.0, right - left) * max(0.0, top - bottom)
        elif right - left < _THIN or top - bottom < _THIN:
            _add(across, down, (left, height - top), (right, height - bottom))
        else:
            for one, other in _segments(thing, height):
                _add(across, down, one, other)
    return across, down, pictured


def _add(across: list[Rule], down: list[Rule], one: tuple[float, float], other: tuple[float, float]) -> None:
    """Keeps a line that is straight along the page or down it."""
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if high < _THIN and wide > _SHORTEST_RULE:
        across.append(Rule((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
    elif wide < _THIN and high > _SHORTEST_RULE:
        down.append(Rule((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _segments(thing: Any, height: float) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:  # noqa: ANN401 - a pdfium object
    """The straight sides of a path in the page's coordinates."""
    count = pdfium.FPDFPath_CountSegments(thing)
    if not 2 <= count <= 2000:
        return
    matrix = thing.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    start: tuple[float, float] | None = None
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(thing, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        placed = matrix.on_point(x.value, y.value)
        point = (placed[0], height - placed[1])
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield from pairwise(points)
            points, start = [], point
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            points.append(start)
    yield from pairwise(points)
