"""Kinds of documents and copies with their abbreviations (NĐ 30/2020 Phụ lục III), and which share a series."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

KINDS: Mapping[str, str] = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QYĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
}
LETTER = "CV"  # a công văn has no abbreviation of its own in its symbol: "UBND-VP"
# Copies of every form have one series of numbers (NĐ 30/2020 Phụ lục I phần II).
COPIES: Mapping[str, str] = {"SY": "Bản sao y", "SL": "Bản sao lục", "TrS": "Bản trích sao"}
COPY_SERIES = "ban_sao"
_BY_CAPITALS = {code.upper(): code for code in (*KINDS, *COPIES)}


def read_kinds(words: str) -> list[str]:
    """The abbreviations in "kh, BC; cv", as the decree writes them; a word that is none stays as it is."""
    known = {**_BY_CAPITALS, LETTER: LETTER}
    return [known.get(each.upper(), each) for each in re.split(r"[\s,;]+", words) if each]


def kind_code(symbol: str) -> str:
    """The abbreviation of a document's kind by its symbol; "CV" for the symbol of a công văn."""
    return _BY_CAPITALS.get(symbol.partition("-")[0].upper(), LETTER)


def kind_name(symbol: str) -> str:
    """The kind as people say it: "Kế hoạch" for "KH-UBND", "Công văn" for "UBND-VP"."""
    code = kind_code(symbol)
    return KINDS.get(code) or COPIES.get(code, "Công văn")


def series_for(symbol: str, shared: Mapping[str, Sequence[str]]) -> str:
    """The series of numbers that a document with this symbol belongs to (NĐ 30/2020 Điều 15.1c).

    `shared` gives for each shared series the kinds in it, as the head of the office decided; every other symbol has a
    series of its own, and all letters (công văn) have one, as have all copies.
    """
    code = kind_code(symbol)
    if code in COPIES:
        return COPY_SERIES
    for series, codes in shared.items():
        if code in codes:
            return series
    return LETTER if code == LETTER else symbol
