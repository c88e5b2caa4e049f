"""The head of a document: issuing body, number and symbol, place and date, kind of document (NĐ 30/2020 Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .broken_lines import whole_head
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
_COLUMNS = re.compile(r"\t+|\s{3,}|\s{0,2}\|\s{0,2}")
_MOTTO = re.compile(
    r"cong\s*$|(?:cong )?hoa xa hoi(?: chu nghia|$)|chu nghia viet nam|doc lap\s*-|dang cong san viet nam"
    r"|tu do\s*-|hanh phuc$"
)
_MASHED = re.compile(
    r"(?=CỘNG H[ÒO][ÀA]? XÃ HỘI)|(?=Độc lập\s*[-–])|(?=ĐẢNG CỘNG SẢN)"
    r"|(?<=[A-ZĐ]{2})\s+(?=[^\W\d_][^,\d]{1,30}, ngày)"
)
_TYPE_LINE = re.compile(rf"(?:DỰ THẢO\s+)?({'|'.join(DOC_TYPES)})(?=\s*$|\s*[:.]\s*|\s+\S)(?!\s*(?:SỐ|Số|số)\b)")
_NUMBER_LENGTH = re.compile(
    r"[^\d\W]+\s*:?[\s\d.…_]*[/-]\s*(?:\d{4}\s*/\s*)?[^\d\W][\w&.]*(?:\s?[-/]\s?[^\d\W][\w&.]*){0,4}"
)
# "KẾ HOẠCH PHỐI HỢP", "KẾ HOẠCH LIÊN NGÀNH" on a line of its own: the words belong to the type, not to the title.
_KIND_OF_PLAN = re.compile(r"(?:PHỐI HỢP|LIÊN NGÀNH|LIÊN TỊCH|HÀNH ĐỘNG|CÔNG TÁC)$")
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
    for no, line in enumerate(whole_head(lines[:60]), start=1):
        cleaned = clean_line(line)
        found = _type_of(cleaned) if cleaned else None
        if found and not _names_the_issuer(found[1], number, lines[no:60]):
            doc_type, rest, type_line = found[0], found[1], no
            break
        if marker_of(cleaned)[0] in ("roman", "number") or len(cleaned) > 300:
            break
        number_here, day_here = _number_and_date(cleaned)
        number, day = number or number_here, day or day_here
        if number_here or day_here:
            last = no
            continue
        for fragment in fragments(line):
            if _MOTTO.match(plain(fragment)):
                last = no
            elif is_capitals(fragment) and number is None and day is None:
                capitals.append((no, fragment))
    known = doc_type or _type_of_symbol(number)
    return Head(number, day, known, doc_type is not None, type_line, rest, type_line or last, tuple(capitals))


def _names_the_issuer(rest: str, number: NumberLine | None, below: Sequence[str]) -> bool:
    """Whether "ĐỀ ÁN 06 PHƯỜNG NAM CẢNG" above the number is part of a body's name: the type stands alone below."""
    alone = ("KẾ HOẠCH", "")
    return number is None and is_capitals(rest) and any(_type_of(clean_line(line)) == alone for line in below)


def _number_and_date(line: str) -> tuple[NumberLine | None, DocumentDate | None]:
    """Both, from a line that may hold them side by side with gaps where number or day are still blank."""
    line = line.strip(" |\t")
    number = parse_number_line(line)
    start = _NUMBER_LENGTH.match(line)
    words = line[start.end() :] if number and start else line
    at = plain(words).find(", ngay")
    gaps = [gap.end() for gap in _COLUMNS.finditer(words, 0, max(at, 0))]
    place = words[gaps[-1] if gaps else 0 :].strip(" |\t")
    pieces = _MASHED.split(place)
    return number, parse_document_date(squeeze(pieces[-1])) if len(line) < 300 else None


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
    rest = line.lstrip("# ")[found.end() :].strip(" :.-–")
    return found[1], _KIND_OF_PLAN.sub("", rest)


def _type_of_symbol(number: NumberLine | None) -> str | None:
    return _BY_SYMBOL.get(re.split(r"[-/]", number.symbol)[0]) if number else None
