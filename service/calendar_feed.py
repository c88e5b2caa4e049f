"""A person's own dates as a calendar (RFC 5545): days and names of steps, no names of people, no contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from workflows.store.screens.own_dates import OwnDate

from .words.titles import CALENDAR


def calendar_of_dates(found: Sequence[OwnDate], base_url: str) -> bytes:
    """The dates as a calendar file; the same dates give the same bytes."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - loaded when a feed is read, not at the start

    host = urlsplit(base_url).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", "-//kehoach//lich//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", CALENDAR)
    calendar.add("refresh-interval;value=duration", "PT1H")
    for each in found:
        event = Event()
        event.add("uid", f"{each.key}@{host}")
        event.add("dtstamp", each.changed_at)
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(days=1))
        event.add("summary", ": ".join(filter(None, (each.what, each.title))))
        event.add("url", f"{base_url}{each.path}")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
