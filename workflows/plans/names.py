"""Names of bodies as offices write them: folded for search, abbreviations spelled out, compared loosely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workflows.letters import composed

from .normalise import plain, squeeze

# Spelled out in what people read; the three that nobody spells out (UBND, HĐND, MTTQ) only for comparing.
_OFFICE_WORDS: tuple[tuple[str, str], ...] = (
    (r"UB\s?(?:ND|MT|M)TTQ\s?VN", "Ủy ban MTTQ Việt Nam"),
    (r"UB\s?(?:ND|MT|M)TTQ", "Ủy ban MTTQ"),
    (r"UBMT", "Ủy ban Mặt trận"),
    (r"UBTW", "Ủy ban Trung ương"),
    (r"(?<=phòng )CM", "chuyên môn"),
    (r"ĐU\b", "Đảng ủy"),
    (r"HU\b", "Huyện ủy"),
    (r"TU\b", "Tỉnh ủy"),
    (r"BBT", "Ban Biên tập"),
    (r"[Cc][ôổ]ng\s+TTĐT", "Cổng thông tin điện tử"),
    (r"[Cc]ông\s+thông tin điện tử", "Cổng thông tin điện tử"),
    (r"TTĐT", "thông tin điện tử"),
    (r"các PCT", "các Phó Chủ tịch"),
    (r"PCT", "Phó Chủ tịch"),
    (r"CT\s*-\s*XH", "chính trị - xã hội"),
    (r"CT(?=\s*(?:,|và|UBND|HĐND|$))", "Chủ tịch"),
    (r"C,\s?PC?VP", "Chánh Văn phòng, Phó Chánh Văn phòng"),
    (r"LĐVP", "Lãnh đạo Văn phòng"),
    (r"CVNC", "chuyên viên nghiên cứu"),
    (r"PCVP|PVP", "Phó Chánh Văn phòng"),
    (r"CVP", "Chánh Văn phòng"),
    (r"PGĐ", "Phó Giám đốc"),
    (r"(?<!&)GĐ(?!\s*(?:ĐT|&))", "Giám đốc"),
    (r"VP\s*[-–&]\s*TK", "Văn phòng - Thống kê"),
    (r"VPUBND", "Văn phòng UBND"),
    (r"VPHĐND", "Văn phòng HĐND"),
    (r"VP(?!\s*\w*TQ)", "Văn phòng"),
    (r"TW(?=\s+(?:Đ|H|M))", "Trung ương"),
    (r"(?<=[xX]ã, )TT(?=\s*(?:[;.]|$))", "thị trấn"),
    (r"HTX", "Hợp tác xã"),
    (r"LHPN", "Liên hiệp Phụ nữ"),
    (r"CCB", "Cựu chiến binh"),
    (r"LĐLĐ", "Liên đoàn Lao động"),
    (r"BHXH", "Bảo hiểm xã hội"),
    (r"VKSND", "Viện kiểm sát nhân dân"),
    (r"TAND", "Tòa án nhân dân"),
    (r"BCH\s?QS", "Ban Chỉ huy Quân sự"),
    (r"CHQS", "Chỉ huy Quân sự"),
    (r"BCĐ", "Ban Chỉ đạo"),
    (r"BQL", "Ban Quản lý"),
    (r"VH\s*,?\s*TT\s*(?:&|và)?\s*DL", "Văn hóa, Thể thao và Du lịch"),
    (r"VH\s*[&-]\s*TT|VHTT", "Văn hóa và Thông tin"),
    (r"VH\s*[&–-]?\s*XH", "Văn hóa - Xã hội"),
    (r"TT\s*&\s*TT|TTTT", "Thông tin và Truyền thông"),
    (r"TC\s*[-–&]?\s*KH", "Tài chính - Kế hoạch"),
    (r"TC\s*[-–&]\s*KT", "Tài chính - Kế toán"),
    (r"KT\s*[-–&]?\s*HT", "Kinh tế và Hạ tầng"),
    (r"TN\s*[-–&]?\s*MT", "Tài nguyên và Môi trường"),
    (r"NN\s*[-–&]?\s*PTNT", "Nông nghiệp và Phát triển nông thôn"),
    (r"NN\s*[-–&]?\s*MT", "Nông nghiệp và Môi trường"),
    (r"GD\s*[-–&]?\s*ĐT", "Giáo dục và Đào tạo"),
    (r"KH\s*[-–&]?\s*ĐT", "Kế hoạch và Đầu tư"),
    (r"KH\s*[-–&]?\s*CN", "Khoa học và Công nghệ"),
    (r"LĐ\s*[-–]?\s*TB\s*[-–&]?\s*XH", "Lao động - Thương binh và Xã hội"),
    (r"TT\s?HCC", "Trung tâm Hành chính công"),
    (r"TT\s?PVHCC", "Trung tâm Phục vụ hành chính công"),
    (r"TTYT", "Trung tâm Y tế"),
    (r"TTKSBT", "Trung tâm Kiểm soát bệnh tật"),
    (r"TYT", "Trạm Y tế"),
    (r"(?<=\d )KP", "khu phố"),
    (r"TC(?=\s+(?:CT|chính))", "tổ chức"),
    (r"CA(?=,?\s+(?:xã|phường|huyện|tỉnh|thị trấn|BCH|Ban Chỉ huy))", "Công an"),
    (r"VPĐP", "Văn phòng Điều phối"),
    (r"HCC", "Hành chính công"),
    (r"T[Pp]\.?", "thành phố"),
    (r"TT(?=\s+thuộc)", "trung tâm"),
    (r"PT\s*[-–&]?\s*TH(?=\s|$)", "Phát thanh, Truyền hình"),
    (r"CNTT", "công nghệ thông tin"),
    (r"(?<=Hội )ND", "Nông dân"),
    (r"VPCP", "Văn phòng Chính phủ"),
    (r"PCTT", "Phòng, chống thiên tai"),
    (r"BTT(?=\s+(?:UB|Ủy ban|MTTQ))", "Ban Thường trực"),
    (r"NTM", "nông thôn mới"),
    (r"TV(?=\s+(?:BCĐ|Ban|Hội đồng|UB|HĐ))", "Thành viên"),
    (r"GVCN", "Giáo viên chủ nhiệm"),
    (r"KSTTHC", "Kiểm soát thủ tục hành chính"),
    (r"PVHCC", "Phục vụ hành chính công"),
    (r"HĐNVQS", "Hội đồng nghĩa vụ quân sự"),
    (r"TCD(?=\s)", "Tiếp công dân"),
    (r"CMHS", "cha mẹ học sinh"),
)
_STANDING = re.compile(
    r"(?<!\w)TTr?(?:\.\s*|\s+|(?=ĐU|TU|HU))(?=ĐU\b|HU\b|TU\b|HĐND|(?:Đảng|Huyện|Tỉnh|Thành) [uủ]|UBND|UB ?M|MTTQ"
    r"|Ủy ban)"
)
_EXPANSIONS = tuple((re.compile(rf"(?<!\w){short}(?!\w)"), full) for short, full in _OFFICE_WORDS)
_ALWAYS = (
    (re.compile(r"\bubnd\b"), "uy ban nhan dan"),
    (re.compile(r"\bhdnd\b"), "hoi dong nhan dan"),
    (re.compile(r"\bmttq\b"), "mat tran to quoc"),
    (re.compile(r"\bubmttq\b"), "uy ban mat tran to quoc"),
    (re.compile(r"\bdbqh\b"), "dai bieu quoc hoi"),
    (re.compile(r"\bttdt\b"), "thong tin dien tu"),
)
_EMPTY_WORDS = re.compile(r"\b(?:viet nam|va|cac|cap|bo phan|cong chuc|thuoc|o)\b")
_SIGNS = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Words for search: no case, marks, dashes or doubled spaces ("duc tan" finds "Đức Tân")."""
    whole = composed(text).replace("Ð", "Đ").replace("ð", "đ")  # typed with loose marks or Icelandic
    return squeeze(_SIGNS.sub(" ", plain(whole)))


def expand_abbreviations(text: str) -> str:
    """Office abbreviations in full ("BBT Công TTĐT xã" -> "Ban Biên tập Cổng thông tin điện tử xã")."""
    text = _STANDING.sub("Thường trực ", text)
    for short, full in _EXPANSIONS:
        text = short.sub(full, text)
    return squeeze(text)


def body_key(name: str) -> str:
    """What two spellings of one body have in common: folded, all abbreviations spelled out, filling words left out."""
    key = fold(expand_abbreviations(name))
    for short, full in _ALWAYS:
        key = short.sub(full, key)
    return squeeze(_EMPTY_WORDS.sub(" ", key)) or fold(name)


def same_body(one: str, other: str, aliases: Mapping[str, Iterable[str]] | None = None) -> bool:
    """Whether two names mean one body; `aliases` gives for an official name its other spellings in this office."""
    keys = {body_key(one), body_key(other)}
    if len(keys) == 1:
        return True
    for official, spellings in (aliases or {}).items():
        if keys <= {body_key(official), *(body_key(spelling) for spelling in spellings)}:
            return True
    return False
