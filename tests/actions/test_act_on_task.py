"""act_on_task: who may hand a form in, for which text, and what a forged or late hand gets."""

from __future__ import annotations

import sqlite3

import pytest

from service.demo.found_office import found_office
from service.words.refusals import sentence_of
from tests.actions.small_office import PLAN, REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import Desk, act_on_task, stop_plan
from workflows.actions.act_on_task import hand_in as act_on_task_inside
from workflows.engine.actor import Actor
from workflows.engine.calendar import VIETNAM
from workflows.errors import Reason
from workflows.plans.read_text import read_text
from workflows.store import directory
from workflows.store.tables.processes import events
from workflows.store.tables.telling import outbox
from workflows.store.worklist import task


def hand_in(cast: Cast, by: Actor, task_id: str, fields: dict[str, str] | None = None) -> None:
    act_on_task(Desk(cast.database, cast.now, by), task_id, fields or {}, seen_hash=cast.seen_hash())


def test_the_case_is_read_once(cast: Cast) -> None:
    (task,) = cast.open()
    said: list[str] = []
    role, body_id = task.groups[0].split("@")
    with cast.desk(role, int(body_id)).open() as work:
        driver = work.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(said.append)
        act_on_task_inside(work, task.id, {})
        driver.set_trace_callback(None)
    assert sum("FROM cases WHERE cases.id" in each for each in said) == 1, said


def test_what_was_decided_stands_with_the_task_and_the_next_one_is_open(cast: Cast) -> None:
    (first,) = cast.open()
    done = cast.do(first, {"ghi_chu": "Dự thảo lần 1"})
    (following,) = cast.open()
    assert (done.task_id, done.plan_id, done.outcome, done.opened) == (
        first.id,
        cast.plan_id,
        "trinh",
        (following.id,),
    )
    with cast.database.read() as connection:
        closed = task(connection, first.id)
    assert closed is not None
    assert (closed.status, closed.outcome, closed.remark) == ("completed", "trinh", "Dự thảo lần 1")
    assert closed.closed_at == cast.now


def test_every_event_says_who_acted_through_what_and_on_which_text(cast: Cast) -> None:
    cast.act("soan_thao", {})
    by = cast.actor("thu_truong", cast.office.drafting_unit_id)
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"}, by)
    latest = max(row.revision for row in stored(cast.database, events))
    made = [row for row in stored(cast.database, events) if row.revision == latest]
    assert {row.content_hash for row in made} == {cast.seen_hash()}
    assert {row.actor["name"] for row in made} == {by.name}
    assert {row.actor["person"] for row in made} == {by.person}
    assert {row.at for row in made} == {cast.now}


@pytest.mark.parametrize("forged", ["", "1", "x-y", "999-1", "1-999", "None", "1-1-1", "-", "１-１", "1-1' OR '1'='1"])
def test_a_forged_id_is_no_task(cast: Cast, forged: str) -> None:
    with refused(cast.database, "NOT_FOUND"):
        hand_in(cast, cast.drafter().by, forged)


@pytest.mark.parametrize("forged", ["\0", "1-\ud800"])
def test_an_id_that_no_database_can_hold_is_refused(cast: Cast, forged: str) -> None:
    with refused(cast.database, "BAD_TEXT"):
        hand_in(cast, cast.drafter().by, forged)


def test_people_of_another_office_hear_neither_of_an_open_task_nor_of_a_closed_one(cast: Cast) -> None:
    with cast.database.write() as connection:
        other = found_office(connection, read_text(PLAN.replace("XÃ AN BÌNH", "XÃ AN LẠC")), {})
        on = cast.now.astimezone(VIETNAM).date()
        head = directory.holders_of(connection, f"chu_tich@{other.id}", on)[0]
        stranger = Actor(
            str(head.person_id), head.name, groups=directory.groups_of(connection, head.person_id, cast.now)
        )
    (first,) = cast.open()
    with refused(cast.database, "NOT_FOUND"):
        hand_in(cast, stranger, first.id)
    cast.do(first, {})
    with refused(cast.database, "NOT_FOUND"):
        hand_in(cast, stranger, first.id)


