"""The ordinary week of an office: which days it works, wholly or for half of them, and in which hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from workflows.errors import Refused

DAY_KINDS = ("work", "half", "off")
# Monday first.
ORDINARY = ("work", "work", "work", "work", "work", "off", "off")
MOST_PERIODS = 4
_PERIOD = re.compile(r"([0-2]?\d)(?:[:.h]([0-5]\d))?h?\s*[-–]\s*([0-2]?\d)(?:[:.h]([0-5]\d))?h?")


@dataclass(frozen=True, slots=True)
class OfficeWeek:
    """`days` from Monday to Sunday, each work, half or off; `hours` are periods of a whole day, none when they do not
    matter; of a half day the first period is worked.

    With hours, what arrives after closing time arrives on the next working day. `closes`: a due date that was counted
    in working days ends at closing time, else at midnight (BLDS 2015 Điều 148 khoản 6).
    """

    days: tuple[str, ...] = ORDINARY
    hours: tuple[tuple[time, time], ...] = ()
    closes: bool = False

    def kind(self, day: date) -> str:
        """What this weekday is: work, half or off."""
        return self.days[day.weekday()]

    def closing(self, half: bool) -> time | None:
        """When the office closes on a whole or a half day; None where hours do not matter."""
        if not self.hours:
            return None
        return self.hours[0 if half else -1][1]

    def to_json(self) -> dict[str, Any]:
        """The week as it is kept."""
        return {"days": list(self.days), "hours": hours_text(self.hours), "closes": self.closes}


ORDINARY_WEEK = OfficeWeek()


def week_from_json(kept: Mapping[str, Any] | None) -> OfficeWeek:
    """The week as it was kept; the ordinary one where none was."""
    if kept is None:
        return ORDINARY_WEEK
    return OfficeWeek(tuple(kept["days"]), parse_hours(kept["hours"]), bool(kept["closes"]))


def office_week(days: tuple[str, ...], hours: str, *, closes: bool) -> OfficeWeek:
    """A week that somebody entered; BAD_WEEK (seven days, at least one worked), BAD_HOURS, HOURS_NEEDED."""
    if len(days) != len(ORDINARY) or set(days) - set(DAY_KINDS) or set(days) == {"off"}:
        raise Refused("BAD_WEEK", field="cac_thu", value=", ".join(days))
    periods = parse_hours(hours)
    if closes and not periods:
        raise Refused("HOURS_NEEDED", field="gio_lam_viec")
    return OfficeWeek(days, periods, closes)


def parse_hours(text: str) -> tuple[tuple[time, time], ...]:
    """Periods such as "7:30-11:30, 13:30-17:00", in their order and apart; BAD_HOURS for anything else."""
    periods = []
    for part in filter(None, (each.strip() for each in text.replace(";", ",").split(","))):
        found = _PERIOD.fullmatch(part)
        if found is None or int(found[1]) > 23 or int(found[3]) > 23:
            raise Refused("BAD_HOURS", field="gio_lam_viec", value=text)
        periods.append((time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))))
    flat = [at for period in periods for at in period]
    if len(periods) > MOST_PERIODS or flat != sorted(set(flat)):
        raise Refused("BAD_HOURS", field="gio_lam_viec", value=text)
    return tuple(periods)


def hours_text(hours: tuple[tuple[time, time], ...]) -> str:
    """The periods as people write them."""
    return ", ".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in hours)
