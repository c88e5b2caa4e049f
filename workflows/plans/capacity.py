"""In what capacity a document is signed, and the signature block it gives (NĐ 30/2020 Điều 13, Phụ lục I mục II.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .normalise import plain, squeeze

PREFIXES = ("", "TM.", "KT.", "TL.", "TUQ.", "Q.")
_COLLECTIVES = (
    (r"uy ban nhan dan|ubnd", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    (r"hoi dong nhan dan|hdnd", "HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"),
    (r"uy ban (?:mat tran|mttq)|ubmttq|mat tran", "BAN THƯỜNG TRỰC", "CHỦ TỊCH"),
    (r"ban chi dao", "BAN CHỈ ĐẠO", "TRƯỞNG BAN"),
)
_HEADS = (
    (r"so |trung tam|bao hiem|kho bac", "GIÁM ĐỐC"),
    (r"phong ", "TRƯỞNG PHÒNG"),
    (r"van phong", "CHÁNH VĂN PHÒNG"),
    (r"thanh tra", "CHÁNH THANH TRA"),
    (r"chi cuc", "CHI CỤC TRƯỞNG"),
    (r"cuc ", "CỤC TRƯỞNG"),
    (r"ban ", "TRƯỞNG BAN"),
    (r"truong ", "HIỆU TRƯỞNG"),
    (r"bo ", "BỘ TRƯỞNG"),
)
_OF_OFFICE = re.compile(r"\s+(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HĐND|HỘI ĐỒNG NHÂN DÂN)\b.*$")


@dataclass(frozen=True)
class SigningCapacity:
    """TM. for the collective by its head, KT. by a deputy, TL. by order, TUQ. by written delegation, Q. acting head."""

    prefix: str

    def __post_init__(self) -> None:
        if self.prefix not in PREFIXES:
            raise ValueError(f"no such signing capacity: {self.prefix}")


def signature_block(capacity: SigningCapacity, office_name: str, post: str, name: str) -> tuple[str, ...]:
    """The lines of the block: collective, authority, position, an empty line for the signature, the name.

    A deputy of a collective office signs "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"; by order or delegation
    nobody signs for the collective (Điều 13: TL. and TUQ. stand for the head).
    """
    collective, head = _collective_and_head(office_name)
    position = _OF_OFFICE.sub("", squeeze(post).upper())
    lines: list[str] = []
    if collective and capacity.prefix in ("TM.", "KT.", "Q."):
        lines.append(f"TM. {collective}")
    match capacity.prefix:
        case "KT.":
            lines += [f"KT. {head}", position if position and position != head else f"PHÓ {head}"]
        case "TL." | "TUQ.":
            lines += [f"{capacity.prefix} {head}", position]
        case "Q.":
            lines.append(f"Q. {head}")
        case _:
            lines.append(position or head)
    return (*(line for line in lines if line), "", name)


def _collective_and_head(office_name: str) -> tuple[str | None, str]:
    """What the office is called when it acts as a collective (None when one person heads it), and its head's title."""
    folded = plain(squeeze(office_name)) + " "
    for words, collective, head in _COLLECTIVES:
        if re.match(words, folded):
            return collective, head
    return None, next((head for words, head in _HEADS if re.match(words, folded)), "THỦ TRƯỞNG")
