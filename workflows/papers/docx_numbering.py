"""Automatic numbers of Word lists written out: "I.", "2.1", "a)", "-" stand in no run and would be lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_DEEPEST_STYLE = 8
_HIGHEST_NUMBER = 2000


@dataclass
class _Level:
    """How one level of a list is written."""

    shape: str
    words: str
    start: int


@dataclass
class Numbering:
    """Counts the lists of one document while its paragraphs go by in order."""

    _levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _styles: Mapping[str, etree._Element] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """The lists of the parts numbering.xml and styles.xml, either of which a document may lack."""
        made = cls()
        if styles is not None:
            made._styles = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
        if numbering is None:
            return made
        for abstract in numbering.iter(f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                key = (abstract.get(f"{W}abstractNumId", ""), _number(level.get(f"{W}ilvl")))
                shape, words = _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
                made._levels[key] = _Level(shape, words, _number(_value(level, "start"), 1))
        for listed in numbering.iter(f"{W}num"):
            number = listed.get(f"{W}numId", "")
            made._lists[number] = _value(listed, "abstractNumId") or ""
            for override in listed.iter(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None:
                    made._starts[number, _number(override.get(f"{W}ilvl"))] = _number(start, 1)
        return made

    def label(self, paragraph: etree._Element) -> str:
        """The number or bullet of this paragraph with a space behind, "" for one outside of lists."""
        place = self._place_of(paragraph)
        if place is None:
            return ""
        number, depth = place
        abstract = self._lists.get(number)
        level = self._levels.get((abstract, depth)) if abstract is not None else None
        if abstract is None or level is None or level.shape == "none":
            return ""
        if level.shape == "bullet":
            return "- "
        start = self._starts.pop((number, depth), None)
        before = start - 1 if start is not None else self._counts.get((abstract, depth), level.start - 1)
        self._counts[abstract, depth] = before + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((abstract, deeper), None)
        words = _PLACE.sub(lambda found: self._written(abstract, int(found[1]) - 1), level.words)
        return f"{words} " if words else ""

    def _place_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        own = paragraph.find(f"{W}pPr")
        properties = [own]
        style = _value(own, "pStyle") if own is not None else None
        while style is not None and style in self._styles and len(properties) < _DEEPEST_STYLE:
            element = self._styles[style]
            properties.append(element.find(f"{W}pPr"))
            style = _value(element, "basedOn")
        for one in properties:
            numbered = one.find(f"{W}numPr") if one is not None else None
            if numbered is not None:
                number, depth = _value(numbered, "numId"), _number(_value(numbered, "ilvl"))
                return (number, depth) if number not in (None, "0") and number is not None else None
        return None

    def _written(self, abstract: str, depth: int) -> str:
        level = self._levels.get((abstract, depth))
        count = self._counts.get((abstract, depth), level.start if level else 1)
        return _written(count, level.shape if level else "decimal")


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _number(words: str | None, otherwise: int = 0) -> int:
    """A small whole number as the file has it; anything else is `otherwise`."""
    return int(words) if words is not None and words.isascii() and words.isdecimal() and len(words) < 6 else otherwise


def _written(count: int, shape: str) -> str:
    if shape in ("upperRoman", "lowerRoman") and 0 < count < _HIGHEST_NUMBER:
        roman, rest = "", count
        for value, letters in _ROMAN:
            roman += letters * (rest // value)
            rest %= value
        return roman if shape == "upperRoman" else roman.lower()
    if shape in ("upperLetter", "lowerLetter"):
        letter = _LETTERS[(count - 1) % len(_LETTERS)]
        return letter.upper() if shape == "upperLetter" else letter
    return f"{count:02d}" if shape == "decimalZero" else str(count)
