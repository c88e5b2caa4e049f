"""sweep and sweep_all: each sweep is on record with who ran it; one that fails keeps no other."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.stories.cast import Cast, day
from workflows.actions import SWEEPS, sweep, sweep_all
from workflows.actions.desk import Swept
from workflows.actions.sweep import on_record
from workflows.store import clockwork
from workflows.store.clockwork import Sweep


def record(cast: Cast) -> dict[str, Sweep]:
    with cast.database.read() as connection:
        return {one.kind: one for one in clockwork.last_sweeps(connection)}


def test_a_sweep_says_when_by_whom_and_how_much(cast: Cast) -> None:
    cast.now = day(2024, 6, 1)
    swept = sweep(cast.clock, "escalate", "ticker")
    assert swept == Swept(1, 1, 0)
    assert record(cast)["escalate"] == Sweep("escalate", cast.now, cast.now, "ticker", 1, None)


def test_all_of_them_run_in_the_order_in_which_one_makes_work_for_the_next(cast: Cast) -> None:
    swept = sweep_all(cast.clock, "command")
    assert list(swept) == list(SWEEPS)
    assert set(record(cast)) == set(SWEEPS)
    assert {one.error for one in record(cast).values()} == {None}


def test_one_that_raises_is_on_record_the_others_run_and_all_is_told_at_the_end(cast: Cast) -> None:
    with cast.database.write() as connection:
        connection.execute(text("ALTER TABLE occurrences RENAME TO gone"))
        connection.execute(text("ALTER TABLE checkpoints RENAME TO gone_too"))
    cast.now = day(2024, 6, 1)
    with pytest.raises(ExceptionGroup) as caught:
        sweep_all(cast.clock, "command")
    assert [failure.__notes__ for failure in caught.value.exceptions] == [
        ["sweep open_duties"],
        ["sweep checkpoint_log"],
    ]
    found = record(cast)
    assert "occurrences" in (found["open_duties"].error or "")
    assert found["open_duties"].finished_at == cast.now
    assert (found["escalate"].done, found["escalate"].error) == (1, None)
    assert set(found) == set(SWEEPS)


def test_steps_that_failed_are_on_record_although_the_sweep_went_on(cast: Cast) -> None:
    on_record(cast.clock, "fire_timers", "ticker", lambda: Swept(3, 1, 2))
    found = record(cast)["fire_timers"]
    assert (found.done, found.error) == (1, "2 of 3 failed")


def test_the_next_good_sweep_takes_the_error_off_the_record(cast: Cast) -> None:
    on_record(cast.clock, "fire_timers", "ticker", lambda: Swept(3, 1, 2))
    sweep(cast.clock, "fire_timers", "prefect")
    found = record(cast)["fire_timers"]
    assert (found.runner, found.error) == ("prefect", None)
