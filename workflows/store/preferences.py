"""How a person wants to be told: by which way for each kind of event, when the digest comes, which hours are quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from workflows.errors import Refused

from .clockwork import setting
from .tables.notices import notice_choices, notice_times
from .upsert import insert_or_change

Mail = Literal["ngay", "tong_hop", "tat"]
MAILS: tuple[Mail, ...] = ("ngay", "tong_hop", "tat")
# The office's setting for its quiet hours, as text like the person's own.
QUIET_SETTING = "gio_yen_lang"
OFFICE_QUIET = "20:00-06:00"
DIGEST_AT = time(7, 30)


@dataclass(frozen=True)
class Choice:
    """For one kind of event: mail at once, in the digest or not at all; the bell of a device; other channels."""

    mail: Mail = "ngay"
    push: bool = True
    other: bool = True


@dataclass(frozen=True)
class Quiet:
    """Hours of the office's day in which nothing that can wait is sent; they may pass midnight."""

    begins: time
    ends: time

    def covers(self, at: time) -> bool:
        """Whether this hour is quiet."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True)
class Preferences:
    """What one person chose; `digest_at` is None for whom no digest was asked for, `own_quiet` what was typed."""

    choices: Mapping[str, Choice]
    digest_at: time | None
    own_quiet: str | None
    quiet: Quiet | None

    def choice(self, event: str) -> Choice:
        """The choice for this kind of event, or what holds for everybody."""
        return self.choices.get(event, Choice())

    @property
    def digest_hour(self) -> time:
        """When a digest would come."""
        return self.digest_at or DIGEST_AT


def preferences(connection: Connection, person_id: int, office_id: int | None) -> Preferences:
    """What the person chose, with the quiet hours of the office where the person has no own ones."""
    rows = connection.execute(select(notice_choices).where(notice_choices.c.person_id == person_id))
    choices = {row.event: Choice(row.mail, row.push, row.other) for row in rows}
    times = connection.execute(select(notice_times).where(notice_times.c.person_id == person_id)).one_or_none()
    own = times.quiet if times is not None else None
    kept = own if own is not None else quiet_of_office(connection, office_id or 0)
    digest_at = parse_hour(times.digest_at) if times is not None and times.digest_at else None
    return Preferences(choices, digest_at, own, parse_quiet(kept))


def keep_choices(connection: Connection, person_id: int, choices: Mapping[str, Choice]) -> None:
    """Keep all choices of a person; what holds for everybody needs no row."""
    connection.execute(delete(notice_choices).where(notice_choices.c.person_id == person_id))
    rows = [
        {"person_id": person_id, "event": event, **vars(choice)}
        for event, choice in choices.items()
        if choice != Choice()
    ]
    if rows:
        connection.execute(insert(notice_choices), rows)


def keep_times(connection: Connection, person_id: int, digest_at: str | None, quiet: str | None) -> None:
    """Keep when the person's digest comes (None: none) and the quiet hours ("" none, None the office's).

    Refused: BAD_HOUR, BAD_QUIET.
    """
    if digest_at is not None:
        parse_hour(digest_at)
    if quiet is not None:
        parse_quiet(quiet)
    row = {"person_id": person_id, "digest_at": digest_at, "quiet": quiet}
    upsert = insert_or_change(connection, notice_times, ("person_id",), ("digest_at", "quiet"))
    connection.execute(upsert.values(row))


def digest_people(connection: Connection) -> set[int]:
    """Everybody who asked for a digest."""
    wanted = select(notice_times.c.person_id).where(notice_times.c.digest_at.is_not(None))
    return set(connection.scalars(wanted))


def stop_digest(connection: Connection, person_id: int, now: datetime) -> None:
    """No digest any more: what was to come in it is from now on read inside the house only."""
    del now
    kept = preferences(connection, person_id, None)
    changed = {
        event: Choice("tat" if choice.mail == "tong_hop" else choice.mail, choice.push, choice.other)
        for event, choice in kept.choices.items()
    }
    keep_choices(connection, person_id, changed)
    keep_times(connection, person_id, None, kept.own_quiet)


def quiet_of_office(connection: Connection, office_id: int) -> str:
    """The hours in which the office's letters rest, as they were written; empty for none."""
    return str(setting(connection, QUIET_SETTING, office_id, OFFICE_QUIET))


def parse_hour(text: str) -> time:
    """An hour such as 07:30; Refused(BAD_HOUR)."""
    try:
        return datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007 - an hour of the day has no zone
    except ValueError as error:
        raise Refused("BAD_HOUR", field="gio_tong_hop", value=text) from error


def parse_quiet(text: str) -> Quiet | None:
    """Hours such as 20:00-06:00, None for no quiet hours; Refused(BAD_QUIET)."""
    if not text.strip():
        return None
    begins, _, ends = text.partition("-")
    try:
        return Quiet(parse_hour(begins), parse_hour(ends))
    except Refused as error:
        raise Refused("BAD_QUIET", field="gio_yen_lang", value=text) from error
