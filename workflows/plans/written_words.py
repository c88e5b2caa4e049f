"""The words of a whole text as the search compares them, and the place in a text that answers best to some of them.

A word is a run of letters and digits, in Vietnamese one syllable. It is compared without case and marks, or with its
marks in one placement of tones (hoà is hòa). A phrase is words that follow each other, whatever signs are between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from workflows.letters import composed

from .normalise import bare, low

LONGEST_WORD = 40  # a longer one is compared by its beginning
PASSAGE = 270  # letters, what is read together
MOST_PLACES = 400  # of a part that are looked at
_SIGN = re.compile(r"[\W_]")


def countable(text: str) -> str:
    """The text in NFC with Đ for the Icelandic Ð: the one in which places are counted."""
    return composed(text).replace("Ð", "Đ").replace("ð", "đ")


def folded_words(text: str) -> str:
    """The words without case and marks, one space between ("Đức-Tân (xã)" -> "duc tan xa")."""
    return _joined(bare(countable(text)))


def marked_words(text: str) -> str:
    """The words in lower case with their marks, one space between."""
    return _joined(low(countable(text)))


def spans_of(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Where these folded words and phrases stand in a countable text, as whole words, in order and not overlapping."""
    places: list[tuple[int, int]] = []
    for begin, end, _ in sorted(_places(bare(text), parts)):
        if not places or begin >= places[-1][1]:
            places.append((begin, end))
    return places


def best_place(text: str, parts: Sequence[str], typed: str) -> int | None:
    """Where the passage of a countable text begins that has most of these folded parts; None where it has none.

    What was typed goes first where it stands as it was typed, with its marks; then where it stands without.
    """
    marked, folded = marked_words(typed), folded_words(typed)
    if marked != folded:
        as_typed = next(_places(low(text), [marked]), None)
        if as_typed:
            return as_typed[0]
    flat = bare(text)
    whole = next(_places(flat, [folded]), None)
    return whole[0] if whole else _densest(sorted(_places(flat, parts)))


def _densest(places: Sequence[tuple[int, int, int]]) -> int | None:
    """The first of these places from which most different parts stand within a passage."""
    best, most, last = None, 0, 0
    within: Counter[int] = Counter()
    for begin, _, part in places:
        while last < len(places) and places[last][0] < begin + PASSAGE:
            within[places[last][2]] += 1
            last += 1
        if len(within) > most:
            best, most = begin, len(within)
        within[part] -= 1
        if not within[part]:
            del within[part]
    return best


def _joined(text: str) -> str:
    return " ".join(word[:LONGEST_WORD] for word in _SIGN.sub(" ", text).split())


def _places(text: str, parts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Begin, end and number of the part for each place of each part in a text of lower case."""
    for number, part in enumerate(parts):
        words = part.replace("_", " ").split()
        if not words:
            continue
        cut = r"[^\W_]*" if len(words[-1]) >= LONGEST_WORD else ""
        sought = re.compile(
            rf"{words[0]}(?<![^\W_]{words[0]})" + "".join(rf"[\W_]+{word}" for word in words[1:]) + cut + r"(?![^\W_])"
        )
        for found in islice(sought.finditer(text), MOST_PLACES):
            yield found.start(), found.end(), number
