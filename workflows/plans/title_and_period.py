"""The trích yếu of a plan and the years it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from .document_parts import Period
from .header import Head
from .normalise import clean_line, low, plain, squeeze
from .paragraphs import is_capitals, marker_of
from .stated_kind import is_letter, subject_of_letter
from .task import Task
from .time_shapes import Deadline, TimeShape, Window

_BODY_BEGINS = re.compile(
    r"(?:can cu|thuc hien|nham|de |theo|tren co so|trien khai (?:thuc hien|nghi quyet|quyet dinh|ke hoach so"
    r"|chi thi|cong van|chuong trinh cong tac)|trong nhung nam|phat huy|kinh gui|ngay \d"
    r"|uy ban nhan dan|ubnd|so |xet|thi hanh|tiep tuc thuc hien|phan thu|nam \d{4},)"
)
# Below the title of a decision stands who decides.
_ISSUING_BODY = re.compile(r"(?:chu tich )?(?:uy ban nhan dan|hoi dong nhan dan)|bo truong|giam doc so|ban thuong vu")
# Where even the title is lost the text begins with the sentence that issues the plan.
_ISSUES = re.compile(r"(?:ban hành|xây dựng|đề ra) (?:và triển khai )?(?:[Kk]ế hoạch|như sau)")
_RULE = re.compile(r"[-_=*.\s–—~]*$")
_LATEST_YEAR = 2100
_RANGE = re.compile(
    r"(?:giai doan|cac nam|thoi ky|tu nam|nhiem ky|trong \d+ nam)\s*\(?((?:19|20)\d\d)\s*(?:-"
    r"|den(?: nam)?)\s*((?:19|20)\d\d)"
)
_BARE_RANGE = re.compile(r"((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)")
_SINGLE = re.compile(
    r"(?<!den )(?<!tu )nam\s+(?:hoc\s+)?((?:19|20)\d\d)(?!\s*(?:-|den)\s*(?:nam\s+)?(?:19|20)\d\d)"
    r"|(?:quy\s+\w+|thang\s+\d+)\s*/\s*((?:19|20)\d\d)"
)
# The term of an elected body that the plan is about is not the time of the plan.
_TERM = re.compile(
    r"(?:dai bieu|bau cu|dai hoi|hdnd|hoi dong nhan dan|quoc hoi)\b[^,;]{0,60}?nhiem ky\s*\(?(?:19"
    r"|20)\d\d\s*-\s*(?:19|20)\d\d"
    r"|nhiem ky\s*\(?(?:19|20)\d\d\s*-\s*(?:19|20)\d\d\)?\s*"
    r"(?:cua )?(?:cac )?(?:dai bieu|hdnd|hoi dong nhan dan|quoc hoi)"
)
# The day of a document that is named is not the time of the plan.
_ATTACHED = re.compile(r"\((?:ban hanh )?kem theo|\(dinh kem")
_DAYS = re.compile(r"ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}")
_UNTIL = re.compile(r"den (?:het )?nam\s+((?:19|20)\d\d)")
# Without its marks "điện tử năm 2023" would be "từ năm 2023".
_NOT_FROM = re.compile(r"(?:điện|phần|nhân|kết|đề) tử")
_ORIENTED = re.compile(r",?\s*(?:dinh huong|tam nhin|va nhung nam tiep theo).*")


def read_title(lines: Sequence[str], head: Head) -> tuple[str | None, int]:
    """The title on one line and the number of its last line; (None, last line of the head) when there is none."""
    taken: list[str] = [head.rest_of_type_line] if head.rest_of_type_line else []
    last = head.last_line
    blank = False
    if not head.type_found and is_letter(lines):
        return subject_of_letter(lines), last
    for no in range(head.last_line + 1, min(head.last_line + 25, len(lines)) + 1):
        line = clean_line(lines[no - 1].replace("|", " "))
        if not line or _RULE.fullmatch(line):
            blank = bool(taken) and (blank or not line or len(line) > 2)
            continue
        line = line.lstrip("# ")
        if taken and _ATTACHED.match(plain(line)):
            break
        only_type = taken == [head.rest_of_type_line] and not (
            plain(line).startswith("can cu ") or (len(taken[0].split()) > 4 and _BODY_BEGINS.match(plain(line)))
        )
        if taken and not only_type and _title_over(taken[-1], line, blank=blank):
            break
        if taken and head.doc_type != "KẾ HOẠCH" and is_capitals(line) and _ISSUING_BODY.match(plain(line)):
            break
        if not taken and (marker_of(line)[0] in ("roman", "number") or plain(line).startswith("can cu ")):
            break
        if not taken and not head.type_found and _BODY_BEGINS.match(plain(line)) and _issues(lines[no - 1 : no + 6]):
            break
        taken.append(line)
        last, blank = no, False
    return (squeeze(" ".join(taken)).strip("* ") or None), last


def _issues(lines: Sequence[str]) -> bool:
    """Whether the paragraph that begins here issues the plan, so that no title stands above the text."""
    first = [clean_line(line) for line in takewhile(str.strip, lines)]
    return not is_capitals(first[0]) and _ISSUES.search(" ".join(first)) is not None


def read_period(title: str | None, introduction: str, year_of_date: int | None) -> tuple[Period | None, bool]:
    """The years the plan runs and whether the title says so; a single year after a range of years is the plan's own."""
    for text, sure in ((title or "", True), (introduction, False)):
        period = _stated(text, year_of_date)
        if period:
            return period, sure
    return (Period(year_of_date, year_of_date), False) if year_of_date else (None, False)


