"""Attached files are read once, by the clock: each kind of file, what cannot be read, and what is taken away."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.actions.small_office import stored
from tests.papers.pages import scanned_pdf
from tests.papers.rendered import as_docx, as_pdf
from tests.stories.cast import Cast
from workflows.actions import comment
from workflows.actions.keep_appendix import keep_appendix, withdraw_appendix
from workflows.actions.read_attachments import read_attachments
from workflows.actions.source_file import SourceFile
from workflows.store import file_words as words_store
from workflows.store import suspending
from workflows.store.file_words import FILE_WORDS
from workflows.store.tables.file_words import file_words
from workflows.store.tables.issuing import document_files
from workflows.store.word_index import Among

SAID = "Báo cáo kết quả vận hành trạm bơm Đồng Bẩm"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    book.active.append(("Trang đầu",))
    further = book.create_sheet("Kinh phí")
    for row in rows:
        further.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def added(cast: Cast, *files: tuple[str, bytes]) -> None:
    comment(cast.drafter(), cast.plan_id, "", files=[SourceFile(*each) for each in files])


def found(cast: Cast, typed: str, *, marked: bool = False) -> list[str]:
    with cast.database.read() as connection:
        ids = FILE_WORDS.found(connection, Among(cast.office.id), [typed], 9, marked=marked)
    names = {each.id: each.name for each in stored(cast.database, document_files)}
    return [names[each] for each in ids]


def test_what_stands_in_files_is_found_once_the_clock_has_read_them(cast: Cast) -> None:
    added(cast, ("a.docx", as_docx(SAID)), ("b.pdf", as_pdf(SAID)), ("c.xlsx", workbook((SAID, 1_200, None))))
    added(cast, ("d.txt", SAID.encode()))
    assert found(cast, "tram bom dong bam") == []
    assert found(cast, "b.pdf") == ["b.pdf"]
    swept = read_attachments(cast.clock)
    assert (swept.found, swept.done, swept.failed) == (4, 4, 0)
    assert found(cast, "tram bom dong bam") == ["d.txt", "c.xlsx", "b.pdf", "a.docx"]
    assert found(cast, "Trạm Bơm Đồng Bẩm", marked=True) == ["d.txt", "c.xlsx", "b.pdf", "a.docx"]
    assert found(cast, "kinh phi") == found(cast, "1200") == ["c.xlsx"]
    assert read_attachments(cast.clock).found == 0


def test_what_cannot_be_read_is_noted_and_found_by_its_name(cast: Cast) -> None:
    added(
        cast,
        ("Ảnh chụp.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("Bản quét.pdf", scanned_pdf()),
        ("Hỏng.docx", b"PK\x03\x04x"),
    )
    added(cast, ("Rỗng.txt", b" \n"), ("Hỏng.xlsx", b"PK\x03\x04y"))
    swept = read_attachments(cast.clock)
    assert (swept.found, swept.done, swept.failed) == (5, 5, 0)
    states = [(each.state, each.reason) for each in stored(cast.database, file_words)]
    assert states[:3] == [("scan", "SCAN"), ("scan", "SCAN"), ("unreadable", "NOT_A_DOCUMENT")]
    assert [state for state, _ in states[3:]] == ["unreadable", "unreadable"]
    assert found(cast, "ban quet") == ["Bản quét.pdf"]


def test_a_long_file_is_found_by_its_beginning(cast: Cast) -> None:
    added(cast, ("dài.txt", f"đầu tiên {'x' * 400_000} cuối cùng".encode()))
    read_attachments(cast.clock)
    (kept,) = stored(cast.database, file_words)
    assert (kept.state, len(kept.text)) == ("beginning", 400_000)
    assert found(cast, "dau tien") == ["dài.txt"]
    assert found(cast, "cuoi cung") == []


def test_hostile_files_take_a_bounded_time_of_a_round(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    added(cast, ("a.txt", b"mot"), ("b.txt", b"hai"), ("c.txt", b"ba"))
    monkeypatch.setattr("workflows.actions.read_attachments.SECONDS_OF_A_ROUND", 0.001)
    assert [read_attachments(cast.clock).done for _ in range(4)] == [1, 1, 1, 0]


def test_what_is_of_a_suspended_office_waits(cast: Cast) -> None:
    added(cast, ("a.txt", SAID.encode()))
    with cast.database.write() as connection:
        suspending.suspend(connection, cast.office.id, "Sáp nhập", "", cast.now, "An")
    assert read_attachments(cast.clock).found == 0
    with cast.database.write() as connection:
        suspending.resume(connection, cast.office.id, "Xong", cast.now, "An")
    assert read_attachments(cast.clock).done == 1


def test_an_appendix_that_is_taken_away_is_found_no_more(cast: Cast) -> None:
    kept = keep_appendix(cast.drafter(), cast.plan_id, "Phụ lục.pdf", as_pdf(SAID))
    read_attachments(cast.clock)
    assert found(cast, "tram bom") == ["Phụ lục.pdf"]
    withdraw_appendix(cast.drafter(), cast.plan_id, kept)
    assert found(cast, "tram bom") == []
    assert stored(cast.database, file_words) == []


def test_a_file_that_was_taken_away_while_it_was_read_stays_away(cast: Cast) -> None:
    added(cast, ("a.txt", SAID.encode()))
    with cast.database.write() as connection:
        (waiting,) = words_store.unread_files(connection, 9)
        words_store.forget_file_words(connection, [waiting.id])
        assert not words_store.keep_file_words(connection, waiting, words_store.ReadWords("whole", SAID))
    assert found(cast, "tram bom") == []
