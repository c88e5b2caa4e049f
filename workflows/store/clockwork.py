"""What the clock needs: an office's calendar of working days, settings, and when each sweep last ran."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, select, update

from workflows.engine.calendar import VIETNAM, Calendar
from workflows.engine.office_week import ORDINARY_WEEK, OfficeWeek, week_from_json
from workflows.errors import Refused

from .driver import Reading, read_rows
from .holidays_of_vietnam import days_of
from .setting_changes import note_setting
from .tables.clockwork import calendar_days, settings, sweeps
from .upsert import insert_new, insert_or_change

# Rows of this office hold for every office that has none of its own for the same day or key.
EVERY_OFFICE = 0
# The setting that lists the organisation codes that this installation has a way to; the exchange keeps it true.
EXCHANGE_PEERS = "exchange_peers"
# The setting that keeps the ordinary week of an office, as OfficeWeek.to_json writes it.
WEEK_SETTING = "tuan_lam_viec"
DayKind = Literal["off", "work", "half"]
DAY_KINDS = ("off", "work", "half")


@dataclass(frozen=True)
class CalendarDay:
    """A day that is not what its weekday says; `source` is the document or the person that it rests on."""

    office_id: int
    day: date
    kind: str
    name: str
    source: str
    entered_by: str | None


@dataclass(frozen=True)
class Sweep:
    """The last run of one kind of sweep; while `finished_at` is before `started_at` it runs, or it died."""

    kind: str
    started_at: datetime
    finished_at: datetime | None
    runner: str
    done: int
    error: str | None
    failures: int = 0  # in a row


_KINDS = Reading(
    "SELECT day, kind FROM calendar_days WHERE office_id IN (?1, ?2) ORDER BY office_id",
    (calendar_days.c.day.type, calendar_days.c.kind.type),
)


_WEEK = Reading(
    "SELECT value FROM settings WHERE key = ?1 AND office_id IN (?2, ?3) ORDER BY office_id DESC LIMIT 1",
    (settings.c.value.type,),
)


def calendar_of(connection: Connection, office_id: int | None) -> Calendar:
    """The working days of this office (None: of every office) as the table says now."""
    rows = read_rows(connection, _KINDS, (EVERY_OFFICE, office_id or EVERY_OFFICE))
    kinds = dict(rows)  # the office's own row comes after the one for every office
    return calendar_of_kinds(kinds, week_of(connection, office_id))


def week_of(connection: Connection, office_id: int | None) -> OfficeWeek:
    """The ordinary week of this office."""
    found = read_rows(connection, _WEEK, (WEEK_SETTING, EVERY_OFFICE, office_id or EVERY_OFFICE))
    return week_from_json(found[0][0]) if found else ORDINARY_WEEK


class LazyCalendar(Calendar):
    """The working days of an office, read when the first day is counted: most commands count none."""

    _read: Callable[[], Calendar]

    def __init__(self, connection: Connection, office_id: int | None) -> None:
        object.__setattr__(self, "zone", VIETNAM)
        object.__setattr__(self, "_read", lambda: calendar_of(connection, office_id))

    @property
    def holidays(self) -> frozenset[date]:
        """As the table says."""
        return self._days.holidays

    @property
    def working(self) -> frozenset[date]:
        """As the table says."""
        return self._days.working

    @property
    def half_days(self) -> frozenset[date]:
        """As the table says."""
        return self._days.half_days

    @property
    def week(self) -> OfficeWeek:
        """As the office's settings say."""
        return self._days.week

    @cached_property
    def _days(self) -> Calendar:
        return self._read()


def calendars_of(connection: Connection, office_ids: Iterable[int | None]) -> dict[int | None, Calendar]:
    """The working days of each of these offices, with one query; offices without own days share one calendar."""
    wanted = select(calendar_days.c.office_id, calendar_days.c.day, calendar_days.c.kind)
    numbers = dict.fromkeys(office_ids)
    mine = wanted.where(calendar_days.c.office_id.in_({EVERY_OFFICE, *(number for number in numbers if number)}))
    entered: dict[int, dict[date, str]] = {}
    for office_id, day, kind in connection.execute(mine):
        entered.setdefault(office_id, {})[day] = kind
    shared = entered.pop(EVERY_OFFICE, {})
    weeks = settings_of(connection, WEEK_SETTING, [number for number in numbers if number])
    general = week_from_json(weeks.get(EVERY_OFFICE))
    everywhere = calendar_of_kinds(shared, general)
    own = {
        office_id: calendar_of_kinds(
            {**shared, **entered.get(office_id, {})},
            week_from_json(weeks[office_id]) if office_id in weeks else general,
        )
        for office_id in {*entered, *weeks} - {EVERY_OFFICE}
    }
    return {number: own.get(number or EVERY_OFFICE, everywhere) for number in numbers}


def calendar_of_kinds(kinds: Mapping[date, str], week: OfficeWeek) -> Calendar:
    """A calendar of this week in which these days are off, work or half."""
    days: dict[str, set[date]] = {kind: set() for kind in DAY_KINDS}
    for day, kind in kinds.items():
        days[kind].add(day)
    return Calendar(frozenset(days["off"]), frozenset(days["work"]), frozenset(days["half"]), week=week)


