"""Form thieu_y_kien: a mandatory body was silent; more time, or on without it, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.small_office import REASON, refused
from tests.stories.cast import Cast, day
from workflows.store import consultation


@pytest.fixture
def silent(cast: Cast) -> Cast:
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    due = cast.open("lay_y_kien")[0].due
    assert due is not None
    cast.wait(due + timedelta(hours=1))
    return cast


def test_more_time_is_until_the_end_of_the_day_that_was_typed(silent: Cast) -> None:
    silent.act("xu_ly_thieu_y_kien", {"gia_han": "co", "han_moi": "15/3/2024", "ly_do": REASON})
    with silent.database.read() as connection:
        latest = consultation.latest_round(connection, silent.plan_id)
    assert latest is not None
    assert (latest.no, latest.deadline, latest.closed_at) == (1, day(2024, 3, 15, 23, 59).replace(second=59), None)
    assert {task.due for task in silent.open("lay_y_kien")} == {latest.deadline}


def test_without_it_the_plan_goes_on_and_the_silence_stays_on_record(silent: Cast) -> None:
    done = silent.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": REASON})
    assert done.outcome == "khong_gia_han"
    assert silent.waiting_at() == {"tiep_thu"}
    with silent.database.read() as connection:
        latest = consultation.latest_round(connection, silent.plan_id)
        assert latest is not None
        outcomes = {one.outcome for one in consultation.opinions_of(connection, latest.id)}
    assert outcomes == {"khong_co_y_kien"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"gia_han": "khong"}, "REASON_REQUIRED"),
        ({"ly_do": REASON}, "FIELD_REQUIRED"),
        ({"gia_han": "tuy", "ly_do": REASON}, "BAD_FIELD"),
        ({"gia_han": "co", "ly_do": REASON}, "FIELD_REQUIRED"),
        ({"gia_han": "co", "han_moi": "30/02/2025", "ly_do": REASON}, "BAD_DATE"),
        ({"gia_han": "co", "han_moi": "01/02/2024", "ly_do": REASON}, "DATE_NOT_AHEAD"),
    ],
)
def test_what_is_missing_or_past_is_refused(silent: Cast, fields: dict[str, str], code: str) -> None:
    with refused(silent.database, code):
        silent.act("xu_ly_thieu_y_kien", fields)
