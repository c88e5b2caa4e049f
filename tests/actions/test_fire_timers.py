"""fire_timers: what is due goes on by itself, once, and one broken case never holds up the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from tests.actions.small_office import everything, started, stored
from tests.stories.cast import Cast
from workflows.actions.fire_timers import fire_timers
from workflows.store.database import Database
from workflows.store.tables.processes import cases, events
from workflows.store.tables.worklist import timers


def asked(cast: Cast) -> datetime:
    """The bodies are asked; the instant at which the last round closes."""
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    due: datetime = max(row.due for row in stored(cast.database, timers))
    return due


def test_a_timer_fires_at_its_instant_and_not_a_second_before(cast: Cast) -> None:
    due = asked(cast)
    cast.now = due - timedelta(seconds=1)
    before = everything(cast.database)
    assert fire_timers(cast.clock).found == 0
    assert everything(cast.database) == before
    cast.now = due
    assert fire_timers(cast.clock).done == 1
    assert cast.waiting_at() == {"xu_ly_thieu_y_kien"}
    assert stored(cast.database, events)[-1].actor["name"] == "Hệ thống"


def test_fired_twice_is_fired_once(cast: Cast) -> None:
    cast.now = asked(cast)
    fire_timers(cast.clock)
    before = everything(cast.database)
    assert fire_timers(cast.clock).found == 0
    assert everything(cast.database) == before


def test_two_sweeps_at_once_fire_once(database: Database) -> None:
    cast = started(database)
    cast.now = asked(cast)
    ready = Barrier(2)

    def sweep(_: int) -> tuple[int, int]:
        ready.wait()
        swept = fire_timers(cast.clock)
        return swept.done, swept.failed

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(sweep, range(2)))
    assert sum(done for done, _ in outcomes) == 1
    assert sum(failed for _, failed in outcomes) == 0


def test_a_broken_case_is_counted_and_the_others_go_on(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    asked(cast)
    broken = cast.plan_id
    cast.import_and_start()
    cast.now = asked(cast)
    with cast.database.write() as connection:
        connection.execute(cases.update().where(cases.c.plan_id == broken).values(state={"status": "?"}))
    swept = fire_timers(cast.clock)
    assert (swept.found, swept.done, swept.failed) == (2, 1, 1)
    assert "sweep step failed" in caplog.text
    assert cast.waiting_at() == {"xu_ly_thieu_y_kien"}


def test_the_case_of_a_suspended_plan_stands_still(cast: Cast) -> None:
    cast.now = asked(cast)
    with cast.database.write() as connection:
        connection.execute(cases.update().values(suspended=True))
    assert fire_timers(cast.clock).found == 0
