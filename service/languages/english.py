"""What English writes in another form than Vietnamese: days, periods and figures."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = {"H1": "first half of", "H2": "second half of", "6T": "six months of", "9T": "nine months of"}


def day(value: date) -> str:
    """3 March 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def period(key: str) -> str:
    """The key of a period: 2026, "Q3 2026", "October 2026", "week 5 of 2026"; empty for what is done once."""
    year, _, part = key.rpartition(":")[2].partition("-")
    if not year.isdecimal():
        return ""
    if re.fullmatch("Q[1-4]", part):
        return f"{part} {year}"
    if re.fullmatch(r"W\d+", part):
        return f"week {int(part[1:])} of {year}"
    if part in _PARTS:
        return f"{_PARTS[part]} {year}"
    return f"{MONTHS[int(part) - 1]} {year}" if part.isdecimal() else year


def figure(written: str) -> str:
    """A figure that was written with points and a decimal comma, with commas and a decimal point."""
    return written.translate(str.maketrans(",.", ".,"))
