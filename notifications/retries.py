"""How long to wait before the next try, by way, and when to give up (pure)."""

from __future__ import annotations

from datetime import timedelta

NEXT_TRY = timedelta(minutes=1)  # when nobody answered
LONGEST_WAIT = timedelta(minutes=60)
GIVE_UP = timedelta(hours=72)
# After days with the machine off the first "come back later" is no reason to give up (many servers greet so).
LEAST_TRIES = 8
# A bell that is a day old wakes nobody; another channel is only a second way.
GIVE_UP_BELL = timedelta(hours=24)
# The ladder that Standard Webhooks recommends, in minutes, over some three days.
WEBHOOK_LADDER = (1, 5, 30, 120, 300, 600, 840, 1200, 1440)


def wait_after(channel: str, attempts: int, age: timedelta, *, unreachable: bool = False) -> timedelta | None:
    """When to try again after this many attempts at something of this age; None: give up.

    Mail is given up after three days and eight tries, whichever comes later.

    Mail that nobody could be asked about is not to blame, so it is kept however long the server is away.
    """
    if channel == "webhook":
        return timedelta(minutes=WEBHOOK_LADDER[attempts - 1]) if attempts <= len(WEBHOOK_LADDER) else None
    if channel in ("push", "apprise"):
        return back_off(attempts) if age < GIVE_UP_BELL else None
    if unreachable:
        return NEXT_TRY
    return back_off(attempts) if age < GIVE_UP or attempts < LEAST_TRIES else None


def back_off(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 1, 2, 4 … and at most 60 minutes."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
