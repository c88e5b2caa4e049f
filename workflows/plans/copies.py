"""Bản sao: the three forms of a copy and what is printed of it (NĐ 30/2020 Điều 25–27, Phụ lục I phần II)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflows.errors import Refused

from .dates import format_long
from .numbering import body_symbol, number_line

FULL, FROM_COPY, EXTRACT = "SY", "SL", "TrS"
FORMS: Mapping[str, str] = {FULL: "Sao y", FROM_COPY: "Sao lục", EXTRACT: "Trích sao"}
MOST_PAGES = 100
_SPAN = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


@dataclass(frozen=True)
class CopySheet:
    """What makes pages a copy when they are printed: form, number, place and day, who signs, who receives it."""

    form: str
    office: str
    number: int
    day: date
    place: str
    block: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def symbol(self) -> str:
        """Of its number: "SY-UBND"."""
        return copy_symbol(self.form, self.office)

    @property
    def number_line(self) -> str:
        """ "Số: 01/SY-UBND"."""
        return number_line(self.number, self.symbol)

    @property
    def date_line(self) -> str:
        """ "An Bình, ngày 05 tháng 02 năm 2024"."""
        return f"{self.place}, {format_long(self.day)}" if self.place else format_long(self.day)


def copy_symbol(form: str, office: str) -> str:
    """The symbol of an office's copies of this form, such as "SY-UBND"."""
    return f"{form}-{body_symbol(office)}"


def copy_label(form: str, office: str) -> str:
    """What the text-only mark says before the time: hình thức sao, tên cơ quan sao."""
    return f"{FORMS[form]}; {office}"


def read_pages(words: str, count: int) -> tuple[int, ...]:
    """The pages that "1-3, 5" names, from 0, each once and in order; all of them for no words.

    Refused with BAD_PAGES for anything else, or for pages that a document of `count` pages does not have.
    """
    if not words.strip():
        return tuple(range(count))
    found: set[int] = set()
    for part in words.split(","):
        span = _SPAN.fullmatch(part.strip())
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last <= count:
            raise Refused("BAD_PAGES", field="trang", value=words[:40], count=count)
        found.update(range(first - 1, last))
    return tuple(sorted(found))
