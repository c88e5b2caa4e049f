"""Form soan_thao: the drafting unit hands in its draft, with or without a new text."""

from __future__ import annotations

from tests.actions.small_office import PLAN, refused, stored
from tests.stories.cast import Cast
from workflows.store.tables.plans import plan_versions


def test_without_a_text_the_draft_that_is_there_goes_on(cast: Cast) -> None:
    assert cast.act("soan_thao", {}).outcome == "trinh"
    assert cast.waiting_at() == {"kiem_tra_noi_dung"}
    assert len(stored(cast.database, plan_versions)) == 1


def test_a_new_text_is_the_next_version_with_its_note(cast: Cast) -> None:
    cast.act("soan_thao", {"van_ban": PLAN.replace("30/6/2024", "31/7/2024"), "ghi_chu": "Lùi hạn"}, cast.drafter().by)
    second = stored(cast.database, plan_versions)[1]
    assert (second.version, second.note, second.made_by) == (2, "Lùi hạn", cast.drafter().by.name)


def test_a_text_that_is_no_plan_is_refused(cast: Cast) -> None:
    with refused(cast.database, "NOT_A_PLAN"):
        cast.act("soan_thao", {"van_ban": "Danh sách mua văn phòng phẩm"})
