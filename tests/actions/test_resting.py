"""Work of a suspended office rests whoever would change it and by whatever verb: what a transaction wrote is known."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bench.reference_process import DRAFTER, FILE, NOW, VARIABLES, prepare
from tests.actions.duties.running import running, times
from tests.actions.field import WORKER, Field
from tests.actions.small_office import REASON, refused, started
from tests.actions.test_give_late_opinion import after_the_deadline, guest
from tests.conftest import KINDS
from tests.engine.building import BORDER, process, users
from tests.house.source import program
from workflows.actions import (
    Desk,
    comment,
    complete_job,
    complete_task,
    confirm_receipt,
    deploy_definition,
    extend_lock,
    fetch_jobs,
    give_late_opinion,
    start_process,
)
from workflows.actions.broadcast_signal import broadcast_signal
from workflows.actions.duties.put_off_duty import put_off_duty
from workflows.actions.publish_message import publish_message
from workflows.engine.actor import CLOCK
from workflows.store import directory, issuing, suspending
from workflows.store.beside.rules import KEPT
from workflows.store.database import Database
from workflows.store.document_files import SUBJECTS
from workflows.store.resting import DOCUMENTS, HOUSE, OWN, WORK
from workflows.store.tables import metadata

HOUR = timedelta(hours=1)
RESTS = "WORK_SUSPENDED"


def suspend(database: Database, office_id: int) -> None:
    with database.write() as connection:
        suspending.suspend(connection, office_id, "Sáp nhập", "Sở Nội vụ", NOW, "An")


def test_of_every_logged_row_it_is_said_whose_it_is() -> None:
    assert {*WORK, *HOUSE} == set(KEPT)
    assert not HOUSE & set(WORK)
    assert set(DOCUMENTS) == SUBJECTS
    for name, rule in WORK.items():
        columns = metadata.tables[name].c
        asked = ["subject", "subject_id"] if rule == "subject" else [rule if isinstance(rule, str) else rule[0]]
        assert all(each in columns for each in asked), name
        seen = {column.name for column in metadata.tables[name].primary_key} | set(KEPT[name].split())
        read_again = rule == OWN and "id" in seen
        assert read_again or seen.issuperset(asked), f"{name} is written without saying whose it is"


def test_no_verb_writes_but_through_its_desk() -> None:
    """Where the one transaction of a verb ends, it is asked whose rows it wrote."""
    ways = [
        f"{source.name}:{node.lineno}"
        for source in program()
        if source.module.startswith("workflows.actions.") and source.module != "workflows.actions.desk"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"write", "keep"}
        if ast.unparse(node.func.value).endswith("database")
    ]
    assert ways == []


def test_a_task_that_this_process_remembers_rests_too(database: Database) -> None:
    office = prepare(database)
    desk = Desk(database, NOW, CLOCK)
    deploy_definition(desk, FILE)
    first, second = (start_process(desk, "trinh_ky", VARIABLES, None, office_id=office) for _ in range(2))
    drafter = replace(desk, by=DRAFTER)
    complete_task(drafter, f"{first}-1")
    suspend(database, office)
    with refused(database, RESTS):
        complete_task(drafter, f"{second}-1")
    with refused(database, RESTS):
        start_process(desk, "trinh_ky", VARIABLES, None, office_id=office)


@pytest.mark.parametrize("database", [KINDS[1], KINDS[2]], indirect=True)
def test_an_office_that_another_process_suspended_rests_here(database: Database) -> None:
    office, desk = prepare(database), Desk(database, NOW, CLOCK)
    deploy_definition(desk, FILE)
    case_id = start_process(desk, "trinh_ky", VARIABLES, None, office_id=office)
    other = Database(database.engine.url.render_as_string(hide_password=False))
    suspend(other, office)
    other.close()
    with refused(database, RESTS):
        complete_task(replace(desk, by=DRAFTER), f"{case_id}-1")


def test_bodies_outside_wait_with_opinions_words_and_receipts(memory: Database) -> None:
    cast = started(memory)
    cast.act("soan_thao", {})
    for step in ("kiem_tra_noi_dung", "kiem_tra_the_thuc"):
        cast.act(step, {"ket_qua": "dat"})
    front = after_the_deadline(cast).office.front_id
    body, seen_before = guest(cast, front), (cast.desk("thu_truong", front), cast.desk("chu_tich"))
    suspend(memory, cast.office.id)
    with refused(memory, RESTS):
        give_late_opinion(body, cast.plan_id, front, "nhat_tri", "")
    for desk in seen_before:
        with refused(memory, RESTS):
            comment(desk, cast.plan_id, "Đề nghị làm rõ nguồn lực.")


def test_what_was_issued_is_neither_received_nor_moved(memory: Database) -> None:
    cast = running(memory)
    chairman, (first, *_) = cast.desk("chu_tich"), times(cast, "1")
    with memory.read() as connection:
        lines = issuing.recipients_of(connection, "plan", cast.plan_id)
    sent = next(each for each in lines if each.body_id is not None)
    outside = guest(cast, sent.body_id or 0)
    suspend(memory, cast.office.id)
    with refused(memory, RESTS):
        confirm_receipt(outside, sent.id, "Lê Văn Tư")
    with refused(memory, RESTS):
        put_off_duty(chairman, first.id, date(2024, 7, 31), REASON)


@pytest.fixture
def two_offices(memory: Database) -> tuple[Field, int, int]:
    """A field with a case that waits in each of two offices, of which the first is suspended."""
    field = Field(memory)
    waits = '<receiveTask id="m" messageRef="M"/>'
    hears = '<intermediateCatchEvent id="t"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>'
    job = '<serviceTask id="j" camunda:type="external" camunda:topic="ky_so"/>'
    field.sow('<message id="M" name="tra_loi"/>', process(BORDER + waits + users("u"), "s m u e", key="M1"))
    field.sow('<signal id="S" name="bao_dong"/>', process(BORDER + hears + users("u"), "s t u e", key="S1"))
    field.sow(process(BORDER + job, "s j e", key="J1"))
    with memory.write() as connection:
        offices = [directory.add_body(connection, kind="office", name=f"UBND xã {name}") for name in "AB"]
    return field, offices[0], offices[1]


def test_a_message_waits_for_its_office_and_a_signal_passes_it_by(two_offices: tuple[Field, int, int]) -> None:
    field, rests, goes_on = two_offices
    asked = start_process(field.desk(), "M1", {}, "k", office_id=rests)
    here, there = (start_process(field.desk(), "S1", {}, None, office_id=each) for each in (rests, goes_on))
    suspend(field.database, rests)
    with refused(field.database, RESTS):
        publish_message(field.desk(WORKER), "tra_loi", "k", {})
    assert broadcast_signal(field.desk(WORKER), "bao_dong", {}) == 1
    assert (field.waiting(here), field.waiting(there)) == ([], ["u"])
    with field.database.write() as connection:
        suspending.resume(connection, rests, "Xong rồi", NOW, "An")
    publish_message(field.desk(WORKER), "tra_loi", "k", {})
    assert field.waiting(asked) == ["u"]


def test_a_job_in_a_workers_hands_is_kept_there(two_offices: tuple[Field, int, int]) -> None:
    field, rests, _ = two_offices
    start_process(field.desk(), "J1", {}, None, office_id=rests)
    (job,) = fetch_jobs(field.desk(WORKER), ["ky_so"], "m1", HOUR)
    suspend(field.database, rests)
    with refused(field.database, RESTS):
        complete_job(field.desk(WORKER), job.id, "m1", {})
    with refused(field.database, RESTS):
        extend_lock(field.desk(WORKER), job.id, "m1", HOUR)
