"""Bodies in a phrase: where one name ends and the next begins ("Các sở, ban, ngành; UBND các xã" is two)."""

from __future__ import annotations

import re

from .normalise import UPPER, low, plain, squeeze

# Known by its letters alone: in "Sở GDĐT, CDC" the second is no sở.
_OWN = "CDC|BCĐ|BCH|BQL|BTC|VPĐP|BHXH|TTYT|KBNN|NHCSXH|TAND|VKSND"
# Words with which a name of a body or a holder of a post begins; each with what makes it something else.
_HEAD_WORDS = (
    r"chuyen vien|khoa (?!hoc)",
    r"uy ban|ubnd|ubmt\w*|ub mttq|mttq|mat tran|hdnd|hoi dong|thuong truc|dang uy|huyen uy|tinh uy"
    r"|thanh uy|chi bo",
    r"so (?!huu|luong|lieu|voi|do|ket|tuyen|sanh|hoa)|phong (?!chong|trao|,|phu|tuc|cach)",
    r"ban (?!hanh|do|dau|be|chat|than|giao|tin\b|dan\b(?! van| chu| toc| quan))|bo phan|ban chi dao",
    r"bo (?!chi so|sung|tri|may|tieu|thu tuc|cong cu|nhiem|phieu|cau hoi)|cong chuc|vien chuc|can bo|cong an",
    r"van phong|trung tam|tram |dai (?!hoi|dien|ngo|tra)|truong (?!hop|dang|chinh\b(?! tri))|chi cuc|cuc |tong cuc",
    r"thanh tra (?:tinh|huyen|so|chinh phu|nha nuoc|bo)|bao hiem xa hoi|kho bac|ngan hang|buu dien|vien thong|dien luc",
    r"quan su|bo chi huy|hoi (?!nghi|thi|thao|nhap|ho|truong|cho)|doan (?!ket|gia)|lien doan|hiep hoi|lien minh",
    r"thu truong|chu tich|pho chu tich|giam doc|pho giam doc|truong phong|truong thon|bi thu|lanh dao",
    r"nguoi dung dau|chanh van phong|chanh thanh tra|chanh an|dong chi|d/c|ong |ba "
    r"|cac (?!noi dung|quy dinh|van ban|ket qua|thu tuc|ho so|bieu mau)|toan the|tat ca|moi (?!truong|hinh)",
    r"to (?!chuc|gap|roi|khai|cao|tung|trinh)|bao (?!cao|gom|dam|ve|ton|hiem y|mat|ham|quan|chi)",
    r"cong (?:thong tin|ttdt|/)|trang thong tin|dai bieu|doanh nghiep|hop tac xa|cong ty|tap doan|vnpt|thon "
    r"|thon, |buon |ban, buon",
    r"to dan pho|khu pho|quy (?!dinh|che|trinh|hoach)|vien (?!tro|dan)|hoc vien|benh vien|toa an|thue |dan quan",
    r"giao vien|nha truong|hieu truong|pho hieu truong|tong phu trach|nhan vien|ke toan|luc luong|doi (?!voi|moi"
    r"|thoai|tuong|ten|chieu|song|tac)|hat kiem lam|don bien phong|chi nhanh|cau lac bo|nhom"
    r"|(?:tinh|thanh|huyen|quan|xa|phuong) doan\b|don vi|co quan(?! dieu)|truong ban|nganh ",
    rf"(?:{plain(_OWN)})\b",
    r"van hoa\s?-|tu phap\s?-|tai chinh\s?-|dia chinh|kinh te\s?-\s?ha tang",
)
_SURE_WORDS = (
    r"chuyen vien|khoa (?!hoc)",
    r"uy ban|ubnd|ubmt|ub mttq|mttq|mat tran|hdnd|hoi dong|so |phong |bo |ban |ban\b|cong chuc"
    r"|cong an|van phong",
    r"trung tam|cac |lanh dao|chu tich|pho chu tich|thu truong|to |doan |hoi |dai |cong (?:thong|tt|/)"
    r"|trang thong|thuong truc|don vi ",
    r"co quan |dang uy|doanh nghiep|can bo|truong |chi cuc|cuc |thanh tra|kho bac|bao hiem|buu dien|tram |nhan dan",
)
HEAD = f"(?:{'|'.join(_HEAD_WORDS)})"
_HEAD = re.compile(HEAD)
_SURE_HEAD = re.compile(f"(?:{'|'.join(_SURE_WORDS)})")
# Without its marks "quý" would be a fund ("quỹ").
_QUARTER = re.compile(r"q(?:uý|úy)\b")
_NOUN = (
    r"(?:hoi, doan the|hoi doan the|ban nganh|so|ban|nganh|phong|don vi|doan the|hoi|to chuc|dia phuong|co quan"
    r"|cong chuc|can bo|vien chuc|nguoi lao dong|phuong|thi tran|thi xa|thanh pho|quan|huyen|xa|thon|to dan pho|khu pho"
    r"|dac khu|truong hoc|trung tam|doi|chi cuc|chi bo|chu dau tu|doanh nghiep|hop tac xa|bo|to|khoi|ap|xom"
    r"|khoa|chuyen vien)"
)
_BARE = re.compile(
    rf"(?:(?:cac|toan the|lanh dao|thu truong|nguoi dung dau|dai dien)\s+)*{_NOUN}(?:\s(?:nganh|doan the))?$"
)
_MEMBER = re.compile(rf"{_NOUN}\b")
_LEVEL = re.compile(r"(?:xa|phuong|thi tran|thi xa|thanh pho|quan|huyen|dac khu|tinh|cap \w+)\b")
_ENDS_WITH_LEVEL = re.compile(r"(?:xa|phuong|thi tran|thi xa|thanh pho|quan|huyen|dac khu|tinh|cap \w+)$")
_PERSON = re.compile(r"(?:ong|ba|dong chi|d/c)[:\s]")
_ADDRESSED = re.compile(rf"(?:thầy|cô|ông|bà|đ/c|đồng chí)\s+[{UPPER}]", re.IGNORECASE)
_POST = re.compile(r"(?:pho |chu tich|truong|giam doc|cong chuc|bi thu|chanh|uy vien|can bo|to truong)")
_SEAT = re.compile(r"(?:pho )?truong ban|uy vien|thanh vien")
_SHARED_HEAD = re.compile(r"(?:cac\s+)?(so|phong|cong chuc|bo)\s*:?\s+(?=\S)")
_ROLE = re.compile(r"\b(?:chu tri|phoi hop)\b")
_OWN_LETTERS = re.compile(_OWN)
_SHARED_BY_LIST = re.compile(rf"^(?:[Cc]ác )?([Ss]ở|[Pp]hòng|[Bb]an|[Bb]ộ)\s*:\s*(?=[{UPPER}])")
_OFFICE = re.compile(r"van phong\b(?!.*\bubnd\b)")
_COMMAS_INSIDE = re.compile(
    r"van hoa, (?:thong tin|the thao|khoa hoc|the duc|van nghe)|kinh te, ha tang|the thao, du lich"
    r"|phat thanh, truyen hinh|lao dong, thuong binh"
    r"|phong, chong|pho bien, giao duc|dao tao, boi duong|bao chi, xuat ban|kinh te, van hoa"
    r"|(?<=phong )cong chuc, vien chuc"
    r"|phong chay, chua chay|hoi, doan the|thi dua, khen thuong|an ninh, trat tu|huyen, thi, thanh (?:uy|doan|hoi)"
)
_MANY = re.compile(
    r"\s(?:các|toàn thể|những|mỗi|tất cả)\s(?!chương trình|đề án|dự án|chỉ số|nhiệm vụ|hoạt động|vấn đề)"
)
_COUNTED = re.compile(rf"^\d{{1,3}} {_NOUN}\b|\s\d{{1,3}} (?:thon|khu pho|ap|xom|to dan pho|xa|phuong)$")
_SEPARATOR = re.compile(r"\s*(;|\n|<br\s*/?>|,|\s(?:và|&)\s(?=\D)|\s\+\s|\s/\s)\s*", re.IGNORECASE)
_TOUCHING = (
    re.compile(r"(?<=\w )(?=(?:Trung tâm|Phòng|Sở)\s+[A-ZĐ])"),
    re.compile(r"(?<=UBND )(?=phòng\s+[A-ZĐ])"),
    re.compile(r"(?<=[Tt]ổ quốc )(?=các tổ chức)|(?<=Việt Nam )(?=các tổ chức)"),
)
_TOUCHED = re.compile(r"(?:phong|trung tam|so|van phong|uy ban mat tran)\b")


