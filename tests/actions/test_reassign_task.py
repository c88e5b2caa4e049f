"""reassign_task and free_task: who may give a task away, to whom, and who hears of it."""

from __future__ import annotations

import pytest

from tests.actions.colleagues import join, number, row
from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast
from workflows.actions import claim_task, free_task, reassign_task
from workflows.store.tables.telling import action_links, outbox
from workflows.store.tables.work_items import handovers


def test_the_head_gives_an_ill_officers_task_to_another_who_hears_of_it(cast: Cast) -> None:
    (task,) = cast.open()
    minh, hoa = join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    claim_task(minh, task.id)
    cast.sweep()
    reassign_task(cast.drafter(), task.id, number(hoa), " Đồng chí Minh ốm ")
    assert row(cast, task.id).assignee == hoa.by.person
    (_, kept) = stored(cast.database, handovers, task_id=task.id)
    assert (kept.how, kept.from_person, kept.to_person) == ("reassigned", minh.by.person, hoa.by.person)
    assert (kept.by_name, kept.reason) == (cast.drafter().by.name, "Đồng chí Minh ốm")
    (told,) = stored(cast.database, outbox, kind="task_passed")
    assert told.data == {"how": "reassigned", "by": cast.drafter().by.name, "reason": "Đồng chí Minh ốm"}
    assert all(each.revoked_at for each in stored(cast.database, action_links, task_id=task.id))
    cast.sweep()
    letters = [letter for letter in cast.channel.letters if "Chuyển việc" in letter.subject]
    assert not letters or "Đồng chí Minh ốm" in letters[0].text


def test_the_holder_gives_it_on_and_a_stranger_does_not(cast: Cast) -> None:
    (task,) = cast.open()
    minh, hoa = join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    with refused(cast.database, "NOT_YOURS"):
        reassign_task(cast.desk("van_thu"), task.id, number(hoa), "Nhầm")
    claim_task(minh, task.id)
    with refused(cast.database, "NOT_YOURS"):
        reassign_task(hoa, task.id, number(hoa), "Để tôi làm")
    reassign_task(minh, task.id, number(hoa), "Đi công tác")
    with refused(cast.database, "HELD_BY_ANOTHER"):
        claim_task(minh, task.id)


def test_only_colleagues_of_the_candidates_may_get_it(cast: Cast) -> None:
    (task,) = cast.open()
    outside = cast.desk("van_thu")
    with refused(cast.database, "MAY_NOT_RECEIVE"):
        reassign_task(cast.drafter(), task.id, number(outside), "Nhờ làm giúp")
    with refused(cast.database, "FIELD_REQUIRED"):
        reassign_task(cast.drafter(), task.id, number(outside), "  ")


def test_a_signature_goes_only_to_whoever_holds_the_post(cast: Cast) -> None:
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    clerk = cast.desk("van_thu")
    with refused(cast.database, "MAY_NOT_RECEIVE"):
        reassign_task(cast.desk("chu_tich"), task.id, number(clerk), "Ký thay tôi")


@pytest.mark.parametrize("role", ["quan_tri", "head"])
def test_a_head_or_an_administrator_frees_what_somebody_sits_on(cast: Cast, role: str) -> None:
    (task,) = cast.open()
    minh = join(cast, "Trần Văn Minh", "can_bo")
    master = cast.drafter() if role == "head" else join(cast, "Quản trị", "quan_tri", cast.office.id)
    claim_task(minh, task.id)
    free_task(master, task.id, "Nghỉ phép")
    assert row(cast, task.id).assignee is None
    with refused(cast.database, "NOT_CLAIMED"):
        free_task(master, task.id, "")


def test_an_officer_frees_nothing_of_a_colleague(cast: Cast) -> None:
    (task,) = cast.open()
    minh, hoa = join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    claim_task(minh, task.id)
    with refused(cast.database, "NOT_YOURS"):
        free_task(hoa, task.id, "")
