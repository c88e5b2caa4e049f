"""correct_reading and withdraw_correction: the drafting unit puts a draft's reading right, and may take it back."""

from __future__ import annotations

import pytest

from tests.actions.small_office import refused
from tests.stories.cast import Cast, day, plan_text
from workflows.actions.confirm_reading import confirm_reading
from workflows.actions.correct_reading import correct_reading, withdraw_correction
from workflows.actions.import_plan import import_plan
from workflows.actions.revise_plan import revise_plan
from workflows.store import corrections, directory, plans
from workflows.store.database import Database
from workflows.store.screens.review import offered_bodies

TEXT = plan_text("001_duc_tan.txt")


@pytest.fixture
def cast(memory: Database) -> Cast:
    made = Cast.for_plan(memory, TEXT, day(2024, 2, 20))
    office = made.office
    made.plan_id = import_plan(made.drafter(), office_id=office.id, drafting_unit_id=office.drafting_unit_id, text=TEXT)
    return made


def correct(cast: Cast, kind: str = "task", deed: str = "set", number: int = 0, version: int = 1, **words: str) -> None:
    correct_reading(cast.drafter(), cast.plan_id, version, kind, deed, number, words)


def current(cast: Cast) -> plans.PlanVersion:
    with cast.database.read() as connection:
        return plans.current_version(connection, cast.plan_id)


def test_a_correction_changes_the_reading_and_what_is_laid_down(cast: Cast) -> None:
    correct(cast, thoi_gian="trước 30/6/2024")
    assert current(cast).document.tasks[0].time_raw == "trước 30/6/2024"
    confirm_reading(cast.drafter(), cast.plan_id)
    with cast.database.read() as connection:
        assert plans.duties_of(connection, cast.plan_id)[0].time_raw == "trước 30/6/2024"


def test_the_title_is_the_plans_title(cast: Cast) -> None:
    correct(cast, "head", trich_yeu="Tuyên truyền năm 2024", thoi_ky="2024-2025")
    with cast.database.read() as connection:
        plan = plans.plan(connection, cast.plan_id)
    assert (plan.title, plan.period_to) == ("Tuyên truyền năm 2024", 2025)


def test_a_confirmed_reading_must_be_confirmed_again(cast: Cast) -> None:
    confirm_reading(cast.drafter(), cast.plan_id)
    correct(cast, ten="Việc khác")
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).confirmed_at is None


def test_it_is_taken_back(cast: Cast) -> None:
    before = current(cast).document
    correct(cast, ten="Việc khác")
    with cast.database.read() as connection:
        (made,) = corrections.corrections_of(connection, cast.plan_id)
    assert made.before["ten"] == before.tasks[0].title
    withdraw_correction(cast.drafter(), cast.plan_id, 1, made.id)
    assert current(cast).document == before
    with refused(cast.database, "NOT_FOUND"):
        withdraw_correction(cast.drafter(), cast.plan_id, 1, made.id)


def test_it_holds_in_the_next_version(cast: Cast) -> None:
    correct(cast, ten="Việc khác")
    revise_plan(cast.drafter(), cast.plan_id, TEXT + "\nThêm dòng cuối.", "", seen_version=1)
    assert (current(cast).version, current(cast).document.tasks[0].title) == (2, "Việc khác")


def test_the_text_and_what_approvals_are_bound_to_stay(cast: Cast) -> None:
    before = current(cast)
    correct(cast, ten="Việc khác")
    assert (current(cast).text, current(cast).content_hash) == (before.text, before.content_hash)


def test_the_same_words_are_no_correction(cast: Cast) -> None:
    correct(cast, ten=current(cast).document.tasks[0].title)
    with cast.database.read() as connection:
        assert not corrections.corrections_of(connection, cast.plan_id)


def test_a_name_that_was_put_right_is_offered_next_time(cast: Cast) -> None:
    old = current(cast).document.tasks[0].lead[0]
    with cast.database.read() as connection:
        unit = directory.body(connection, cast.office.drafting_unit_id)
    correct(cast, chu_tri=unit.name)
    with cast.database.read() as connection:
        plan = plans.plan(connection, cast.plan_id)
        assert offered_bodies(connection, plan, [old, "Tên lạ"], cast.now.date()) == {old: unit.id}


def test_refusals_write_nothing(cast: Cast) -> None:
    with refused(cast.database, "STALE"):
        correct(cast, version=7, ten="x")
    with refused(cast.database, "BAD_FIELD"):
        correct(cast, "moon", ten="x")
    with refused(cast.database, "NO_SUCH_ITEM"):
        correct(cast, number=99, ten="x")
    with refused(cast.database, "TIME_NOT_UNDERSTOOD"):
        correct(cast, thoi_gian="khi nào rảnh")
    with refused(cast.database, "TOO_LONG"):
        correct(cast, ten="x" * 5_001)


def test_who_does_not_draft_and_a_plan_under_way(cast: Cast) -> None:
    stranger = cast.desk("van_thu")
    with refused(cast.database, "NOT_YOURS"):
        correct_reading(stranger, cast.plan_id, 1, "task", "set", 0, {"ten": "x"})
    with cast.database.write() as connection:
        plans.change_plan(connection, cast.plan_id, status="routing")
    with refused(cast.database, "NOT_A_DRAFT"):
        correct(cast, ten="x")
