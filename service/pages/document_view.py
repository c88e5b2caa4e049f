"""A plan's text as HTML-ready blocks: headings where the reader saw them, doubts marked, each line with its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.plans.document import Doubt, PlanDocument

_NUMBERED = re.compile(r"^\d{1,2}(\.\d{1,2})*[.)]\s+\S")
LONGEST_HEADING = 120


@dataclass(frozen=True)
class Block:
    """One line of the text: `kind` is title, section, point or text; `no` counts from 1."""

    kind: str
    text: str
    no: int
    doubts: tuple[Doubt, ...] = ()


def blocks_of(document: PlanDocument) -> list[Block]:
    """The lines with something on them, in order."""
    sections = {section.line for section in document.sections}
    doubts: dict[int, list[Doubt]] = {}
    for doubt in document.doubts:
        doubts.setdefault(doubt.line or 0, []).append(doubt)
    return [
        Block(_kind(line, no, document, sections), line.strip(), no, tuple(doubts.get(no, ())))
        for no, line in enumerate(document.lines, start=1)
        if line.strip()
    ]


def issued_blocks(document: PlanDocument, issued: str) -> list[Block]:
    """The lines of the text as it was issued, with the headings of the draft that it was made from."""
    kinds = {block.text: block.kind for block in blocks_of(document)}
    lines = enumerate(issued.splitlines(), start=1)
    return [Block(kinds.get(line.strip(), "text"), line.strip(), no) for no, line in lines if line.strip()]


def _kind(line: str, no: int, document: PlanDocument, sections: set[int]) -> str:
    words = line.strip()
    if document.doc_type and words.upper() == document.doc_type.upper():
        return "title"
    if no in sections:
        return "section"
    if _NUMBERED.match(words) and len(words) <= LONGEST_HEADING:
        return "point"
    return "text"
