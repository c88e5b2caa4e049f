"""Many machines with one PostgreSQL: each is killed while there is work; nothing is lost and nothing done twice.

The tests of this file are one story, in this order; most of it is waiting, for a schedule comes round once a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any

import pytest
from sqlalchemy import select

from tests.store.office import Office, enter_office
from workflows.actions import create_token
from workflows.actions.api_tokens import Scopes
from workflows.actions.deploy import deploy_definition
from workflows.actions.desk import Desk
from workflows.engine.actor import CLOCK
from workflows.store import clockwork
from workflows.store.preferences import QUIET_SETTING
from workflows.store.tables.processes import events
from workflows.store.tables.telling import deliveries
from workflows.store.tables.worklist import tasks, timers

from .many_machines import WEBS, WORKERS, ManyMachines, many_machines
from .running_office import until

# A worker's job, a second of waiting for the clock, and a step of which somebody is told.
PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="many" targetNamespace="http://kehoach.vn/tests">
  <process id="nhieu_may" isExecutable="true">
    <startEvent id="bat_dau"/>
    <sequenceFlow id="f1" sourceRef="bat_dau" targetRef="viec"/>
    <serviceTask id="viec" camunda:type="external" camunda:topic="viec"/>
    <sequenceFlow id="f2" sourceRef="viec" targetRef="cho"/>
    <intermediateCatchEvent id="cho">
      <timerEventDefinition id="t"><timeDuration>PT1S</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="f3" sourceRef="cho" targetRef="xem"/>
    <userTask id="xem" name="Xem lại" camunda:candidateGroups="van_thu@{office}"/>
    <sequenceFlow id="f4" sourceRef="xem" targetRef="het"/>
    <endEvent id="het"/>
  </process>
</definitions>"""


@dataclass
class Driver:
    """Whoever starts cases and does jobs, at whichever web machine answers; keeps what was accepted."""

    machines: ManyMachines
    office: Office
    secret: str
    accepted: list[int] = field(default_factory=list)

    def start_cases(self, number: int) -> None:
        """So many cases, the web machines in turn."""
        for each in range(number):
            told = self._post(each, "/cases", {"process": "nhieu_may"})
            self.accepted.append(told["case_id"])

    def do_jobs(self) -> None:
        """Until no job is open; one whose fetching got no answer comes back when its lock runs out."""
        turn = 0
        while _open_jobs(self.machines):
            body = {"topics": ["viec"], "worker": "may-ngoai", "limit": 20, "lock_seconds": 5, "wait_seconds": 5}
            for job in self._post(turn, "/jobs/fetch", body)["jobs"]:
                turn += 1
                self._post(turn, f"/jobs/{job['id']}/complete", {"worker": "may-ngoai"}, repeated_is=409)

    def _post(self, turn: int, path: str, body: Any, repeated_is: int | None = None) -> Any:
        """Ask the machines in turn until one answers; a repeat of what an answer got lost of may be refused."""
        answer: list[Any] = []

        def answered() -> bool:
            nonlocal turn
            turn += 1
            with suppress(OSError, HTTPException):
                headers = {"authorization": f"Bearer {self.secret}"}
                status, told = self.machines.ask(WEBS[turn % 2], "POST", f"/api/v1{path}", body, headers)
                if status < 300 or status == repeated_is:
                    answer.append(told)
                    return True
            return False

        until(answered, 60, f"a machine answers {path}")
        return answer[0]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with many_machines(tmp_path_factory.mktemp("machines")) as machines:
        desk = Desk(machines.database, datetime.now(UTC), CLOCK)
        with desk.open() as work:
            office = enter_office(work.connection)
            # The office is asleep at some hour of every run of these tests; letters would wait for its morning.
            clockwork.set_setting(work.connection, QUIET_SETTING, "", now=desk.now, by=None)
        deploy_definition(desk, PROCESS.format(office=office.commune).encode())
        scopes = Scopes(["viec"], [], [], True)
        create_token(desk, "may-ngoai", "kh_bi-mat", scopes, office_id=office.commune, lasts=timedelta(days=1))
        yield Driver(machines, office, "kh_bi-mat")


def test_two_workers_share_the_rounds(driver: Driver) -> None:
    driver.start_cases(20)
    driver.do_jobs()
    until(lambda: _past_the_timer(driver) == 20, 150, "a worker fires the timers")


def test_a_killed_worker_is_done_without(driver: Driver) -> None:
    driver.start_cases(20)
    driver.do_jobs()
    driver.machines.kill(WORKERS[0])
    until(lambda: _past_the_timer(driver) == 40, 150, "the other worker fires the timers")
    driver.machines.start(WORKERS[0])


def test_killed_pages_lose_nothing_that_was_accepted(driver: Driver) -> None:
    driver.start_cases(10)
    driver.machines.kill(WEBS[0])
    driver.start_cases(10)
    driver.do_jobs()
    driver.machines.start(WEBS[0])
    until(lambda: driver.machines.answers(WEBS[0]), 60, "the pages are there again")


def test_a_killed_database_comes_back_with_everything(driver: Driver) -> None:
    driver.start_cases(10)
    driver.machines.cluster.kill()
    driver.machines.kill("prefect")
    driver.machines.cluster.start()
    driver.machines.start("prefect")
    driver.start_cases(10)
    driver.do_jobs()
    until(lambda: _past_the_timer(driver) == 80, 240, "the workers find Prefect and the database again")


def test_nothing_is_lost_and_nothing_done_twice(driver: Driver) -> None:
    until(lambda: _letters(driver)["sent"] >= 80, 240, "every letter has left")
    with driver.machines.database.read() as connection:
        fired = Counter(connection.scalars(select(events.c.case_id).where(events.c.type == "TimerDisarmed")))
        opened = Counter(connection.scalars(select(tasks.c.case_id).where(tasks.c.element == "xem")))
        assert set(driver.accepted) <= set(fired)
        assert set(fired.values()) == set(opened.values()) == {1}
        assert not connection.execute(select(timers)).all()
        sent = list(connection.scalars(select(deliveries.c.message_id)))
    assert len(sent) == len(set(sent)) == len(opened)
    assert set(sent) == {letter.message_id for letter in driver.machines.post_office.letters}
    assert _letters(driver) == {"sent": len(sent)}


def _open_jobs(machines: ManyMachines) -> int:
    with machines.database.read() as connection:
        wanted = select(tasks.c.id).where(tasks.c.kind == "job", tasks.c.status == "open")
        return len(connection.execute(wanted).all())


def _past_the_timer(driver: Driver) -> int:
    with driver.machines.database.read() as connection:
        found = set(connection.scalars(select(tasks.c.case_id).where(tasks.c.element == "xem")))
    return len(found & set(driver.accepted))


def _letters(driver: Driver) -> Counter[str]:
    with driver.machines.database.read() as connection:
        return Counter(connection.scalars(select(deliveries.c.status)))
