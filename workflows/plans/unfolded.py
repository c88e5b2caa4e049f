"""A text that lost its line ends: cut again where its parts, points and end begin, its reading put back in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .document import PlanDocument
from .document_parts import Json
from .normalise import UPPER, clean_line

_LONG = 500
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LETTERS = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m")
_MARK = re.compile(
    rf"(?:^|\s)(?:(?P<roman>[IVX]{{1,4}})\s?[./]|(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})[.)]|(?P<letter>[a-zđ])\))\s+(?=[{UPPER}“\"(])"
)
_LABEL = r"(?:chủ trì|phối hợp|thời gian|thời hạn|sản phẩm|kết quả|đơn vị|cơ quan|bộ phận|kinh phí|nội dung)"
# Where a line was: before items and labels, around the pieces of the head, and around those of the end.
_PLACES = (
    r"(?<=[.;:])\s+(?=[-+•*]\s+\S)",
    rf"(?<=[{UPPER}]{{2}})\s+(?=[-+]\s[{UPPER}][^\W\d_{UPPER}])",
    rf"\s+(?=-\s(?i:{_LABEL})[^.;:]{{0,30}}:)",
    r"\s+(?=CỘNG H[OÒ])",
    rf"(?<=VIỆT NAM)\s+(?=[{UPPER}])",
    r"\s+(?=Độc lập\s?[-–])",
    r"(?<=[Hh]ạnh phúc)\s+(?=\S)",
    r"\s+(?=Số\s?:)",
    rf"(?<=[{UPPER}])\s+(?=[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}}, ngày)",
    r"(?<=\d{4})\s+(?=KẾ HOẠCH\b)",
    rf"(?<=KẾ HOẠCH)\s+(?=[{UPPER}][^\W\d_{UPPER}])",
    r"(?<=\S)(?<![a-zđ]\))(?<!\d\.)\s+(?=(?:Căn cứ|Thực hiện) (?:Luật|Nghị|Quyết|Kế|Chỉ|Công văn))",
    r"(?<=\./\.)\s+",
    r"\s+(?=Nơi nhận\s*:)",
    r"(?<=[;.])\s+(?=[-+]?\s?Lưu\b)",
    rf"\s+(?=(?:TM|KT|TL|Q)\.\s?[{UPPER}]{{2}})",
    r"(?<=DÂN)\s+(?=CHỦ TỊCH)",
    r"(?<=CHỦ TỊCH)\s+(?=PHÓ CHỦ TỊCH)",
    r"(?<=GIÁM ĐỐC)\s+(?=PHÓ GIÁM ĐỐC)",
    rf"(?:(?<=TỊCH)|(?<=ĐỐC)|(?<=PHÒNG))\s+(?=[{UPPER}][^\W\d_{UPPER}])",
)
_CUTS = re.compile("|".join(_PLACES))


def unfold(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """The lines, those cut that hold several parts of a plan, with the number of each in the text; as a rule None."""
    if not any(len(line) > _LONG and _parts(line) >= 2 for line in lines):
        return None
    cut: list[str] = []
    numbers: list[int] = []
    for no, line in enumerate(lines, start=1):
        pieces = _pieces(clean_line(line)) if len(line) > _LONG else [line]
        cut.extend(pieces)
        numbers.extend([no] * len(pieces))
    return tuple(cut), tuple(numbers)


def put_back(document: PlanDocument, lines: Sequence[str], numbers: Sequence[int]) -> PlanDocument:
    """The reading of the cut lines with the line numbers of the text itself."""
    shape: Json = {key: _placed(key, value, numbers) for key, value in document.to_json().items() if key != "lines"}
    return PlanDocument.from_json({**shape, "lines": list(lines)})


def _parts(line: str) -> int:
    """How many main parts, counted I, II, III …, stand in one line."""
    return sum(kind == "roman" for _, kind in _points(clean_line(line)))


def _points(line: str) -> Iterator[tuple[int, str]]:
    """Where points begin that are counted on: I., II.; under each 1., 2.; under each a), b)."""
    roman = number = letter = 0
    for found in _MARK.finditer(line):
        if found["roman"] and roman < len(_ROMANS) and found["roman"] == _ROMANS[roman]:
            roman, number, letter = roman + 1, 0, 0
            yield found.start(), "roman"
        elif found["number"] and int(found["number"].split(".")[0]) == number + ("." not in found["number"]):
            number, letter = int(found["number"].split(".")[0]), 0
            yield found.start(), "number"
        elif found["letter"] and letter < len(_LETTERS) and found["letter"] == _LETTERS[letter]:
            letter += 1
            yield found.start(), "letter"


def _pieces(line: str) -> list[str]:
    places = sorted({at for at, _ in _points(line)} | {found.start() for found in _CUTS.finditer(line)})
    ends = [*places, len(line)]
    pieces = [line[start:end].strip() for start, end in zip([0, *places], ends, strict=True)]
    return [piece for piece in pieces if piece] or [line]


def _placed(key: str, value: object, numbers: Sequence[int]) -> object:
    """A part of the JSON of a reading with each line number put back."""
    if isinstance(value, dict):
        return {inner: _placed(inner, each, numbers) for inner, each in value.items()}
    if isinstance(value, list):
        return [numbers[no - 1] if key == "lines" else _placed(key, no, numbers) for no in value]
    if isinstance(value, int) and key in ("line", "end_mark"):
        return numbers[value - 1]
    if isinstance(value, str) and key in ("from", "inherited_from"):
        return re.sub(r"\bline (\d+)", lambda found: f"line {numbers[int(found[1]) - 1]}", value)
    return value
