"""The main parts of a plan: headings found, and parts told apart by what they hold where the headings are lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .document_parts import Section
from .normalise import clean_line, plain
from .paragraphs import Paragraph, is_capitals
from .subjects import subject_of

Role = Literal["purpose", "targets", "content", "tasks", "funding", "organisation", "reporting", "time", "appendix"]

_ROLES: tuple[tuple[Role, str], ...] = (
    ("appendix", r"phu luc|bieu so|danh muc kem"),
    ("reporting", r"che do (?:thong tin,? )?bao cao|cong tac bao cao|thong tin,? bao cao|^bao cao"),
    ("tasks", r"(?:noi dung|nhiem vu|cong viec|hoat dong)\b.*\bphan cong|bien phap cong tac"),
    ("organisation", r"to chuc thuc hien|trach nhiem|phan cong (?:thuc hien|nhiem vu|to chuc)|to chuc trien khai"),
    ("funding", r"kinh phi|nguon luc|du toan|kinh phi thuc hien"),
    ("time", r"^(?:thoi gian|tien do|lo trinh|thoi han)"),
    ("tasks", r"nhiem vu|giai phap|bien phap|noi dung cong viec|ke hoach cu the|hoat dong|cong viec"),
    ("targets", r"muc tieu|chi tieu"),
    ("purpose", r"muc dich|yeu cau|su can thiet|quan diem|can cu"),
    ("content", r"noi dung|hinh thuc|doi tuong|pham vi"),
)
_APPENDIX = re.compile(r"(?:phu luc|bieu mau|bang phu luc)(?:\s+(?:so\s+)?[\divx]+)?\s*[:.]?\s*$")
_PURPOSE = re.compile(r"(?:muc dich|muc tieu|yeu cau)[\s,:]*(?:va )?(?:yeu cau)?\s*:?$")
# “4a. Giao Phòng A chủ trì …”: what an amendment puts into the plan that it changes.
_ORDERS = re.compile(r"[“\"](?:\d{1,2}[a-zđ]?[.)]\s*)?Giao (?=[A-ZĐ])")
_GIVES = re.compile(r"[:;.,] (?:giao|phan cong) (?=\S)")
_FUNDING = re.compile(r"(?:nguon )?kinh phi (?:thuc hien|to chuc|tuyen truyen|hoat dong)")


@dataclass(frozen=True)
class Part:
    """A section with its role and the lines it covers, both included."""

    section: Section
    role: Role
    last: int


def read_sections(paragraphs: Sequence[Paragraph], table_lines: Sequence[tuple[int, int]]) -> list[Section]:
    """The headings in order; when the text has lost them all, one inferred section for each kind of content."""
    headings = [Section(p.label, _title(p.text), p.first) for p in paragraphs if _is_heading(p)]
    letters = [section.label for section in headings if section.label in "ABCDĐE"]
    if letters[:2] != ["A", "B"]:
        headings = [section for section in headings if section.label not in "ABCDĐE"]
    if headings:
        return headings
    known = _numbered(paragraphs) or _in_capitals(paragraphs) or _inferred(paragraphs, table_lines)
    return known or _counted(paragraphs)


def appendix_of(lines: Sequence[str], after: int) -> Section | None:
    """The appendix that follows line `after` in the same text, with its title."""
    for no in range(after + 1, len(lines) + 1):
        line = clean_line(lines[no - 1]).strip("| \t#")
        if line and _APPENDIX.match(plain(line)) and (is_capitals(line) or line.istitle() or line[0].isupper()):
            titles = []
            for following in lines[no : no + 4]:
                words = clean_line(following).strip("| #")
                if not words or words.startswith("(") or "\t" in following:
                    break
                titles.append(words)
            return Section("PHỤ LỤC", " ".join(titles) or line, no)
    return None


def parts_of(sections: Sequence[Section], last_line: int, paragraphs: Sequence[Paragraph] = ()) -> list[Part]:
    """The sections with their roles, by their titles, else by what they hold; each ends where the next begins."""
    ends = [*(section.line - 1 for section in sections[1:]), last_line][: len(sections)]
    parts: list[Part] = []
    above: Role = "content"
    for section, end in zip(sections, ends, strict=True):
        role = role_of(section)
        if section.label in "ABCDĐE":
            above = role
        elif role == "content":
            role = above
        if role == "content" and _tells_who_acts([p for p in paragraphs if section.line < p.first <= end]):
            role = "tasks"
        parts.append(Part(section, role, end))
    return parts


def _tells_who_acts(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether most paragraphs of a part say that some body does something."""
    acting = 0
    for paragraph in paragraphs:
        subject = subject_of(paragraph.text)
        acting += subject is not None and (not subject.alone or paragraph.kind == "number")
        acting += 2 * (_ORDERS.match(paragraph.text) is not None)
        acting += subject is None and _GIVES.search(paragraph.plain) is not None
    return acting >= 2 and acting * 2 >= len(paragraphs)


