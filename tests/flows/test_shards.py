"""A large sweep in parts: every office is in one of them, and a part that failed is tried again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.shards import SHARDS, in_shards
from flows.sweeping import MANY_TASKS
from tests.store.case_of import start
from tests.store.office import enter_office
from workflows.actions.desk import Desk, Swept
from workflows.actions.escalate import escalate
from workflows.engine.actor import CLOCK
from workflows.engine.events import TaskOpened
from workflows.errors import Stale
from workflows.store.database import Database
from workflows.store.due import how_many_escalations
from workflows.store.shard import EVERY_OFFICE, Shard

DUE = datetime(2026, 3, 11, 16, 59, 59, tzinfo=UTC)


def fill(database: Database) -> Desk:
    with database.write() as connection:
        office = enter_office(connection)
        for office_id in (office.province, office.commune, office.commune, None):
            opened = TaskOpened("2", "ky", due=DUE, escalation=((0, "nguoi_giu"),))
            start(connection, opened, office_id=office_id)
    return Desk(database, DUE, CLOCK)


def test_parts_at_once_do_the_whole_once(database: Database) -> None:
    desk, asked = fill(database), set()

    def sweep(at: Desk, shard: Shard) -> Swept:
        asked.add(shard)
        return escalate(at, shard=shard)

    assert in_shards(desk, sweep, how_many_escalations, 3) == Swept(4, 4)
    assert asked == ({EVERY_OFFICE} if database.is_sqlite else {Shard(number, SHARDS) for number in range(SHARDS)})
    assert in_shards(desk, sweep, how_many_escalations, 3) == Swept(0, 0)


def test_a_part_that_failed_is_tried_again_and_at_last_said_to_fail(database: Database) -> None:
    desk, tries = fill(database), 0

    def sweep(at: Desk, shard: Shard) -> Swept:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise Stale(case=1)
        return escalate(at, shard=shard)

    assert in_shards(desk, sweep, how_many_escalations, MANY_TASKS, pauses=(0.0, 0.0)).done == 4
    tries = 0
    with pytest.raises(Stale):
        in_shards(desk, sweep, how_many_escalations, MANY_TASKS, pauses=(0.0,))
