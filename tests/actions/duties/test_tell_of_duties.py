"""Who helps hears when a duty opens and ends; a clock that jumped opens what was missed and says so."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from tests.actions.duties.running import later, running, times
from tests.actions.small_office import stored
from tests.stories.cast import day
from workflows.actions.open_duties import open_duties
from workflows.store.database import Database
from workflows.store.tables.telling import deliveries, outbox


def test_a_body_that_helps_hears_when_it_opens_and_when_it_is_done(memory: Database) -> None:
    cast = running(memory)
    cast.act("thuc_hien", {"noi_dung": "Xong."})
    cast.act("xac_nhan", {"ket_qua": "dat"})
    later(cast)
    told = {row.id: row.kind for row in stored(cast.database, outbox) if row.kind.startswith("duty_")}
    assert list(told.values()) == ["duty_opened", "duty_ended"]
    letters = [row for row in stored(cast.database, deliveries) if row.outbox_id in told]
    assert {row.name for row in letters} and "Báo cáo rà soát" in letters[0].text
    assert [row.subject for row in letters] == [
        "[Phối hợp, hạn 29/06] Rà soát thủ tục hành chính",
        "[Đã xong] Rà soát thủ tục hành chính",
    ]


def test_after_a_jump_of_two_months_everything_opens_once_and_is_said(memory: Database) -> None:
    cast = running(memory, second="Hằng tháng")
    cast.now = day(2024, 4, 10)
    cast.sweep()
    later(cast)
    opened = [row.key for row in times(cast, "2") if row.opened_at]
    assert opened == ["2024-02", "2024-03", "2024-04"]
    assert len(cast.open("thuc_hien")) == 4
    january = times(cast, "2")[0]
    assert (january.key, january.passed_over, january.case_id) == ("2024-01", "truoc_hieu_luc", None)
    (row,) = stored(cast.database, outbox, kind="duties_missed")
    letters = [each for each in cast.channel.letters if each.subject.startswith("[Mở muộn 2 nhiệm vụ]")]
    assert letters and "tháng 3/2024 phải mở 01/03/2024" in letters[0].text and row.data == {"day": "2024-04-10"}


def test_what_was_due_once_before_the_plan_took_force_opens_late(memory: Database) -> None:
    cast = running(memory, second="Trước ngày 20/01/2024")
    (late,) = times(cast, "2")
    assert (late.due_on, late.passed_over, late.opened_at) == (date(2024, 1, 19), None, cast.now)
    assert stored(cast.database, outbox, kind="duties_missed")


def test_one_that_cannot_open_is_said_and_tried_again(memory: Database) -> None:
    cast = running(memory)
    cast.now = day(2024, 9, 2)
    with cast.database.write() as connection:
        connection.execute(text("UPDATE definitions SET key = 'other' WHERE key = 'nhiem_vu'"))
    assert open_duties(cast.clock).failed == 1
    later(cast)
    assert any(each.startswith("[Chưa mở được 1 nhiệm vụ]") for each in cast.subjects())
    with cast.database.write() as connection:
        connection.execute(text("UPDATE definitions SET key = 'nhiem_vu' WHERE key = 'other'"))
    assert open_duties(cast.clock).done == 1
