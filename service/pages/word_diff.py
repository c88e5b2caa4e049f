"""What changed between two versions, word by word; where tones stand or how letters are composed is no change."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher

# A paragraph that is hardly the same is clearer shown as removed and added than as confetti.
LEAST_ALIKE = 0.35


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
    lines = unicodedata.normalize("NFC", text).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def _changed(before: list[str], after: list[str]) -> list[Changed]:
    """Pair paragraphs in order; what is left over came or went as a whole."""
    found = [_words(old, new) for old, new in zip(before, after, strict=False)]
    paired = min(len(before), len(after))
    found += [Changed((Piece("removed", text),)) for text in before[paired:]]
    found += [Changed((Piece("added", text),)) for text in after[paired:]]
    return found


def _words(old: str, new: str) -> Changed:
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return Changed((Piece("removed", old), Piece("added", new)))
    pieces: list[Piece] = []
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", " ".join(after[from_:to])))
            continue
        if end > start:
            pieces.append(Piece("removed", " ".join(before[start:end])))
        if to > from_:
            pieces.append(Piece("added", " ".join(after[from_:to])))
    return Changed(tuple(pieces))
