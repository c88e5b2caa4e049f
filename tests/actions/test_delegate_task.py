"""delegate_task and hand_back_task: another works, the owner finishes, the chain is kept, drafts go along."""

from __future__ import annotations

from tests.actions.colleagues import join, number, row
from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast
from workflows.actions import act_on_task, claim_task, delegate_task, hand_back_task, save_draft
from workflows.store.tables.telling import outbox
from workflows.store.tables.work_items import handovers, task_drafts


def test_delegated_twice_and_back_with_what_was_typed(cast: Cast) -> None:
    (task,) = cast.open()
    head, minh, hoa = cast.drafter(), join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    claim_task(head, task.id)
    save_draft(head, task.id, {"ghi_chu": "Xem lại mục II"})
    delegate_task(head, task.id, number(minh), "Soạn giúp")
    delegate_task(minh, task.id, number(hoa))
    save_draft(hoa, task.id, {"ghi_chu": "Đã bổ sung mục II"})
    with refused(cast.database, "DELEGATED"):
        act_on_task(hoa, task.id, {})
    hand_back_task(hoa, task.id, "Xong")
    assert row(cast, task.id).assignee == minh.by.person
    hand_back_task(minh, task.id)
    kept = {each.person: each.fields for each in stored(cast.database, task_drafts)}
    assert kept[head.by.person or ""] == {"ghi_chu": "Đã bổ sung mục II"}
    act_on_task(head, task.id, {})
    assert stored(cast.database, task_drafts) == []
    assert [each.how for each in stored(cast.database, handovers)] == [
        "claimed",
        "delegated",
        "delegated",
        "handed_back",
        "handed_back",
    ]
    assert [each.data["how"] for each in stored(cast.database, outbox, kind="task_passed")] == [
        "delegated",
        "delegated",
        "handed_back",
        "handed_back",
    ]


def test_the_owner_takes_it_back(cast: Cast) -> None:
    (task,) = cast.open()
    minh = join(cast, "Trần Văn Minh", "can_bo")
    delegate_task(cast.drafter(), task.id, number(minh))
    hand_back_task(cast.drafter(), task.id)
    assert row(cast, task.id).assignee == cast.drafter().by.person
    with refused(cast.database, "NOT_DELEGATED"):
        hand_back_task(cast.drafter(), task.id)


def test_strangers_neither_delegate_nor_receive(cast: Cast) -> None:
    (task,) = cast.open()
    minh, clerk = join(cast, "Trần Văn Minh", "can_bo"), cast.desk("van_thu")
    with refused(cast.database, "NOT_A_CANDIDATE"):
        delegate_task(clerk, task.id, number(minh))
    with refused(cast.database, "MAY_NOT_RECEIVE"):
        delegate_task(minh, task.id, number(clerk))
