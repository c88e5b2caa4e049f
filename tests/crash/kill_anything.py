"""Kill whatever runs, at random, while the office is used; then let it come to rest, and look at everything.

`python -m tests.crash.kill_anything --database postgres --kills 50 --seed 7` prints what was done and found as JSON;
exit code 1 for a violation. The same seed chooses the same victims in the same order. `--pauses` of the victims are
stopped for longer than any lease and come back (SIGSTOP, SIGCONT); `--deaths` are deaths of the whole database.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from service.auth.actor import actor_of
from tests.databases import Cluster, private_cluster
from tests.store.office import enter_office
from workflows.actions import create_token, deploy_together
from workflows.actions.api_tokens import Scopes, create_own_token
from workflows.actions.desk import Desk
from workflows.engine.actor import CLOCK
from workflows.errors import Refused
from workflows.store import accounts, clockwork
from workflows.store.database import Database, is_out_of_reach
from workflows.store.preferences import QUIET_SETTING
from workflows.store.tables.processes import cases, events
from workflows.store.tables.telling import deliveries

from .ground import url_of
from .invariants import violations
from .machines import Machines
from .nursery import BEGAN, SPEED, hurried_now
from .oracle import History, Oracle, until
from .plants import PLANTS
from .sink import Sink, sink

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="kill" targetNamespace="http://kehoach.vn/tests">
  <process id="qua_tay" isExecutable="true">
    <startEvent id="bat_dau"/>
    <sequenceFlow id="f1" sourceRef="bat_dau" targetRef="xem"/>
    <userTask id="xem" name="Xem" camunda:candidateGroups="van_thu@{office}" camunda:dueDate="P1D"/>
    <sequenceFlow id="f2" sourceRef="xem" targetRef="cho"/>
    <intermediateCatchEvent id="cho">
      <timerEventDefinition id="t"><timeDuration>PT5M</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="f3" sourceRef="cho" targetRef="ky"/>
    <userTask id="ky" name="Ký" camunda:candidateGroups="van_thu@{office}"/>
    <sequenceFlow id="f4" sourceRef="ky" targetRef="het"/>
    <endEvent id="het"/>
  </process>
</definitions>"""
PROGRAM, CLERK = "kh_may", "kh_van_thu"
ORACLES = 3
DRAINED = 90  # seconds until everything must have come to rest
LEASE = 600 / SPEED  # seconds of ours in which whoever took something counts as alive
AWAY = 10  # seconds after which the pages answer again once the database does


def enter(database: Database) -> None:
    """The office, its process, and the tokens of the programs that use it."""
    database.upgrade()
    desk = Desk(database, hurried_now(), CLOCK)
    with desk.open() as work:
        office = enter_office(work.connection)
        clockwork.set_setting(work.connection, QUIET_SETTING, "", now=desk.now, by=None)
        accounts.add_account(work.connection, office.clerk, "van_thu", "không có mật khẩu")
        clerk = actor_of(work.connection, office.clerk, "Hồ Văn Em", desk.now)
    deploy_together(desk, [PROCESS.format(office=office.commune).encode()])
    scopes = Scopes(topics=[], messages=[], signals=[], admin=True)
    create_token(desk, "máy", PROGRAM, scopes, office_id=office.commune, lasts=timedelta(days=365))
    create_own_token(replace(desk, by=clerk), "máy văn thư", CLERK, timedelta(days=365))


class Attack:
    """The killing, and what was seen of the answers meanwhile."""

    def __init__(self, machines: Machines, cluster: Cluster | None, seed: int) -> None:
        self.machines, self.cluster = machines, cluster
        self.chance = random.Random(seed)
        self.victims: Counter[str] = Counter()
        self.recovered: list[float] = []
        self.found: list[str] = []

    def kill(self, kills: int, pauses: int, deaths: int) -> None:
        """So many deaths in an order that the seed decides."""
        order = ["kill"] * kills + ["pause"] * pauses + ["database"] * (deaths if self.cluster else 0)
        self.chance.shuffle(order)
        for what in order:
            name = self.chance.choice(self.machines.names)
            if what == "database":
                self._kill_database()
            elif what == "pause":
                self.victims[f"{name} paused"] += 1
                self.machines.pause(name, self.chance.uniform(0.1, 1.5) * LEASE)
            else:
                self.victims[name] += 1
                self.machines.await_up(name)
                time.sleep(self.chance.uniform(0.005, 0.12))
                self.machines.kill(name)
                self.machines.start(name)

    def _kill_database(self) -> None:
        """The whole cluster at once, or an immediate stop; nobody says yes meanwhile, and all is well soon after."""
        assert self.cluster is not None
        hard = self.chance.random() < 0.5
        self.victims["database killed" if hard else "database stopped"] += 1
        if hard:
            self.cluster.kill_9()
        else:
            self.cluster.kill()
        answers = {self.machines.probe(name) for name in self.machines.webs}
        if not answers <= {503, 0}:
            self.found.append(f"G9 answered {answers} while the database was away")
        self.cluster.start()
        began = time.monotonic()
        if not until(self._all_write, AWAY * 3):
            self.found.append("G9 the pages do not come back by themselves")
        self.recovered.append(time.monotonic() - began)

    def _all_write(self) -> bool:
        self.machines.keep_up()
        return {self.machines.probe(name) for name in self.machines.webs} == {201}


