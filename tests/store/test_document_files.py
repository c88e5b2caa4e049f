"""Files of a document are kept once and found by what they are for."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from workflows.errors import NotFound
from workflows.store.database import Database
from workflows.store.document_files import file_content, files_of, keep_file

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)


def test_files_are_found_by_document_and_role(database: Database) -> None:
    with database.write() as connection:
        first = keep_file(connection, "plan", 1, "source", "a.docx", "application/x", b"mot", AT, "Nam")
        keep_file(connection, "plan", 1, "pdf", "a.pdf", "application/pdf", b"hai", AT, None)
        keep_file(connection, "plan", 2, "source", "b.docx", "application/x", b"ba", AT, None)
        found = files_of(connection, "plan", 1)
        assert [(file.role, file.name, file.made_by) for file in found] == [
            ("source", "a.docx", "Nam"),
            ("pdf", "a.pdf", None),
        ]
        assert [file.id for file in files_of(connection, "plan", 1, "source")] == [first]
        assert found[0].sha256 == sha256(b"mot").hexdigest()
        assert file_content(connection, first) == b"mot"


def test_a_file_that_is_not_there(database: Database) -> None:
    with database.read() as connection, pytest.raises(NotFound):
        file_content(connection, 7)