def test_colleagues_of_the_office_hear_that_it_is_not_theirs(cast: Cast) -> None:
    with refused(cast.database, "NOT_A_CANDIDATE"):
        hand_in(cast, cast.actor("van_thu"), cast.open()[0].id)


def test_who_comes_second_is_told_the_name_of_the_first_and_the_instant(cast: Cast) -> None:
    (first,) = cast.open()
    by = cast.drafter().by
    cast.do(first, {}, by)
    was = cast.now
    cast.now = day(2024, 2, 6)
    with refused(cast.database, "ALREADY_DONE") as caught:
        hand_in(cast, by, first.id)
    facts = caught.value.facts
    assert (facts["by"], facts["person"], facts["at"], facts["outcome"]) == (by.name, by.person, was, "trinh")
    assert by.name in sentence_of(Reason(caught.value.code, facts))


def test_a_guest_who_was_first_is_named_as_the_body(cast: Cast) -> None:
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    front = cast.office.front_id
    asked = next(one for one in cast.open("lay_y_kien") if one.variables["co_quan_hoi"] == front)
    groups = frozenset(f"{role}@{front}" for role in ("can_bo", "thu_truong", "thanh_vien"))
    guest = Actor(f"co_quan@{front}", "Bà Lan (Mặt trận)", channel="link", groups=groups)
    hand_in(cast, guest, asked.id, {"ket_qua": "nhat_tri"})
    with refused(cast.database, "ALREADY_DONE") as caught:
        hand_in(cast, guest, asked.id, {"ket_qua": "nhat_tri"})
    assert caught.value.facts["by"] == "Ủy ban MTTQ Việt Nam xã"


def test_a_task_that_ended_with_its_plan_is_cancelled_not_done(cast: Cast) -> None:
    (first,) = cast.open()
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    with refused(cast.database, "TASK_CANCELLED") as caught:
        hand_in(cast, cast.drafter().by, first.id)
    assert caught.value.facts["at"] == cast.now
    assert caught.value.facts["by"] == cast.actor("chu_tich").name


@pytest.mark.parametrize("seen", [None, "", "0" * 64])
def test_a_yes_to_a_text_that_was_not_seen_does_not_count(cast: Cast, seen: str | None) -> None:
    cast.act("soan_thao", {})
    (check,) = cast.open()
    by = Desk(cast.database, cast.now, cast.actor("thu_truong", cast.office.drafting_unit_id))
    with refused(cast.database, "CONTENT_CHANGED") as caught:
        act_on_task(by, check.id, {"ket_qua": "dat"}, seen_hash=seen)
    assert caught.value.facts["version"] == 1


def test_a_returned_task_tells_who_returned_it_why_and_where(cast: Cast) -> None:
    cast.act("soan_thao", {})
    by = cast.actor("thu_truong", cast.office.drafting_unit_id)
    done = cast.act("kiem_tra_noi_dung", {"ket_qua": "tra_lai", "ly_do": REASON}, by)
    (told,) = stored(cast.database, outbox, kind="task_returned")
    assert told.task_id == done.opened[0]
    assert told.data == {"by": by.name, "reason": REASON, "step": "Kiểm tra nội dung"}


@pytest.mark.parametrize("odd", ["\0dat", "x" * 1_000_000, "dat\ud800"])
def test_odd_and_huge_values_are_refused(cast: Cast, odd: str) -> None:
    (first,) = cast.open()
    for field in ("ghi_chu", "van_ban"):
        code = {"\0": "BAD_TEXT", "x": "TOO_LONG", "d": "BAD_TEXT"}[odd[0]]
        text = PLAN + odd if field == "van_ban" else f"a{odd}"
        with refused(cast.database, code):
            hand_in(cast, cast.drafter().by, first.id, {field: text})