def promises(database: Database, history: list[dict[str, Any]], letters: Sink) -> Iterator[str]:
    """I1, I2, I5, I15: what was said yes to is there once, and nothing is there that nobody asked for."""
    ended = [each for each in history if each["how"] == "ok"]
    for each in history:
        if each["how"] == "refused" and each["code"] not in ("NOT_WAITING", "ALREADY_DONE"):
            yield f"I1 {each['op']} {each['key']} was refused: {each['status']} {each['code']}"
    with database.read() as connection:
        begun = Counter(connection.scalars(select(cases.c.business_key).where(cases.c.process == "qua_tay")))
        done = Counter(
            f"{row.case_id}-{row.data['task_id']}"
            for row in connection.execute(select(events).where(events.c.type == "TaskClosed"))
        )
        written = {
            f"{row.message_id} {row.address}": row.status
            for row in connection.execute(select(deliveries).where(deliveries.c.channel == "mail"))
        }
    started = {each["key"] for each in ended if each["op"] == "start"}
    completed = {each["key"] for each in ended if each["op"] == "complete"}
    asked = {each["key"] for each in history}
    yield from (f"I1 case {key} was accepted and is not there" for key in started - begun.keys())
    yield from (f"I1 case {key} is there {number} times" for key, number in begun.items() if number > 1)
    yield from (f"I2 task {key} was accepted as done and is not" for key in completed - done.keys())
    yield from (f"I2 task {key} was done and nobody asked for it" for key in done.keys() - asked)
    came = letters.copies()
    sent = {key for key, status in written.items() if status == "sent"}
    yield from (f"I5 letter {key} is noted as sent and never came" for key in sent - came.keys())
    yield from (f"I5 letter {key} came and stands nowhere" for key in came.keys() - written.keys())


def come_to_rest(database: Database) -> list[str]:
    """What has not come to rest in time; timers go on making work, so that it is at rest at one instant only."""
    deadline = time.monotonic() + DRAINED
    while (found := _restless(database)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def _restless(database: Database) -> list[str]:
    """What is not at rest yet, or never will be."""
    try:
        with database.read() as connection:
            return list(violations(connection, hurried_now() - timedelta(minutes=5)))
    except Exception as failure:
        if not is_out_of_reach(failure) and not isinstance(failure, Refused):
            raise
        return [f"the database is away: {failure}"]


def attacked(given: argparse.Namespace, folder: Path, cluster: Cluster | None) -> dict[str, Any]:
    """One whole attack; the report."""
    url = url_of(cluster.url, "postgres") if cluster else f"sqlite:///{folder / 'kehoach.sqlite3'}"
    os.environ[BEGAN] = str(time.time())
    database = Database(url)
    enter(database)
    began = time.monotonic()
    with sink(folder) as letters, Machines(folder, url, letters.port, given.plant or "") as machines:
        history = History(folder / "history.jsonl")
        ports = [machines.ports[name] for name in machines.webs]
        oracles = [Oracle(f"o-{number}", ports, history, (PROGRAM, CLERK)) for number in range(ORACLES)]
        for each in (*machines.names,):
            machines.await_up(each)
        for oracle in oracles:
            oracle.start()
        attack = Attack(machines, cluster, given.seed)
        attack.kill(given.kills, given.pauses, given.deaths)
        seconds = time.monotonic() - began
        machines.wake()
        machines.keep_up()
        for oracle in oracles:
            oracle.settle()
        found = [*attack.found, *come_to_rest(database), *letters.violations()]
        told = History.read(folder / "history.jsonl")
        found += promises(database, told, letters)
        found += [f"{oracle.name}: {oracle.failure}" for oracle in oracles if oracle.failure]
        copies = letters.copies()
    database.close()
    ends = Counter(each["how"] for each in told)
    return {
        "database": given.database, "seed": given.seed, "victims": dict(attack.victims), "answers": dict(ends),
        "letters": len(copies), "copies": copies.total() - len(copies), "killing_seconds": round(seconds, 1),
        "seconds": round(time.monotonic() - began, 1), "back_after": [round(each, 1) for each in attack.recovered],
        "slowest_answer": round(max(oracle.slowest for oracle in oracles), 1), "violations": found,
    }  # fmt: skip


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--pauses", type=int, default=2)
    asked.add_argument("--deaths", type=int, default=1, help="of the whole database (postgres)")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--plant", choices=sorted(PLANTS))
    asked.add_argument("--keep", action="store_true", help="leave logs and database where they are")
    given = asked.parse_args()
    with ExitStack() as open_:
        folder = Path(tempfile.mkdtemp(prefix="kh-"))
        if not given.keep:
            open_.callback(partial(shutil.rmtree, folder, ignore_errors=True))
        cluster = None
        if given.database == "postgres":
            cluster = open_.enter_context(private_cluster(fsync="on", synchronous_commit="on", full_page_writes="on"))
        report = attacked(given, folder, cluster)
        report["folder"] = str(folder) if given.keep else ""
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 1 if report["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