def reaching(period: Period | None, tasks: Sequence[Task]) -> Period | None:
    """A period that only the date of the plan gives, up to the year of the last day or span that a task names."""
    years = [
        end.year
        for task in tasks
        for shape in (*task.time, *(s for row in task.rows for s in row.time))
        if (end := _end(shape))
    ]
    return Period(period.first, max([period.last, *years])) if period else None


def _end(shape: TimeShape) -> date | None:
    if isinstance(shape, Window):
        return shape.end
    return shape.day if isinstance(shape, Deadline) else None


def _title_over(before: str, line: str, *, blank: bool) -> bool:
    if marker_of(line)[0] in ("roman", "number") and not line[:4].isdigit():
        return True
    if is_capitals(before) and is_capitals(line):
        return False
    goes_on = line[0].islower() or line[0] in '(“"' or before.endswith((",", "-", "–"))
    if line[0].isdigit() and plain(before).endswith((" nam", " giai doan", " so", " quy", " ngay")):
        return False
    if not blank and (before.endswith(("-", "–")) or (line[0].islower() and not is_capitals(before))):
        return False
    if blank:
        return not goes_on or len(line) > 250
    return bool(_BODY_BEGINS.match(plain(line))) or is_capitals(before) or len(line) > 250 or before.endswith(".")


def _stated(text: str, year_of_date: int | None) -> Period | None:
    words = plain(_NOT_FROM.sub(" ", low(text)))
    folded = _ORIENTED.sub("", words) if "dinh huong" in words[20:] else words
    folded = _TERM.sub(" ", _DAYS.sub(" ", folded))
    ranges = [*_RANGE.finditer(folded)] or [*_BARE_RANGE.finditer(folded)]
    singles = list(_SINGLE.finditer(folded))
    if singles and (not ranges or singles[-1].start() > ranges[-1].start() or _is_of_programme(folded, ranges[-1])):
        year = int(singles[-1][1] or singles[-1][2])
        return Period(year, year)
    if ranges:
        first, last = sorted((int(ranges[-1][1]), int(ranges[-1][2])))
        return Period(first, last)
    until = _UNTIL.search(folded)
    if until:
        last = int(until[1])
        return Period(min(year_of_date or last, last), last)
    return None


def _is_of_programme(folded: str, found: re.Match[str]) -> bool:
    """A range inside the name of a programme that the plan carries out is not the plan's own period."""
    return bool(re.search(r"(?:chuong trinh|de an|chien luoc|nghi quyet)\b[^,;]*$", folded[: found.start()]))
