"""claim_task and release_task: out of the group's pile into one's own hands, and back."""

from __future__ import annotations

from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast
from workflows.actions import claim_task, release_task
from workflows.store.tables.processes import events


def test_a_claimed_task_is_its_holders_alone(cast: Cast) -> None:
    (task,) = cast.open()
    desk = cast.desk("can_bo", cast.office.drafting_unit_id)
    claim_task(desk, task.id)
    assert cast.open()[0].assignee == desk.by.person
    assert stored(cast.database, events, type="TaskAssigned")[-1].actor["name"] == desk.by.name
    with refused(cast.database, "HELD_BY_ANOTHER"):
        claim_task(cast.drafter(), task.id)
    with refused(cast.database, "HELD_BY_ANOTHER"):
        cast.do(task, {}, cast.drafter().by)


def test_released_it_is_everybodys_again(cast: Cast) -> None:
    (task,) = cast.open()
    desk = cast.desk("can_bo", cast.office.drafting_unit_id)
    claim_task(desk, task.id)
    release_task(desk, task.id)
    assert cast.open()[0].assignee is None
    claim_task(cast.drafter(), task.id)
    assert cast.open()[0].assignee == cast.drafter().by.person


def test_what_nobody_holds_cannot_be_given_back(cast: Cast) -> None:
    with refused(cast.database, "NOT_CLAIMED"):
        release_task(cast.drafter(), cast.open()[0].id)


def test_only_candidates_claim_and_forged_ids_are_no_task(cast: Cast) -> None:
    with refused(cast.database, "NOT_A_CANDIDATE"):
        claim_task(cast.desk("van_thu"), cast.open()[0].id)
    for forged in ("1", "x-y", "999-1"):
        with refused(cast.database, "NOT_FOUND"):
            claim_task(cast.drafter(), forged)
        with refused(cast.database, "NOT_FOUND"):
            release_task(cast.drafter(), forged)


def test_a_task_that_is_done_names_who_did_it(cast: Cast) -> None:
    (task,) = cast.open()
    cast.do(task, {}, cast.drafter().by)
    with refused(cast.database, "ALREADY_DONE") as caught:
        claim_task(cast.drafter(), task.id)
    assert caught.value.facts["by"] == cast.drafter().by.name
