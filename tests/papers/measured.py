"""What stands where on the pages of a PDF, in millimetres from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pdfplumber

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """The words of one line, its edges, and the font of its first letter."""

    page: int
    words: str
    left: float
    right: float
    top: float
    bottom: float
    font: str
    size: float


def lines_of(pdf: bytes) -> list[Line]:
    """Every line of every page, top to bottom; two columns are two lines."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [line for number, page in enumerate(document.pages) for line in _lines(number, page)]


def rules_of(pdf: bytes, page: int = 0) -> list[tuple[float, float, float]]:
    """The horizontal rules of a page: left, right, top."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        found = document.pages[page].lines
        return [(each["x0"] * MM, each["x1"] * MM, each["top"] * MM) for each in found]


def _lines(number: int, page: pdfplumber.page.Page) -> Iterator[Line]:
    words = page.extract_words(x_tolerance=1.5, extra_attrs=["fontname", "size"])
    rows: list[list[dict]] = []
    for word in sorted(words, key=lambda each: (round(each["bottom"]), each["x0"])):
        if rows and abs(rows[-1][-1]["bottom"] - word["bottom"]) < 1 and word["x0"] - rows[-1][-1]["x1"] < 20:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        yield Line(
            number,
            " ".join(each["text"].strip() for each in row),
            row[0]["x0"] * MM,
            row[-1]["x1"] * MM,
            row[0]["top"] * MM,
            row[0]["bottom"] * MM,
            row[0]["fontname"].rpartition("+")[2],
            round(row[0]["size"], 1),
        )
