"""The head of a document by the names of bodies: superior and issuing body (NĐ 30/2020 Phụ lục I mục II.2)."""

from __future__ import annotations

import re

from .document_parts import Issuer
from .normalise import plain, squeeze
from .official_document import Letterhead

_COMMITTEE = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b\s*")
_FULL = {"u": "ỦY BAN NHÂN DÂN", "h": "HỘI ĐỒNG NHÂN DÂN"}
_SHORT = {"u": "UBND", "h": "HĐND"}
# A body below a committee carries its superior body; a committee or a ministry stands alone.
_ALONE = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|bo (?!phan)|chinh phu|uy ban mat tran|van phong chinh phu)"
)


def letterhead_of(name: str, superior: str | None = None) -> Letterhead:
    """The lines of the head: "ỦY BAN NHÂN DÂN / XÃ ĐỨC TÂN", or "UBND TỈNH LÂM SƠN" over "SỞ NỘI VỤ"."""
    name = squeeze(name)
    found = _COMMITTEE.match(plain(name))
    if found:
        place = name[found.end() :].upper()
        return Letterhead(tuple(filter(None, (_FULL[plain(name)[0]], place))))
    if _ALONE.match(plain(name)) or not superior:
        return Letterhead((name.upper(),))
    return Letterhead((name.upper(),), (_shortened(squeeze(superior)),))


def letterhead_of_issuer(issuer: Issuer) -> Letterhead:
    """The head for the issuer that a document names itself, when no directory knows better."""
    name = issuer.name or "Ủy ban nhân dân"
    superior = None
    if issuer.level == "sở" and issuer.province:
        superior = f"UBND tỉnh {issuer.province}"
    elif issuer.level == "phòng" and issuer.district:
        superior = f"UBND huyện {issuer.district}"
    elif issuer.province and plain(name).startswith(("cong an xa", "cong an phuong", "cong an dac khu")):
        superior = f"Công an tỉnh {issuer.province}"
    return letterhead_of(name, superior)


def _shortened(superior: str) -> str:
    found = _COMMITTEE.match(plain(superior))
    return f"{_SHORT[plain(superior)[0]]} {superior[found.end() :].upper()}".strip() if found else superior.upper()
