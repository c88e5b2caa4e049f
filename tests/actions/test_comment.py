"""comment: never locked by the step, closed with the plan; people named with @ hear of it; files are what they say."""

from __future__ import annotations

import pytest

from tests.actions.colleagues import join
from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast
from workflows.actions import act_on_task, comment, stop_plan
from workflows.actions.source_file import SourceFile
from workflows.store.tables.issuing import document_files
from workflows.store.tables.telling import outbox
from workflows.store.tables.work_items import comments

PDF = SourceFile("Công văn trả lời.pdf", b"%PDF-1.7\n")


def test_a_comment_stays_open_at_every_step_and_closes_with_the_plan(cast: Cast) -> None:
    (task,) = cast.open()
    comment(cast.drafter(), cast.plan_id, "Nhớ bổ sung kinh phí", task.id)
    cast.act("soan_thao", {})
    comment(cast.drafter(), cast.plan_id, "Đã bổ sung", task.id)
    comment(cast.desk("van_thu"), cast.plan_id, "Đã biết")
    assert [each.task_id for each in stored(cast.database, comments)] == [task.id, task.id, None]
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    with refused(cast.database, "PLAN_IS_OVER"):
        comment(cast.drafter(), cast.plan_id, "Muộn")


def test_who_is_named_hears_of_it_and_who_may_not_see_is_not_named(cast: Cast) -> None:
    chairman, front = cast.desk("chu_tich"), cast.desk("thu_truong", cast.office.front_id)
    comment(cast.drafter(), cast.plan_id, f"Nhờ @{chairman.by.name.upper()}, xem giúp; cả @Ai Đó nữa")
    (told,) = stored(cast.database, outbox, kind="mentioned")
    assert told.data["people"] == [chairman.by.person]
    with refused(cast.database, "CANNOT_SEE"):
        comment(cast.drafter(), cast.plan_id, f"@{front.by.name} xem giúp")
    cast.sweep()
    assert any("nhắc tới" in letter.text for letter in cast.channel.letters)


def test_the_longer_name_is_meant(cast: Cast) -> None:
    an, anh = join(cast, "Lê Văn An", "can_bo"), join(cast, "Lê Văn Anh", "can_bo")
    comment(cast.drafter(), cast.plan_id, "@Lê Văn Anh và @Lê Văn An: xem")
    (told,) = stored(cast.database, outbox, kind="mentioned")
    assert told.data["people"] == sorted([an.by.person or "", anh.by.person or ""])


def test_strangers_and_empty_words(cast: Cast) -> None:
    with refused(cast.database, "NOT_FOUND"):
        comment(cast.desk("thu_truong", cast.office.front_id), cast.plan_id, "Xin chào")
    with refused(cast.database, "FIELD_REQUIRED"):
        comment(cast.drafter(), cast.plan_id, "  ")
    with refused(cast.database, "NOT_FOUND"):
        comment(cast.drafter(), cast.plan_id, "Nhầm việc", "999-1")
    with refused(cast.database, "TOO_LONG"):
        comment(cast.drafter(), cast.plan_id, "x" * 20_001)


def test_files_go_with_a_comment_and_with_a_return(cast: Cast) -> None:
    comment(cast.drafter(), cast.plan_id, "", files=[PDF])
    cast.act("soan_thao", {})
    (check,) = cast.open()
    fields = {"ket_qua": "tra_lai", "ly_do": REASON}
    act_on_task(cast.drafter(), check.id, fields, seen_hash=cast.seen_hash(), files=[PDF])
    assert [(each.kind, each.task_id) for each in stored(cast.database, comments)] == [
        ("comment", None),
        ("filed", check.id),
    ]
    kept = stored(cast.database, document_files, subject="comment")
    assert [(each.name, each.media_type) for each in kept] == [(PDF.name, "application/pdf")] * 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("trang.html", b"<script>alert(1)</script>", "FILE_NOT_ACCEPTED"),
        ("hinh.svg", b"<svg onload='x()'/>", "FILE_NOT_ACCEPTED"),
        ("khong_duoi", b"%PDF-1.7", "FILE_NOT_ACCEPTED"),
        ("van_ban.pdf", b"<html>", "FILE_DISGUISED"),
        ("bang.xlsx", b"MZ\x90", "FILE_DISGUISED"),
        ("ghi.txt", b"a\x00b", "FILE_DISGUISED"),
        ("ghi.txt", b"\xff\xfe", "FILE_DISGUISED"),
        ("rong.pdf", b"", "EMPTY"),
        ("to.pdf", b"%PDF-" + b"0" * 20 * 1024 * 1024, "TOO_LARGE"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_kept(cast: Cast, name: str, content: bytes, code: str) -> None:
    with refused(cast.database, code):
        comment(cast.drafter(), cast.plan_id, "Gửi tệp", files=[SourceFile(name, content)])


def test_a_refused_file_undoes_the_decision_with_it(cast: Cast) -> None:
    (task,) = cast.open()
    with refused(cast.database, "FILE_NOT_ACCEPTED"):
        act_on_task(cast.drafter(), task.id, {}, files=[SourceFile("a.exe", b"MZ")])
    with refused(cast.database, "TOO_MANY_FILES"):
        act_on_task(cast.drafter(), task.id, {}, files=[PDF] * 4)
