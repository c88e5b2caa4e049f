"""Automatic numbers of Word lists written out: "I.", "2.1", "a)", "-" stand in no run and would be lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass
class _Level:
    """How one level of a list is written."""

    shape: str
    words: str
    start: int


@dataclass
class Numbering:
    """Counts the lists of one document while its paragraphs go by in order."""

    document: Any
    _levels: dict[tuple[str, int], _Level] = field(init=False, default_factory=dict)
    _lists: dict[str, str] = field(init=False, default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        part = next(
            (rel.target_part for rel in self.document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is None:
            return
        for abstract in part.element.iter(f"{_W}abstractNum"):
            for level in abstract.iter(f"{_W}lvl"):
                key = (abstract.get(f"{_W}abstractNumId"), int(level.get(f"{_W}ilvl", "0")))
                self._levels[key] = _Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    int(_value(level, "start") or "1"),
                )
        for number in part.element.iter(f"{_W}num"):
            self._lists[number.get(f"{_W}numId")] = _value(number, "abstractNumId") or ""

    def label(self, paragraph: Paragraph) -> str:
        """The number or bullet of this paragraph with a space behind, "" for one outside of lists."""
        place = _place_of(paragraph)
        if place is None:
            return ""
        number, depth = place
        abstract = self._lists.get(number)
        level = self._levels.get((abstract, depth)) if abstract is not None else None
        if abstract is None or level is None or level.shape == "none":
            return ""
        if level.shape == "bullet":
            return "- "
        self._counts[abstract, depth] = self._counts.get((abstract, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((abstract, deeper), None)
        words = _PLACE.sub(lambda found: self._written(abstract, int(found[1]) - 1), level.words)
        return f"{words} " if words else ""

    def _written(self, abstract: str, depth: int) -> str:
        level = self._levels.get((abstract, depth))
        count = self._counts.get((abstract, depth), level.start if level else 1)
        return _written(count, level.shape if level else "decimal")


def _place_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and level of a paragraph, its own or its style's."""
    properties = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None and len(properties) < 6:
        properties.append(style.element.find(f"{_W}pPr"))
        style = style.base_style
    for one in properties:
        numbered = one.find(f"{_W}numPr") if one is not None else None
        if numbered is not None:
            number, depth = _value(numbered, "numId"), int(_value(numbered, "ilvl") or "0")
            return (number, depth) if number not in (None, "0") and number is not None else None
    return None


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401 - an lxml element
    child = element.find(f"{_W}{name}")
    value: str | None = None if child is None else child.get(f"{_W}val")
    return value


def _written(count: int, shape: str) -> str:
    if shape in ("upperRoman", "lowerRoman"):
        roman, rest = "", count
        for value, letters in _ROMAN:
            roman += letters * (rest // value)
            rest %= value
        return roman if shape == "upperRoman" else roman.lower()
    if shape in ("upperLetter", "lowerLetter"):
        letter = _LETTERS[(count - 1) % len(_LETTERS)]
        return letter.upper() if shape == "upperLetter" else letter
    return f"{count:02d}" if shape == "decimalZero" else str(count)
