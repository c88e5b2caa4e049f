"""open_duties: when its day comes a duty is a task of the body that leads it, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import text

from tests.actions.small_office import everything, started, stored
from tests.stories.cast import Cast, day
from workflows.actions.open_duties import open_duties
from workflows.store import directory, plans
from workflows.store.database import Database
from workflows.store.tables.plans import occurrences
from workflows.store.tables.processes import cases
from workflows.store.tables.telling import outbox


@pytest.fixture
def in_force(cast: Cast) -> Cast:
    """The plan is in force."""
    cast.pass_to_force()
    return cast


def test_each_duty_opens_on_its_day_for_its_body_with_its_last_day(in_force: Cast) -> None:
    rows = stored(in_force.database, occurrences)
    assert [(row.opens_on, row.due_on) for row in rows] == [
        (date(2024, 2, 5), date(2024, 6, 29)),
        (date(2024, 9, 1), date(2024, 9, 30)),
    ]
    assert open_duties(in_force.clock).done == 1
    (task,) = in_force.open("thuc_hien")
    assert task.due == day(2024, 6, 29, 23, 59).replace(second=59)
    assert f"thu_truong@{rows[0].body_id}" in task.groups
    first, second = stored(in_force.database, occurrences)
    assert (first.case_id, first.opened_at) == (task.case_id, in_force.now)
    assert (second.case_id, second.opened_at) == (None, None)


def test_opened_twice_is_opened_once(in_force: Cast) -> None:
    open_duties(in_force.clock)
    before = everything(in_force.database)
    assert open_duties(in_force.clock).found == 0
    assert everything(in_force.database) == before


def test_what_somebody_else_opened_in_between_is_no_failure(in_force: Cast) -> None:
    (first, _) = stored(in_force.database, occurrences)
    with in_force.database.write() as connection:
        assert plans.claim_occurrences(connection, [first.id], in_force.now) == {first.id}
    swept = open_duties(in_force.clock)
    assert (swept.found, swept.done, swept.failed) == (1, 0, 0)
    assert stored(in_force.database, cases, process="nhiem_vu") == []


def test_two_sweeps_at_once_open_one_case(database: Database) -> None:
    cast = started(database)
    cast.pass_to_force()
    ready = Barrier(2)

    def sweep(_: int) -> int:
        ready.wait()
        swept = open_duties(cast.clock)
        assert swept.failed == 0
        return swept.done

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(sweep, range(2))) == 1
    assert len(stored(database, cases, process="nhiem_vu")) == 1


def test_one_that_cannot_open_keeps_no_other_from_opening_and_the_clerks_hear_of_it(in_force: Cast) -> None:
    in_force.now = day(2024, 9, 1)
    first, _ = stored(in_force.database, occurrences)
    with in_force.database.write() as connection:
        refused = f"NEW.business_key = 'nhiem_vu:{first.id}' BEGIN SELECT RAISE(ABORT, 'no'); END"
        connection.execute(text(f"CREATE TRIGGER no BEFORE INSERT ON cases WHEN {refused}"))
    swept = open_duties(in_force.clock)
    assert (swept.found, swept.done, swept.failed) == (2, 1, 1)
    assert [row.case_id is not None for row in stored(in_force.database, occurrences)] == [False, True]
    assert len(stored(in_force.database, outbox, kind="duties_failed")) == 1


def test_the_duty_of_a_body_that_ended_is_its_successors(in_force: Cast) -> None:
    (first, second) = stored(in_force.database, occurrences)
    with in_force.database.write() as connection:
        directory.end_body(connection, first.body_id, date(2024, 1, 31), second.body_id)
    open_duties(in_force.clock)
    in_force.act("thuc_hien", {"noi_dung": "Đã rà soát."}, in_force.actor("thu_truong", second.body_id))
    in_force.act("xac_nhan", {"ket_qua": "dat"}, in_force.actor("thu_truong", second.body_id))
    done = stored(in_force.database, occurrences)[0]
    assert (done.done_at, done.result) == (in_force.now, "Đã rà soát.")


def test_a_limit_leaves_the_rest_for_the_next_time(in_force: Cast) -> None:
    in_force.now = day(2024, 9, 1)
    assert open_duties(in_force.clock, 1).done == 1
    assert open_duties(in_force.clock, 1).done == 1
    assert open_duties(in_force.clock, 1).done == 0
