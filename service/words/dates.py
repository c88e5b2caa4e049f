"""Dates as people read them: dd/mm/yyyy HH:mm in Asia/Ho_Chi_Minh, and how late something is, always with the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from service.languages import english
from service.languages.current import SOURCE, current
from workflows.letters import composed
from workflows.plans.cycles import period_words
from workflows.plans.report_form import written

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
END_OF_DAY = time(23, 59, 59)

_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_IN_WORDS = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$", re.IGNORECASE)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


def local(moment: datetime) -> datetime:
    """The same instant on the office's clock."""
    return moment.astimezone(ZONE)


def local_day(moment: datetime) -> date:
    """The office's calendar day of an instant."""
    return local(moment).date()


def day_words(day: date) -> str:
    """20/11/2026; in English 20 November 2026."""
    if current() != SOURCE:
        return english.day(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def time_words(moment: datetime) -> str:
    """20/11/2026 08:05."""
    here = local(moment)
    return f"{day_words(here.date())} {here.hour:02d}:{here.minute:02d}"


def period_said(key: str) -> str:
    """A period by its key: "quý III/2026"; empty for what is done once."""
    return period_words(key) if current() == SOURCE else english.period(key)


def figure_words(figure: Decimal | int | str) -> str:
    """A figure as offices write it: "1.234.567,5"; in English "1,234,567.5"."""
    return written(figure) if current() == SOURCE else english.figure(written(figure))


def due_words(due: datetime) -> str:
    """The day alone when something is due at the end of it, else day and hour."""
    here = local(due)
    return day_words(here.date()) if here.time().replace(microsecond=0) >= END_OF_DAY else time_words(due)


@dataclass(frozen=True)
class Lateness:
    """How a due instant looks from now: `tone` is late, today, soon, later or none; `words` always name the day."""

    tone: str
    words: str

    @property
    def is_late(self) -> bool:
        """Whether the due instant is past."""
        return self.tone == "late"


def lateness(due: datetime | None, now: datetime) -> Lateness:
    """ "Quá hạn 2 ngày – 20/11/2026", "Hôm nay – 20/11/2026", "Còn 3 ngày – 20/11/2026", "Không có hạn"."""
    if due is None:
        return Lateness("none", "Không có hạn")
    days = (local_day(due) - local_day(now)).days
    day = due_words(due)
    if due < now:
        return Lateness("late", f"Quá hạn {-days} ngày – {day}" if days else f"Quá hạn hôm nay – {time_words(due)}")
    if days == 0:
        return Lateness("today", f"Hạn hôm nay – {day}")
    return Lateness("soon" if days <= 7 else "later", f"Còn {days} ngày – {day}")


def read_day(words: str) -> date | None:
    """What a person typed as a day, day first: 5/2/2024, 05-02-2024, ngày 5 tháng 2 năm 2024, 20241231; else None."""
    typed = composed(" ".join(words.split()))
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_IN_WORDS, (3, 2, 1)), (_COMPACT, (1, 2, 3)), (_ISO, (1, 2, 3))):
        found = pattern.match(typed)
        if found:
            year, month, day = (int(found.group(index)) for index in order)
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def end_of_day(day: date) -> datetime:
    """The last second of this day in the office: what a due date means."""
    return datetime.combine(day, END_OF_DAY, ZONE)
