"""Progress: a note, a number of the number that is asked for, a share, with files that prove it."""

from __future__ import annotations

import pytest

from tests.actions.duties.running import duty, running, times, work_of
from tests.actions.small_office import REASON, refused
from tests.stories.cast import Cast, day
from workflows.actions.duties.report_progress import Progress, report_progress
from workflows.actions.source_file import SourceFile
from workflows.store import comments, duties
from workflows.store.database import Database

PROOF = SourceFile("nhật ký phát thanh.txt", "Số 1, số 2".encode())


@pytest.fixture
def on_air(memory: Database) -> Cast:
    """The culture unit makes four issues a month, 48 a year."""
    cast = running(memory, second="48 số (04 số/tháng)")
    cast.now = day(2024, 3, 4)
    cast.sweep()
    return cast


def test_the_number_so_far_its_share_and_the_proof_are_kept(on_air: Cast) -> None:
    task = work_of(on_air, "2", "2024-03")
    desk = on_air.desk("can_bo", duty(on_air, "2").leads[0]["body"])
    report_progress(desk, task.id, Progress("Đã phát 3 số", done_count=3), [PROOF])
    (march,) = [each for each in times(on_air, "2") if each.case_id == task.case_id]
    assert (march.key, march.required, march.done_count, march.percent) == ("2024-03", 4, 3, 75)
    with on_air.database.read() as connection:
        (note,) = duties.notes_of(connection, [march.id])
        (kept,) = comments.comments_of(connection, on_air.plan_id, [task.id])
    assert (note.kind, note.text, note.done_count, note.comment_id) == ("tien_do", "Đã phát 3 số", 3, kept.id)
    assert [each.name for each in kept.files] == [PROOF.name]


def test_only_whoever_does_it_says_how_far_it_is_and_says_something(on_air: Cast) -> None:
    task = work_of(on_air, "2", "2024-03")
    with refused(on_air.database, "NOT_A_CANDIDATE"):
        report_progress(on_air.desk("van_thu"), task.id, Progress("Xong"))
    desk = on_air.desk("can_bo", duty(on_air, "2").leads[0]["body"])
    for progress, code in (
        (Progress("  "), "FIELD_REQUIRED"),
        (Progress(percent=101), "BAD_FIELD"),
        (Progress(done_count=-1), "BAD_FIELD"),
    ):
        with refused(on_air.database, code):
            report_progress(desk, task.id, progress)


def test_the_result_says_how_many_and_which_products_and_its_head_confirms_or_returns(on_air: Cast) -> None:
    on_air.do(task := work_of(on_air, "1", "once"), {"noi_dung": "Đã rà soát.", "san_pham_1": "co"})
    on_air.act("xac_nhan", {"ket_qua": "tra_lai", "ly_do": REASON})
    on_air.do(work_of(on_air, "1", "once"), {"noi_dung": "Đã rà soát đủ.", "so_luong": "1"})
    on_air.act("xac_nhan", {"ket_qua": "dat"})
    (done,) = [each for each in times(on_air, "1") if each.case_id == task.case_id]
    with on_air.database.read() as connection:
        notes = duties.notes_of(connection, [done.id])
    assert [(each.kind, each.products) for each in notes] == [
        ("ket_qua", ("Báo cáo rà soát",)),
        ("tra_lai", ()),
        ("ket_qua", ()),
        ("dat", ()),
    ]
    assert (done.done_at, done.result, done.done_count) == (on_air.now, "Đã rà soát đủ.", 1)
