"""Words made printable with one font: what it lacks gets its nearest relative or a box, long words may break."""

from __future__ import annotations

import re
import unicodedata

from workflows.letters import composed

LONGEST_WORD = 24
_BREAK = "\u200b"
_BOX = "□"
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# Bullets of Wingdings and Symbol, as Word leaves them in the private use area, and boxes to tick.
_RELATIVES = {"\uf0b7": "•", "\uf0a7": "•", "\uf02d": "-", "\uf0d8": "-", "☐": "□", "☑": "■", "☒": "■", "✓": "√"}


def fitted(words: str, characters: frozenset[int]) -> str:
    """The words in NFC without control characters, nothing in them that the font cannot print."""
    words = _CONTROL.sub("", composed(words)).replace("\t", " ")
    if not all(ord(letter) in characters for letter in words if letter not in "\n "):
        words = "".join(_known(letter, characters) for letter in words)
    return _LONG.sub(_breakable, words) if _LONG.search(words) else words


def _known(letter: str, characters: frozenset[int]) -> str:
    if ord(letter) in characters or letter in "\n ":
        return letter
    if letter in _RELATIVES:
        return _known(_RELATIVES[letter], characters) if _RELATIVES[letter] != letter else "?"
    if unicodedata.category(letter) in ("Cf", "Mn", "Zs"):
        return " " if unicodedata.category(letter) == "Zs" else ""
    bare = unicodedata.normalize("NFKC", letter)
    if bare != letter and all(ord(each) in characters for each in bare):
        return bare
    return _BOX if ord(_BOX) in characters else "?"


def _breakable(found: re.Match[str]) -> str:
    """A word of this length is an address or a code: it may break behind its signs, else after so many letters."""
    word = re.sub(r"(?<=[/.?&=_@:;,-])(?=[^\s/.?&=_@:;,-])", _BREAK, found[0])
    return re.sub(rf"([^{_BREAK}\s]{{{LONGEST_WORD}}})(?=[^{_BREAK}\s])", rf"\1{_BREAK}", word)
