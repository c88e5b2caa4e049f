"""Documents that a plan rests on, carries out or cites: kind, number, date, issuer, and in which role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dates import real_date
from .document_parts import Reference
from .normalise import plain, squeeze
from .paragraphs import Paragraph

_TYPES = (
    "Thông tư liên tịch|Nghị quyết liên tịch|Nghị quyết|Quyết định|Kế hoạch|Chỉ thị|Nghị định|Thông tư|Công văn"
    "|Hướng dẫn"
    "|Kết luận|Chương trình hành động|Chương trình|Đề án|Thông báo|Tờ trình|Báo cáo|Văn bản|Quy định|Quy chế|Công điện"
    "|Thông tri|Pháp lệnh|Luật"
)
_SHORT = r"\d{1,5}[a-zđ]?(?:/\d{4})?\s?[/-]\s?[A-ZĐ][\w&.]*(?:\s?[-/]\s?[A-ZĐ][\w&.]*){0,4}"
_DATE = (
    r"(?:\s*,?\s*ng[àa]y\s+(?P<day>\d{1,2})(?:/|-|\.|\s+tháng\s+)"
    r"(?P<month>\d{1,2})(?:/|-|\.|\s+năm\s+)(?P<year>\d{4}))?"
)
# "Luật Hợp tác xã số 17/2023/QH15": the name of the document may stand between its kind and its number.
_NAMED = rf"(?:\s(?:(?!{_TYPES})[^\d;.:()\"“]){{2,90}}?\ssố\s*:?\s*)"
REFERENCE = re.compile(rf"(?P<type>{_TYPES})(?:\s*(?:số\s*:?\s*)?|{_NAMED})(?P<number>{_SHORT}){_DATE}", re.IGNORECASE)
_LEAD_IN = re.compile(r"Căn cứ(?:\s+vào)?\s+(?:các\s+)?", re.IGNORECASE)
_LAW = re.compile(r"(?:các )?(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+[^;]{4,300}")
_LAW_DATE = re.compile(r"ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})")
_OF = re.compile(
    r"(?:,?\s*của\s+|\s+)(?P<issuer>(?:Chính phủ|Thủ tướng Chính phủ|Chủ tịch|UBND|Ủy ban|Uỷ ban|HĐND"
    r"|Hội đồng|Hội nghị|Ban |Bộ |Bộ trưởng"
    r"|Sở |Tỉnh [uủ]|Tỉnh uỷ|Huyện |Thành [uủ]|Đảng |Quốc hội|Thường trực|Phòng |Liên |Tổng )[^;.,()]{0,90}?)"
    r"(?=\s+(?i:về|ban hành|phê duyệt|quy định|hướng dẫn|sửa đổi|triển khai|tuyên truyền|truyền "
    r"thông|đã|có|lần thứ|khóa|khoá|một số|góp|và hướng|thực hiện|và Quyết|và Nghị|và Kế|và Thông)"
    r"|[;.,()]|$)"
)
_BY_SYMBOL = (
    (re.compile(r"QĐ-TTg|CT-TTg|CĐ-TTg"), "Thủ tướng Chính phủ"),
    (re.compile(r"NĐ-CP|NQ-CP"), "Chính phủ"),
    (re.compile(r"-?NQ/TW|-?CT/TW|-KL/TW|-QĐ/TW"), "Ban Chấp hành Trung ương"),
    (re.compile(r"NQ/TU|CTr/TU|KH/TU"), "Tỉnh ủy"),
    (re.compile(r"QH\d+"), "Quốc hội"),
)
_BASE = re.compile(r"can cu(?! (?:theo )?(?:ke hoach nay|ke hoach,|chuc nang|nhiem vu|tinh hinh|vao|noi dung))")
_ROLE_INSIDE = "thực hiện"
_THEN_CARRIES_OUT = re.compile(r"[;.,] (?:va )?(?:trien khai )?thuc hien (?:(?!can cu)[^;.])*$")
_CARRIES_OUT = re.compile(r"(?:thuc hien|trien khai thuc hien|trien khai|tiep tuc thuc hien)\b")


def read_references(
    paragraphs: Sequence[Paragraph], title_line: int, first_section: int, section_of_bases: range = range(0)
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """The block of legal bases above the first section, and the documents cited elsewhere; each document once.

    `section_of_bases` are the lines of a section "CĂN CỨ …", which is such a block too.
    """
    bases: list[Reference] = []
    cited: list[Reference] = []
    seen: set[str] = set()
    titled: dict[str, Reference] = {}
    for paragraph in paragraphs:
        if paragraph.first <= title_line:  # a title names a document in full, or as the one that the text tells of
            titled.update({_key(one): one for one in _references_in(paragraph, "cited") if one.date})
            continue
        role = "căn cứ" if paragraph.first in section_of_bases else _role(paragraph, first_section)
        named: dict[str, Reference] = {}
        for one in _references_in(paragraph, role):
            named.setdefault(_key(one), one)
        found = [
            titled.get(key, one) if role == "cited" and one.date is None else one
            for key, one in named.items()
            if key not in seen
        ]
        seen.update(named)
        (cited if role == "cited" else bases).extend(found)
    return tuple(bases), (*(one for key, one in titled.items() if key not in seen), *cited)


def _role(paragraph: Paragraph, first_section: int) -> str:
    if paragraph.first < first_section:
        if _BASE.match(paragraph.plain):
            return "căn cứ"
        if _CARRIES_OUT.match(paragraph.plain):
            return "thực hiện"
    return "cited"


def _references_in(paragraph: Paragraph, role: str) -> list[Reference]:
    text = paragraph.text
    found = [
        _reference(text, hit, _ROLE_INSIDE if role == "căn cứ" and _turns(text, hit.start()) else role, paragraph.first)
        for hit in REFERENCE.finditer(text[:20000])
    ]
    if role != "căn cứ":
        return found
    words = squeeze(re.split(r",\s*(?:nhằm|UBND|Ủy ban)", _LEAD_IN.sub("", text))[0]).strip(" ;.,")
    laws = [_law(piece.strip(" ;.,"), paragraph.first) for piece in words.split(";") if _names_law(piece)]
    if not found and not laws and _LEAD_IN.match(text):
        return [Reference(None, None, None, None, role, paragraph.first, words)]
    return [*found, *laws]


def _turns(text: str, at: int) -> bool:
    """Whether the block went over from what it rests on to what it carries out ("…; thực hiện Kế hoạch số …")."""
    return _THEN_CARRIES_OUT.search(plain(text[:at])) is not None


def _names_law(piece: str) -> bool:
    """Whether a piece of the block names a law without a number ("Luật Phòng, chống thiên tai ngày 19/6/2013")."""
    return _LAW.match(piece.strip()) is not None and REFERENCE.search(piece) is None


def _law(words: str, line: int) -> Reference:
    day = _LAW_DATE.search(words)
    of_day = real_date(int(day[3]), int(day[2]), int(day[1])) if day else None
    return Reference("Luật", None, of_day, None, "căn cứ", line, words)


def _reference(text: str, hit: re.Match[str], role: str, line: int) -> Reference:
    number = re.sub(r"\s*([-/])\s*", r"\1", hit["number"]).rstrip(".,")
    day = real_date(int(hit["year"]), int(hit["month"]), int(hit["day"])) if hit["year"] else None
    of = _OF.match(text, hit.end())
    issuer = squeeze(of["issuer"]) if of else next((by for sign, by in _BY_SYMBOL if sign.search(number)), None)
    if issuer and issuer.startswith("Hội nghị"):
        issuer = issuer.removeprefix("Hội nghị").strip() or issuer
    kind = hit["type"]
    return Reference(kind[0].upper() + kind[1:].lower(), number, day, issuer, role, line)


def _key(reference: Reference) -> str:
    return plain(f"{reference.type} {reference.number or reference.text}")
