"""Drafts of forms, tasks put off until a day, and watched plans: each the person's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.colleagues import number
from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast
from workflows.actions import (
    Desk,
    drop_draft,
    put_off_task,
    save_draft,
    take_up_task,
    unwatch_plan,
    watch_plan,
)
from workflows.engine.calendar import VIETNAM
from workflows.store import own_marks
from workflows.store.screens import inbox
from workflows.store.tables.telling import deliveries, outbox
from workflows.store.tables.work_items import follow_ups, plan_watches, task_drafts


def shown(cast: Cast, desk: Desk, *, waiting: bool) -> list[str]:
    with cast.database.read() as connection:
        page = inbox.to_do(connection, number(desk), desk.by.groups, (), cast.now, size=50, waiting=waiting)
    return [row.task.id for row in page.rows]


def test_a_draft_is_kept_replaced_thrown_away_and_gone_when_handed_in(cast: Cast) -> None:
    (task,) = cast.open()
    head, officer = cast.drafter(), cast.desk("can_bo", cast.office.drafting_unit_id)
    save_draft(head, task.id, {"ghi_chu": "một"})
    with refused(cast.database, "STATE_SECRET"):
        save_draft(head, task.id, {"van_ban": "MẬT\nKẾ HOẠCH"})
    save_draft(head, task.id, {"ghi_chu": "hai"})
    save_draft(officer, task.id, {"ghi_chu": "của cán bộ"})
    with cast.database.read() as connection:
        kept = own_marks.draft_of(connection, task.id, head.by.person or "")
    assert kept is not None and kept.fields == {"ghi_chu": "hai"} and kept.saved_at == cast.now
    drop_draft(officer, task.id)
    assert [each.person for each in stored(cast.database, task_drafts)] == [head.by.person]
    cast.act("soan_thao", {})
    assert stored(cast.database, task_drafts) == []


def test_nobody_keeps_a_draft_of_what_is_not_theirs(cast: Cast) -> None:
    (task,) = cast.open()
    with refused(cast.database, "NOT_A_CANDIDATE"):
        save_draft(cast.desk("van_thu"), task.id, {"ghi_chu": "một"})
    with refused(cast.database, "TOO_LONG"):
        save_draft(cast.drafter(), task.id, {"van_ban": "x" * 2_000_001})


def test_what_is_put_off_leaves_the_list_until_the_day_and_only_mine(cast: Cast) -> None:
    (task,) = cast.open()
    head, officer = cast.drafter(), cast.desk("can_bo", cast.office.drafting_unit_id)
    day = (cast.now.astimezone(VIETNAM) + timedelta(days=3)).date()
    put_off_task(head, task.id, day)
    assert (shown(cast, head, waiting=False), shown(cast, head, waiting=True)) == ([], [task.id])
    assert shown(cast, officer, waiting=False) == [task.id]
    was = cast.now
    cast.now += timedelta(days=3)
    assert shown(cast, head, waiting=False) == [task.id]
    cast.now = was
    take_up_task(head, task.id)
    assert shown(cast, head, waiting=False) == [task.id]
    put_off_task(head, task.id, day)
    cast.act("soan_thao", {}, head.by)
    assert stored(cast.database, follow_ups) == []


@pytest.mark.parametrize("days", [0, -1])
def test_only_a_day_ahead(cast: Cast, days: int) -> None:
    (task,) = cast.open()
    with refused(cast.database, "DATE_NOT_AHEAD"):
        put_off_task(cast.drafter(), task.id, (cast.now.astimezone(VIETNAM) + timedelta(days=days)).date())
    with refused(cast.database, "NOT_A_CANDIDATE"):
        put_off_task(cast.desk("van_thu"), task.id, (cast.now + timedelta(days=5)).date())


def test_who_watches_reads_of_each_step_in_the_house(cast: Cast) -> None:
    clerk = cast.desk("van_thu")
    watch_plan(clerk, cast.plan_id)
    watch_plan(clerk, cast.plan_id)
    cast.act("soan_thao", {})
    (told,) = stored(cast.database, outbox, kind="plan_moved")
    assert (told.data["done"], told.data["begun"]) == (["Soạn thảo kế hoạch"], ["Kiểm tra nội dung"])
    cast.sweep()
    (letter,) = stored(cast.database, deliveries, outbox_id=told.id)
    assert (letter.channel, letter.person_id, letter.status) == ("inbox", number(clerk), "sent")
    assert "Kiểm tra nội dung" in letter.text
    unwatch_plan(clerk, cast.plan_id)
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    assert len(stored(cast.database, outbox, kind="plan_moved")) == 1
    assert stored(cast.database, plan_watches) == []


def test_nobody_watches_what_they_may_not_see(cast: Cast) -> None:
    with refused(cast.database, "NOT_FOUND"):
        watch_plan(cast.desk("thu_truong", cast.office.front_id), cast.plan_id)
