"""Approvals: in which capacity, in whose place, under which lines (NĐ 30/2020 Điều 13)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.auth.actor import actor_of, standing_for
from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions import Desk
from workflows.engine.actor import Actor
from workflows.plans.authority import Matter
from workflows.store import directory, issuing
from workflows.store.issuing import Approval
from workflows.store.tables.directory import holdings
from workflows.store.tables.processes import events

from .small_office import stored


@pytest.fixture
def submitted(cast: Cast) -> Cast:
    """The plan waits for the Chairman's signature."""
    cast.pass_to_signature()
    return cast


def signature(cast: Cast) -> Approval:
    with cast.database.read() as connection:
        standing = issuing.standing_approvals(connection, "plan", cast.plan_id)
    return next(one for one in standing if one.role == "ky")


def lent(cast: Cast, lender: Actor, to: Actor, capacity: str, group: str) -> Actor:
    """The borrower as the pages see them when they come to a task of this group."""
    with cast.database.write() as connection:
        directory.delegate(
            connection,
            int(lender.person or 0),
            int(to.person or 0),
            capacity=capacity,
            groups=[group],
            basis="Văn bản số 12/UQ-UBND",
            valid_from=cast.now - timedelta(days=1),
            valid_to=cast.now + timedelta(days=5),
        )
        plain = actor_of(connection, int(to.person or 0), to.name, cast.now)
        return standing_for(connection, plain, Matter((group,)), cast.now).actor


def test_the_head_signs_for_the_collective_in_the_own_right(submitted: Cast) -> None:
    submitted.act("trinh_ky", {"ket_qua": "ky"})
    signed = signature(submitted)
    assert (signed.capacity, signed.on_behalf_of, signed.person_name) == ("TM.", None, "Nguyễn Văn An")
    assert signed.block == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn An")


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [
        ("KT.", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "")),
        ("TUQ.", ("TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "")),
        ("TL.", ("TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "")),
    ],
)
def test_a_delegate_signs_with_the_own_name_in_the_lent_capacity_and_it_is_on_record_for_whom(
    submitted: Cast, capacity: str, lines: tuple[str, ...]
) -> None:
    chairman = submitted.actor("chu_tich")
    delegate = lent(submitted, chairman, submitted.actor("pho_chu_tich"), capacity, f"chu_tich@{submitted.office.id}")
    submitted.act("trinh_ky", {"ket_qua": "ky"}, delegate)
    signed = signature(submitted)
    assert (signed.capacity, signed.on_behalf_of, signed.person) == (capacity, chairman.person, delegate.person)
    assert signed.block == (*lines, delegate.name)
    last = stored(submitted.database, events)[-1].actor
    assert (last["person"], last["on_behalf_of"], last["capacity"]) == (delegate.person, chairman.person, capacity)


def test_a_check_in_anothers_place_is_on_record_too(cast: Cast) -> None:
    cast.act("soan_thao", {}, cast.actor("can_bo", cast.office.drafting_unit_id))
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    checker = cast.actor("the_thuc")
    delegate = lent(cast, checker, cast.actor("van_thu"), "TL.", f"the_thuc@{cast.office.id}")
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"}, delegate)
    with cast.database.read() as connection:
        (_, form) = issuing.standing_approvals(connection, "plan", cast.plan_id)
    assert (form.role, form.capacity, form.on_behalf_of) == ("the_thuc", "TL.", checker.person)
    assert (form.person_name, form.block) == (delegate.name, (delegate.name,))


def test_who_was_lent_something_else_may_not_sign(submitted: Cast) -> None:
    clerk = submitted.actor("van_thu")
    delegate = lent(submitted, clerk, submitted.actor("the_thuc"), "TL.", f"van_thu@{submitted.office.id}")
    with refused(submitted.database, "NOT_A_CANDIDATE"):
        submitted.act("trinh_ky", {"ket_qua": "ky"}, delegate)


def test_an_acting_head_signs_quyen(submitted: Cast) -> None:
    chairman = submitted.actor("chu_tich")
    with submitted.database.write() as connection:
        mine = holdings.c.person_id == int(chairman.person or 0)
        connection.execute(holdings.update().where(mine).values(acting=True))
    submitted.act("trinh_ky", {"ket_qua": "ky"})
    signed = signature(submitted)
    assert signed.capacity == "Q."
    assert signed.block == ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH", "", "Nguyễn Văn An")


def test_a_post_that_ended_yesterday_signs_nothing(submitted: Cast) -> None:
    chairman = submitted.actor("chu_tich")
    with submitted.database.write() as connection:
        directory.leave(connection, int(chairman.person or 0), submitted.now.date())
        plain = actor_of(connection, int(chairman.person or 0), chairman.name, submitted.now)
    assert plain.groups == frozenset()
    with refused(submitted.database, "NOT_FOUND"):
        submitted.act("trinh_ky", {"ket_qua": "ky"}, Desk(submitted.database, submitted.now, plain).by)


def test_the_drafter_does_not_sign_through_a_delegate(cast: Cast) -> None:
    drafter, chairman = cast.actor("can_bo", cast.office.drafting_unit_id), cast.actor("chu_tich")
    cast.pass_to_signature()
    delegate = lent(cast, chairman, drafter, "TUQ.", f"chu_tich@{cast.office.id}")
    with refused(cast.database, "EXCLUDED"):
        cast.act("trinh_ky", {"ket_qua": "ky"}, delegate)
