"""When a sentence says that something is to be done: "hoàn thành trước ngày 30/6/2026", "mỗi năm ít nhất 03 km"."""

from __future__ import annotations

import re

from .normalise import plain, squeeze

_WHEN = r"(?:quy (?:iv|i{1,3}|[1-4])\b|thang \d|\d{1,2}/\d{1,2}|nam 20\d\d|ngay \d)"
_TRIGGER = (
    r"\b(?:hoan thanh|xong|cham nhat|muon nhat|thoi gian|truoc ngay|truoc thang|truoc quy|truoc (?=\d)|trong quy"
    r"|trong thang|den het|tu ngay|tu thang)"
)
_TIME_INSIDE = re.compile(rf"{_TRIGGER}(?:(?!\b(?:hoan thanh|xong)\b)[^.;:()]){{0,60}}?{_WHEN}[^.;:()]{{0,40}}")
_RHYTHM = re.compile(
    r"(?<=[(;,] )thuong xuyen(?=\s*[);.])|(?<=\()thuong xuyen(?=\s*[);.])|\bthuc hien thuong xuyen\b"
    r"|^(?:hang|moi) (?:nam|quy|thang|tuan)\b|\b(?:hang|moi) (?:nam|quy|thang|tuan),? (?:it nhat"
    r"|toi thieu) \d+ [^\s,.;]+|\bdinh ky (?:hang |hằng )?(?:nam|quy|thang|tuan)\b"
    r"|\b\d+ [^\s/;.,]+\s*/\s*(?:nam|quy|thang"
    r"|tuan)\b|it nhat \d+[^.;]{0,20}/\s*\w+"
)


_LABELLED = re.compile(r"\b(?:thoi gian|thoi han|tien do)(?: (?:thuc hien|hoan thanh))?\s*:\s*([^.;:]{3,90})")


def time_inside(text: str) -> str | None:
    """The words of a sentence that say when it is to be done."""
    folded = plain(text[:4000])
    labelled = _LABELLED.search(folded)
    if labelled:
        words = squeeze(text[labelled.start(1) : labelled.end(1)]).strip(" ,.;")
        return words[:-1] if words.endswith(")") and words.count("(") < words.count(")") else words
    found = _TIME_INSIDE.search(folded) or _RHYTHM.search(folded)
    return squeeze(text[found.start() : found.end()]).strip(" ,.;") if found else None
