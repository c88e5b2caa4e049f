"""When a letter about a notice is written: at once, after the quiet hours, with others, in the digest, or never."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.store.notices import Fate
from workflows.store.preferences import Preferences, Quiet

from .due_words import HANOI
from .events import AT_ONCE, FIXED

# Letters about one plan to one person are at least this far apart (MAIL-06); what comes between is gathered.
APART = timedelta(minutes=15)


def fate_of(
    event: str, kept: Preferences, *, urgent: bool, now: datetime, last_letter: datetime | None
) -> tuple[Fate, datetime]:
    """What happens to a person's notice, and from which instant on.

    What is fixed and what is urgent has a letter of its own, which never waits for others; urgent ones pass the quiet
    hours too. An urgent matter whose kind is switched off stays switched off: the bell inside the house has it.
    """
    if event in AT_ONCE:
        return "waiting", now
    choice = kept.choice(event).mail if event not in FIXED else "ngay"
    if choice == "tat":
        return "off", now
    if urgent:
        return "waiting", now
    if choice == "tong_hop":
        return "for_digest", now
    at = now
    if event not in FIXED and last_letter is not None:
        at = max(at, last_letter + APART)
    return "waiting", after_quiet(at, kept.quiet)


def after_quiet(at: datetime, quiet: Quiet | None) -> datetime:
    """The instant itself, or the end of the quiet hours in which it lies."""
    here = at.astimezone(HANOI)
    if quiet is None or not quiet.covers(here.time()):
        return at
    ends = datetime.combine(here.date(), quiet.ends, HANOI)
    return ends if ends > here else ends + timedelta(days=1)
