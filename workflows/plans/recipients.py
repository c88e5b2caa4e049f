"""Lines of Nơi nhận: the bodies each names in full, its qualifier (báo cáo, thực hiện, lưu), whether it is a group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .bodies import is_group, split_bodies
from .document_parts import Issuer, Recipient
from .names import expand_abbreviations
from .normalise import UPPER, plain, squeeze

_PURPOSES = (
    ("báo cáo", r"(?:de\s+)?(?:b/c|b/cao|bao cao|bc|b\.c)"),
    ("thực hiện", r"(?:de\s+)?(?:t/h|thuc hien|th)"),
    ("phối hợp", r"(?:de\s+)?(?:p/h|phoi hop(?: thuc hien| chi dao)?|ph)"),
    ("để biết", r"(?:de\s+)?biet"),
    ("chỉ đạo", r"(?:de\s+)?(?:chi dao|c/d)"),
    ("theo dõi", r"(?:de\s+)?(?:theo doi|t/d)"),
    ("giám sát", r"(?:de\s+)?giam sat"),
    ("đăng tải", r"(?:de\s+)?(?:dang tai|dang tin|dua tin|cong bo|tuyen truyen|dang cong bao)"),
)
_BY_ARTICLE = re.compile(r"nhu (?:dieu|tren|muc|phan|kinh gui|noi nhan)")
_QUALIFIER = re.compile(r"\(([^()]{1,60})\)")
_TRAILING = re.compile(
    r"\s+de\s+((?:bao cao|b/c|thuc hien|t/h|biet|theo doi|phoi hop|dang tai|tuyen truyen)(?:\s.*)?)$"
)
_MEDIA = re.compile(r"(?:dai|cong|trang|bao|ban bien tap)\b")
_ARCHIVE = re.compile(r"luu\s*[:.]?\s*")
_COPIES = re.compile(r"[,(\s]\s*\(?(?:(?<=[,(])|(?<=[,(] )|(?=\d+\s*b))(\d{1,3})\s*(?:b(?:ản)?)?\)?\.?$")
# "VHXH.H": who wrote the draft.
_DRAFTER = re.compile(rf"(?<=[{UPPER}])\.[{UPPER}]\w{{0,9}}$")
# "VT SYT", "VP MTTQ": of plans of two bodies each keeps its own copy.
_CLERK = re.compile(r"(VT|VP)(?:\s+(?=[A-ZĐ])|$)", re.IGNORECASE)
_CLERKS = {"VT": "Văn thư", "vt": "Văn thư", "VP": "Văn phòng", "vp": "Văn phòng"}
# "T.05b", "N12": the initial of who typed it and how many copies were made.
_TYPED = re.compile(r"[A-ZĐ][a-z]?\.?\s?-?\d{1,3}(?:\s?b(?:ản)?)?$")
# "Chuyên viên: TH, VX": each of the list has the head.
_EACH_OF = re.compile(r"((?:[Cc]ác )?[Cc]huyên viên|CV)\s*:\s*(?=\S)")
_THROUGH = re.compile(r"\s*\((qua [^()]{2,60})\)$")
_LEVEL_WORD = re.compile(
    r"\b(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh|dac khu|trung uong|so|thon|cap \w+)\b"
)
_SCOPE = re.compile(
    r"((?:UBND|HĐND|UBMTTQ|Đảng ủy)\s+)?((?:xã(?! hội)|phường|thị trấn|huyện|quận|thị xã|thành phố"
    r"|tỉnh|đặc khu)(?:\s.*)?)$"
)
_POST = re.compile(r"(?:cac )?(?:pho )?chu tich$|(?:cac )?(?:pho )?giam doc$|(?:cac )?(?:pho )?chanh van phong$")
_OFFICE = re.compile(r"(?:vpub\w*|vp|van phong)(?: ubnd)?\s*(?:tinh|huyen|xa|phuong)?\s*:\s*")
_CHIEF = re.compile(r"(?:cac )?(?:pho )?chanh van phong$")
_STANDING = re.compile(r"thuong truc ")
# "Thường trực: Tỉnh ủy, HĐND tỉnh": the head stands before each.
_HEAD_AND_LIST = re.compile(r"^(Thường trực|TT\.?|Ban Thường vụ|Lãnh đạo)\s*:\s*", re.IGNORECASE)
# "TT. ĐU - HĐND - UBND xã" are three bodies, "Văn phòng HĐND-UBND" is one.
_JOINED = re.compile(
    r"\b(ĐU|HU|TU|[ĐHT]\w{2,4} [uủ][ỷy]?|HĐND|UBND)\s*[-–]\s*(?=(?:TT\.?\s*)?(?:HĐND|UBND|UB ?M|MTTQ))"
)
_OF_BOTH = re.compile(r"(?:lanh dao |cac )?(?:vp|van phong|trung tam|cong|trang)")
_SHORT_BODY = re.compile(r"(?:hdnd|dang uy|uy ban mttq|huyen uy|tinh uy)\b")
_LOCAL = re.compile(
    r"(?:thuong truc (?:dang uy|hdnd|uy ban mttq)|dang uy|dai truyen thanh|uy ban mttq|trung tam hanh chinh cong)"
)


def names_an_article(raw: str) -> bool:
    """Whether a line of Nơi nhận points elsewhere ("Như Điều 3") instead of naming who receives."""
    return _BY_ARTICLE.match(plain(raw)) is not None


def read_recipients(pieces: Sequence[tuple[int, str]], issuer: Issuer) -> tuple[Recipient, ...]:
    """One for each line, the archive line included."""
    return tuple(_recipient(no, squeeze(words), issuer) for no, words in pieces if words.strip(" .;-"))


def _recipient(no: int, raw: str, issuer: Issuer) -> Recipient:
    archive = _ARCHIVE.match(plain(raw))
    if archive:
        return _archived(no, raw, archive.end(), issuer)
    qualifier, words = _qualified(raw.strip(" ;."))
    names = _names(words, issuer)
    return Recipient(raw, names, qualifier, len(names) > 1 or any(is_group(name) for name in names), no)


def _archived(no: int, raw: str, start: int, issuer: Issuer) -> Recipient:
    words = raw[start:].strip(" .;")
    copies = _COPIES.search(words)
    words = words[: copies.start()] if copies else words
    units = [
        squeeze(re.sub(r"\([^()]*\)", "", unit)).strip(" .") for unit in re.split(r"[,;]|(?<=VT)-(?=[A-ZĐ])", words)
    ]
    names = tuple(f"{_keeper(unit, issuer)} (lưu)" for unit in units if unit and not _TYPED.fullmatch(unit))
    return Recipient(raw, names or ("Văn thư (lưu)",), "lưu", False, no, int(copies[1]) if copies else None)


def _keeper(unit: str, issuer: Issuer) -> str:
    """ "VT" is the clerk; an abbreviation that is known is a phòng of this office, any other stays as it is."""
    unit = _DRAFTER.sub("", unit)
    clerk = _CLERK.match(unit)
    if clerk:
        return f"{_CLERKS[clerk[1]]} {unit[clerk.end() :]}".strip()
    full = expand_abbreviations(unit)
    if full[:1].islower():
        return unit
    own = full == unit or plain(full).startswith(("phong", "van phong", "trung tam", "ban "))
    return full if own else f"Phòng {full}"


def _qualified(words: str) -> tuple[str | None, str]:
    """The purpose in brackets or behind "để", and the words without it."""
    found = [hit for hit in _QUALIFIER.finditer(words) if _purpose(hit[1]) is not None]
    if found:
        return _purpose(found[0][1]), squeeze(re.sub(r"\s*\((?:[^()]{1,60})\)", "", words))
    through = _THROUGH.search(words)
    if through:
        return through[1], words[: through.start()]
    folded = plain(words)
    trailing = _TRAILING.search(folded)
    if trailing:
        return _purpose(trailing[1]), words[: trailing.start()].strip()
    if folded.endswith(" tuyen truyen") and _MEDIA.match(folded):
        return None, words[: -len(" tuyen truyen")]
    return None, words


def _purpose(words: str) -> str | None:
    folded = plain(words).strip(" .;")
    return next((name for name, shape in _PURPOSES if re.match(rf"{shape}(?:\b|$)", folded)), None)


def _names(words: str, issuer: Issuer) -> tuple[str, ...]:
    words = _HEAD_AND_LIST.sub(r"\1 ", words)
    each = _EACH_OF.match(words)
    if each:
        return tuple(f"{each[1]} {squeeze(one)}" for one in re.split(r"[,;]", words[each.end() :]) if one.strip())
    words = words if _OF_BOTH.match(plain(words)) else _JOINED.sub(r"\1, ", words)
    office = _OFFICE.match(plain(words))
    names = list(split_bodies(expand_abbreviations(words[office.end() :] if office else words)))
    if not names:
        return (words,) if words else ()
    if office and issuer.level:
        names = [f"{name} UBND {issuer.level}" if _CHIEF.match(plain(name)) else name for name in names]
    for at, name in enumerate(names[1:], start=1):
        if _STANDING.match(plain(names[at - 1])) and _SHORT_BODY.match(plain(name)):
            names[at] = f"Thường trực {name}"
    scope = _SCOPE.search(names[-1])
    for at, name in enumerate(names[:-1]):
        if scope and not _LEVEL_WORD.search(plain(name)) and plain(name).count(" ") < 6:
            whole = _POST.match(plain(name)) is not None and scope[1]
            names[at] = f"{name} {scope[1] or ''}{scope[2]}" if whole else f"{name} {scope[2]}"
    return tuple(_local(name, issuer) for name in names)


def _local(name: str, issuer: Issuer) -> str:
    """A body that every level has belongs to the issuer's own level when the line does not say."""
    folded = plain(name)
    level = issuer.level if issuer.level in ("xã", "phường", "thị trấn", "huyện", "quận", "tỉnh", "đặc khu") else None
    known = level and _LOCAL.match(folded) and not _LEVEL_WORD.search(folded) and len(folded) < 40
    return f"{name} {level}" if known else name
