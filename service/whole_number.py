"""A whole number that somebody typed, or that stands in a hidden field or an address."""

from __future__ import annotations

LONGEST = 12  # digits: no row has a greater number, and every database holds it


def whole_number(typed: str, digits: int = LONGEST) -> int | None:
    """The number that at most so many digits 0–9 write; None for anything else, numerals of other scripts included."""
    if not typed.isascii() or not typed.isdecimal() or len(typed) > digits:
        return None
    return int(typed)
