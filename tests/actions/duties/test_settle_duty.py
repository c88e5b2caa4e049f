"""A duty that the plan leaves unclear has a state, somebody is told, and that somebody settles it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.duties.running import duty, later, running, times
from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.duties.settle_duty import settle_duty
from workflows.store import duties
from workflows.store.database import Database
from workflows.store.tables.telling import outbox


@pytest.fixture
def cast(memory: Database) -> Cast:
    return running(memory, second="Khi có điều kiện")


def test_nothing_is_guessed_and_the_focal_unit_hears_of_it_every_week(cast: Cast) -> None:
    assert (duty(cast, "2").unclear, times(cast, "2")) == ("thoi_han", [])
    later(cast, 24)
    assert any(each.startswith("[Cần làm rõ 1 nhiệm vụ]") for each in cast.subjects())
    cast.now = day(2024, 2, 12)
    cast.sweep()
    later(cast)
    assert [row.at.day for row in stored(cast.database, outbox, kind="duties_unclear")] == [5, 12]


def test_what_the_focal_unit_says_lays_it_out_and_it_opens(cast: Cast) -> None:
    assert settle_duty(cast.drafter(), duty(cast, "2").id, "Trước ngày 16/11/2024") == 1
    assert (duty(cast, "2").unclear, duty(cast, "2").time_raw) == (None, "Trước ngày 16/11/2024")
    (only,) = times(cast, "2")
    assert (only.opens_on, only.due_on) == (cast.now.date(), date(2024, 11, 15))
    later(cast)
    assert len(cast.open("thuc_hien")) == 2
    with refused(cast.database, "NOT_UNCLEAR"):
        settle_duty(cast.drafter(), duty(cast, "2").id, "Quý IV")


def test_a_duty_without_a_lead_gets_one(memory: Database) -> None:
    cast = running(memory)
    unclear = duty(cast, "2")
    with memory.write() as connection:
        duties.settle(connection, unclear.id, leads=[{"raw": "Các hội", "body": None}], unclear="chu_tri")
    with refused(cast.database, "FIELD_REQUIRED"):
        settle_duty(cast.drafter(), unclear.id)
    assert settle_duty(cast.drafter(), unclear.id, lead_body_id=duty(cast, "1").leads[0]["body"]) == 1
    assert times(cast, "2")[-1].body_id == duty(cast, "1").leads[0]["body"]


def test_who_may_and_what_is_not_understood(cast: Cast) -> None:
    with refused(cast.database, "NOT_YOURS"):
        settle_duty(cast.desk("chu_tich"), duty(cast, "2").id, "Quý IV")
    for words, code in (("khi nào tiện", "TIME_NOT_READ"), ("", "FIELD_REQUIRED")):
        with refused(cast.database, code):
            settle_duty(cast.drafter(), duty(cast, "2").id, words)
