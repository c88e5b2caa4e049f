"""The service's own clock: it does what has not come round, and only that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.clock.due_sweeps import FIRST_PAUSE, LONGEST_PAUSE, PACES, due_again, overdue, pause
from service.clock.ticker import Ticker
from workflows.actions.desk import Desk
from workflows.actions.sweep import sweep
from workflows.engine.actor import CLOCK
from workflows.store import clockwork
from workflows.store.database import Database

# 10:00 in Viet Nam.
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_what_never_ran_is_overdue_in_the_order_in_which_one_makes_work_for_the_next() -> None:
    assert overdue({}, NOW) == list(PACES)
    assert list(PACES).index("deliver") > list(PACES).index("escalate") > list(PACES).index("fire_timers")


@pytest.mark.parametrize("kind", ["fire_timers", "run_jobs", "deliver"])
def test_a_minutes_sweep_is_missed_after_ninety_seconds(kind: str) -> None:
    assert kind not in overdue({kind: NOW - 1.4 * MINUTE}, NOW)
    assert kind in overdue({kind: NOW - 1.6 * MINUTE}, NOW)


def test_the_days_cycles_are_missed_a_quarter_of_an_hour_after_six() -> None:
    at_six = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    yesterday = {"open_cycles": at_six - timedelta(days=1) + MINUTE}
    assert "open_cycles" not in overdue(yesterday, at_six + 14 * MINUTE)
    assert "open_cycles" in overdue(yesterday, at_six + 16 * MINUTE)
    assert "open_cycles" not in overdue({"open_cycles": at_six + MINUTE}, at_six + 16 * MINUTE)


def test_after_a_night_with_the_machine_off_yesterdays_seal_is_made_up_for() -> None:
    evening = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # 23:00 in Viet Nam
    assert "checkpoint_log" in overdue({"checkpoint_log": evening - timedelta(days=1)}, NOW)
    assert "checkpoint_log" not in overdue({"checkpoint_log": evening + MINUTE}, NOW)


def test_a_tick_runs_what_is_missing_and_the_next_finds_nothing(memory: Database) -> None:
    def run(kind: str) -> None:
        if kind != "deliver":
            sweep(Desk(memory, NOW, CLOCK), kind, "ticker")
        else:
            with memory.write() as connection:
                clockwork.start_sweep(connection, kind, "ticker", NOW)
                clockwork.finish_sweep(connection, kind, NOW, 0)

    ticker = Ticker(memory, lambda: NOW, run)
    assert ticker.tick() == list(PACES)
    assert ticker.tick() == []


def test_one_that_fails_does_not_hold_up_the_others_and_is_tried_again(memory: Database) -> None:
    tried: list[str] = []

    def run(kind: str) -> None:
        tried.append(kind)
        raise RuntimeError("the disk is full")

    ticker = Ticker(memory, lambda: NOW, run)
    ticker.tick()
    ticker.tick()
    assert tried == [*PACES, *PACES]


def test_a_sweep_that_prefect_began_and_never_ended_is_made_up_for(memory: Database) -> None:
    with memory.write() as connection:
        clockwork.start_sweep(connection, "fire_timers", "prefect", NOW - 5 * MINUTE)
    done: list[str] = []
    Ticker(memory, lambda: NOW, done.append).tick()
    assert "fire_timers" in done


def test_the_thread_ticks_until_it_is_stopped(memory: Database) -> None:
    import threading  # noqa: PLC0415

    ticked = threading.Event()
    ticker = Ticker(memory, lambda: NOW, lambda _kind: ticked.set())
    ticker.start()
    assert ticked.wait(10)
    ticker.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "ticker"]


def test_what_is_hurried_runs_without_being_overdue_and_once(memory: Database) -> None:
    with memory.write() as connection:
        for kind in PACES:
            clockwork.start_sweep(connection, kind, "prefect", NOW)
            clockwork.finish_sweep(connection, kind, NOW, 0)
    done: list[str] = []
    ticker = Ticker(memory, lambda: NOW, done.append)
    ticker.hurry("deliver")
    ticker.tick()
    ticker.tick()
    assert done == ["deliver"]


def test_a_daily_sweep_that_failed_is_caught_up_the_same_day_with_growing_pauses(memory: Database) -> None:
    ran: list[str] = []
    clock = [NOW]
    broken = True

    def run(kind: str) -> None:
        desk = Desk(memory, clock[0], CLOCK)
        with memory.write() as connection:
            clockwork.start_sweep(connection, kind, "ticker", desk.now)
            error = "the disk is full" if broken and kind == "open_cycles" else None
            clockwork.finish_sweep(connection, kind, desk.now, 0, error)
        ran.append(kind)

    ticker = Ticker(memory, lambda: clock[0], run)
    ticker.tick()
    tries = []
    for minute in range(1, 31):
        clock[0] = NOW + minute * MINUTE
        ran.clear()
        ticker.tick()
        tries += [minute] if "open_cycles" in ran else []
    assert tries == [1, 3, 7, 15], "after one minute, then after two, four, eight"
    broken = False
    clock[0] = NOW + 31 * MINUTE
    ticker.tick()
    with memory.read() as connection:
        sweep_now = clockwork.last_sweep(connection, "open_cycles")
    assert sweep_now is not None
    assert (sweep_now.failures, sweep_now.error) == (0, None)


def test_no_pause_is_longer_than_an_hour_and_what_succeeded_is_not_due_again() -> None:
    assert [pause(number) for number in (1, 2, 3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pause(1000) == LONGEST_PAUSE
    assert due_again({"deliver": (0, NOW - timedelta(days=9))}, NOW) == set()
