"""Who issues the plan: from the head, else from "… ban hành Kế hoạch" in the text, with district and province."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .document_parts import Issuer
from .header import Head, fragments
from .normalise import UPPER, clean_line, low, plain, squeeze
from .paragraphs import Paragraph, paragraphs_of

_UPPER = f"[{UPPER}]"
_NAME = rf"{_UPPER}[\w’'-]*(?: {_UPPER}[\w’'-]*){{0,3}}|\d{{1,2}}\b"
_LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_PLACED = {
    level: re.compile(rf"\b{'[Tt]' + level[1:] if level == 'thành phố' else level} +({_NAME})") for level in _LEVELS
}
_NEW_BODY = re.compile(
    r"(?:uy ban|ubnd|so |phong |ban |cuc |chi cuc|trung tam|van phong|dang uy|dang bo|tinh uy|huyen uy"
    r"|thanh uy|bo |to |doi |tram "
    r"|cong an|hoi |lien doan|tong cuc|vien |truong |thanh tra|hdnd|hoi dong|mat tran|ubmttq|doan |bao hiem|kho bac"
    r"|bch |cong ty|benh vien|(?:tinh|thanh|huyen|quan|xa|phuong) doan\b)"
)
_ISSUES = re.compile(
    r"(?P<body>(?:Ủy ban nhân dân|Uỷ ban nhân dân|ủy ban nhân dân|UBND|Sở|Phòng|Ban|Trung tâm|Đảng ủy|Huyện ủy"
    r"|Tỉnh ủy|Ủy ban|Hội|Công an|Văn phòng|Chi cục|Cục|Bộ|Thanh tra"
    r"|Trường)\b(?:(?![.;:]).){0,120}?),?\s+(?:ban hành|xây dựng|đề ra|lập|triển khai)\s+"
    r"(?:và (?:triển khai|tổ chức) (?:thực hiện )?)?[Kk]ế hoạch"
)
# An organ that is named with its body ("Văn phòng" of an Ủy ban), and boards that are named with its place.
_PROVINCIAL_PARTY = re.compile(rf"\bTỉnh (?:ủy|uỷ)\s+({_NAME})")
_PROVINCE_OF = re.compile(r"^.*\b(?:tỉnh|thành phố|Tỉnh (?:ủy|uỷ|đoàn)|Thành (?:ủy|uỷ|đoàn))\s+(?=\S)")
# "SỞ Y TẾ NGHỆ AN" above a hospital, "CÔNG AN TỈNH" has its own word.
_OF_PROVINCE = re.compile(
    rf"S[ởỞ] (?:Y tế|Nội vụ|Tài chính|Xây dựng|Tư pháp|Công [Tt]hương|Giáo dục (?:và|Và|&) Đào tạo"
    rf"|Khoa học (?:và|Và|&) Công nghệ"
    rf"|Nông nghiệp (?:và|Và|&) Môi trường|Văn hóa, Thể [Tt]hao (?:và|Và|&) Du [Ll]ịch) (?:tỉnh )?({_NAME})"
)
_ORGAN = re.compile(r"van phong|ban thuong truc|ban thuong vu|thuong truc|thanh tra")
_BOARD = re.compile(r"(?:ban (?:chi dao|chi huy|to chuc|quan ly)|hoi dong|to )")
_PLACE_OF = re.compile(rf"\b(?:tỉnh|thành phố|xã|phường|thị trấn|đặc khu|huyện|quận)\s+(?:{_NAME})")
# The cities that are provinces.
_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})
# Words of two syllables in names of bodies: only the first has a capital.
_TWO_SYLLABLES = (
    "Trung Tâm|Văn Phòng|Văn Hóa|Chi Cục|Thanh Tra|Y Tế|Nội Vụ|Tư Pháp|Tài Chính|Kế Hoạch|Giáo Dục|Đào Tạo|Khoa Học"
    "|Công Nghệ|Công An|Xây Dựng|Nông Nghiệp|Môi Trường|Xã Hội|Kinh Tế|Thông Tin|Truyền Thông|Đảng Ủy|Huyện Ủy"
    "|Tỉnh Ủy|Tỉnh Đoàn|Thành Đoàn"
    "|Huyện Đoàn|Thường Vụ|Thường Trực|Hội Đồng|Chỉ Huy|Chỉ Đạo|Quân Sự|Nhân Dân|Phụ Nữ|Nông Dân|Liên Hiệp"
)
_SECOND_SYLLABLES = re.compile(rf"\b({_TWO_SYLLABLES})\b")
_NOT_PART = re.compile(r"\([^()]*\)")
_LEVEL_WORDS = (
    ("sở", r"sở "), ("phòng", r"phòng "), ("bộ", r"bộ "), ("cục", r"(?:tổng |chi )?cục "), ("xã", r".*\bxã\b(?! hội)"),
    ("phường", r".*\bphường\b"), ("thị trấn", r".*\bthị trấn\b"), ("đặc khu", r".*\bđặc khu\b"),
    ("huyện", r".*\bhuyện\b"), ("quận", r".*\bquận\b"), ("thị xã", r".*\bthị xã\b"),
    ("thành phố", r".*\bthành (?:phố|ủy|đoàn)\b"), ("tỉnh", r".*\btỉnh\b"),
)  # fmt: skip


def read_issuer(lines: Sequence[str], head: Head, title: str | None, first_section: int) -> Issuer:
    """The issuing body with its level; parts that the text never names are None."""
    paragraphs = paragraphs_of(lines)
    text = "\n".join(one.text for one in paragraphs if one.first <= max(first_section, 60))
    whole = "\n".join(one.text for one in paragraphs)
    place = head.date.place if head.date else None
    name, source = _from_head(head), "header"
    if name is None or _unplaced(name):
        stated, line = _from_text(paragraphs, first_section)
        if stated and (name is None or plain(stated).startswith(plain(name)[:14])):
            name, source = stated, f"line {line}"
    if name is None:
        name, source = _from_anywhere(lines), "later header"
    if name is None:
        name, source = _from_title(title or ""), "title"
    if name is None:
        return Issuer(None, None, _commonest(whole, ("huyện",)), _commonest(whole, ("tỉnh",)), None)
    name = _placed(_full(_as_written(name, whole)), title or "", place, text)
    level = next((level for level, words in _LEVEL_WORDS if re.match(words, low(name))), None)
    district, province = _district_and_province(whole, level)
    if level in ("huyện", "quận", "thị xã"):
        district = name.rsplit(f"{level} ", 1)[-1]
    if level not in ("tỉnh", "thành phố") and province is None:
        parents = "\n".join(_sentence_case(words) for _, words in head.capitals)
        party = _PROVINCIAL_PARTY.search(whole)
        province = _commonest(parents, ("tỉnh", "thành phố")) or (party[1] if party else None)
        province = province or next(
            (of[1] for _, words in head.capitals if (of := _OF_PROVINCE.fullmatch(_sentence_case(words)))), None
        )
        province = province or (place if level == "sở" else None)
    if level in ("tỉnh", "thành phố"):
        own = _PROVINCE_OF.sub("", name)
        province, district = own if own != name else None, None
    return Issuer(name, level, district, province, source)


def _from_head(head: Head) -> str | None:
    bodies: list[str] = []
    for _, words in _whole_syllables(head.capitals):
        if _NEW_BODY.match(plain(words)) and not (bodies and plain(bodies[-1]).endswith(("uy ban", "va"))):
            bodies.append(words)
        elif bodies:
            bodies[-1] = f"{bodies[-1]} {words}"
    if not bodies:
        return None
    own, above = _sentence_case(bodies[-1]), _sentence_case(bodies[-2]) if len(bodies) > 1 else ""
    if above and _ORGAN.fullmatch(plain(own)):
        return f"{own} {_full(above)}"
    placed = _PLACE_OF.search(above)
    if placed and _BOARD.match(plain(own)) and not _PLACE_OF.search(own):
        return f"{own} {placed.group()}"
    return own


def _whole_syllables(capitals: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """ "ỦY" alone on its line, as web pages break a narrow cell, goes on with "BAN NHÂN DÂN" below it.

    The last word of a longer name ("… HUYỆN MƯỜNG / KHOA") does not: a body of its own begins below it.
    """
    whole: list[tuple[int, str]] = []
    for no, words in capitals:
        joined = f"{whole[-1][1]} {words}" if whole else ""
        if whole and " " not in whole[-1][1] and no - whole[-1][0] == 1 and _NEW_BODY.match(plain(joined)):
            whole[-1] = (no, joined)
        else:
            whole.append((no, words))
    return whole


def _as_written(name: str, whole: str) -> str:
    """ "Phòng Nội Vụ" from capitals as the running text spells it, where it does."""
    folded = plain(whole)
    found = re.search(rf"\b{re.escape(plain(name))}\b", folded)
    while found and whole[found.start() : found.end()].isupper():
        found = re.compile(rf"\b{re.escape(plain(name))}\b").search(folded, found.end())
    return whole[found.start() : found.end()].replace("\n", " ") if found else name


def _unplaced(name: str) -> bool:
    return plain(name) in ("uy ban nhan dan", "ubnd")


def _from_text(paragraphs: Sequence[Paragraph], first_section: int) -> tuple[str | None, int]:
    for paragraph in paragraphs:
        if paragraph.first > (first_section or 60):
            break
        for found in _ISSUES.finditer(_NOT_PART.sub("", paragraph.text)):
            name = squeeze(re.split(r",\s*(?=UBND|Ủy ban|Sở)", found["body"])[-1])
            again = [hit for hit in re.finditer(r"(?:Ủy ban nhân dân|UBND|Sở)\b", name) if hit.start() > 0]
            name = name[again[-1].start() :] if again else name
            if len(name) <= 80:
                return name, paragraph.first
    return None, 0


def _from_anywhere(lines: Sequence[str]) -> str | None:
    """A head that stands only before the appendix."""
    for no, line in enumerate(lines):
        cleaned = clean_line(line)
        if re.match(r"(?:ỦY|UỶ) BAN NHÂN DÂN(?:\s|$)", cleaned):
            following = fragments(lines[no + 1]) if no + 1 < len(lines) else []
            tail = following[0] if following and following[0].isupper() and len(following[0]) < 40 else ""
            return _sentence_case(f"{cleaned} {tail}".strip(" |"))
    return None


def _from_title(title: str) -> str | None:
    """ "… của phường Tân Lập", "… trên địa bàn xã Đức Tân": a plan of its Ủy ban nhân dân."""
    found = re.search(rf"(?:của|trên địa bàn)\s+(xã|phường|thị trấn|huyện|tỉnh|đặc khu)\s+({_NAME})", title)
    return f"Ủy ban nhân dân {found[1]} {found[2]}" if found else None


def _full(name: str) -> str:
    return re.sub(r"^(?:UBND|[Uu][ỷ] ban nhân dân|[Uu]ỷ ban nhân dân|ủy ban nhân dân)", "Ủy ban nhân dân", name)


def _placed(name: str, title: str, place: str | None, text: str) -> str:
    """ "Ủy ban nhân dân xã" with the name of the commune from the title, the date line or the text."""
    level = next((level for level in _LEVELS if low(name).endswith(f" {level}") or name == level), None)
    if level is None and plain(name) == "uy ban nhan dan":
        level = next((level for level in reversed(_LEVELS) if _PLACED[level].search(title)), None)
        name = f"{name} {level}" if level else name
    if level is None:
        return name
    own = _PLACED[level].search(title)
    if own:
        return f"{name} {own[1]}"
    if place and re.search(rf"\b{level}\s+{re.escape(place)}", text):
        return f"{name} {place}"
    found = _commonest(text, (level,)) or place
    return f"{name} {found}" if found else name


def _district_and_province(text: str, level: str | None) -> tuple[str | None, str | None]:
    """The places above a body; a city that belongs to a province stands between a commune and its province."""
    district, province = _commonest(text, ("huyện", "quận", "thị xã")), _commonest(text, ("tỉnh", "thành phố"))
    city = _commonest(text, ("thành phố",))
    if level in ("xã", "phường", "thị trấn") and city and city not in _CITIES and _commonest(text, ("tỉnh",)):
        return district or city, _commonest(text, ("tỉnh",))
    return district, province


def _commonest(text: str, levels: tuple[str, ...]) -> str | None:
    names = Counter(
        found[1].strip() for level in levels for found in _PLACED[level].finditer(text) if not found[1].isdigit()
    )
    return names.most_common(1)[0][0] if names else None


def _sentence_case(capitals: str) -> str:
    """ "ỦY BAN NHÂN DÂN XÃ ĐỨC TÂN" as "Ủy ban nhân dân xã Đức Tân": proper names keep their capitals."""
    words = squeeze(capitals).title() if capitals.isupper() else squeeze(capitals)
    words = re.sub(r"\b(?:U[ỷỶ]|Ủy|Uỷ) Ban Nhân Dân|^Ubnd", "Ủy ban nhân dân", words)
    for level in sorted(_LEVELS, key=len, reverse=True):
        words = re.sub(rf"(?<=\s){level.title()}(?=\s|$)", level, words)
    words = _SECOND_SYLLABLES.sub(lambda found: found[1].capitalize(), words)
    return re.sub(r"^Bch\b", "BCH", words).replace(" Và ", " và ")
