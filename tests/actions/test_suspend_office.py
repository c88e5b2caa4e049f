"""Tạm ngừng: nobody comes in, the clock leaves the office alone, and going on is as if the clock had stood still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from service.clock.sweeping import KINDS, sweep
from service.settings import Settings
from tests.actions.founding_file import at
from tests.actions.small_office import everything, refused, started
from tests.stories.cast import Cast, day
from workflows.actions.designing.keepers import PROCESS_OFFICE
from workflows.actions.desk import Desk
from workflows.actions.suspend_office import resume_office, suspend_office
from workflows.actions.sweep import sweep_all
from workflows.engine.actor import CLOCK
from workflows.plans.authority import by_name
from workflows.store import accounts, clockwork, directory, organisation, suspending
from workflows.store.database import Database
from workflows.store.local_days import local_day

REASON, ASK = "Sáp nhập vào xã bên cạnh", "Sở Nội vụ, 0900 000 000"
NOW = day(2026, 11, 18)
AGAIN = "Đã sáp nhập xong số liệu"
# What a sweep writes of itself, and what suspending an office does.
OF_THE_CLOCK = {"sweeps", "checkpoints", "checkpoint_leaves", "row_log", "office_suspensions", "directory_changes"}


@pytest.fixture
def house(database: Database) -> Cast:
    """A commune with a plan at its first step; another office keeps the house."""
    return kept_elsewhere(started(database))


def kept_elsewhere(cast: Cast) -> Cast:
    """The house, kept by an office that is not the commune."""
    with cast.database.write() as connection:
        keeper = directory.add_body(connection, kind="office", name="Sở Nội vụ")
        clockwork.set_setting(connection, PROCESS_OFFICE, str(keeper), now=cast.now, by=None)
    return cast


def work_of(cast: Cast) -> dict[str, list[Any]]:
    """Everything but what the clock notes of itself."""
    return {name: rows for name, rows in everything(cast.database).items() if name not in OF_THE_CLOCK}


def test_the_clock_leaves_a_suspended_office_alone_and_catches_up_once(house: Cast) -> None:
    suspend_office(at(house), house.office.id, REASON, ASK)
    before = work_of(house)
    for _ in range(4):
        house.now += timedelta(days=100)
        sweep_all(house.clock, "command")
        assert work_of(house) == before
    resume_office(at(house), house.office.id, AGAIN)
    sweep_all(house.clock, "command")
    caught_up = work_of(house)
    assert caught_up != before
    sweep_all(house.clock, "command")
    assert {name for name, rows in work_of(house).items() if rows != caught_up[name]} == set()


@pytest.mark.parametrize("in_force", [False, True], ids=["first_step", "in_force"])
def test_going_on_is_as_if_the_clock_had_stood_still(memory: Database, sqlite_template: Any, in_force: bool) -> None:
    suspended = kept_elsewhere(started(memory))
    stood = kept_elsewhere(started(sqlite_template.memory()))
    if in_force:
        for cast in (suspended, stood):
            cast.pass_to_force()
    suspend_office(at(suspended), suspended.office.id, REASON, ASK)
    for _ in range(3):
        suspended.now += timedelta(days=60)
        before = work_of(suspended)
        sweep_all(suspended.clock, "command")
        assert work_of(suspended) == before
    stood.now = suspended.now
    resume_office(at(suspended), suspended.office.id, AGAIN)
    for cast in (suspended, stood):
        sweep_all(cast.clock, "command")
    assert work_of(suspended) == work_of(stood)
    stood.database.close()


@pytest.fixture
def asked(memory: Database) -> Iterator[list[str]]:
    """Every statement that is sent."""
    sent: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(memory.engine, "before_cursor_execute", keep)
    yield sent
    event.remove(memory.engine, "before_cursor_execute", keep)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"checkpoint_log"}))
def test_every_sweep_asks_which_offices_go_on(memory: Database, asked: list[str], kind: str) -> None:
    desk = Desk(memory, NOW, CLOCK)
    asked.clear()
    sweep(desk, Settings(smtp_host="mail.example"), kind, "command")
    assert any("office_suspensions" in each for each in asked), kind


def test_other_offices_go_on(house: Cast) -> None:
    with house.database.write() as connection:
        other = directory.add_body(connection, kind="office", name="UBND xã Khác")
    suspend_office(at(house), other, REASON, ASK)
    before = work_of(house)
    house.now += timedelta(days=100)
    sweep_all(house.clock, "command")
    assert work_of(house) != before


def test_its_people_are_signed_out_and_stay_out_until_it_goes_on(house: Cast) -> None:
    person = holder(house)
    with house.database.write() as connection:
        accounts.add_account(connection, person, "vt", "-")
        ends = house.now + timedelta(days=9)
        accounts.open_session(connection, accounts.Session("h", person, "", "f", house.now, house.now, ends), None)
        assert accounts.live_session(connection, "h", house.now) is not None
    suspend_office(at(house), house.office.id, REASON, ASK)
    with house.database.read() as connection:
        assert accounts.live_session(connection, "h", house.now) is None
        assert accounts.person_who_may_come(connection, person, house.now) is None
        assert directory.groups_of(connection, person, house.now) == frozenset()
        why = suspending.suspension_of_person(connection, person, local_day(house.now))
        assert why is not None
        assert (why.reason, why.ask) == (REASON, ASK)
    resume_office(at(house), house.office.id, AGAIN)
    with house.database.read() as connection:
        assert accounts.live_session(connection, "h", house.now) is None, "it had ended"
        assert accounts.person_who_may_come(connection, person, house.now) is not None
        assert directory.groups_of(connection, person, house.now)


def test_who_works_in_another_office_too_comes_in_for_that_one_alone(house: Cast) -> None:
    person = holder(house)
    with house.database.write() as connection:
        accounts.add_account(connection, person, "vt", "-")
        other = directory.add_body(connection, kind="office", name="UBND xã Khác")
        directory.hold(connection, directory.add_post(connection, other, "van_thu", "Văn thư"), person)
    suspend_office(at(house), house.office.id, REASON, ASK)
    with house.database.read() as connection:
        assert accounts.person_who_may_come(connection, person, house.now) is not None
        groups = directory.groups_of(connection, person, house.now)
    assert {each.partition("@")[2] for each in groups} == {str(other)}


def test_people_of_other_offices_cannot_do_its_work_until_it_goes_on(memory: Database) -> None:
    cast = kept_elsewhere(started(memory))
    cast.act("soan_thao", {})
    for step in ("kiem_tra_noi_dung", "kiem_tra_the_thuc"):
        cast.act(step, {"ket_qua": "dat"})
    front = cast.actor("thu_truong", cast.office.front_id)
    (asked,) = [each for each in cast.open("lay_y_kien") if each.variables["co_quan_hoi"] == cast.office.front_id]
    suspend_office(at(cast), cast.office.id, REASON, ASK)
    with refused(memory, "WORK_SUSPENDED"):
        cast.do(asked, {"ket_qua": "nhat_tri"}, front)
    resume_office(at(cast), cast.office.id, AGAIN)
    cast.do(asked, {"ket_qua": "nhat_tri"}, front)


def test_what_its_people_lent_to_others_rests_too(house: Cast) -> None:
    lender = holder(house)
    with house.database.write() as connection:
        other = directory.add_body(connection, kind="office", name="UBND xã Khác")
        borrower = directory.add_person(connection, "Người Mượn")
        directory.hold(connection, directory.add_post(connection, other, "van_thu", "Văn thư"), borrower)
        ends = house.now + timedelta(days=9)
        given = {"capacity": "TUQ.", "groups": [by_name(lender)], "basis": "", "valid_from": house.now}
        directory.delegate(connection, lender, borrower, **given, valid_to=ends)
        assert len(directory.lent_to(connection, borrower, house.now)) == 1
    suspend_office(at(house), house.office.id, REASON, ASK)
    with house.database.read() as connection:
        assert directory.lent_to(connection, borrower, house.now) == []
    resume_office(at(house), house.office.id, AGAIN)
    with house.database.read() as connection:
        assert len(directory.lent_to(connection, borrower, house.now)) == 1


def test_it_is_on_record_with_reason_and_who(house: Cast) -> None:
    suspend_office(at(house), house.office.id, REASON, ASK)
    resume_office(at(house), house.office.id, AGAIN)
    with house.database.read() as connection:
        changes = organisation.changes_of(connection, house.office.id, 2)
        told = [(each.change, each.facts["reason"], each.by) for each in changes]
        (past,) = suspending.suspensions_of(connection, house.office.id)
    assert told == [("office_resumed", AGAIN, "Dòng lệnh"), ("office_suspended", REASON, "Dòng lệnh")]
    assert (past.reason, past.until, past.resumed_reason) == (REASON, house.now, AGAIN)


def test_what_cannot_be_is_refused(memory: Database) -> None:
    cast = kept_elsewhere(started(memory))
    desk, office = at(cast), cast.office.id
    with refused(memory, "REASON_REQUIRED"):
        suspend_office(desk, office, "vì", ASK)
    with refused(memory, "FIELD_REQUIRED"):
        suspend_office(desk, office, REASON, " ")
    with refused(memory, "OFFICE_NOT_SUSPENDED"):
        resume_office(desk, office, AGAIN)
    with refused(memory, "NOT_PROCESS_KEEPER"):
        suspend_office(replace(desk, by=cast.desk("van_thu").by), office, REASON, ASK)
    suspend_office(desk, office, REASON, ASK)
    with refused(memory, "ALREADY_SUSPENDED"):
        suspend_office(desk, office, REASON, ASK)
    with memory.write() as connection:
        clockwork.set_setting(connection, PROCESS_OFFICE, str(office), now=cast.now, by=None)
    resume_office(desk, office, AGAIN)
    with refused(memory, "KEEPER_STAYS"):
        suspend_office(desk, office, REASON, ASK)


def holder(cast: Cast) -> int:
    """Who holds the post of văn thư in the commune."""
    with cast.database.read() as connection:
        (held, *_) = directory.holders_of(connection, f"van_thu@{cast.office.id}", local_day(cast.now))
    return held.person_id
