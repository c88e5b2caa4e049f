"""The words of attached files, on each kind of database: found by office and plan, filled in once, gone with it."""

from __future__ import annotations

from importlib import import_module
from json import dumps

from sqlalchemy import Connection, delete, func, select

from tests.store.office import NOW, Office, enter_office
from tests.store.plan_of import add_plan
from workflows.store import comments, document_files
from workflows.store.database import Database
from workflows.store.file_words import FILE_WORDS, ReadWords, keep_file_words, unread_files
from workflows.store.tables.file_words import file_words
from workflows.store.tables.issuing import document_files as files
from workflows.store.word_index import Among

BEFORE = import_module("workflows.store.migrations.versions.0034_words_of_files").down_revision


def attached(connection: Connection, plan_id: int, name: str = "Biên bản.pdf") -> int:
    said = comments.add_comment(connection, plan_id, None, "comment", "", (), ("1", "An"), NOW)
    return document_files.keep_file(
        connection, comments.FILES, said, "attachment", name, "application/pdf", b"%PDF", NOW, "An"
    )


def read_all(connection: Connection, text: str) -> None:
    for each in unread_files(connection, 99):
        assert keep_file_words(connection, each, ReadWords("whole", text))


def found(connection: Connection, office: Office, *parts: str) -> list[int]:
    return FILE_WORDS.found(connection, Among(office.commune), parts, 9)


def test_a_file_is_found_by_its_office_and_by_whoever_sees_its_plan(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        own, other = add_plan(connection, office), add_plan(connection, office, office_id=office.province)
        one, two = attached(connection, own), attached(connection, other)
        assert found(connection, office, "bien ban") == [one]
        read_all(connection, "Kiểm tra kho lương thực số 3")
        assert found(connection, office, "kho luong thuc so 3") == found(connection, office, "Kho", "tra") == [one]
        for ids, seen in (([own], [one]), ([other, own], [two, one]), ([other + 1], [])):
            assert FILE_WORDS.found(connection, Among(dumps(ids)), ["luong thuc"], 9) == seen


def test_words_are_kept_once_and_go_with_the_file(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        kept = attached(connection, add_plan(connection, office))
        (waiting,) = unread_files(connection, 9)
        assert keep_file_words(connection, waiting, ReadWords("whole", "kho thóc"))
        assert not keep_file_words(connection, waiting, ReadWords("scan", reason="SCAN"))
        assert document_files.file_facts(connection, kept).words == "whole"
        assert found(connection, office, "kho thoc") == [kept]
        connection.execute(delete(files))
        assert connection.scalar(select(func.count()).select_from(file_words)) == 0
        assert found(connection, office, "kho thoc") == []
        if database.is_sqlite:
            connection.exec_driver_sql("INSERT INTO file_words_index (file_words_index) VALUES ('integrity-check')")


def test_papers_of_ours_are_not_searched_a_second_time(database: Database) -> None:
    with database.write() as connection:
        plan_id = add_plan(connection, enter_office(connection))
        for role in ("source", "text", "signed", "sealed"):
            document_files.keep_file(connection, "plan", plan_id, role, "a.txt", "text/plain", b"a", NOW, "An")
        assert unread_files(connection, 9) == []


def test_files_that_were_there_wait_to_be_read(empty_database: Database) -> None:
    empty_database.upgrade()
    with empty_database.write() as connection:
        office = enter_office(connection)
        plan_id = add_plan(connection, office)
        kept = [attached(connection, plan_id, name) for name in ("Biên bản.pdf", "Ảnh.png")]
        read_all(connection, "kho thóc")
    empty_database.downgrade(BEFORE)
    empty_database.upgrade()
    with empty_database.read() as connection:
        assert [each.id for each in unread_files(connection, 9)] == kept
        assert found(connection, office, "bien ban") == kept[:1]
        assert found(connection, office, "kho thoc") == []
