"""Start events wait since deployment: timers, messages and signals start cases, of the newest version only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from tests.engine.building import process, users
from workflows.actions import broadcast_signal, publish_message, start_process
from workflows.errors import Refused
from workflows.store import directory
from workflows.store import start_triggers as repository
from workflows.store.database import Database
from workflows.store.tables.processes import start_triggers

from .field import Field
from .small_office import everything, stored

EVERY_DAY = "<timerEventDefinition><timeCycle>R3/PT24H</timeCycle></timerEventDefinition>"
TELLING = '<message id="m" name="tin"/><signal id="g" name="hieu"/>'
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="g"/>'


def starting(inner: str, key: str = "P", more: str = "") -> str:
    start, user = f"b{key}", f"u{key}"
    body = f'<startEvent id="{start}">{inner}</startEvent>' + users(user) + more
    return process(body, f"{start} {user}", key=key, prefix="f" + key)


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


def test_a_start_timer_starts_a_case_each_time_and_then_is_gone(field: Field) -> None:
    field.sow(starting(EVERY_DAY))
    assert field.fire() == 0
    field.later(days=1)
    assert (field.fire(), field.fire()) == (1, 0)
    field.later(days=10)
    assert field.fire() == 2  # what was missed: every instant once (ET5)
    assert len(field.cases("P")) == 3
    assert stored(field.database, start_triggers) == []


def test_missed_firings_of_several_come_in_the_order_of_their_instants(field: Field) -> None:
    hours = "<timerEventDefinition><timeCycle>R2/PT36H</timeCycle></timerEventDefinition>"
    field.sow(starting(EVERY_DAY, "A"))
    field.sow(starting(hours, "B"))
    field.later(days=5)
    assert field.fire() == 5
    rows = sorted([*field.cases("A"), *field.cases("B")], key=lambda row: row.id)
    assert [row.process for row in rows] == ["A", "B", "A", "A", "B"]


def test_two_who_fire_the_same_start_start_one_case(database: Database) -> None:
    field = Field(database)
    field.sow(starting(EVERY_DAY))
    field.later(days=1)
    with database.write() as connection:
        (due,) = repository.due_starts(connection, field.now, 5)
        after = due.trigger
        assert repository.move_on(connection, due, None)
        assert not repository.move_on(connection, due, after)
    assert field.fire() == 0


def test_two_sweeps_at_once_start_each_missed_case_once(database: Database) -> None:
    field = Field(database)
    field.sow(starting(EVERY_DAY))
    field.later(days=9)
    ready = Barrier(2)

    def sweep(_: int) -> int:
        ready.wait()
        return field.fire()

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(sweep, range(2))) == 3
    assert len(field.cases("P")) == 3
    assert stored(database, start_triggers) == []


def test_a_trigger_comes_back_as_it_was_kept(database: Database) -> None:
    field = Field(database)
    field.sow(TELLING, starting(EVERY_DAY, "A"), starting(MESSAGE, "B"), starting(SIGNAL, "C"))
    field.later(days=1)
    with database.read() as connection:
        (timer,) = repository.due_starts(connection, field.now, 5)
        (message,) = repository.triggers_for(connection, "message", "tin")
        (signal,) = repository.triggers_for(connection, "signal", "hieu")
    trigger = timer.trigger
    assert (trigger.process, trigger.start, trigger.kind, trigger.name) == ("A", "bA", "timer", None)
    assert trigger.due == field.now
    assert (trigger.anchor, trigger.cycle) == (field.now - timedelta(days=1), "R3/PT24H")
    assert (trigger.fired, trigger.left) == (0, 3)
    assert (message.trigger.process, message.trigger.name, message.trigger.due) == ("B", "tin", None)
    assert (signal.trigger.process, signal.trigger.kind) == ("C", "signal")


def test_a_new_version_waits_in_place_of_the_older_one_and_the_same_file_changes_nothing(field: Field) -> None:
    field.sow(TELLING, starting(MESSAGE), starting(EVERY_DAY, "Q"))
    before = everything(field.database)
    field.later(hours=1)
    field.sow(TELLING, starting(MESSAGE), starting(EVERY_DAY, "Q"))
    assert everything(field.database) == before
    field.sow(TELLING, starting(SIGNAL), starting(EVERY_DAY, "Q", users("v")))
    with pytest.raises(Refused, match="NO_MATCH"):
        publish_message(field.desk(), "tin", None, {})
    assert broadcast_signal(field.desk(), "hieu", {"x": 1}) == 1
    (case,) = field.cases("P")
    assert field.state(case.id).process_variables() == {"x": 1}
    field.later(hours=23)
    assert field.fire() == 0  # the cycle of the new version began with it
    field.later(hours=1)
    assert field.fire() == 1


def test_a_start_that_fails_stays_due_and_holds_up_nobody(field: Field) -> None:
    failing = process(
        f'<startEvent id="b">{EVERY_DAY}</startEvent><scriptTask id="t" scriptFormat="juel"><script>${{khong}}'
        "</script></scriptTask>",
        "b t",
    )
    field.sow(failing)
    field.sow(starting(EVERY_DAY, "Q"))
    field.later(days=1)
    assert field.fire() == 1
    assert field.cases("P") == []
    assert [row.process for row in stored(field.database, start_triggers, due=field.now)] == ["P"]


def test_a_message_and_a_signal_of_a_case_start_others_in_the_same_office(field: Field) -> None:
    throwing = process(
        '<startEvent id="s"/><sendTask id="gui" messageRef="m"/><endEvent id="e"><signalEventDefinition '
        'signalRef="g"/></endEvent>',
        "s gui e",
        key="T",
        prefix="t",
    )
    field.sow(TELLING, throwing, starting(MESSAGE, "A"), starting(SIGNAL, "B"))
    with field.database.write() as connection:
        office = directory.add_body(connection, kind="office", name="UBND xã An Bình")
    start_process(field.desk(), "T", {}, "k1", office_id=office)
    (told,), (heard,) = field.cases("A"), field.cases("B")
    assert (told.business_key, told.office_id, told.status) == (None, office, "active")
    assert (heard.business_key, heard.office_id, heard.status) == (None, office, "active")
