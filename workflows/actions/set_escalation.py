"""An administrator sets the levels at which the office reminds and reports late work."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.errors import Refused
from workflows.store import clockwork
from workflows.store.escalation_policies import LADDER, keep_policy, open_tasks_due, policy_of, replan
from workflows.store.setting_changes import note_setting

from .administration import require_administrator
from .desk import Desk

# A level is told on a working day; nobody reminds half a year ahead, or for years afterwards.
FIRST, LAST = -60, 120
MOST_LEVELS = 12
TARGETS = ("nguoi_giu", "thu_truong", "pho_chu_tich", "chu_tich", "van_thu")


def set_escalation(desk: Desk, office_id: int, policy: Sequence[tuple[int, str]]) -> int:
    """Set the office's levels and plan its open tasks anew; how many tasks that are. An empty list: none of its own.

    What was told already is not told again, and a level whose time is over is told to nobody. Refused: NOT_YOURS,
    BAD_LEVEL, BAD_TARGET, TOO_MANY_LEVELS.
    """
    require_administrator(desk.by, office_id)
    if len(policy) > MOST_LEVELS:
        raise Refused("TOO_MANY_LEVELS", most=MOST_LEVELS)
    for level, target in policy:
        if not FIRST <= level <= LAST:
            raise Refused("BAD_LEVEL", field="muc", first=FIRST, last=LAST)
        if target not in TARGETS:
            raise Refused("BAD_TARGET", target=target)
    with desk.open() as work:
        before = [list(each) for each in policy_of(work.connection, office_id)] or None
        after = [list(each) for each in policy] or None
        note_setting(work.connection, office_id, LADDER, before, after, work.now, work.by.name)
        keep_policy(work.connection, office_id, policy, work.now, work.by.name)
        found = open_tasks_due(work.connection, office_id)
        calendar = clockwork.calendar_of(work.connection, office_id)
        replan(work.connection, found, tuple(policy), calendar, work.now)
        return len(found)
