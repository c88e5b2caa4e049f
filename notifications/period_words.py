"""The key of a period in words: of a report cycle, or of one time of a duty."""

from __future__ import annotations

_ROMAN = ("I", "II", "III", "IV")
_HALVES = ("6 tháng đầu", "6 tháng cuối")


def period_text(key: str) -> str:
    """ "2026", "2026-H1", "2026-Q3", "2026-10", "2026-W05" in words; "" for what is done once.

    What stands before a colon tells several times of one duty apart ("2:2026-10") and is no word.
    """
    year, _, part = key.rpartition(":")[2].partition("-")
    if not year.isdecimal():
        return ""
    kind, number = part[:1], part[1:]
    if kind == "Q" and number in ("1", "2", "3", "4"):
        return f"quý {_ROMAN[int(number) - 1]}/{year}"
    if kind == "H" and number in ("1", "2"):
        return f"{_HALVES[int(number) - 1]} năm {year}"
    if kind == "W" and number.isdecimal():
        return f"tuần {int(number)}/{year}"
    return f"tháng {int(part)}/{year}" if part.isdecimal() else f"năm {year}"