def calendar_days_of(connection: Connection, office_id: int | None) -> list[CalendarDay]:
    """The days in the office's calendar in order; its own row for a day stands before the one for every office."""
    wanted = select(calendar_days).where(calendar_days.c.office_id.in_({EVERY_OFFICE, office_id or EVERY_OFFICE}))
    days: dict[date, CalendarDay] = {}
    for row in connection.execute(wanted.order_by(calendar_days.c.office_id)):
        days[row.day] = CalendarDay(**row._mapping)
    return [days[day] for day in sorted(days)]


def set_day(connection: Connection, entered: CalendarDay) -> None:
    """Enter or change a day of an office's calendar (0: of every office)."""
    if entered.kind not in DAY_KINDS:
        raise Refused("BAD_KIND", kind=entered.kind)
    upsert = insert_or_change(connection, calendar_days, ("office_id", "day"), ("kind", "name", "source", "entered_by"))
    connection.execute(upsert.values(vars(entered)))


def forget_day(connection: Connection, office_id: int, day: date) -> None:
    """Take back what an office entered for a day; what is entered for every office holds again."""
    own = (calendar_days.c.office_id == office_id, calendar_days.c.day == day)
    connection.execute(delete(calendar_days).where(*own))


def seed_calendar(connection: Connection, years: Iterable[int]) -> int:
    """Enter Vietnam's public holidays and swapped days of these years for every office; how many days were new.

    A day that somebody entered before is left as it is: the library proposes, the table decides.
    """
    rows = [
        {"office_id": EVERY_OFFICE, "day": each.day, "kind": each.kind, "name": each.name, "source": each.source}
        for year in sorted(set(years))
        for each in days_of(year)
    ]
    known = set(connection.scalars(select(calendar_days.c.day).where(calendar_days.c.office_id == EVERY_OFFICE)))
    new = [row for row in rows if row["day"] not in known]
    if new:
        connection.execute(insert_new(connection, calendar_days), new)
    return len(new)


_SETTING = Reading(
    "SELECT value FROM settings WHERE key = ?1 AND office_id IN (0, ?2) ORDER BY office_id DESC LIMIT 1",
    [settings.c.value.type],
)


def setting(connection: Connection, key: str, office_id: int = EVERY_OFFICE, default: Any = None) -> Any:  # noqa: ANN401 - JSON
    """The value of a setting: the office's own, else the one for every office, else the default."""
    found = read_rows(connection, _SETTING, (key, office_id))
    return found[0][0] if found else default


def settings_of(connection: Connection, key: str, office_ids: Iterable[int]) -> dict[int, Any]:
    """The value of a setting for each of these offices that has one of its own, and for every office (0)."""
    mine = (settings.c.key == key, settings.c.office_id.in_({EVERY_OFFICE, *office_ids}))
    return {row.office_id: row.value for row in connection.execute(select(settings).where(*mine))}


def set_setting(
    connection: Connection, key: str, value: object, *, now: datetime, by: str | None, office_id: int = EVERY_OFFICE
) -> None:
    """Set a setting of an office (0: of every office); None takes the office's own value away.

    What a person changes (`by`) stays on record; what the program notes for itself does not.
    """
    own = (settings.c.key == key, settings.c.office_id == office_id)
    if by is not None:
        before = connection.execute(select(settings.c.value).where(*own)).scalar_one_or_none()
        note_setting(connection, office_id, key, before, value, now, by)
    if value is None:
        connection.execute(delete(settings).where(*own))
        return
    row = {"office_id": office_id, "key": key, "value": value, "changed_at": now, "changed_by": by}
    upsert = insert_or_change(connection, settings, ("office_id", "key"), ("value", "changed_at", "changed_by"))
    connection.execute(upsert.values(row))


def start_sweep(connection: Connection, kind: str, runner: str, now: datetime) -> None:
    """Note that a sweep of this kind began; when the one before it ended stays on record."""
    row = {"kind": kind, "started_at": now, "runner": runner, "done": 0}
    connection.execute(insert_or_change(connection, sweeps, ("kind",), ("started_at", "runner")).values(row))


def finish_sweep(connection: Connection, kind: str, now: datetime, done: int, error: str | None = None) -> None:
    """Note that the sweep ended, with what it did or why it failed, and for the how many-th time in a row."""
    failures = sweeps.c.failures + 1 if error is not None else 0
    values = {"finished_at": now, "done": done, "error": error, "failures": failures}
    connection.execute(update(sweeps).where(sweeps.c.kind == kind).values(values))


def last_sweep(connection: Connection, kind: str) -> Sweep | None:
    """The last sweep of this kind; None when there never was one."""
    row = connection.execute(select(sweeps).where(sweeps.c.kind == kind)).one_or_none()
    return _sweep(row) if row else None


def last_sweeps(connection: Connection) -> list[Sweep]:
    """The last sweep of every kind that ever ran, by kind."""
    return [_sweep(row) for row in connection.execute(select(sweeps).order_by(sweeps.c.kind))]


def _sweep(row: Row[Any]) -> Sweep:
    return Sweep(**row._mapping)
