"""Numbers without a gap, approvals bound to content, frozen bytes, and receipts."""

from __future__ import annotations

import threading
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Connection, exc, select

from tests.store.office import NOW, TODAY, Office, enter_office
from workflows.errors import NotFound
from workflows.store import issuing
from workflows.store.database import Database
from workflows.store.tables.issuing import counters
from workflows.store.tables.issuing import register as register_rows


def line(office: Office, number: int, **more: Any) -> dict[str, Any]:
    return {
        "office_id": office.commune,
        "series": "KH",
        "year": 2026,
        "number": number,
        "symbol": f"{number:02d}/KH-UBND",
        "title": "Kế hoạch",
        "document_on": TODAY,
        "copies": 1,
        "status": "reserved",
        "entered_at": NOW,
        **more,
    }


def test_each_series_of_each_office_and_year_counts_from_one(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        taken = [
            issuing.next_number(connection, office.commune, "KH", 2026),
            issuing.next_number(connection, office.commune, "KH", 2026),
            issuing.next_number(connection, office.commune, "BC", 2026),
            issuing.next_number(connection, office.commune, "KH", 2027),
            issuing.next_number(connection, office.province, "KH", 2026),
        ]
    assert taken == [1, 2, 1, 1, 1]


def test_clerks_at_once_take_every_number_once_and_a_failure_takes_none(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
    clerks, rounds = 5, 8
    together = threading.Barrier(clerks)
    failed: list[BaseException] = []

    def number(clerk: int) -> None:
        try:
            together.wait()
            for turn in range(rounds):
                try:
                    with database.write() as connection:
                        taken = issuing.next_number(connection, office.commune, "KH", 2026)
                        issuing.enter(connection, line(office, taken))
                        if (clerk + turn) % 3 == 0:
                            raise KeyError
                except KeyError:
                    continue
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=number, args=(clerk,)) for clerk in range(clerks)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    kept = clerks * rounds - sum((clerk + turn) % 3 == 0 for clerk in range(clerks) for turn in range(rounds))
    with database.read() as connection:
        numbers = list(connection.scalars(select(register_rows.c.number).order_by(register_rows.c.number)))
        assert numbers == list(range(1, kept + 1))
        assert connection.scalar(select(counters.c.last)) == kept


def test_the_register_takes_no_number_and_no_document_twice(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        issuing.enter(connection, line(office, 1, subject="plan", subject_id=4))
    for again in (line(office, 1), line(office, 2, subject="plan", subject_id=4)):
        with pytest.raises(exc.IntegrityError), database.write() as connection:
            issuing.enter(connection, again)
    with database.read() as connection:
        found = issuing.register_line_of(connection, "plan", 4)
        assert found is not None
        assert issuing.register_line(connection, found.id).number == 1
        assert issuing.latest_document_date(connection, office.commune, "KH", 2026) == TODAY
        assert issuing.latest_document_date(connection, office.commune, "KH", 2027) is None
        with pytest.raises(NotFound):
            issuing.register_line(connection, 99)


def approve(connection: Connection, role: str) -> int:
    return issuing.add_approval(
        connection,
        {
            "subject": "plan",
            "subject_id": 4,
            "role": role,
            "version": 1,
            "content_hash": "ab12",
            "person": "7",
            "person_name": "Nguyễn Văn An",
            "capacity": "TM.",
            "block": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
            "at": NOW,
        },
    )


def test_an_edit_voids_what_was_approved(database: Database) -> None:
    with database.write() as connection:
        approve(connection, "noi_dung")
        approve(connection, "the_thuc")
        standing = issuing.standing_approvals(connection, "plan", 4)
        assert [(each.role, each.block) for each in standing] == [
            ("noi_dung", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
            ("the_thuc", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ]
        assert len(issuing.void_approvals(connection, "plan", 4, NOW + timedelta(minutes=1))) == 2
        assert issuing.standing_approvals(connection, "plan", 4) == []
        assert issuing.void_approvals(connection, "plan", 4, NOW) == []


def test_the_bytes_of_a_document_are_frozen_once(database: Database) -> None:
    content = "KẾ HOẠCH\0".encode()
    with database.write() as connection:
        assert issuing.freeze(connection, "plan", 4, content, NOW) == sha256(content).hexdigest()
    with pytest.raises(exc.IntegrityError), database.write() as connection:
        issuing.freeze(connection, "plan", 4, b"other", NOW)
    with database.read() as connection:
        kept = issuing.frozen(connection, "plan", 4)
        assert kept is not None
        assert (bytes(kept.bytes), kept.frozen_at) == (content, NOW)
        assert issuing.frozen(connection, "plan", 5) is None


def test_a_receipt_moves_on_only_from_where_it_is(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        row = {"subject": "plan", "subject_id": 4, "raw": "- Như trên", "channel": "mail", "status": "da_gui"}
        sent = {**row, "line": 2, "body_id": office.front, "body_name": "MTTQ"}
        kept = {**row, "line": 1, "body_id": None, "body_name": "Lưu: VT"}
        issuing.add_recipients(connection, [sent, kept])
        first, second = issuing.recipients_of(connection, "plan", 4)
        assert (first.body_name, second.body_id) == ("Lưu: VT", office.front)
        received = {"status": "da_tiep_nhan", "received_at": NOW}
        assert issuing.change_recipient(connection, second.id, only_from=("da_gui", "da_den"), **received)
        assert not issuing.change_recipient(connection, second.id, only_from=("da_gui", "da_den"), **received)
        assert issuing.recipient(connection, second.id).status == "da_tiep_nhan"
        with pytest.raises(NotFound):
            issuing.recipient(connection, 99)