def split_bodies(phrase: str) -> tuple[str, ...]:
    """The names in a phrase, in its order, each once; commas inside names and groups are kept."""
    names: list[str] = []
    for mark, piece in _pieces(phrase):
        if names and not _begins_name(names[-1], mark, piece):
            names[-1] = squeeze(f"{names[-1]}{', ' if mark == ',' else ' và ' if mark == '&' else ' '}{piece}")
        else:
            names.append(_with_shared_head(names[-1] if names and mark in (",", "&") else "", piece))
    tidy = [_SHARED_BY_LIST.sub(_one_of_them, name) for name in (_tidy(name) for name in names) if name]
    return tuple(dict.fromkeys(tidy))


def looks_like_body(text: str) -> bool:
    """Whether the words begin as the name of a body or of a holder of a post."""
    return _HEAD.match(plain(text)) is not None and _QUARTER.match(low(text[:8])) is None


def commas_inside(folded: str) -> list[tuple[int, int]]:
    """Where names that have a comma of their own stand in folded words."""
    return [(found.start(), found.end()) for found in _COMMAS_INSIDE.finditer(folded)]


def is_group(name: str) -> bool:
    """Whether the name means many bodies ("Các thôn", "UBND các xã")."""
    first, comma, _ = plain(name).partition(",")
    return (
        _MANY.search(f" {low(name)} ") is not None
        or _COUNTED.search(plain(name)) is not None
        or (bool(comma) and _BARE.match(first) is not None)
    )


