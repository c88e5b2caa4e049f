"""set_escalation: an office's own levels stand before those of the processes, for new tasks and for open ones."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.actions.small_office import stored
from tests.stories.cast import Cast, day
from workflows.actions import Desk
from workflows.actions.claim_task import claim_task, release_task
from workflows.actions.escalate import escalate
from workflows.actions.set_escalation import MOST_LEVELS, set_escalation
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import escalations, tasks


def administrator(cast: Cast) -> Desk:
    return Desk(cast.database, cast.now, Actor("1", "Quản trị", groups=frozenset({f"quan_tri@{cast.office.id}"})))


def told(cast: Cast) -> set[tuple[int, str]]:
    rows = [*stored(cast.database, outbox, kind="task_due"), *stored(cast.database, outbox, kind="task_late")]
    return {(row.data["level"], row.data["target"]) for row in rows}


def next_at(cast: Cast) -> datetime | None:
    (row,) = stored(cast.database, tasks, status="open")
    found: datetime | None = row.next_escalation_at
    return found


def test_the_open_task_follows_the_new_levels_and_only_those(cast: Cast) -> None:
    assert next_at(cast) == day(2024, 2, 22, 7)  # two working days before, as the process was drawn
    assert set_escalation(administrator(cast), cast.office.id, [(-1, "nguoi_giu"), (2, "chu_tich")]) == 1
    assert next_at(cast) == day(2024, 2, 23, 7)
    cast.now = day(2024, 2, 22, 9)
    assert escalate(cast.clock).found == 0
    cast.now = day(2024, 2, 23, 7)
    escalate(cast.clock)
    assert told(cast) == {(-1, "nguoi_giu")}
    cast.now = day(2024, 3, 29)
    escalate(cast.clock)
    assert told(cast) == {(-1, "nguoi_giu"), (2, "chu_tich")}
    assert next_at(cast) is None


def test_a_task_that_opens_later_follows_them_too(cast: Cast) -> None:
    set_escalation(administrator(cast), cast.office.id, [(5, "van_thu")])
    cast.act("soan_thao", {})
    (row,) = stored(cast.database, tasks, status="open")
    assert row.next_escalation_at is not None and row.next_escalation_at > row.due
    cast.now = day(2024, 6, 1)
    escalate(cast.clock)
    assert told(cast) == {(5, "van_thu")}


def test_levels_whose_time_is_over_are_told_to_nobody(cast: Cast) -> None:
    cast.now = day(2024, 3, 29)
    set_escalation(administrator(cast), cast.office.id, [(1, "nguoi_giu"), (200 - 100, "chu_tich")])
    escalate(cast.clock)
    assert told(cast) == set()
    assert {(row.level, row.target) for row in stored(cast.database, escalations)} == {(1, "nguoi_giu")}


def test_without_own_levels_the_processes_hold_again(cast: Cast) -> None:
    before = next_at(cast)
    set_escalation(administrator(cast), cast.office.id, [(5, "van_thu")])
    assert next_at(cast) != before
    set_escalation(administrator(cast), cast.office.id, [])
    assert next_at(cast) == before


def test_claim_and_release_neither_repeat_nor_lose_a_level(cast: Cast) -> None:
    """Deadlines that were not rescheduled after a release are a known fault of other engines."""
    (task,) = cast.open()
    drafter = cast.drafter()
    cast.now = day(2024, 2, 22, 7)
    escalate(cast.clock)
    assert told(cast) == {(-2, "nguoi_giu")}
    claim_task(Desk(cast.database, cast.now, drafter.by), task.id)
    escalate(cast.clock)
    release_task(Desk(cast.database, cast.now, drafter.by), task.id)
    escalate(cast.clock)
    assert len(stored(cast.database, outbox, kind="task_due")) == 1
    cast.now = day(2024, 2, 26, 7)
    escalate(cast.clock)
    assert told(cast) == {(-2, "nguoi_giu"), (0, "nguoi_giu")}


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ([(-61, "nguoi_giu")], "BAD_LEVEL"),
        ([(121, "nguoi_giu")], "BAD_LEVEL"),
        ([(1, "giam_doc")], "BAD_TARGET"),
        ([(number, "chu_tich") for number in range(MOST_LEVELS + 1)], "TOO_MANY_LEVELS"),
    ],
)
def test_levels_that_make_no_sense_are_refused(cast: Cast, levels: list[tuple[int, str]], code: str) -> None:
    with pytest.raises(Refused, match=code):
        set_escalation(administrator(cast), cast.office.id, levels)


def test_only_the_administrator_of_the_office_sets_them(cast: Cast) -> None:
    with pytest.raises(Refused, match="NOT_YOURS"):
        set_escalation(cast.desk("chu_tich"), cast.office.id, [(1, "nguoi_giu")])
