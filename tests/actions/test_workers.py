"""External work: jobs are fetched by one worker at a time, and completed, failed, or answered with a BPMN error."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.building import BORDER, process, users
from workflows.actions import (
    complete_job,
    complete_task,
    extend_lock,
    fail_job,
    fetch_jobs,
    report_task_error,
    retry_incident,
    start_process,
)
from workflows.engine import Actor
from workflows.engine.actor import CLOCK
from workflows.store.database import Database
from workflows.store.tables.processes import events
from workflows.store.tables.worklist import incidents

from .field import ADMINISTRATOR, OFFICER, WORKER, Field
from .small_office import refused, stored

HOUR = timedelta(hours=1)
JOB = '<serviceTask id="j" camunda:type="external" camunda:topic="ky_so"/>'
CAUGHT = '<boundaryEvent id="b" attachedToRef="j"><errorEventDefinition errorRef="A"/></boundaryEvent>'
WORK = '<error id="A" errorCode="HONG"/>', process(BORDER + JOB + CAUGHT + users("u", "v"), "s j u e", "b v e")


@pytest.fixture
def field(memory: Database) -> Field:
    return sown(memory)


def sown(database: Database) -> Field:
    field = Field(database)
    field.sow(*WORK)
    return field


def begin(field: Field, **variables: int) -> int:
    return start_process(field.desk(), "P", variables, "k")


def fetch(field: Field, worker: str = "m1", by: Actor = WORKER, **more: int) -> list[str]:
    return [job.id for job in fetch_jobs(field.desk(by), ["ky_so"], worker, HOUR, **more)]


def test_a_job_is_fetched_by_one_worker_and_comes_back_when_the_lock_runs_out(database: Database) -> None:
    field = sown(database)
    one, two = begin(field, so=1), begin(field, so=2)
    (job,) = fetch_jobs(field.desk(WORKER), ["ky_so", "khac"], "m1", HOUR, limit=1)
    assert (job.case_id, job.process, job.element, job.topic, job.business_key) == (one, "P", "j", "ky_so", "k")
    assert (dict(job.variables), job.retries, job.locked_until) == ({"so": 1}, 3, field.now + HOUR)
    assert fetch(field, "m2") == [field.job(two, "j").id]
    assert fetch(field, "m2") == []
    field.later(hours=1)
    assert fetch(field, "m2") == [job.id, field.job(two, "j").id]
    assert fetch_jobs(field.desk(WORKER), ["khac"], "m1", HOUR) == []


def test_a_completed_job_lets_its_case_go_on(field: Field) -> None:
    case = begin(field)
    (job,) = fetch(field)
    with refused(field.database, "LOCKED"):
        complete_job(field.desk(WORKER), job, "m2", {})
    assert complete_job(field.desk(WORKER), job, "m1", {"so": 5})
    assert (field.waiting(case), field.state(case).process_variables()) == (["u"], {"so": 5})
    for worker in ("m1", "m2"):
        with refused(field.database, "NOT_WAITING"):
            complete_job(field.desk(WORKER), job, worker, {})
    with refused(field.database, "NOT_FOUND"):
        complete_job(field.desk(WORKER), field.job(case, "u").id, "m1", {})
    with refused(field.database, "NOT_FOUND"):
        complete_job(field.desk(WORKER), "99-1", "m1", {})


def test_a_worker_whose_lock_ran_out_may_report_until_another_fetched_the_job(field: Field) -> None:
    begin(field), begin(field)
    one, two = fetch(field)
    field.later(hours=2)
    assert complete_job(field.desk(WORKER), one, "m1")
    assert fetch(field, "m2") == [two]
    with refused(field.database, "LOCKED"):
        complete_job(field.desk(WORKER), two, "m1")


def test_what_the_case_cannot_take_is_an_incident_and_the_job_stays(field: Field) -> None:
    field.sow(process(BORDER + JOB + users("u"), "s j [${so > 1}] u e", key="Q", prefix="q"))
    case = start_process(field.desk(), "Q", {}, None)
    (job,) = fetch(field)
    assert not complete_job(field.desk(WORKER), job, "m1", {"so": 1})
    assert [row.code for row in stored(field.database, incidents)] == ["NO_OUTGOING_FLOW"]
    assert field.waiting(case) == ["j"]


def test_a_failed_job_is_tried_later_and_then_waits_for_help(field: Field) -> None:
    case = begin(field)
    (job,) = fetch(field)
    fail_job(field.desk(WORKER), job, "m1", "hết giấy", retries=1, retry_after=timedelta(minutes=10))
    (failed,) = stored(field.database, events, type="TaskFailed")
    assert (fetch(field), failed.data["message"]) == ([], "hết giấy")
    field.later(minutes=10)
    assert fetch(field, "m2") == [job]
    fail_job(field.desk(WORKER), job, "m2", "hỏng máy", retries=0)
    field.later(days=1)
    assert fetch(field) == []
    (incident,) = stored(field.database, incidents)
    assert (incident.code, incident.message) == ("JOB_FAILED", "hỏng máy")
    retry_incident(field.desk(ADMINISTRATOR), case, incident.incident_id)
    assert fetch(field) == [job]


def test_a_lock_is_extended_by_its_holder_alone(field: Field) -> None:
    begin(field)
    job = field.job(1, "j").id
    with refused(field.database, "NOT_LOCKED"):
        extend_lock(field.desk(WORKER), job, "m1", HOUR)
    fetch(field)
    field.later(minutes=50)
    extend_lock(field.desk(WORKER), job, "m1", HOUR)
    field.later(minutes=50)
    assert fetch(field, "m2") == []
    with refused(field.database, "LOCKED"):
        extend_lock(field.desk(WORKER), job, "m2", HOUR)
    for length in (timedelta(), timedelta(days=2)):
        with refused(field.database, "BAD_FIELD"):
            extend_lock(field.desk(WORKER), job, "m1", length)


@pytest.mark.parametrize(
    ("worker", "lock", "limit"),
    [(" ", HOUR, 1), ("m", timedelta(), 1), ("m", timedelta(days=2), 1), ("m", HOUR, 0), ("m", HOUR, 101)],
)
def test_a_fetch_without_sense_is_refused(field: Field, worker: str, lock: timedelta, limit: int) -> None:
    begin(field)
    with refused(field.database, "BAD_FIELD"):
        fetch_jobs(field.desk(WORKER), ["ky_so"], worker, lock, limit)


def test_a_workers_error_takes_the_way_of_that_error(field: Field) -> None:
    case, other = begin(field), begin(field)
    report_task_error(field.desk(WORKER), field.job(case, "j").id, "HONG", worker="m1")
    assert field.waiting(case) == ["v"]
    report_task_error(field.desk(WORKER), field.job(other, "j").id, "KHAC", worker="m1")
    assert field.cases("P")[1].status == "failed"


def test_an_error_of_a_persons_task_is_for_who_may_do_the_task(field: Field) -> None:
    named = process(BORDER + '<userTask id="u" camunda:assignee="8"/>', "s u e", key="Q", prefix="q")
    field.sow(named)
    case = start_process(field.desk(), "Q", {}, None)
    task = field.job(case, "u").id
    with refused(field.database, "NOT_FOUND"):
        report_task_error(field.desk(ADMINISTRATOR), task, "HONG")
    report_task_error(field.desk(OFFICER), task, "HONG")
    assert field.cases("Q")[0].status == "failed"


def test_a_person_completes_a_task_that_has_no_form_of_ours(field: Field) -> None:
    field.sow(process(BORDER + '<userTask id="w" camunda:assignee="8"/>' + users("u"), "s w u e", key="Q", prefix="q"))
    case = start_process(field.desk(), "Q", {}, None)
    task = field.job(case, "w").id
    done = complete_task(field.desk(OFFICER), task, {"so": 1})
    assert (done.task_id, done.plan_id, done.opened) == (task, None, (field.job(case, "u").id,))
    assert field.state(case).process_variables() == {"so": 1}
    with refused(field.database, "ALREADY_DONE"):
        complete_task(field.desk(OFFICER), task, {"so": 2})


def test_persons_need_an_administrators_post_to_work_as_a_machine(field: Field) -> None:
    case = begin(field)
    job = field.job(case, "j").id
    with refused(field.database, "NOT_YOURS"):
        fetch(field, by=OFFICER)
    with refused(field.database, "NOT_YOURS"):
        complete_job(field.desk(OFFICER), job, "m1")
    with refused(field.database, "NOT_YOURS"):
        fail_job(field.desk(OFFICER), job, "m1", "hỏng", retries=0)
    assert fetch(field, by=ADMINISTRATOR) == [job]
    assert complete_job(field.desk(CLOCK), job, "m1")
