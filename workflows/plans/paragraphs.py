"""Lines joined to paragraphs: page breaks and hard wraps undone, the marker of each ("III", "2.1", "a") set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .bodies import looks_like_body
from .duty_verbs import begins_with_duty, first_duty
from .labels import begins_with_label
from .normalise import clean_line, low, plain

MarkerKind = Literal["roman", "number", "letter", "bullet", "none"]

_ROMAN = re.compile(
    r"(?:PHẦN\s+|Phần\s+|MỤC\s+|Mục\s+)?([IVXL]{1,6})\s*(?:[.):]|/(?!v\b|\d)|\s[-–—]|[-–—](?=\s))\s*(?=\S)"
    r"|(?:PHẦN|Phần|CHƯƠNG|Chương)\s+([IVXL]{1,6})\s+(?=\S)"
)
_NUMBER = re.compile(
    r"(?!\d{1,2}/[A-ZĐ][\w&.]*-[A-ZĐ])"  # "93/NQ-HĐND" at the start of a line is the number of a document
    r"(?:(?:Điều|Nhiệm vụ|Hoạt động|NHIỆM VỤ|HOẠT ĐỘNG)\s+)?"
    r"(\d{1,2}(?:\.\d{1,2}){0,4})\s*(?:[.):/]|-(?=\s))\s*(?=[^\d\s])|(\d{1,2}(?:\.\d{1,2}){0,3})[.)]\s+(?=\d)"
    r"|(\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=\D)"
)
_LETTER = re.compile(r"([a-zđ]{1,2}(?:\.?\d{1,2})?)\s*[).]\s*(?=\S)")
_BULLET = re.compile(r"((?:[-+*•–—▪●○·]\s*){1,3})(?=\S)")
# "- a) Công khai …": a point that became an item of a list on the way from the page to the text.
_LISTED_POINT = re.compile(r"(?:[a-zđ]\)|\d{1,2}(?:\.\d{1,2}){0,3}[.)])\s+[^\W\d_]")
# The number of a page that stands between two lines of the text.
_PAGE = re.compile(r"\d{1,3}|[-–] ?\d{1,3} ?[-–]|(?:Trang|Page) \d{1,3}(?:\s?/\s?\d{1,3})?", re.IGNORECASE)
_PART_ALONE = re.compile(r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s+[IVXL]{1,6}$")
# Words that no line ends with unless the sentence goes on.
_OPEN_END = re.compile(
    r"(?:^|\s)(?:số|ngày|quý|của|và|về|các|với|theo|tại|cho|từ|đến|là|được|trong|trên|trước|sau|(?<!trực )thuộc|những"
    r"|bởi"
    r"|nhằm|để|gồm|hoặc|[-–])$"
)
# A page may end in the middle of a date.
_BEFORE_FIGURE = re.compile(r"\s(?:ngày|tháng|năm|số)$")
_OPEN_LABEL = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|chủ trì|phối hợp|hoàn thành|thực hiện|sản phẩm|phụ trách)(?:[^:;.,]{0,25}):$"
)
# "Ủy ban / Kiểm tra", "Sở / Xây dựng": the name goes on.
_OPEN_NAME = re.compile(r"(?:^|\s)(?:ủy ban|ban|đoàn|tổ|phòng|sở|đội|cục|chi cục|trung tâm|và)$|(?<!xã)\shội$|[,;]$")
_ENDS = (".", ";", ":", "./.", "!", "?")
_UPPER = re.compile(r"([A-EĐ])\s*[.)]\s+(?=\S)")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its first and last line, its words, and its marker taken off."""

    first: int
    last: int
    text: str
    kind: MarkerKind = "none"
    label: str = ""

    @property
    def low(self) -> str:
        """Its words in lower case with one tone placement."""
        return low(self.text)

    @property
    def plain(self) -> str:
        """Its words without marks."""
        return plain(self.text)


def paragraphs_of(lines: Sequence[str], first: int = 1, last: int | None = None) -> list[Paragraph]:
    """The paragraphs between two lines, both included; table lines (tabs, pipes) stay alone."""
    chosen = [(no, clean_line(lines[no - 1])) for no in range(first, (last or len(lines)) + 1)]
    width = _wrapping_width([line for _, line in chosen])
    ragged = _is_ragged([line for _, line in chosen])
    paragraphs: list[Paragraph] = []
    pending: list[str] = []
    start = end = 0
    blank = False
    for no, line in chosen:
        if not line or _PAGE.fullmatch(line):
            blank = True
            continue
        if (
            pending
            and not duty_below(pending, line)
            and (
                _continues(pending[-1], line, blank=blank, width=width)
                or (not blank and _is_open(pending, line))
                or (ragged and not blank and _is_rest(pending, line))
                or (width is not None and not blank and _fills(pending, line, width))
            )
        ):
            pending.append(line)
        else:
            if pending:
                paragraphs.append(_paragraph(start, end, pending))
            pending, start = [line], no
        end, blank = no, False
    if pending:
        paragraphs.append(_paragraph(start, end, pending))
    return paragraphs


def marker_of(line: str) -> tuple[MarkerKind, str, str]:
    """The kind and label of the marker at the start of a clean line, and the words after it."""
    bullet = _BULLET.match(line)
    if bullet and not _LISTED_POINT.match(line, bullet.end()):
        return "bullet", bullet[1].strip()[-1], line[bullet.end() :].strip()
    line = line[bullet.end() :] if bullet else line
    roman = _ROMAN.match(line)
    if roman:
        return "roman", roman[1] or roman[2], line[roman.end() :].strip()
    upper = _UPPER.match(line)
    if upper:
        return "roman", upper[1], line[upper.end() :].strip()
    number = _NUMBER.match(line)
    if number:
        return "number", number[1] or number[2] or number[3], line[number.end() :].strip()
    letter = _LETTER.match(line)
    if letter:
        return "letter", letter[1], line[letter.end() :].strip()
    return "none", "", line


