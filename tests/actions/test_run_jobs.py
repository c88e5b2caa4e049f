"""run_jobs: an automatic step that an older program left open is carried out as soon as its topic is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest

from tests.actions.small_office import everything, stored
from tests.stories.cast import Cast
from workflows.actions import automatic_steps, automation
from workflows.actions.deploy import LIBRARY
from workflows.actions.run_jobs import run_jobs
from workflows.store import consultation, plans
from workflows.store.tables.worklist import tasks

TOPIC = re.compile(r'camunda:topic="(\w+)"')


@pytest.fixture
def left_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A program that does not know the topic yet passed the check; the job waits."""
    known: Mapping[str, Any] = dict(automation.AUTOMATION)
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    with monkeypatch.context() as older:
        older.setattr(automatic_steps, "AUTOMATION", {topic: do for topic, do in known.items() if topic != "mo_vong"})
        cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return cast


def test_the_job_is_done_and_the_case_goes_on(left_open: Cast) -> None:
    (job,) = stored(left_open.database, tasks, kind="job")
    assert (job.status, left_open.open("lay_y_kien")) == ("open", [])
    swept = run_jobs(left_open.clock)
    assert (swept.found, swept.done, swept.failed) == (1, 1, 0)
    assert left_open.open("lay_y_kien")
    with left_open.database.read() as connection:
        latest = consultation.latest_round(connection, left_open.plan_id)
    assert latest is not None
    assert latest.no == 1


def test_done_twice_is_done_once(left_open: Cast) -> None:
    run_jobs(left_open.clock)
    before = everything(left_open.database)
    assert run_jobs(left_open.clock).found == 0
    assert everything(left_open.database) == before


def test_a_job_that_is_refused_leaves_nothing_is_counted_and_waits(left_open: Cast) -> None:
    with left_open.database.write() as connection:
        plans.change_plan(connection, left_open.plan_id, consulted=[{"body": 10_000, "mandatory": True}])
    before = everything(left_open.database)
    swept = run_jobs(left_open.clock)
    assert (swept.found, swept.done, swept.failed) == (1, 0, 1)
    assert everything(left_open.database) == before


def test_a_topic_that_nobody_here_knows_waits_for_a_worker_outside(left_open: Cast) -> None:
    with left_open.database.write() as connection:
        connection.execute(tasks.update().where(tasks.c.kind == "job").values(topic="ky_so"))
    assert run_jobs(left_open.clock).found == 0


def test_every_topic_of_the_shipped_processes_is_known() -> None:
    folder = files("workflows.bpmn.library")
    shipped = {topic for name in LIBRARY for topic in TOPIC.findall((folder / name).read_text(encoding="utf-8"))}
    assert shipped == set(automation.AUTOMATION)