def _pieces(phrase: str) -> list[tuple[str, str]]:
    """Pieces with the separator before each: ";" strong, "," weak, "&" for "và", " " for names that touch."""
    inside = commas_inside(plain(phrase))
    pieces: list[tuple[str, str]] = []
    mark, start, depth = ";", 0, 0
    depths = []
    for character in phrase:
        depth += (character == "(") - (character == ")")
        depths.append(depth)
    for found in _SEPARATOR.finditer(phrase):
        if depths[found.start(1)] > 0 or any(left <= found.start(1) < right for left, right in inside):
            continue
        pieces.append((mark, phrase[start : found.start()]))
        sign = found[1].strip().lower()
        mark, start = (sign if sign == "," else "&" if sign in ("và", "&") else ";"), found.end()
    pieces.append((mark, phrase[start:]))
    return [part for sign, piece in pieces for part in _touching(sign, piece.strip(" .-+•*"))]


def _touching(mark: str, piece: str) -> list[tuple[str, str]]:
    if _TOUCHED.match(plain(piece)):
        for place in _TOUCHING:
            found = next((hit for hit in place.finditer(piece) if hit.start() > 4), None)
            if found and plain(piece[: found.start()]).strip() not in ("van", "lanh dao", "giam doc"):
                return [(mark, piece[: found.start()].strip()), (";", piece[found.start() :].strip())]
    return [(mark, piece)]


def _begins_name(before: str, mark: str, piece: str) -> bool:
    if not piece:
        return False
    if mark == ";" or _ADDRESSED.match(piece):
        return True
    folded, last = plain(piece), plain(before).rsplit(",", 1)[-1].strip()
    if _PERSON.match(plain(before)) and _POST.match(folded) and not _POST.search(last):
        return False
    if _PERSON.match(plain(before)) and _SEAT.match(folded):
        return False
    if _OFFICE.match(plain(before)) and re.match(r"(?:hdnd|ubnd|uy ban nhan dan|hoi dong nhan dan)\b", folded):
        return False
    if piece[0].islower() and _MEMBER.match(folded) and _BARE.match(last) and not _SHARED_HEAD.match(plain(before)):
        return False
    if piece[0].islower() and _BARE.match(last) and _MEMBER.match(folded):
        return False
    if _LEVEL.match(folded) and _ENDS_WITH_LEVEL.search(last):
        return False
    if mark == "," and piece[0].islower() and not _HEAD.match(folded) and not _SURE_HEAD.match(folded):
        return False
    if mark == "&":
        return _SURE_HEAD.match(folded) is not None and (piece[0].isupper() or _HEAD.match(folded) is not None)
    return True


def _one_of_them(found: re.Match[str]) -> str:
    """ "Các sở: Nội vụ" is "Sở Nội vụ"."""
    return f"{found[1].capitalize()} "


def _with_shared_head(before: str, piece: str) -> str:
    """ "Tài chính" after "Sở Nội vụ" is "Sở Tài chính": the head is shared by a list of titles."""
    found = _SHARED_HEAD.match(plain(before))
    in_role = _ROLE.search(plain(f"{before} {piece}")) is not None or _OWN_LETTERS.fullmatch(piece) is not None
    if not found or in_role or _HEAD.match(plain(piece)) or not piece[:1].isupper():
        return piece
    head = before[found.start(1) : found.end(1)]
    return f"{head[0].upper()}{head[1:]} {piece}"


def _tidy(name: str) -> str:
    return squeeze(name).strip(" .,;:-–+•*|").removeprefix("và ")
