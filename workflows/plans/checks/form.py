"""Form (thể thức) by NĐ 30/2020 Phụ lục I: what can be seen in the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from workflows.plans.document import PlanDocument
from workflows.plans.normalise import clean_line, plain
from workflows.plans.numbering import format_number

from .finding import PlanFinding

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_DATE_PARTS = re.compile(r"ngay\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam")
_BASE = re.compile(r"can cu\b")
_COLLECTIVE = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b")
_DEPUTY = re.compile(r"(?:pho|pgd|pct)\b")


def check_form(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """Header, number, date, căn cứ, parts, end mark, Nơi nhận and signature as the decree wants them."""
    del on
    yield from _header(document)
    yield from _bases(document)
    yield from _parts(document)
    yield from _addressee_lines(document)
    yield from _signature(document)


def _header(document: PlanDocument) -> Iterator[PlanFinding]:
    head = plain(" ".join(clean_line(line) for line in document.lines[:25]))
    if "xa hoi chu nghia viet nam" not in head:
        yield PlanFinding(
            None, "NO_NATIONAL_NAME", "Không có Quốc hiệu, Tiêu ngữ; khi in chương trình tự thêm.", "note"
        )
    raw = document.number_raw or ""
    if document.number is not None and document.symbol and format_number(document.number, document.symbol) not in raw:
        wanted = format_number(document.number, document.symbol)
        yield PlanFinding(_line_of(document, raw), "NUMBER_FORM", f"Số, ký hiệu “{raw}” phải viết “Số: {wanted}”.")
    if written := _DATE_PARTS.search(plain(document.date_raw or "")):
        yield from _date_form(document, written["day"], written["month"])


def _date_form(document: PlanDocument, day: str, month: str) -> Iterator[PlanFinding]:
    """Days below 10 and months 1 and 2 get a zero, other months none (Phụ lục I mục II.4)."""
    right_day, right_month = f"{int(day):02d}", f"{int(month):02d}" if int(month) < 3 else str(int(month))
    if (day, month) != (right_day, right_month):
        words = f"Ngày tháng phải viết “ngày {right_day} tháng {right_month}” (số dưới 10 và tháng 1, 2 có số 0)."
        yield PlanFinding(_line_of(document, document.date_raw or ""), "DATE_FORM", words)


def _bases(document: PlanDocument) -> Iterator[PlanFinding]:
    """Each căn cứ on a line of its own that ends with ";", the last with "." or "," (Phụ lục I mục II.6)."""
    first_part = document.sections[0].line if document.sections else len(document.lines) + 1
    lines = [
        (no, clean_line(line))
        for no, line in enumerate(document.lines[: first_part - 1], 1)
        if _BASE.match(plain(clean_line(line)))
    ]
    for no, line in lines[:-1]:
        if not line.endswith(";"):
            yield PlanFinding(no, "BASE_END", "Mỗi căn cứ ghi một dòng, cuối dòng có dấu chấm phẩy (;).")
    if lines and lines[-1][1].endswith(";"):
        yield PlanFinding(lines[-1][0], "BASE_END", "Căn cứ cuối cùng kết thúc bằng dấu chấm (.).")


def _parts(document: PlanDocument) -> Iterator[PlanFinding]:
    numbered = [part for part in document.sections if part.found and part.label in _ROMAN]
    for before, part in pairwise(numbered):
        expected = _ROMAN[min(_ROMAN.index(before.label) + 1, len(_ROMAN) - 1)]
        if part.label not in (expected, "I"):  # a new chapter counts from I again
            words = f"Sau mục {before.label} là mục {part.label}; đúng ra là mục {expected}."
            yield PlanFinding(part.line, "PART_ORDER", words)
    if document.recipients and document.end_mark is None:
        yield PlanFinding(None, "NO_END_MARK", "Cuối nội dung chưa có dấu kết thúc “./.”.", "note")


def _addressee_lines(document: PlanDocument) -> Iterator[PlanFinding]:
    lines = [one for one in document.recipients if one.line]
    for at, recipient in enumerate(lines):
        words = clean_line(document.lines[recipient.line - 1]) if recipient.line <= len(document.lines) else ""
        if not words.startswith(("-", "–", "+")) or not words.endswith(recipient.raw):
            continue  # a column beside it: what stands at the line's end is not of Nơi nhận
        last = at == len(lines) - 1
        if not words.endswith("." if last else ";"):
            sign = "chấm (.)" if last else "chấm phẩy (;)"
            yield PlanFinding(recipient.line, "ADDRESSEE_END", f"Dòng này của Nơi nhận phải kết thúc bằng dấu {sign}.")


def _signature(document: PlanDocument) -> Iterator[PlanFinding]:
    """A collective signs by TM.; who signs for the head by KT. is a deputy (NĐ 30 Điều 13)."""
    signer = document.signer
    if signer.first_line is None:
        return
    collective = _COLLECTIVE.match(plain(document.issuer.name or "")) is not None
    if collective and signer.position and not signer.on_behalf:
        words = "Thiếu dòng “TM. …” (thay mặt tập thể) trên chức vụ người ký."
        yield PlanFinding(signer.first_line, "NO_ON_BEHALF", words)
    deputy = _DEPUTY.match(plain(signer.position or "")) is not None
    by_kt = plain(signer.authority or "").startswith("kt")
    if by_kt and signer.position and not deputy:
        yield PlanFinding(signer.first_line, "KT_NOT_DEPUTY", "Ký KT. thì chức vụ người ký là cấp phó.", "error")
    if deputy and not signer.authority:
        yield PlanFinding(signer.first_line, "DEPUTY_WITHOUT_KT", "Cấp phó ký phải có dòng KT. trên chức vụ.", "error")


def _line_of(document: PlanDocument, words: str) -> int | None:
    """The first line that holds these words."""
    wanted = plain("".join(words.split()))
    return next(
        (no for no, line in enumerate(document.lines, 1) if wanted and wanted in plain("".join(line.split()))), None
    )
