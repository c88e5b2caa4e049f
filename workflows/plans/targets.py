"""Numeric goals: what stands under "chỉ tiêu" or "mục tiêu" with a figure, and what the plan sets out to reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document_parts import Target
from .normalise import plain, squeeze
from .paragraphs import Paragraph
from .sections import Part, part_at
from .table_rows import cells_of

_INDICATORS = re.compile(r"chi tieu")
_GOALS = re.compile(r"muc tieu")
_STRIVES = re.compile(r"(?:[^;]{10,200}; )?(?:phan dau|duy tri)\b.*(?:xep hang|vi tri|dat|tang|giam|%|tren \d|nhom \d)")
_YEARS = re.compile(
    r"\b(?:nam|giai doan|nam:)\s*(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?|\d{1,2}/\d{1,2}/\d{4}|\d+/\d*[a-z]"
)
_FIGURE = re.compile(r"\d")
_FIRST_HEADER = re.compile(r"s?tt\.?|so tt")
_HEADED = re.compile(r"(?:noi dung )?(?:cac )?(?:chi tieu|muc tieu)\b")


def read_targets(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> tuple[Target, ...]:
    """One for each goal, in the order of the text; nothing inside task or organisation sections."""
    found: list[Target] = []
    under: str | None = None
    tabled = False
    cells_alone = _Cells()
    for position, paragraph in enumerate(paragraphs):
        part = part_at(parts, paragraph.first)
        cells = cells_of(paragraph.text)
        if cells is not None and part is not None and part.role in ("targets", "purpose", "content"):
            heads = _heads_indicators(cells)
            if tabled and not heads and _counts(cells):
                found.append(Target(paragraph.first, squeeze(" ".join(cells[paragraph.kind != "number" :]))))
            tabled = tabled or heads
            continue
        tabled = False
        if paragraph.text.endswith("|"):
            found.extend(cells_alone.take(paragraph))
            continue
        if part is None or part.role in ("tasks", "organisation", "funding", "appendix", "reporting"):
            continue
        if paragraph.first == part.section.line:
            under = _kind(paragraph.plain) if part.role == "targets" else None
            continue
        if paragraph.kind == "number" and _is_heading(paragraphs, position):
            under = _kind(paragraph.plain) or ("goals" if part.role == "targets" else None)
            continue
        if _is_target(paragraph, under):
            found.append(Target(paragraph.first, paragraph.text))
    return tuple(found)


class _Cells:
    """A table of goals that lost its grid, one cell a line with a pipe behind: each row with figures is one."""

    def __init__(self) -> None:
        self.headed = self.numbered = False
        self.rows = 0
        self.goal: Paragraph | None = None

    def take(self, paragraph: Paragraph) -> list[Target]:
        """The goal of the row to which this cell belongs, once its first figure is read."""
        words = paragraph.text.strip(" |")
        if _FIRST_HEADER.fullmatch(plain(words)):
            self.headed, self.numbered, self.goal, self.rows = False, False, None, 0
        elif _HEADED.match(plain(words)) and self.goal is None:
            self.headed = True
        elif words.rstrip(".") == str(self.rows + 1) and self.goal is None and not self.numbered:
            self.numbered, self.rows = True, self.rows + 1
        elif self.headed and self.numbered:
            self.goal, self.numbered = paragraph, False
        elif self.goal is not None and _FIGURE.match(words):
            goal, self.goal = self.goal, None
            return [Target(goal.first, goal.text.strip(" |"))]
        return []


def _heads_indicators(cells: Sequence[str]) -> bool:
    """Whether a row heads a table of goals ("TT | Chỉ tiêu | ĐVT | Kế hoạch 2024")."""
    return any(_HEADED.match(plain(cell)) for cell in cells) and not any(_FIGURE.match(cell) for cell in cells[:2])


def _counts(cells: Sequence[str]) -> bool:
    """Whether a row of such a table gives a figure for its goal."""
    return len(cells) >= 3 and bool(cells[1]) and any(_FIGURE.search(cell) for cell in cells[2:])


def _kind(title: str) -> str | None:
    if _INDICATORS.search(title) and not _GOALS.search(title) and "muc dich" not in title:
        return "indicators"
    return "goals" if _GOALS.search(title) else None


def _is_heading(paragraphs: Sequence[Paragraph], position: int) -> bool:
    paragraph = paragraphs[position]
    following = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    deeper = following is not None and following.kind in ("bullet", "letter")
    return deeper and (len(paragraph.text) < 120 or paragraph.text.endswith(":"))


def _is_target(paragraph: Paragraph, under: str | None) -> bool:
    folded = paragraph.plain
    if paragraph.text.endswith(":") or "\t" in paragraph.text:
        return False
    if under == "indicators":
        return True
    if under == "goals":
        return _FIGURE.search(_YEARS.sub("", folded)) is not None
    return _STRIVES.match(folded) is not None
