"""Bàn giao: everything gets a receiver or goes back, or nothing happens; afterwards nothing is left in limbo."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from service.auth.passwords import hash_password
from tests.actions.lent_office import desk_of, lend, loan, number_of, person
from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions.claim_task import claim_task
from workflows.actions.hand_over import BACK, Estate, estate_of, hand_over
from workflows.store import accounts, directory, organisation, own_marks, worklist
from workflows.store.tables.directory import people
from workflows.store.tables.telling import action_links


def estate(cast: Cast, person_id: int) -> Estate:
    with cast.database.read() as connection:
        return estate_of(connection, person_id, cast.now.date())


def decided(found: Estate, receiver: int | None = None) -> dict[str, str]:
    """Everything to this receiver where that is possible, else back."""
    return {item.key: str(receiver) if receiver is not None and item.to_receiver else BACK for item in found.items}


def test_the_chairman_leaves_at_his_signature_and_the_deputy_goes_on(cast: Cast) -> None:
    cast.pass_to_signature()
    chairman, deputy = number_of(cast, "chu_tich"), number_of(cast, "pho_chu_tich")
    (task,) = cast.open("trinh_ky")
    claim_task(desk_of(cast, chairman), task.id)
    lend(cast, loan(cast, "chu_tich", "van_thu"))
    lend(cast, loan(cast, "pho_chu_tich", "chu_tich"))
    with cast.database.write() as connection:
        accounts.add_account(connection, chairman, "chutich", hash_password("Mật khẩu thử 2026"))
        session = accounts.Session("h", chairman, "", "f", cast.now, cast.now, cast.now + timedelta(days=1))
        accounts.open_session(connection, session, None)
        accounts.remember_device(connection, "d", chairman, cast.now)
        own_marks.watch(connection, cast.plan_id, chairman, cast.now)
    cast.sweep()
    found = estate(cast, chairman)
    assert sorted(item.kind for item in found.items) == ["borrowed", "lent", "post", "task", "watch"]
    hand_over(cast.desk("quan_tri"), chairman, decided(found, deputy))

    with cast.database.read() as connection:
        assert directory.groups_of(connection, chairman, cast.now) == frozenset()
        assert [each.state(cast.now) for each in directory.delegations_of(connection, [chairman])] == ["revoked"] * 2
        assert accounts.live_session(connection, "h", cast.now) is None
        assert accounts.person_of_device(connection, "d", cast.now - timedelta(days=90), cast.now) is None
        account = accounts.account_of(connection, chairman)
        assert account is not None
        assert account.disabled_at == cast.now
        open_links = select(action_links).where(
            action_links.c.person_id == chairman, action_links.c.revoked_at.is_(None)
        )
        assert connection.execute(open_links).all() == []
        assert connection.execute(select(people.c.name).where(people.c.id == chairman)).one(), "never deleted"
        assert worklist.in_hands_of(connection, chairman) == []
        assert own_marks.watchers_of(connection, cast.plan_id) == [deputy]
        (change, *_) = organisation.changes_of(connection, cast.office.id, 1)
    assert (change.change, change.person_id, len(change.facts["items"])) == ("left", chairman, 5)
    (held,) = cast.open("trinh_ky")
    assert held.assignee == str(deputy)
    assert f"chu_tich@{cast.office.id}" in person(cast, deputy).groups
    cast.act("trinh_ky", {"ket_qua": "ky"}, person(cast, deputy))


def test_nothing_happens_while_one_thing_has_no_receiver(cast: Cast) -> None:
    cast.pass_to_signature()
    chairman = number_of(cast, "chu_tich")
    found = estate(cast, chairman)
    with refused(cast.database, "STILL_HELD") as caught:
        hand_over(cast.desk("quan_tri"), chairman, {})
    assert caught.value.facts["names"] == [item.name for item in found.items]
    with refused(cast.database, "HAND_OVER_CHANGED"):
        hand_over(cast.desk("quan_tri"), chairman, decided(found, None) | {"viec_9-9": BACK})


def test_a_post_may_not_stay_empty_while_a_task_waits_for_it(cast: Cast) -> None:
    cast.pass_to_signature()
    chairman = number_of(cast, "chu_tich")
    (task,) = cast.open("trinh_ky")
    with refused(cast.database, "STILL_HELD") as caught:
        hand_over(cast.desk("quan_tri"), chairman, decided(estate(cast, chairman)))
    assert caught.value.facts["names"] == [task.name]


def test_a_task_goes_back_to_a_group_in_which_somebody_else_is(cast: Cast) -> None:
    unit = cast.office.drafting_unit_id
    officer = number_of(cast, "can_bo", unit)
    (task,) = cast.open("soan_thao")
    claim_task(desk_of(cast, officer), task.id)
    hand_over(cast.desk("quan_tri"), officer, decided(estate(cast, officer)))
    (task,) = cast.open("soan_thao")
    assert task.assignee is None
    cast.act("soan_thao", {}, cast.actor("thu_truong", unit))


def test_who_may_do_it_and_to_whom(cast: Cast) -> None:
    administrator, officer = number_of(cast, "quan_tri"), number_of(cast, "can_bo", cast.office.drafting_unit_id)
    with refused(cast.database, "LEAVES_ONESELF"):
        hand_over(cast.desk("quan_tri"), administrator, decided(estate(cast, administrator)))
    with refused(cast.database, "NOT_YOURS"):
        hand_over(cast.desk("van_thu"), officer, decided(estate(cast, officer)))
    with refused(cast.database, "RECEIVER_NOT_FIT"):
        hand_over(cast.desk("quan_tri"), officer, decided(estate(cast, officer), officer))
    hand_over(cast.desk("quan_tri"), officer, decided(estate(cast, officer)))
    with refused(cast.database, "ALREADY_LEFT"):
        hand_over(cast.desk("quan_tri"), officer, {})
