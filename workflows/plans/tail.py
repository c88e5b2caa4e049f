"""The end of a document: Nơi nhận and the signature, told apart even where two columns ran into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .header import fragments
from .normalise import UPPER, clean_line, low, plain, squeeze
from .paragraphs import is_capitals

_RECIPIENTS = re.compile(r"noi nhan\s*[:.]?\s*")
_BULLET = re.compile(r"(?:\s*[-+•*–—]){1,3}\s*")
_AUTHORITY = re.compile(r"(?:(?:tm|kt|tl|tuq)\s*[./]|(?:t/m|k/t|t/l)\s*[./]?)\s*(?=\S)")
_POSITION = re.compile(
    r"(?:q\.?\s*)?(?:pho\s+|quyen\s+)?(?:chu tich|giam doc|tong giam doc|truong phong|truong ban"
    r"|truong doan|bi thu|chanh van phong"
    r"|cuc truong|chi cuc truong|hieu truong|bo truong|thu truong|chanh thanh tra|vien truong|to truong|chu nhiem"
    r"|truong cong an|chi huy truong|thu ky|chanh an|doi truong|thi truong|hieu pho|pho phong|truong)\b"
)
_WORD = rf"[{UPPER}](?:[’'][{UPPER}])?[^\W\d_]*\.?"  # "H’Nhung", "K'Brơi"
_RANK = r"(?:(?:Thiếu|Trung|Thượng|Đại) (?:úy|uý|tá|tướng)\s+)?"
_NAME = re.compile(rf"(?:[^\W\d_]{{1,8}}\.\s*)*{_RANK}({_WORD}(?:\s+{_WORD}){{1,5}})$")
_MASHED_SIGN = re.compile(
    rf"\s+(?=(?:TM|KT|TL|TUQ|Q)\.\s?[{UPPER}]{{2}})"
    r"|(?<=[;:)])\s+(?=(?:PHÓ |Q\. )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|BÍ THƯ)\b)"
)
_AFTER_STOP = re.compile(r"(?<=[;.])\s+(?=\S)")
_SIGNED = re.compile(r"\(?\s*(?:da ky|ky ten|ky, dong dau|ky ten, dong dau|da duyet)")
_ALONE = re.compile(r"(?:TM|KT|TL|TUQ)\.")
_STOPS = re.compile(r"phu luc|cong hoa xa hoi|bieu mau|mau so")


@dataclass
class Tail:
    """The pieces of the end: lines of Nơi nhận and pieces of the signature, each with its line number."""

    recipients: list[tuple[int, str]] = field(default_factory=list)
    signature: list[tuple[int, str]] = field(default_factory=list)
    heading: int | None = None


def read_tail(lines: Sequence[str], first: int, last: int) -> Tail:
    """The pieces between two lines; `first` is where the running text ends."""
    tail, lines = Tail(), _whole_authority(lines)
    start = _heading(lines, first, last)
    tail.heading = start
    begin = _signature_before(lines, start or first, first) if start else first
    listing = False
    for no in range(begin, last + 1):
        if _STOPS.match(plain(clean_line(lines[no - 1]))) and no > begin:
            break
        for piece in _pieces(lines[no - 1]):
            header = _RECIPIENTS.match(plain(piece))
            if header:
                listing, piece = True, piece[header.end() :].strip()  # noqa: PLW2901 - the words behind the heading
                if not piece:
                    continue
                if piece.count(";") >= 2 or re.search(r";\s*lưu\b", piece.lower()):
                    tail.recipients.extend(
                        (no, one.strip(" -+")) for one in re.split(r"(?<=;)", piece) if one.strip(" ;-")
                    )
                    continue
            listing = _sort(tail, no, piece, listing=listing)
    return tail


def _whole_authority(lines: Sequence[str]) -> Sequence[str]:
    """As many lines, a "TM." that a narrow cell left alone on its line put before the words below it."""
    alone = [no for no, line in enumerate(lines[:-1]) if _ALONE.fullmatch(clean_line(line).strip(" |*"))]
    whole = list(lines) if alone else lines
    for no in alone:
        assert isinstance(whole, list)
        whole[no : no + 2] = ["", f"{clean_line(lines[no]).strip(' |*')} {lines[no + 1]}"]
    return whole


def find_heading(lines: Sequence[str], first: int = 1) -> int | None:
    """The line on which Nơi nhận begins."""
    return _heading(lines, first, len(lines))


def is_signature(piece: str) -> bool:
    """Whether a piece belongs to a signature block by its words (TM., KT., a position in capitals)."""
    folded = plain(piece)
    if _AUTHORITY.match(folded):
        return True
    return is_capitals(piece) and _POSITION.match(folded) is not None


def person_name(piece: str) -> str | None:
    """A person's name without academic titles, or None for other words."""
    found = _NAME.match(squeeze(piece).strip(" .,;"))
    if not found or len(found[1]) > 40:
        return None
    if _POSITION.match(plain(found[1])) and not low(found[1]).startswith("trương "):
        return None
    return found[1]


def _heading(lines: Sequence[str], first: int, last: int) -> int | None:
    for no in range(max(first, 1), last + 1):
        for piece in fragments(lines[no - 1]):
            if re.match(r"noi nhan\s*(?::|$|\s[-(])", plain(piece)):
                return no
    return None


def _signature_before(lines: Sequence[str], start: int, first: int) -> int:
    """A signature that the left column follows begins a little above Nơi nhận."""
    for no in range(max(first, start - 14), start):
        if any(is_signature(piece) and len(piece) < 80 for piece in fragments(lines[no - 1])):
            return no
    return start


def _pieces(line: str) -> list[str]:
    pieces: list[str] = []
    for fragment in fragments(line):
        for part in _MASHED_SIGN.split(fragment):
            if _AUTHORITY.match(plain(part)) or not _BULLET.match(part):
                pieces.append(part.strip())
                continue
            for words in _AFTER_STOP.split(part):
                if _BULLET.match(words) or is_signature(words) or person_name(words) or not pieces:
                    pieces.append(words.strip())
                else:
                    pieces[-1] = f"{pieces[-1]} {words.strip()}"
    return [piece for piece in pieces if piece]


def _sort(tail: Tail, no: int, piece: str, *, listing: bool) -> bool:
    """Puts a piece on its side; returns whether the list of recipients is still open."""
    if _SIGNED.match(plain(piece)):
        return listing
    if is_signature(piece):
        tail.signature.append((no, piece))
        return listing
    bullet = _BULLET.match(piece)
    if listing and bullet:
        tail.recipients.append((no, piece[bullet.end() :].strip()))
        return not plain(tail.recipients[-1][1]).startswith("luu")
    if listing and not (tail.signature and (person_name(piece) or is_capitals(piece))):
        _list(tail, no, piece)
        return not (plain(piece).startswith("luu") and piece.endswith("."))
    if bullet and tail.recipients and no - tail.recipients[-1][0] <= 1 and not tail.signature:
        tail.recipients.append((no, piece[bullet.end() :].strip()))
        return False
    tail.signature.append((no, piece))
    return listing


def _list(tail: Tail, no: int, piece: str) -> None:
    """A line without a dash: the rest of the one above when that was not finished, else a line of its own."""
    if tail.recipients and not tail.recipients[-1][1].endswith((";", ".")):
        above_no, above = tail.recipients[-1]
        tail.recipients[-1] = (above_no, f"{above} {piece}")
    else:
        tail.recipients.append((no, piece))
