"""The words of a whole text as the search compares them, and the place in a text that answers best to some of them.

A word is a run of letters and digits, in Vietnamese one syllable. It is compared without case and marks, or with its
marks in one placement of tones (hoà is hòa). A phrase is words that follow each other, whatever signs are between.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from .normalise import bare, low

LONGEST_WORD = 40  # a longer one is compared by its beginning
PASSAGE = 270  # letters, what is read together
MOST_PLACES = 400  # of a part that are looked at
_SIGN = re.compile(r"[\W_]")


def composed(text: str) -> str:
    """The text in NFC with Đ for the Icelandic Ð: the one in which places are counted."""
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


def folded_words(text: str) -> str:
    """The words without case and marks, one space between ("Đức-Tân (xã)" -> "duc tan xa")."""
    return _joined(bare(composed(text)))


def marked_words(text: str) -> str:
    """The words in lower case with their marks, one space between."""
    return _joined(low(composed(text)))


def spans_of(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Where these folded words and phrases stand in a composed text, as whole words, in order and not overlapping."""
    places: list[tuple[int, int]] = []
    for begin, end, _ in sorted(_places(_SIGN.sub(" ", bare(text)), parts)):
        if not places or begin >= places[-1][1]:
            places.append((begin, end))
    return places


def best_place(text: str, parts: Sequence[str], typed: str) -> int | None:
    """Where the passage of a composed text begins that has most of these folded parts; None where it has none.

    What was typed goes first where it stands as it was typed, with its marks; then where it stands without.
    """
    for whole, words in ((low(text), marked_words(typed)), (bare(text), folded_words(typed))):
        found = next(_places(_SIGN.sub(" ", whole), [words]), None)
        if found:
            return found[0]
    found_places = sorted(_places(_SIGN.sub(" ", bare(text)), parts))
    best, most, last = None, 0, 0
    within: Counter[int] = Counter()
    for begin, _, part in found_places:
        while last < len(found_places) and found_places[last][0] < begin + PASSAGE:
            within[found_places[last][2]] += 1
            last += 1
        if len(within) > most:
            best, most = begin, len(within)
        within[part] -= 1
        within += Counter()
    return best


def _joined(text: str) -> str:
    return " ".join(word[:LONGEST_WORD] for word in _SIGN.sub(" ", text).split())


def _places(spaced: str, parts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Begin, end and number of the part for each place of each part in a text whose signs are spaces."""
    for number, part in enumerate(parts):
        words = part.split()
        if not words:
            continue
        cut = r"\w*" if len(words[-1]) >= LONGEST_WORD else ""
        sought = re.compile(r"(?<!\w)" + r"\s+".join(words) + cut + r"(?!\w)")
        for at, found in enumerate(sought.finditer(spaced)):
            if at == MOST_PLACES:
                break
            yield found.start(), found.end(), number
