"""When a sentence says that something is to be done: "hoàn thành trước ngày 30/6/2026", "mỗi năm ít nhất 03 km"."""

from __future__ import annotations

import re

from .normalise import plain, squeeze

_UNIT = r"(?:nam|quy|thang|tuan|ngay)"
_WHEN = r"(?:quy (?:iv|i{1,3}|[1-4])\b|thang \d|\d{1,2}/\d{1,2}|nam (?:hoc )?20\d\d|ngay \d)"
_TRIGGER = (
    r"\b(?:hoan thanh|xong|cham nhat|muon nhat|thoi gian|truoc (?=ngay|thang|quy|\d)|trong (?=quy|thang|nam 20)"
    r"|den het|tu (?=ngay|thang|quy|nam hoc|\d{1,2}/\d)|vao (?=ngay \d|thang \d|quy |nam 20))"
)
_BRACKETED = r"\),?\s*[^.;:()]{0,30}\((?:truoc|cham nhat|den|tu) "  # "… (trước ngày 12/6), tổng kết (trước ngày 12/12)"
# "…, đợt 2 từ ngày 01/9 đến ngày 30/9/2026"
_MORE_DAYS = rf"(?:(?:[^.;:()]|{_BRACKETED}){{0,40}}?\d{{1,2}}/\d{{1,2}}(?:/20\d\d)?)*"
_TIME_INSIDE = re.compile(
    rf"(?:\b(?:hang|moi) {_UNIT},? )?{_TRIGGER}(?:(?!\b(?:hoan thanh"
    rf"|xong)\b)[^.;:()]){{0,60}}?{_WHEN}{_MORE_DAYS}[^.;:()]{{0,40}}"
)
_LEAST = r"(?:(?:it nhat|toi thieu|khong it hon) )?"
_RHYTHM = re.compile(
    r"(?<=[(;,] )thuong xuyen(?=\s*[);.])|(?<=\()thuong xuyen(?=\s*[);.])|\bthuc hien thuong xuyen\b"
    rf"|^(?:hang|moi) (?:nam|quy|thang|tuan)\b"
    rf"|\b(?:hang|moi) {_UNIT},?(?: [^\W\d]+){{0,3}}? {_LEAST}\d+ (?:chien dich|hoi nghi|chuyen de|[^\s,.;]+)"
    rf"|\bdinh ky (?:hang )?(?:{_UNIT}|6 thang)\b(?! dau| cuoi)"
    rf"|{_LEAST}\b\d+ [^\s/;.,]+(?: [^\s/;.,]+)?\s*/\s*(?:moi )?{_UNIT}\b|it nhat \d+[^.;]{{0,20}}/\s*\w+"
    rf"|\b(?:hang|moi) {_UNIT}(?=\s*(?:[.;,)]|$))"
    r"|\b(?:6|sau|3|ba) thang (?:mot|0?1) lan\b"
    rf"|{_LEAST}\b\d+ (?:lan|dot|cuoc|buoi|ky|lop|hoi nghi|chien dich)\b[^.;]{{0,90}}?\btrong nam\b(?! 20)"
)


# "…; cao điểm vào mùa khô (từ tháng 01 đến tháng 4)" bounds nothing.
_PEAK = re.compile(r"\bcao diem (?:vao|trong|tu|la)\b[^;.]*")
_LABELLED = re.compile(r"\b(?:thoi gian|thoi han|tien do)(?: (?:thuc hien|hoan thanh))?\s*:\s*([^.;:]{3,90})")


# "Báo cáo nhanh tình hình thiệt hại về UBND xã …" among duties is a report, not one more task.
_TELLS = re.compile(
    r"(?:dinh ky[^.;]{0,40}?,? |kip thoi |hang \w+,? )*bao cao\b(?! vien)[^.;]{0,120}?"
    r"\b(?:ve|cho|gui|len|toi) (?!viec|cong tac|tinh)"
)


def only_reports(folded: str) -> bool:
    """Whether a point begins with the duty to report to somebody."""
    return _TELLS.match(folded) is not None


def ends_with_report(folded: str) -> bool:
    """Whether a later clause of a point is such a duty ("Vận động …; báo cáo danh sách về Công an xã …")."""
    return any(only_reports(clause.strip()) for clause in re.split(r"[;.]\s", folded)[1:])


def time_inside(text: str) -> str | None:
    """The words of a sentence that say when it is to be done."""
    folded = _PEAK.sub(lambda found: " " * len(found[0]), plain(text[:4000]))
    labelled = _LABELLED.search(folded)
    if labelled:
        words = squeeze(text[labelled.start(1) : labelled.end(1)]).strip(" ,.;")
        return words[:-1] if words.endswith(")") and words.count("(") < words.count(")") else words
    found = _TIME_INSIDE.search(folded) or _RHYTHM.search(folded)
    return squeeze(text[found.start() : found.end()]).strip(" ,.;") if found else None
