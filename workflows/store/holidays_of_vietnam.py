"""Vietnam's public holidays and swapped working days as the `holidays` library knows them, and what it misses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Official swaps that the library lacks: day off, day worked instead, and the document.
MISSED_SWAPS = ((date(2026, 1, 2), date(2026, 1, 10), "Công văn 12729/VPCP-KGVX ngày 25/12/2025"),)


@dataclass(frozen=True)
class ProposedDay:
    """A day off, or a weekend day that is worked."""

    day: date
    kind: str
    name: str
    source: str


def days_of(year: int) -> list[ProposedDay]:
    """The days of this year that are not what their weekday says, in order."""
    from holidays import country_holidays  # noqa: PLC0415 - it costs a tenth of a second, and only seeding needs it
    from holidays.version import __version__  # noqa: PLC0415 - as above

    library = f"Thư viện ngày lễ holidays {__version__}"
    known = country_holidays("VN", years=year, language="vi")
    found = {day: ProposedDay(day, "off", name, library) for day, name in known.items() if day.year == year}
    for day in known.weekend_workdays:
        if day.year == year:
            found[day] = ProposedDay(day, "work", "Ngày làm việc bù", library)
    for off, worked, document in MISSED_SWAPS:
        if off.year == year:
            found[off] = ProposedDay(off, "off", f"Nghỉ hoán đổi, làm bù ngày {worked:%d/%m/%Y}", document)
        if worked.year == year:
            found[worked] = ProposedDay(worked, "work", f"Làm bù cho ngày nghỉ {off:%d/%m/%Y}", document)
    return [found[day] for day in sorted(found)]