def is_capitals(text: str) -> bool:
    """Whether the words are all in capitals (at least two letters of them)."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 2 and all(character.isupper() for character in letters)


def _wrapping_width(lines: Sequence[str]) -> int | None:
    """The width at which the text was wrapped by hand or by a PDF, or None when each line is a paragraph."""
    lengths = sorted(len(line) for line in lines if line and "\t" not in line and "|" not in line)
    if len(lengths) < 12 or lengths[-1] > 150:
        return None
    width = lengths[-max(1, len(lengths) // 20)]
    long_lines = sum(length > width * 0.75 for length in lengths)
    return width if width >= 50 and long_lines * 4 >= len(lengths) else None


def _continues(before: str, line: str, *, blank: bool, width: int | None) -> bool:
    if "\t" in line or "\t" in before or "|" in line or "|" in before or before.endswith(_ENDS):
        return False
    kind, _, _ = marker_of(line)
    if kind == "none" and _PART_ALONE.match(before):
        return True
    if kind != "none" or plain(before).startswith("noi nhan") or begins_with_label(line):
        return False
    if line[0].islower() and not before.endswith(","):
        return True
    if line[0].isdigit() and _BEFORE_FIGURE.search(low(before)):
        return True
    if not blank and (_OPEN_END.search(low(before)) or line[0] == "("):
        return True
    if line[0].islower():
        return not is_capitals(before)
    ends_here = len(line) <= 20 and line.endswith((".", ";", ",", ")"))  # "… chuyên mục" and alone below it "CCHC."
    if blank or width is None or (is_capitals(before) != is_capitals(line) and not ends_here):
        return False
    return len(before) >= width * 0.75 and (ends_here or not is_capitals(line))


def duty_below(pending: Sequence[str], line: str) -> bool:
    """Whether a point names bodies only and the line below it begins with what they have to do."""
    if not line[:1].isupper() or marker_of(pending[0])[0] not in ("number", "letter") or not begins_with_duty(line):
        return False
    words = marker_of(" ".join(pending))[2].removeprefix("Đề nghị ")
    return looks_like_body(words) and first_duty(words) < 0 and _OPEN_NAME.search(low(words)) is None


def _is_ragged(lines: Sequence[str]) -> bool:
    """Whether lines were cut anywhere, as in the source of a web page: many begin in the middle of a sentence."""
    words = [line for line in lines if line and "\t" not in line and "|" not in line]
    cut = sum(line[0].islower() and marker_of(line)[0] == "none" for line in words)
    return cut >= 3 and cut * 12 >= len(words)


def _is_rest(pending: Sequence[str], line: str) -> bool:
    """Whether a line of a text that was cut anywhere goes on with the one above although it begins with a capital."""
    before, kind = pending[-1], marker_of(pending[0])[0]
    if _OPEN_LABEL.search(low(before)) and marker_of(line)[0] == "none":
        return True
    if (
        begins_with_label(line)
        or before.endswith(_ENDS)
        or marker_of(line)[0] != "none"
        or "|" in before + line
        or "\t" in before + line
    ):
        return False
    if is_capitals(before) or is_capitals(line):
        return is_capitals(before) and is_capitals(line) and kind == "roman"
    if kind in ("number", "letter") and _names_bodies(pending):
        return False
    titled = kind in ("roman", "number", "letter") and not _tells(marker_of(before)[2])
    return len(pending) > 1 or len(before) >= 60 or (len(before) >= 20 and not titled)


def _names_bodies(pending: Sequence[str]) -> bool:
    """Whether the lines so far are a heading that names bodies only, its last line visibly shorter than the others."""
    words = marker_of(" ".join(pending))[2].removeprefix("Đề nghị ")
    short = len(pending) > 1 and len(pending[-1]) * 10 < max(len(line) for line in pending[:-1]) * 8
    return short and looks_like_body(words) and first_duty(words) < 0


def _is_open(pending: Sequence[str], line: str) -> bool:
    """Whether the lines so far cannot be all: an open bracket, a comma at the end, small letters behind a semicolon."""
    text = " ".join(pending[-3:])
    bracket = text.rfind("(") > text.rfind(")") and len(text) - text.rfind("(") < 160
    kind, _, words = marker_of(line)
    if "|" in line or "|" in pending[-1] or "\t" in line or kind in ("bullet", "roman", "number"):
        return bracket and kind == "bullet" and not words[:1].isupper() and "|" not in line  # "(tháng 3 / - tháng 11)"
    unmarked = marker_of(line)[0] == "none"
    within = pending[-1].endswith(";") and line[0].islower() and marker_of(pending[0])[0] != "none"
    return bracket or (unmarked and (within or pending[-1].endswith(",")))


def _fills(pending: Sequence[str], line: str, width: int) -> bool:
    """Whether a full line of an item ended a sentence by chance: the next word found no room on it."""
    before = pending[-1]
    ended = before.endswith(".") and not before.endswith("./.")
    full = len(before) + len(line.split(" ", 1)[0]) + 1 > width
    return ended and full and marker_of(pending[0])[0] != "none" and marker_of(line)[0] == "none" and "|" not in line


def _tells(words: str) -> bool:
    """Whether a line says that somebody does something, so that it is no heading."""
    return looks_like_body(words) and first_duty(words) >= 0


def _paragraph(first: int, last: int, lines: Sequence[str]) -> Paragraph:
    text = " ".join(lines)
    kind, label, words = marker_of(text)
    return Paragraph(first, last, words, kind, label)
