"""What the exchange carries after the first document: replacements, reports, and what is sent once more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.small_office import PLAN, refused, stored
from tests.actions.test_exchange import REASON, Closed, receive
from tests.actions.two_offices import TwoOffices, two_offices
from tests.databases import SqliteTemplate
from tests.stories.cast import day
from workflows.actions.amend_document import recall_document, replace_document
from workflows.actions.exchanging.carry import exchange_documents
from workflows.actions.exchanging.send_again import send_again
from workflows.actions.recipient_lines import change_channel
from workflows.papers.edxml_model import Envelope
from workflows.papers.edxml_read import read_message
from workflows.store import issuing, reporting
from workflows.store.database import Database
from workflows.store.issuing import Recipient
from workflows.store.tables.exchange import envelopes


@pytest.fixture
def offices(memory: Database, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[TwoOffices]:
    theirs = sqlite_template.memory()
    yield two_offices(memory, theirs, tmp_path)
    theirs.close()


def issue_another(offices: TwoOffices) -> int:
    """A second plan of the commune, issued but not carried yet; the id of the first."""
    cast, old = offices.cast, offices.cast.plan_id
    cast.text = PLAN.replace("Cải cách hành chính năm 2024", "Cải cách hành chính năm 2024 (thay thế)")
    cast.import_and_start()
    cast.pass_to_force()
    return old


@pytest.mark.parametrize("noted", ["before it leaves", "while it waits there", "after it is entered"])
def test_a_replacement_is_seen_in_the_register_of_who_received_both(offices: TwoOffices, noted: str) -> None:
    offices.issue()
    offices.sweep()
    receive(offices)
    old = issue_another(offices)
    clerk = offices.cast.desk("van_thu")
    if noted == "before it leaves":
        replace_document(clerk, old, offices.cast.plan_id, REASON)
    offices.sweep()
    if noted == "while it waits there":
        replace_document(clerk, old, offices.cast.plan_id, REASON)
        offices.sweep()
    receive(offices)
    if noted == "after it is entered":
        replace_document(clerk, old, offices.cast.plan_id, REASON)
        offices.sweep()
    offices.sweep()
    first, second = offices.entered()
    assert (first.cited, first.note) == ("01/KH-UBND", "Được thay thế bằng 02/KH-UBND")
    assert (second.cited, second.note) == ("02/KH-UBND", "Thay thế 01/KH-UBND")
    assert offices.line().status == "da_tiep_nhan"
    assert offices.waiting() == []
    (kept,) = stored(offices.district, envelopes, direction="in", message="thay_the")
    envelope = read_message(kept.content)
    assert isinstance(envelope, Envelope)
    assert [each.document_id for each in envelope.affair.replacements] == ["000.12.30.H56,2024/02/05,01/KH-UBND"]
    assert (envelope.affair.kind, envelope.affair.reason) == (3, REASON)


class StandsStill(Closed):
    """A way over which the first envelope takes longer than a lease, while another machine carries."""

    def __init__(self, offices: TwoOffices, other: Closed) -> None:
        super().__init__(times=0)
        self.offices, self.other = offices, other

    def send(self, peer: str, name: str, content: bytes) -> None:
        if not self.sent:
            self.offices.later(minutes=6)
            exchange_documents(self.offices.cast.clock, [self.other])
        super().send(peer, name, content)


def test_who_stood_still_sends_nothing_after_the_other_who_took_it(offices: TwoOffices) -> None:
    """Else a document would come once more after its recall."""
    other = Closed(times=0)
    slow = StandsStill(offices, other)
    offices.issue()
    issue_another(offices)
    exchange_documents(offices.cast.clock, [slow])
    assert len(other.sent) == 2
    assert slow.sent == other.sent[:1]


def report_line(offices: TwoOffices) -> Recipient:
    with offices.cast.database.read() as connection:
        (cycle,) = reporting.cycles_of_plan(connection, offices.cast.plan_id)
        (line,) = issuing.recipients_of(connection, "report", cycle.id)
    return line


def send_the_report(offices: TwoOffices) -> None:
    cast = offices.cast
    cast.wait(day(2024, 10, 10))
    for task in cast.open("nop_bao_cao"):
        cast.do(task, {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"})
    cast.act("tong_hop", {"noi_dung": "UBND xã báo cáo kết quả năm 2024."})
    cast.check_report()
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    cast.act("cap_so_bao_cao", {})


def test_a_report_travels_to_the_parent_and_its_receipt_comes_back(offices: TwoOffices) -> None:
    offices.issue()
    offices.sweep()
    receive(offices)
    offices.sweep()
    send_the_report(offices)
    assert (report_line(offices).status, report_line(offices).channel) == ("chua_gui", "edxml")
    offices.sweep()
    assert report_line(offices).status == "da_den"
    (sealed,) = offices.waiting()
    envelope = read_message(sealed.content or b"")
    assert isinstance(envelope, Envelope)
    assert (sealed.cited, envelope.type_name, envelope.signed_by.competence) == ("01/BC-UBND", "Báo cáo", "TM.")
    assert [each.name for each in envelope.attachments] == ["01-BC-UBND.pdf"]
    receive(offices)
    offices.sweep()
    assert (report_line(offices).status, report_line(offices).received_by) == ("da_tiep_nhan", "Lê Thị Thư")
    assert [each.cited for each in offices.entered()] == ["01/KH-UBND", "01/BC-UBND"]


def test_without_a_way_a_report_has_no_line_of_its_own(offices: TwoOffices) -> None:
    offices.cast.import_and_start()
    offices.cast.pass_to_force()
    send_the_report(offices)
    with offices.cast.database.read() as connection:
        (cycle,) = reporting.cycles_of_plan(connection, offices.cast.plan_id)
        assert cycle.sent_at is not None
        assert issuing.recipients_of(connection, "report", cycle.id) == []


def test_what_nobody_tries_any_more_is_sent_again(offices: TwoOffices) -> None:
    way = Closed(1, permanent=True)
    offices.ours = [way]
    offices.issue()
    exchange_documents(offices.cast.clock, offices.ours)
    line = offices.line()
    assert line.status == "loi"
    with refused(offices.cast.database, "NOT_YOURS"):
        send_again(offices.cast.desk("chu_tich"), line.id)
    send_again(offices.cast.desk("van_thu"), line.id)
    with refused(offices.cast.database, "NOTHING_TO_SEND_AGAIN"):
        send_again(offices.cast.desk("van_thu"), line.id)
    assert exchange_documents(offices.cast.clock, offices.ours).done == 1
    assert (offices.line().status, offices.line().remark) == ("da_gui", None)
    assert len(way.sent) == 1


def test_an_envelope_that_could_not_be_made_is_made_anew(offices: TwoOffices) -> None:
    offices.issue()
    line = offices.line()
    with offices.cast.database.write() as connection:
        code = connection.exec_driver_sql(f"SELECT organ_code FROM bodies WHERE id = {line.body_id}").scalar_one()
        connection.exec_driver_sql(f"UPDATE bodies SET organ_code = NULL WHERE id = {line.body_id}")
    offices.sweep()
    assert (offices.line().status, offices.line().remark) == ("loi", "NO_ORGAN_CODE")
    with offices.cast.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE bodies SET organ_code = '{code}' WHERE id = {line.body_id}")
    send_again(offices.cast.desk("van_thu"), line.id)
    offices.sweep()
    assert offices.line().status == "da_den"


def test_a_line_that_goes_another_way_now_is_not_sent_by_exchange(offices: TwoOffices) -> None:
    offices.ours = [Closed(1, permanent=True)]
    offices.issue()
    exchange_documents(offices.cast.clock, offices.ours)
    line = offices.line()
    change_channel(offices.cast.desk("van_thu"), line.id, "paper")
    with refused(offices.cast.database, "NOTHING_TO_SEND_AGAIN"):
        send_again(offices.cast.desk("van_thu"), line.id)
    assert exchange_documents(offices.cast.clock, offices.ours).found == 0


def test_what_was_held_back_by_a_recall_is_not_sent_again(offices: TwoOffices) -> None:
    offices.issue()
    recall_document(offices.cast.desk("chu_tich"), offices.cast.plan_id, REASON)
    offices.sweep()
    with refused(offices.cast.database, "NOTHING_TO_SEND_AGAIN"):
        send_again(offices.cast.desk("van_thu"), offices.line().id)
