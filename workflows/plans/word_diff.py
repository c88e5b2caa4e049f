"""What changed between two versions, word by word; where tones stand or how letters are composed is no change."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from workflows.letters import composed

# A paragraph that is hardly the same is clearer shown as removed and added than as confetti.
LEAST_ALIKE = 0.35
MOST_COMPARED = 400  # pairs that are looked at to find which belong together; a longer block is paired in order
CELL = "|"  # between the cells of a row of a table in the text of a plan


@dataclass(frozen=True)
class Piece:
    """Some words: same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Changed:
    """One paragraph of the comparison; `same` when nothing in it changed."""

    pieces: tuple[Piece, ...]

    @property
    def same(self) -> bool:
        """Whether the paragraph is as it was."""
        return all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True)
class Comparison:
    """All paragraphs in order, and how many runs of words came and went."""

    paragraphs: list[Changed] = field(default_factory=list)

    @property
    def added(self) -> int:
        """How many runs of words were added."""
        return sum(piece.kind == "added" for each in self.paragraphs for piece in each.pieces)

    @property
    def removed(self) -> int:
        """How many runs of words were removed."""
        return sum(piece.kind == "removed" for each in self.paragraphs for piece in each.pieces)


def compare(old: str, new: str) -> Comparison:
    """Compare two texts paragraph by paragraph, and changed paragraphs word by word."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Changed] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            found += [Changed((Piece("same", text),)) for text in after[from_:to]]
        else:
            found += _changed(before[start:end], after[from_:to])
    return Comparison(found)


def _paragraphs(text: str) -> list[str]:
    """Each line with one space between words; cells that tabs part are parted by the same sign as others."""
    lines = (line.strip().replace("\t", f" {CELL} ") for line in composed(text).splitlines())
    return [" ".join(line.split()) for line in lines if line]


def _changed(before: list[str], after: list[str]) -> list[Changed]:
    """Those that belong together word by word; what belongs to none came or went as a whole."""
    found: list[Changed] = []
    for old, new in _pairs(before, after):
        if old is None or new is None:
            kind = "added" if old is None else "removed"
            found.append(Changed((Piece(kind, old or new or ""),)))
        else:
            found.append(_compared(old, new))
    return found


def _pairs(before: list[str], after: list[str]) -> list[tuple[str | None, str | None]]:
    """Which paragraphs or rows belong together, in their order: a row put in between shifts none of the others."""
    if len(before) == len(after) or len(before) * len(after) > MOST_COMPARED:
        return list(zip_longest(before, after))
    like = [[_likeness(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for at in reversed(range(len(before))):
        for to in reversed(range(len(after))):
            together = like[at][to] + best[at + 1][to + 1] if like[at][to] else 0.0
            best[at][to] = max(together, best[at + 1][to], best[at][to + 1])
    pairs: list[tuple[str | None, str | None]] = []
    at = to = 0
    while at < len(before) and to < len(after):
        if like[at][to] and best[at][to] == like[at][to] + best[at + 1][to + 1]:
            pairs.append((before[at], after[to]))
            at, to = at + 1, to + 1
        elif best[at][to] == best[at + 1][to]:
            pairs.append((before[at], None))
            at += 1
        else:
            pairs.append((None, after[to]))
            to += 1
    return [*pairs, *((old, None) for old in before[at:]), *((None, new) for new in after[to:])]


def _likeness(old: str, new: str) -> float:
    """How much two paragraphs have in common, from 0 to 1; 0 for what is hardly the same."""
    found = SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()
    return found if found >= LEAST_ALIKE else 0.0


def _compared(old: str, new: str) -> Changed:
    """Two rows of a table cell by cell where they have as many cells, anything else as one run of words."""
    before, after = old.split(CELL), new.split(CELL)
    if len(before) == len(after) > 1:
        cells = [_words(was.strip(), now.strip()) for was, now in zip(before, after, strict=True)]
        between = Piece("same", CELL)
        return Changed(tuple(piece for cell in cells for piece in (*cell, between))[:-1])
    return Changed(_words(old, new))


def _words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return tuple(Piece(kind, text) for kind, text in (("removed", old), ("added", new)) if text)
    pieces: list[Piece] = []
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", " ".join(after[from_:to])))
            continue
        if end > start:
            pieces.append(Piece("removed", " ".join(before[start:end])))
        if to > from_:
            pieces.append(Piece("added", " ".join(after[from_:to])))
    return tuple(pieces)
