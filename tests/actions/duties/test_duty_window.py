"""What units did in a window: for the forms of a report cycle."""

from __future__ import annotations

from datetime import date

from tests.actions.duties.running import duty, running, work_of
from tests.stories.cast import day
from workflows.actions.duties.report_progress import Progress, report_progress
from workflows.actions.source_file import SourceFile
from workflows.plans.report_draft import words_of_unit
from workflows.store.database import Database
from workflows.store.duty_window import done_in_window
from workflows.store.unit_work import work_of_unit


def test_the_window_holds_what_was_open_written_attached_and_what_still_wants_a_line(memory: Database) -> None:
    cast = running(memory, second="Thường xuyên")
    first, second = (duty(cast, no).leads[0]["body"] for no in ("1", "2"))
    cast.now = day(2024, 3, 15)
    goes_on = work_of(cast, "2", "2024")
    report_progress(cast.desk("can_bo", second), goes_on.id, Progress("Quý I: 12 tin"), [SourceFile("tin.txt", b"tin")])
    cast.now = day(2024, 5, 20)
    cast.do(work_of(cast, "1", "once"), {"noi_dung": "Đã rà soát."})
    cast.act("xac_nhan", {"ket_qua": "dat"})
    with memory.read() as connection:
        spring = done_in_window(connection, cast.plan_id, [first, second], date(2024, 1, 1), date(2024, 3, 31))
        summer = done_in_window(connection, cast.plan_id, [first, second], date(2024, 4, 1), date(2024, 6, 30))
        autumn = done_in_window(connection, cast.plan_id, [first, second], date(2024, 7, 1), date(2024, 9, 30))
        told = words_of_unit(
            work_of_unit(connection, cast.plan_id, second, date(2024, 1, 1), date(2024, 3, 31)), date(2024, 3, 31)
        )
        asked = words_of_unit(
            work_of_unit(connection, cast.plan_id, second, date(2024, 4, 1), date(2024, 6, 30)), date(2024, 6, 30)
        )
    assert told.endswith(", Quý I: 12 tin; 1 tệp minh chứng")
    assert asked.endswith(": chưa ghi kết quả")
    (line,) = spring[second]
    assert ([note.text for note in line.notes], line.wants_line) == (["Quý I: 12 tin"], False)
    assert [file.name for file in line.evidence] == ["tin.txt"]
    assert not spring[first][0].finished
    assert summer[first][0].finished and summer[second][0].wants_line and summer[second][0].evidence == ()
    assert first not in autumn and autumn[second][0].wants_line