def part_at(parts: Sequence[Part], line: int) -> Part | None:
    """The part that covers a line."""
    at = bisect_right(parts, line, key=lambda part: part.section.line) - 1
    return parts[at] if at >= 0 and line <= parts[at].last else None


def role_of(section: Section) -> Role:
    """What a section holds, by the words of its title; `content` when they do not say."""
    title = plain(section.title)
    if section.label.startswith("PHỤ LỤC"):
        return "appendix"
    return next((role for role, words in _ROLES if re.search(words, title)), "content")


def _is_heading(paragraph: Paragraph) -> bool:
    if paragraph.kind != "roman" or not 2 <= len(paragraph.text) <= 250 or "\t" in paragraph.text:
        return False
    return is_capitals(_title(paragraph.text)) or len(paragraph.text) <= 160


def _title(text: str) -> str:
    return re.sub(r"\s*[.:;]+$", "", text.split(" | ", 1)[0]).strip("| ")


def _numbered(paragraphs: Sequence[Paragraph]) -> list[Section]:
    """Headings "1. MỤC ĐÍCH" or "1. Mục đích", for plans that number their parts with digits."""
    single = [p for p in paragraphs if p.kind == "number" and p.label.isdigit()]
    for found in ([p for p in single if is_capitals(_title(p.text))], single):
        in_order = [int(p.label) for p in found]
        if len(found) >= 2 and in_order == sorted(set(in_order)) and (found is not single or _all_parts(found)):
            return [Section(p.label, _title(p.text), p.first) for p in found]
    return []


def _counted(paragraphs: Sequence[Paragraph]) -> list[Section]:
    """Points 1, 2, 3 … that nothing else divides, as in a plan that amends another one: each is a part."""
    single = [p for p in paragraphs if p.kind == "number" and p.label.isdigit()]
    whole = [p.label for p in single] == [str(number) for number in range(1, len(single) + 1)]
    return [Section(p.label, _title(p.text)[:200], p.first) for p in single] if whole and len(single) >= 3 else []


def _all_parts(numbered: Sequence[Paragraph]) -> bool:
    """Whether points in small letters are the parts of the plan: counted once from 1, short, two of known kinds."""
    titles = [plain(p.text) for p in numbered]
    known = sum(any(re.match(words, title) for _, words in _ROLES) for title in titles)
    counted = [p.label for p in numbered] == [str(number) for number in range(1, len(numbered) + 1)]
    return counted and known >= 2 and all(len(title) <= 120 and "." not in title[:-1] for title in titles)


def _in_capitals(paragraphs: Sequence[Paragraph]) -> list[Section]:
    """Headings in capitals without any number, when at least two say what they hold."""
    found = [p for p in paragraphs if p.kind == "none" and is_capitals(p.text) and 4 <= len(p.text) <= 160]
    sections = [Section("", _title(p.text), p.first) for p in found]
    known = [section for section in sections if role_of(section) != "content"]
    return sections if len({section.title for section in known}) >= 2 else []


def _inferred(paragraphs: Sequence[Paragraph], table_lines: Sequence[tuple[int, int]]) -> list[Section]:
    starts: list[tuple[str, int]] = []
    table_first, table_last = table_lines[0] if table_lines else (0, 0)
    for paragraph in paragraphs:
        folded = paragraph.plain
        if _PURPOSE.match(folded) and not starts:
            starts.append(("MỤC ĐÍCH, YÊU CẦU", paragraph.first))
        if table_last and paragraph.first > table_last and paragraph.label == "1":
            starts.append(("TỔ CHỨC THỰC HIỆN", paragraph.first))
            table_last = 0
        if _FUNDING.match(folded) and paragraph.kind == "none":
            starts.append(("KINH PHÍ", paragraph.first))
    if table_first:
        starts.append(("NỘI DUNG, NHIỆM VỤ", table_first))
    if len(starts) < 2:
        return []
    labels = ("I", "II", "III", "IV", "V", "VI")
    ordered = sorted(starts, key=lambda start: start[1])[: len(labels)]
    return [Section(label, title, line, found=False) for label, (title, line) in zip(labels, ordered, strict=False)]
