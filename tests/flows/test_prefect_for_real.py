"""Prefect as it runs in an office: its schedule fires, its death loses nothing, it tells nobody anything.

The only slow test: a schedule comes round once a minute. The tests of this file are one story, in this order.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from workflows.actions.deploy import deploy_definition
from workflows.actions.desk import Desk
from workflows.actions.handle import start_case
from workflows.engine.actor import CLOCK
from workflows.store import cases, directory

from .running_office import RunningOffice, running_office, until

# A process that only waits a second: whoever does the work of the clock ends it.
WAITS = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="waits" targetNamespace="http://kehoach.vn/tests">
  <process id="cho" isExecutable="true">
    <startEvent id="bat_dau"/>
    <sequenceFlow id="f1" sourceRef="bat_dau" targetRef="cho_mot_giay"/>
    <intermediateCatchEvent id="cho_mot_giay">
      <timerEventDefinition id="t"><timeDuration>PT1S</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="f2" sourceRef="cho_mot_giay" targetRef="het"/>
    <endEvent id="het"/>
  </process>
</definitions>"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


def test_the_pages_answer_before_prefect_does(office: RunningOffice) -> None:
    assert office.answers()
    sweep = office.last("fire_timers")
    assert sweep is None or sweep.runner == "ticker"


def test_a_schedule_fires_and_is_on_record(office: RunningOffice) -> None:
    for kind in ("sign_documents", "run_jobs", "fire_timers", "deliver"):
        until(lambda kind=kind: _runner(office, kind) == "prefect", 300, f"Prefect runs {kind}")
    sweep = office.last("fire_timers")
    assert sweep is not None
    assert sweep.error is None


def test_killing_prefect_loses_nothing(office: RunningOffice) -> None:
    first = office.child()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    case = _start_waiting(office)
    until(lambda: office.child() not in (None, first), 30, "Prefect is started again")

    killed = {first}

    def done_without_prefect() -> bool:
        child = office.child()
        if child is not None and child not in killed:
            os.kill(child, signal.SIGKILL)
            killed.add(child)
        assert office.answers()
        return _status(office, case) != "active" and _runner(office, "fire_timers") == "ticker"

    until(done_without_prefect, 180, "the ticker does the work")


def test_nobody_but_this_machine_is_spoken_to(office: RunningOffice) -> None:
    def speakers() -> set[str]:
        return {line.partition(" ")[0] for line in office.contacts.read_text(encoding="utf-8").splitlines()}

    until(lambda: len(speakers()) > 2, 90, "the ear is in the children too")
    here = re.compile(r"\d+ (?:\('(?:127\.0\.0\.1|::1)', |name (?:'|b')?(?:127\.0\.0\.1|localhost|::1|None)|'|b')")
    assert not [line for line in office.contacts.read_text(encoding="utf-8").splitlines() if not here.match(line)]


def test_nothing_outlives_the_pages_even_when_they_are_killed(office: RunningOffice) -> None:
    until(lambda: office.child() is not None, 90, "Prefect is there once more")
    office.kill()
    until(lambda: not office.processes(), 60, "every process has ended by itself")


def _runner(office: RunningOffice, kind: str) -> str | None:
    sweep = office.last(kind)
    return sweep.runner if sweep is not None and sweep.finished_at is not None else None


def _start_waiting(office: RunningOffice) -> int:
    desk = Desk(office.database, datetime.now(UTC), CLOCK)
    deploy_definition(desk, WAITS)
    with desk.open() as work:
        body = directory.add_body(work.connection, name="UBND xã Thử", kind="office")
        return start_case(work, "cho", {}, business_key="cho:1", office_id=body, plan_id=0).case_id


def _status(office: RunningOffice, case: int) -> str:
    with office.database.read() as connection:
        return cases.load_case(connection, case, lock=False).status
