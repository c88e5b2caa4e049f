"""One line of text that is safe in a header: no control or direction characters, NFC, no doubled spaces."""

from __future__ import annotations

import unicodedata

from workflows.letters import composed

# Line ends and control characters separate words; invisible format characters and lone surrogates say nothing.
_SEPARATES = {"Cc", "Zl", "Zp", "Zs"}
_DROPPED = {"Cf", "Cs"}
ELLIPSIS = "…"


def one_line(text: str) -> str:
    """The text as one line; what a person typed can therefore never begin a header or reorder a line."""
    kept = "".join(_visible(character) for character in composed(text))
    return " ".join(kept.split())


def trimmed(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where that costs less than half of them, with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return ELLIPSIS[:limit]
    cut = text[: limit - 1]
    at_word = cut.rfind(" ")
    if text[limit - 1] != " " and at_word > limit // 2:
        cut = cut[:at_word]
    return cut.rstrip(" ,.;:–-") + ELLIPSIS


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _SEPARATES:
        return " "
    return "" if category in _DROPPED else character
