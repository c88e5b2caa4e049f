"""Labelled facts of a task: "Chủ trì: …", "Đơn vị phối hợp: …", "Thời gian: …", "Sản phẩm: …" in their spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .normalise import plain

Field = Literal["lead", "coop", "time", "product", "budget", "solution", "aside", "both"]

_WHO = (
    r"(?:(?:cac )?(?:don vi|co quan|bo phan|phong|ban|nganh|to chuc|ca nhan|can bo|cong chuc|nguoi|lanh dao|dau moi"
    r"|dia phuong|tap the|to)(?: lien quan(?: cung)?)?(?:\s*(?:,|/|va|hoac|-)\s*(?=don vi|co quan|bo phan"
    r"|ca nhan|to chuc"
    r"|can bo|cong chuc|dia phuong|nguoi))?\s*){0,6}"
)
_LABELS: tuple[tuple[Field, str], ...] = (
    ("both", rf"{_WHO}chu tri,?\s*(?:va |/\s*)?phoi hop(?: thuc hien)?"),
    ("coop", rf"{_WHO}ho tro(?: thuc hien)?"),
    (
        "coop",
        rf"(?:phan cong |trach nhiem )?{_WHO}(?:tham gia,? )?(?:cung )?phoi hop(?:,? (?:thuc hien"
        rf"|tham muu|trien khai|to chuc|voi))?",
    ),
    (
        "lead",
        rf"(?:phan cong |giao |trach nhiem |nhiem vu )?{_WHO}chu tri(?:,? (?:thuc hien|tham muu"
        rf"|trien khai|to chuc|chinh|giai quyet|soan thao))*",
    ),
    (
        "lead",
        r"(?:(?:don vi|co quan|bo phan|phong|ban|to chuc|ca nhan|can bo|cong chuc|nguoi|to|tap the)"
        r"(?:\s*(?:,|/|va)\s*(?:don vi|ca nhan|bo phan|to chuc))*\s*,?\s*)(?:duoc )?"
        r"(?:to chuc thuc hien|thuc hien|phu trach|chiu trach nhiem(?: chinh)?|dam nhiem|duoc giao|duoc phan cong"
        r"|dau moi|trien khai|tham muu|theo doi)"
        r"(?: thuc hien| chinh)?",
    ),
    (
        "lead",
        r"(?:phan cong(?: thuc hien| nhiem vu| trach nhiem)?|trach nhiem(?: thuc hien)?|phu trach"
        r"|dau moi(?: thuc hien)?|don vi|giao|thuc hien)",
    ),
    (
        "time",
        r"(?:du kien )?(?:thoi gian|thoi han|thoi diem|tien do|lo trinh|han)(?:,? (?:va )?(?:thuc "
        r"hien|hoan thanh|to chuc|trien khai|bao cao"
        r"|tien do|du kien|ket thuc|thoi han|thoi gian|dia diem))*",
    ),
    ("time", r"(?:hoan thanh|xong|ngay hoan thanh|moc thoi gian|tan suat)(?: (?:thoi gian|trong|vao))?"),
    (
        "product",
        r"(?:(?:du kien )?(?:san pham|ket qua|dau ra)(?:,? (?:va |/\s*)?(?:san pham|ket qua|dau ra"
        r"|du kien|can dat|hoan thanh|thuc hien"
        r"|dat duoc|phai dat|mong doi|yeu cau|chu yeu|cu the))*|hinh thuc san pham)",
    ),
    ("budget", r"(?:nguon )?(?:kinh phi|du toan|nguon luc)(?: (?:thuc hien|du kien|to chuc))?"),
    (
        "solution",
        r"(?:nhiem vu,? giai phap|giai phap(?: thuc hien)?|noi dung(?: thuc hien| cong viec| cu "
        r"the| chinh| nhiem vu| hoat dong)?|nhiem vu(?: cu the| trong tam)?"
        r"|bien phap|cach thuc(?: thuc hien)?|hinh thuc(?: thuc hien| to chuc)?|cong viec|hoat dong|yeu cau)",
    ),
    ("aside", r"(?:nguoi|lanh dao|don vi|co quan|dong chi)? ?(?:chi dao|duyet|phe duyet|kiem tra|giam sat)(?: chung)?"),
    (
        "aside",
        r"(?:dia diem|doi tuong|thanh phan|so luong|quy mo|pham vi|muc tieu|chi tieu|ghi chu|muc "
        r"dich)(?: (?:thuc hien|tham gia|tham du|to chuc))?",
    ),
)
_LABEL = re.compile(
    r"(?:^|(?<=[.;,:(\n])|(?<=[.;,:(] )|(?<=- )|(?<=\+ ))\s{0,4}(?:[-+*•(]\s{0,4}){0,3}"
    + "(?:" + "|".join(f"(?P<{name}_{index}>{words})" for index, (name, words) in enumerate(_LABELS)) + (
        r")\s*(?:\([^()]{1,40}\)\s*)?:\s*")
)  # fmt: skip
_INLINE: frozenset[Field] = frozenset({"lead", "coop", "time", "product", "both", "budget"})


@dataclass(frozen=True)
class Labelled:
    """The words before the first label, and each label's field with its words; `bare` names the label as written."""

    before: str
    fields: tuple[tuple[Field, str], ...]
    labels: tuple[str, ...] = ()


def read_labels(text: str) -> Labelled | None:
    """The labelled facts of one paragraph, or None when it has none; text before them is kept."""
    hits = [hit for hit in _LABEL.finditer(plain(text[:6000])) if hit.start() == 0 or _is_inline(hit)]
    if not hits or (hits[0].start() > 0 and not _certain(hits)):
        return None
    ends = [hit.start() for hit in hits[1:]] + [len(text)]
    fields = tuple((_field(hit), _value(text[hit.end() : end])) for hit, end in zip(hits, ends, strict=True))
    labels = tuple(plain(hit.group()).strip(" -+*•(:") for hit in hits)
    return Labelled(text[: hits[0].start()].strip(" ;,(-"), fields, labels)


def begins_with_label(line: str) -> bool:
    """Whether a line is the labelled fact of a task ("Phối hợp: …"), written as the first words of its own line."""
    found = _LABEL.match(plain(line[:200]))
    return found is not None and line[:1].isupper() and _field(found) in _INLINE


def _is_inline(hit: re.Match[str]) -> bool:
    """A label that may stand inside a sentence; "thực hiện:" alone is one only at its start."""
    return _field(hit) in _INLINE and hit.group().strip(" -+*(:") != "thuc hien"


def _certain(hits: list[re.Match[str]]) -> bool:
    """Labels inside a sentence count only when one of them names who leads or helps."""
    return any(
        _field(hit) in ("lead", "coop", "both")
        and (
            "chu tri" in hit.group()
            or "phoi hop" in hit.group()
            or "thuc hien" in hit.group()
            or "phu trach" in hit.group()
        )
        for hit in hits
    )


def _field(hit: re.Match[str]) -> Field:
    index = int(str(hit.lastgroup).rsplit("_", 1)[1])
    return _LABELS[index][0]


def _value(words: str) -> str:
    words = words.strip().rstrip(";,. ").strip()
    return words[:-1].rstrip(" .;") if words.endswith(")") and words.count("(") < words.count(")") else words
