"""The exchange of documents between two installations: sent, received, worked on, refused, asked back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.actions.small_office import refused, stored
from tests.actions.two_offices import COMMUNE, DISTRICT, TwoOffices, two_offices
from tests.databases import SqliteTemplate
from workflows.actions.amend_document import add_receiver, recall_document
from workflows.actions.direct_incoming import advance_incoming, direct_incoming
from workflows.actions.exchanging.carrier import Brought, CarrierError
from workflows.actions.exchanging.carry import BACKOFF, exchange_documents
from workflows.actions.exchanging.recall_requests import answer_recall
from workflows.actions.exchanging.refuse import refuse_envelope
from workflows.actions.exchanging.take import take_envelope
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.papers.edxml_model import Envelope
from workflows.papers.edxml_read import read_message
from workflows.papers.read_file import read_file
from workflows.store import directory, document_files, exchange, incoming
from workflows.store.database import Database
from workflows.store.exchange import Sealed
from workflows.store.tables.exchange import envelopes
from workflows.store.tables.issuing import document_files as file_rows
from workflows.store.tables.telling import outbox

REASON = "Ban hành nhầm phụ lục của năm trước"


@pytest.fixture
def offices(memory: Database, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[TwoOffices]:
    theirs = sqlite_template.memory()
    yield two_offices(memory, theirs, tmp_path)
    theirs.close()


def arrival_of(sealed: Sealed, offices: TwoOffices) -> Arrival:
    today = offices.cast.now.date()
    return Arrival(sealed.peer_name, sealed.cited, sealed.document_on, sealed.title, today)


def receive(offices: TwoOffices) -> int:
    (sealed,) = offices.waiting()
    return register_incoming(offices.desk(), offices.office_id, arrival_of(sealed, offices), envelope_id=sealed.id)


def test_a_plan_arrives_is_entered_and_its_way_is_seen_by_who_sent_it(offices: TwoOffices) -> None:
    offices.issue()
    assert offices.line().status == "chua_gui"
    offices.sweep()
    assert offices.line().status == "da_den"
    (sealed,) = offices.waiting()
    assert (sealed.peer, sealed.cited) == (COMMUNE, "01/KH-UBND")
    (told,) = stored(offices.district, outbox, kind="document_arrived")
    assert told.office_id == offices.office_id
    assert told.data["priority"] == 0  # one that is marked khẩn is told at night, too

    line_id = receive(offices)
    (entered,) = offices.entered()
    assert (entered.number, entered.status, entered.days_late) == (1, "da_vao_so", 0)
    with offices.district.read() as connection:
        (kept,) = incoming.files_of(connection, line_id)
        assert "CẢI CÁCH" in read_file(document_files.file_content(connection, kept.id), kept.name).upper()
    offices.sweep()
    line = offices.line()
    assert (line.status, line.received_by) == ("da_tiep_nhan", "Lê Thị Thư")

    offices.later(hours=1)
    due = (offices.cast.now + timedelta(days=9)).date()
    direct_incoming(offices.desk(offices.chairman), line_id, offices.unit_id, [], due, "Tham mưu trả lời")
    advance_incoming(offices.desk(), line_id, "dang_xu_ly")
    offices.sweep()
    assert offices.line().status == "dang_xu_ly"
    advance_incoming(offices.desk(), line_id, "da_xu_ly")
    offices.sweep()
    assert offices.line().status == "da_xu_ly"
    assert offices.messages(offices.cast.database, "in") == ["01", "03", "04", "05", "06"]
    assert offices.entered()[0].due_on == due


def test_the_envelope_says_who_signed_and_in_which_competence(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    envelope = read_message(offices.waiting()[0].content or b"")
    assert isinstance(envelope, Envelope)
    assert (envelope.sender.code, [each.code for each in envelope.receivers]) == (COMMUNE, [DISTRICT])
    assert (envelope.signed_by.competence, envelope.signed_by.position) == ("TM.", "CHỦ TỊCH")
    assert (envelope.number, envelope.notation, envelope.type_name) == ("01", "KH-UBND", "Kế hoạch")
    assert envelope.document_id == f"{COMMUNE},2024/02/05,01/KH-UBND"
    assert "Phòng Tư pháp" in envelope.to_places
    assert [each.name for each in envelope.attachments] == ["01-KH-UBND.pdf"]


def test_the_newest_sealed_file_goes_in_place_of_the_frozen_bytes(offices: TwoOffices) -> None:
    offices.issue()
    with offices.cast.database.write() as connection:
        for role, content in (("signed", b"ky"), ("sealed", b"dau 1"), ("sealed", b"dau 2"), ("appendix", b"pl")):
            document_files.keep_file(
                connection,
                "plan",
                offices.cast.plan_id,
                role,
                f"{role}.pdf",
                "application/pdf",
                content,
                offices.cast.now,
                None,
            )
    offices.sweep()
    envelope = read_message(offices.waiting()[0].content or b"")
    assert isinstance(envelope, Envelope)
    assert [each.content for each in envelope.attachments] == [b"dau 2", b"pl"]


def test_what_is_refused_comes_back_with_the_reason(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    (sealed,) = offices.waiting()
    with refused(offices.district, "REASON_REQUIRED"):
        refuse_envelope(offices.desk(), sealed.id, "sai")
    refuse_envelope(offices.desk(), sealed.id, "Gửi nhầm địa chỉ, đề nghị gửi lại")
    offices.sweep()
    assert (offices.line().status, offices.line().remark) == ("tu_choi", "Gửi nhầm địa chỉ, đề nghị gửi lại")
    with refused(offices.district, "ALREADY_HANDLED"):
        receive_again = arrival_of(sealed, offices)
        register_incoming(offices.desk(), offices.office_id, receive_again, envelope_id=sealed.id)


def test_a_recall_before_it_is_entered_destroys_it_at_once(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    recall_document(offices.cast.desk("chu_tich"), offices.cast.plan_id, REASON)
    offices.sweep()
    assert offices.waiting() == []
    (document,) = stored(offices.district, envelopes, direction="in", message="moi")
    assert (document.state, document.content, document.cited) == ("recalled", None, "01/KH-UBND")
    assert offices.line().status == "da_thu_hoi"


@pytest.mark.parametrize(("agreed", "status"), [(True, "da_thu_hoi"), (False, "da_tiep_nhan")])
def test_a_recall_after_that_is_answered_by_the_clerk(offices: TwoOffices, agreed: bool, status: str) -> None:
    offices.issue()
    offices.sweep()
    line_id = receive(offices)
    offices.sweep()
    recall_document(offices.cast.desk("chu_tich"), offices.cast.plan_id, REASON)
    offices.sweep()
    (request,) = offices.waiting()
    assert (request.message, request.detail) == ("thu_hoi", REASON)
    answer_recall(offices.desk(), request.id, agreed=agreed, reason="" if agreed else "Văn bản đang được thực hiện")
    offices.sweep()
    assert offices.line().status == status
    (entered,) = offices.entered()
    files = stored(offices.district, file_rows, subject="incoming", subject_id=line_id)
    assert (entered.status, [each.content for each in files] == [b""]) == (
        ("da_thu_hoi", True) if agreed else ("da_vao_so", False)
    )
    assert (entered.title, entered.recall_reason) == (entered.title, REASON if agreed else None)
    with refused(offices.district, "ALREADY_HANDLED"):
        answer_recall(offices.desk(), request.id, agreed=True)
    assert offices.messages(offices.cast.database, "in")[-1].startswith("15-" if agreed else "16-")


def test_what_has_not_left_is_held_back(offices: TwoOffices) -> None:
    offices.issue()
    recall_document(offices.cast.desk("chu_tich"), offices.cast.plan_id, REASON)
    offices.sweep()
    assert offices.waiting() == []
    assert offices.messages(offices.cast.database, "out") == []
    assert offices.line().status == "da_thu_hoi"


def test_twice_is_once(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    (sealed,) = offices.waiting()
    for _ in range(2):
        take_envelope(offices.desk(), sealed.content or b"", COMMUNE)
    assert len(offices.waiting()) == 1
    assert offices.messages(offices.district, "out") == ["01"]
    other = (sealed.content or b"").replace("năm 2024".encode(), "năm 2025".encode())
    with refused(offices.district, "ENVELOPE_DIFFERS"):
        take_envelope(offices.desk(), other, COMMUNE)
    with refused(offices.district, "WRONG_SENDER"):
        take_envelope(offices.desk(), sealed.content or b"", DISTRICT)
    with refused(offices.cast.database, "NOT_OUR_CODE"):
        take_envelope(offices.cast.clock, sealed.content or b"")


def test_a_status_that_comes_late_turns_nothing_back(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    receive(offices)
    (arrived,) = stored(offices.district, envelopes, direction="out", message="01")
    offices.sweep()
    with offices.cast.database.write() as connection:
        connection.execute(envelopes.delete().where(envelopes.c.direction == "in", envelopes.c.message == "01"))
    take_envelope(offices.cast.clock, arrived.content)
    assert offices.line().status == "da_tiep_nhan"


def test_nobody_reports_on_a_document_that_was_not_sent_to_them(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    (arrived,) = stored(offices.district, envelopes, direction="out", message="01")
    forged = arrived.content.replace(DISTRICT.encode(), b"000.00.31.H56")
    with refused(offices.cast.database, "UNKNOWN_DOCUMENT"):
        take_envelope(offices.cast.clock, forged)


class Closed:
    """A way that is closed for a number of times, or for ever."""

    def __init__(self, times: int, permanent: bool = False) -> None:
        self.peers = (DISTRICT,)
        self.times, self.permanent = times, permanent
        self.sent: list[str] = []

    def send(self, peer: str, name: str, content: bytes) -> None:
        del peer, content
        if self.times:
            self.times -= 1
            raise CarrierError("đường truyền hỏng", permanent=self.permanent)
        self.sent.append(name)

    def bring(self, limit: int) -> Iterator[Brought]:
        del limit
        return iter(())

    def put_away(self, brought: Brought, *, good: bool) -> None:
        raise AssertionError((brought, good))


def test_a_failure_is_tried_again_with_growing_pauses(offices: TwoOffices) -> None:
    way = Closed(times=5)
    offices.ours = [way]
    offices.issue()
    for pause in BACKOFF:
        assert exchange_documents(offices.cast.clock, offices.ours).failed == 1
        offices.later(seconds=pause.total_seconds() - 1)
        assert exchange_documents(offices.cast.clock, offices.ours).found == 0
        offices.later(seconds=1)
    assert exchange_documents(offices.cast.clock, offices.ours).done == 1
    assert len(way.sent) == 1
    assert offices.line().status == "da_gui"


@pytest.mark.parametrize(("times", "permanent", "tries"), [(99, False, 6), (1, True, 1)])
def test_after_the_last_try_the_clerk_sees_it(offices: TwoOffices, times: int, permanent: bool, tries: int) -> None:
    offices.ours = [Closed(times, permanent)]
    offices.issue()
    for _ in range(8):
        exchange_documents(offices.cast.clock, offices.ours)
        offices.later(seconds=500)
    (sealed,) = stored(offices.cast.database, envelopes, direction="out")
    assert (sealed.state, sealed.attempts) == ("dead", tries)
    assert (offices.line().status, offices.line().remark) == ("loi", "đường truyền hỏng")


def test_one_more_receiver_is_told_to_those_who_have_it(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    with offices.cast.database.write() as connection:
        body = directory.add_body(connection, kind="agency", name="Sở Nội vụ", email="snv@example.vn")
    added = add_receiver(offices.cast.desk("van_thu"), offices.cast.plan_id, body, "Sở Nội vụ đề nghị gửi")
    with refused(offices.cast.database, "ALREADY_ADDRESSED"):
        add_receiver(offices.cast.desk("van_thu"), offices.cast.plan_id, body, "Sở Nội vụ đề nghị gửi")
    assert stored(offices.cast.database, outbox, kind="document_sent", key=f"document:{added}")
    offices.sweep()
    assert [each.partition("-")[0] for each in offices.messages(offices.district, "in")] == ["moi", "cap_nhat"]
    assert offices.messages(offices.cast.database, "in") == ["01"]
    assert offices.line().status == "da_den"


@pytest.mark.postgres
def test_the_same_on_postgresql(postgres_database: Database, sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    theirs = sqlite_template.memory()
    offices = two_offices(postgres_database, theirs, tmp_path)
    offices.issue()
    offices.sweep()
    receive(offices)
    offices.sweep()
    recall_document(offices.cast.desk("chu_tich"), offices.cast.plan_id, REASON)
    offices.sweep()
    answer_recall(offices.desk(), offices.waiting()[0].id, agreed=True)
    offices.sweep()
    assert offices.line().status == "da_thu_hoi"
    with postgres_database.read() as connection:
        assert exchange.unsealed(connection, 10) == []
    theirs.close()
