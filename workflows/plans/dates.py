"""Dates as documents write them: "ngày 05 tháng 02 năm 2024" (NĐ 30/2020 Phụ lục I mục II.4) and day/month/year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .normalise import plain, squeeze

_WORDS = re.compile(r"ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s*,?\s+nam\s+(\d{4})(?!\d)")
_SIGNS = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/-])")
_BLANK = r"[\s.…_/-]*"
_DOCUMENT_DATE = re.compile(
    rf"(?P<lead>^|[^,\n]*?,\s*)ngay{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}"
    rf"(?:thang|/){_BLANK}(?P<month>\d{{1,2}})?{_BLANK}(?:nam|/){_BLANK}(?P<year>(?:19|20|21)\d\d)?"
)


@dataclass(frozen=True)
class DocumentDate:
    """The place and date line of a document; day or month is None where the line leaves it blank."""

    raw: str
    place: str | None
    day: int | None
    month: int | None
    year: int | None

    @property
    def date(self) -> date | None:
        """The date, when the line is complete and such a day exists."""
        if self.day is None or self.month is None or self.year is None:
            return None
        return real_date(self.year, self.month, self.day)

    @property
    def partial(self) -> str | None:
        """ "2023-07" or "2023" where the day or the month is blank, None for a full date or no year."""
        if self.year is None or self.date is not None:
            return None
        return f"{self.year}-{self.month:02d}" if self.month and self.month <= 12 else str(self.year)


def real_date(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def format_long(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2024": days below 10 and months 1 and 2 get a zero (NĐ 30 Phụ lục I)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def format_short(day: date) -> str:
    """ "05/02/2024"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def date_line(place: str, day: date) -> str:
    """ "Đức Tân, ngày 20 tháng 02 năm 2024"."""
    return f"{place}, {format_long(day)}"


def parse_date(text: str) -> date | None:
    """The first date in the text, in words or with signs, or None; a day that does not exist is no date."""
    found = [day for _, day in find_dates(text) if day is not None]
    return found[0] if found else None


def find_dates(text: str) -> list[tuple[int, date | None]]:
    """Every date written in full and where it starts; None for one that the calendar does not have (31/02/2024)."""
    folded = plain(text)
    hits = [(m.start(), real_date(int(m[3]), int(m[2]), int(m[1]))) for m in _WORDS.finditer(folded)]
    hits += [(m.start(), real_date(int(m[4]), int(m[3]), int(m[1]))) for m in _SIGNS.finditer(folded)]
    return sorted(hits, key=lambda hit: hit[0])


def parse_document_date(line: str) -> DocumentDate | None:
    """The place and date line, blanks allowed ("Hồng Phong, ngày tháng 7 năm 2023"), or None for another line."""
    found = _DOCUMENT_DATE.search(plain(line[:200]))
    if found is None or len(squeeze(line)) > 120:
        return None
    lead = found["lead"] or ""
    place = squeeze(line[found.start("lead") : found.start("lead") + len(lead)].strip(" ,\t|")) or None
    day, month, year = (int(found[part]) if found[part] else None for part in ("day", "month", "year"))
    return DocumentDate(squeeze(line[found.start() : found.end()].strip()), place, day, month, year)
