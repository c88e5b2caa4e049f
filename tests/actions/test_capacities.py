"""In whose place: principal, actor and every place where both must stand; and the capacity is chosen for each act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from notifications.note import hear
from service.auth.actor import OWN, Standing, standing_for, standings
from tests.actions.lent_office import lend, loan, number_of, options, person
from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions.act_on_task import act_on_task
from workflows.actions.claim_task import claim_task, release_task
from workflows.actions.desk import Desk
from workflows.errors import Refused
from workflows.store import issuing, plans, worklist
from workflows.store.screens import inbox, plan_page, result
from workflows.store.tables.processes import events
from workflows.store.tables.telling import outbox
from workflows.store.telling import Occasion


def sign(cast: Cast, standing: Standing, outcome: str = "ky", **fields: str) -> worklist.TaskRow:
    (task,) = cast.open("trinh_ky")
    cast.do(task, {"ket_qua": outcome, **fields}, standing.actor)
    with cast.database.read() as connection:
        done = worklist.task(connection, task.id)
    assert done is not None
    return done


def event(cast: Cast, task: worklist.TaskRow) -> tuple[object, ...]:
    with cast.database.read() as connection:
        actors = [row.actor for row in connection.execute(select(events).order_by(events.c.at, events.c.seq))]
    said = actors[-1]
    return said["name"], said.get("principal"), said["capacity"], said["on_behalf_of"]


def approval(cast: Cast, task: worklist.TaskRow) -> tuple[object, ...]:
    with cast.database.read() as connection:
        signed = issuing.standing_approvals(connection, "plan", cast.plan_id)[-1]
    return signed.person_name, signed.principal, signed.capacity, signed.on_behalf_of


def step_of_the_plan(cast: Cast, task: worklist.TaskRow) -> tuple[object, ...]:
    with cast.database.read() as connection:
        case_id = plans.plan(connection, cast.plan_id).case_id
        passed = next(
            each for each in plan_page.passes(connection, case_id or 0, cast.now.date()) if each.task.id == task.id
        )
    return passed.by, passed.principal or None, None, task.closed_for


def outcome_page(cast: Cast, task: worklist.TaskRow) -> tuple[object, ...]:
    with cast.database.read() as connection:
        seen = result.result_of(connection, task.id, cast.now.date())
    return seen.by, seen.principal or None, None, task.closed_for


def history(cast: Cast, task: worklist.TaskRow) -> tuple[object, ...]:
    with cast.database.read() as connection:
        row = plan_page.history(connection, cast.plan_id, frozenset({"TaskClosed"}), 1)[0]
    return row.actor["name"], row.actor.get("principal"), row.actor["capacity"], row.actor["on_behalf_of"]


PLACES = (event, approval, step_of_the_plan, outcome_page, history)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("principal", "actor", "capacity"),
    [
        ("chu_tich", "chu_tich", None),
        ("chu_tich", "pho_chu_tich", "KT."),
        ("chu_tich", "pho_chu_tich", "TUQ."),
        ("chu_tich", "van_thu", "TL."),
    ],
)
def test_both_names_stand_everywhere(
    cast: Cast, principal: str, actor: str, capacity: str | None, place: Callable[..., tuple[object, ...]]
) -> None:
    cast.pass_to_signature()
    if capacity:
        lend(cast, loan(cast, principal, actor, capacity=capacity))
    (option,) = options(cast, actor, cast.open("trinh_ky")[0])
    name, said_principal, said_capacity, said_id = place(cast, sign(cast, option))
    assert name == cast.actor(actor).name
    if capacity is None:
        assert (said_principal, said_id) == (None, None)
        return
    assert (said_principal, said_id) == (cast.actor(principal).name, str(number_of(cast, principal)))
    assert said_capacity in (None, capacity)


def test_both_find_it_among_what_was_done(cast: Cast) -> None:
    cast.pass_to_signature()
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    (option,) = options(cast, "pho_chu_tich", cast.open("trinh_ky")[0])
    task = sign(cast, option)
    chairman, deputy = number_of(cast, "chu_tich"), number_of(cast, "pho_chu_tich")
    with cast.database.read() as connection:
        (of_chairman,) = inbox.done(connection, chairman)
        (of_deputy,) = inbox.done(connection, deputy)
    assert {of_chairman.task.id, of_deputy.task.id} == {task.id}
    assert (of_chairman.done_by, of_chairman.done_for) == (cast.actor("pho_chu_tich").name, "")
    assert (of_deputy.done_by, of_deputy.done_for) == ("", cast.actor("chu_tich").name)


def test_the_inbox_and_the_letter_say_for_whom(cast: Cast) -> None:
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    deputy = number_of(cast, "pho_chu_tich")
    own = person(cast, deputy).groups
    lent = [each.delegation for each in options(cast, "pho_chu_tich", task) if each.delegation]
    with cast.database.read() as connection:
        (row,) = inbox.to_do(connection, deputy, own, lent, cast.now, size=10).rows
        told = connection.execute(select(outbox).where(outbox.c.task_id == task.id)).one()
        occasion = Occasion(**{name: told._mapping[name] for name in Occasion.__dataclass_fields__})
        letters = {each.person_id: each.capacity for each in hear(connection, occasion, cast.now).addressees}
    assert row.lent == (cast.actor("chu_tich").name,)
    assert set(letters) == {number_of(cast, "chu_tich"), deputy}
    assert cast.actor("chu_tich").name in letters[deputy]


def test_a_return_names_both_in_its_letter(cast: Cast) -> None:
    cast.pass_to_signature()
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    (option,) = options(cast, "pho_chu_tich", cast.open("trinh_ky")[0])
    sign(cast, option, "tra_lai", tra_ve="soan_thao", ly_do="Cần bổ sung kinh phí vào mục II.")
    with cast.database.read() as connection:
        told = connection.execute(select(outbox.c.data).where(outbox.c.kind == "task_returned")).scalar_one()
    assert told["by"] == f"{cast.actor('pho_chu_tich').name} (thay đ/c {cast.actor('chu_tich').name})"


def test_whoever_may_act_in_two_capacities_says_in_which(cast: Cast) -> None:
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    both = f"pho_chu_tich@{cast.office.id}"
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    lend(cast, loan(cast, "pho_chu_tich", "chu_tich", [both]))
    chairman = person(cast, number_of(cast, "chu_tich"))
    with cast.database.read() as connection:
        own, lent = standings(connection, chairman, wider(task, both), cast.now)
        assert (own.key, own.actor.on_behalf_of) == (OWN, None)
        assert lent.actor.groups == {both}, "what is done for another rests on the other's rights alone"
        chosen = standing_for(connection, chairman, wider(task, both), cast.now, lent.key)
        assert chosen.actor == lent.actor
        with pytest.raises(Refused, match="CAPACITY_GONE"):
            standing_for(connection, chairman, task, cast.now, "uy_quyen_99")


def wider(task: worklist.TaskRow, key: str) -> worklist.TaskRow:
    return worklist.TaskRow(**{**vars(task), "groups": (*task.groups, key)})


def test_what_a_delegate_takes_is_the_lenders_and_stays_it(cast: Cast) -> None:
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", days=2))
    (option,) = options(cast, "pho_chu_tich", task)
    claim_task(Desk(cast.database, cast.now, option.actor), task.id)
    (held,) = cast.open("trinh_ky")
    assert held.assignee == str(number_of(cast, "chu_tich"))
    assert [each.delegation is not None for each in options(cast, "pho_chu_tich", held)] == [True]
    release_task(Desk(cast.database, cast.now, option.actor), task.id)
    claim_task(Desk(cast.database, cast.now, option.actor), task.id)
    cast.now = cast.now.replace(month=cast.now.month + 1)
    (held,) = cast.open("trinh_ky")
    assert options(cast, "pho_chu_tich", held) == ()
    with refused(cast.database, "DELEGATION_OVER"):
        act_on_task(Desk(cast.database, cast.now, option.actor), task.id, {}, seen_hash=cast.seen_hash())
    (own,) = options(cast, "chu_tich", held)
    sign(cast, own)
