"""A review that changes a plan makes the draft that comes after it; the plan before ends when that one is issued."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from tests.actions.small_office import stored
from tests.stories.cast import Cast, day
from workflows.actions import Routing, confirm_reading, start_plan
from workflows.actions.turn_years import turn_years
from workflows.store import issuing
from workflows.store import plans as plan_store
from workflows.store.tables.plans import plans
from workflows.store.tables.telling import outbox
from workflows.store.tables.yearly import plan_reviews


@pytest.fixture
def reviewed(cast: Cast) -> Cast:
    """A plan that goes on, at the turn of the year."""
    cast.pass_to_force()
    with cast.database.write() as connection:
        connection.execute(update(plans).values(period_to=2026))
    cast.now = day(2024, 12, 16)
    turn_years(cast.clock)
    return cast


def decided(cast: Cast, proposal: str) -> int:
    """The id of the draft that came of the decision."""
    cast.act("ra_soat", {"de_nghi": proposal, "nhan_xet": "Cần đổi chỉ tiêu của năm tới."})
    cast.act("duyet_ra_soat", {"ket_qua": "dong_y"})
    (review,) = stored(cast.database, plan_reviews)
    return int(review.draft_plan_id)


def text_of(cast: Cast, plan_id: int) -> str:
    with cast.database.read() as connection:
        return plan_store.current_version(connection, plan_id).text


def test_what_replaces_begins_a_year_later_and_what_amends_is_of_the_same_years(reviewed: Cast) -> None:
    before = reviewed.plan_id
    draft_id = decided(reviewed, "thay_the")
    row = next(row for row in stored(reviewed.database, plans) if row.id == draft_id)
    assert (row.status, row.period_from, row.number, row.confirmed_at) == ("draft", 2025, None, None)
    assert "năm 2025" in text_of(reviewed, draft_id) and "năm 2024" in text_of(reviewed, before)
    (told,) = stored(reviewed.database, outbox, kind="successor_drafted")
    assert told.plan_id == draft_id


def test_what_amends_is_a_draft_of_the_same_years(reviewed: Cast) -> None:
    draft_id = decided(reviewed, "sua_doi")
    row = next(row for row in stored(reviewed.database, plans) if row.id == draft_id)
    assert (row.status, row.period_from) == ("draft", 2024)


def test_a_plan_that_is_kept_has_no_draft(reviewed: Cast) -> None:
    reviewed.act("ra_soat", {"de_nghi": "giu", "nhan_xet": "Giữ nguyên."})
    reviewed.act("duyet_ra_soat", {"ket_qua": "dong_y"})
    assert len(stored(reviewed.database, plans)) == 1


@pytest.mark.parametrize(("proposal", "words"), [("thay_the", "Được thay thế"), ("sua_doi", "Được sửa đổi, bổ sung")])
def test_the_plan_before_ends_when_its_successor_is_issued(reviewed: Cast, proposal: str, words: str) -> None:
    before = reviewed.plan_id
    draft_id = decided(reviewed, proposal)
    confirm_reading(reviewed.drafter(), draft_id)
    start_plan(reviewed.drafter(), draft_id, Routing("chu_tich", ()))
    assert next(row for row in stored(reviewed.database, plans) if row.id == before).status == "in_force"
    reviewed.plan_id = draft_id
    for step, typed in (
        ("soan_thao", {}),
        ("kiem_tra_noi_dung", {"ket_qua": "dat"}),
        ("kiem_tra_the_thuc", {"ket_qua": "dat"}),
        ("trinh_ky", {"ket_qua": "ky"}),
        ("cap_so", {}),
        ("phat_hanh", {}),
    ):
        reviewed.act(step, typed)
    found = {row.id: row.status for row in stored(reviewed.database, plans)}
    assert found == {before: "stopped", draft_id: "in_force"}
    with reviewed.database.read() as connection:
        line = issuing.register_line_of(connection, "plan", before)
        assert line is not None
        (relation,) = issuing.relations_of(connection, [line.id])
    assert (relation.relation, relation.subject_id) == ("thay_the", draft_id)
    assert relation.reason.startswith(words) and "rà soát năm 2024" in relation.reason
