"""The head of a document: issuing body, number and symbol, place and date, kind of document (NĐ 30/2020 Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import DocumentDate, parse_document_date
from .normalise import clean_line, plain, squeeze
from .numbering import NumberLine, parse_number_line
from .paragraphs import is_capitals, marker_of

DOC_TYPES = (
    "KẾ HOẠCH", "BÁO CÁO", "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH", "ĐỀ ÁN", "PHƯƠNG ÁN", "THÔNG BÁO", "HƯỚNG DẪN",
    "TỜ TRÌNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "CÔNG ĐIỆN", "DỰ ÁN", "BIÊN BẢN", "GIẤY MỜI", "CÔNG VĂN", "KẾT LUẬN",
)  # fmt: skip
_BY_SYMBOL = {
    "KH": "KẾ HOẠCH", "BC": "BÁO CÁO", "NQ": "NGHỊ QUYẾT", "QĐ": "QUYẾT ĐỊNH", "CTr": "CHƯƠNG TRÌNH", "CT": "CHỈ THỊ",
    "TB": "THÔNG BÁO", "HD": "HƯỚNG DẪN", "TTr": "TỜ TRÌNH", "ĐA": "ĐỀ ÁN", "PA": "PHƯƠNG ÁN",
}  # fmt: skip
_COLUMNS = re.compile(r"\t+|\s*\|\s*|\s{3,}")
_MOTTO = re.compile(r"cong\s*$|(?:cong )?hoa xa hoi chu nghia|doc lap\s*-|dang cong san viet nam")
_MASHED = re.compile(
    r"(?=CỘNG H[ÒO][ÀA]? XÃ HỘI)|(?=Độc lập\s*[-–])|(?=ĐẢNG CỘNG SẢN)"
    r"|(?<=[A-ZĐ]{2})\s+(?=[^\W\d_][^,\d]{1,30}, ngày)"
)
_TYPE_LINE = re.compile(rf"(?:DỰ THẢO\s+)?({'|'.join(DOC_TYPES)})(?=\s*$|\s*[:.]\s*|\s+\S)(?!\s*(?:SỐ|Số|số)\b)")
_RULE = re.compile(r"[-_=*.\s–—~]*$")
_SPREAD = re.compile(r"(?:[A-ZĐẠẾÁÀẢ] ){4,}[A-ZĐẠẾÁÀẢ]$")


@dataclass(frozen=True)
class Head:
    """What stands above the title; the body begins behind `last_line`."""

    number: NumberLine | None
    date: DocumentDate | None
    doc_type: str | None
    type_found: bool
    type_line: int
    rest_of_type_line: str
    last_line: int
    capitals: tuple[tuple[int, str], ...]


def read_head(lines: Sequence[str]) -> Head:
    """Reads the head within the first sixty lines; whatever is absent is None."""
    number: NumberLine | None = None
    day: DocumentDate | None = None
    capitals: list[tuple[int, str]] = []
    last = type_line = 0
    doc_type, rest = None, ""
    for no, line in enumerate(lines[:60], start=1):
        cleaned = clean_line(line)
        found = _type_of(cleaned) if cleaned else None
        if found:
            doc_type, rest, type_line = found[0], found[1], no
            break
        if marker_of(cleaned)[0] in ("roman", "number") or len(cleaned) > 300:
            break
        for fragment in fragments(line):
            number_here, day_here = parse_number_line(fragment), parse_document_date(fragment)
            number, day = number or number_here, day or day_here
            if number_here or day_here or _MOTTO.match(plain(fragment)):
                last = no
            elif is_capitals(fragment) and number is None and day is None:
                capitals.append((no, fragment))
    known = doc_type or _type_of_symbol(number)
    return Head(number, day, known, doc_type is not None, type_line, rest, type_line or last, tuple(capitals))


def fragments(line: str) -> list[str]:
    """The pieces of a line that stood in different columns: parted by tabs, pipes, wide gaps or the national motto."""
    wide = [clean_line(piece) for piece in _COLUMNS.split(line.strip())]
    pieces = [squeeze(part) for piece in wide for part in _MASHED.split(piece)]
    return [piece for piece in pieces if piece and not _RULE.fullmatch(piece)]


def _type_of(line: str) -> tuple[str, str] | None:
    if _SPREAD.match(line):
        line = re.sub(r" {2,}", "  ", line).replace("  ", "\t").replace(" ", "").replace("\t", " ")
        line = next((kind for kind in DOC_TYPES if kind.replace(" ", "") == line.replace(" ", "")), line)
    found = _TYPE_LINE.match(line.lstrip("# "))
    if not found:
        return None
    return found[1], line.lstrip("# ")[found.end() :].strip(" :.-–")


def _type_of_symbol(number: NumberLine | None) -> str | None:
    return _BY_SYMBOL.get(re.split(r"[-/]", number.symbol)[0]) if number else None
