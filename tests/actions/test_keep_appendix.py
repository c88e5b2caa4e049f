"""An appendix in a file of its own: added by the drafters, signed by the agency in words, sent with the plan."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from service.demo.signing import set_up_signing
from tests.actions.signing_office import PASSWORD, files, judged, orders, sign
from tests.actions.small_office import START, refused, started, stored
from tests.actions.test_make_copy import text_top_right
from tests.papers.signing.house import NOW, by_person, letter, signing_house
from tests.papers.signing.test_sign_attacks import add_script
from tests.stories.cast import Cast
from workflows.actions.amend_document import add_receiver
from workflows.actions.distribute import distribute
from workflows.actions.exchanging.carry import exchange_in_house
from workflows.actions.keep_appendix import MOST_APPENDICES, keep_appendix, withdraw_appendix
from workflows.papers.edxml_model import Envelope
from workflows.papers.edxml_read import read_message
from workflows.papers.signing.marks import time_line
from workflows.papers.signing.sign_pdf import sign_pdf
from workflows.store import directory, document_files, issuing
from workflows.store.database import Database
from workflows.store.plans import change_plan
from workflows.store.screens.check import document_of_file
from workflows.store.tables.exchange import envelopes
from workflows.store.tables.issuing import approvals
from workflows.store.tables.telling import outbox

PEER = "000.00.30.H56"


@pytest.fixture
def cast(memory: Database) -> Cast:
    return started(memory)


def appendix(cast: Cast, content: bytes | None = None, name: str = "Biểu 01.pdf") -> int:
    return keep_appendix(cast.drafter(), cast.plan_id, name, content or letter())


def test_it_is_signed_top_right_in_words_with_number_and_time(memory: Database, tmp_path: Path) -> None:
    cast = started(memory)
    set_up_signing(memory, tmp_path / "keys", PASSWORD, START.replace(month=1), START)
    kept = appendix(cast)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    assert sign(cast) == (1, 1, 0)
    cast.act("phat_hanh", {})
    assert set(orders(cast)) == {"ky", "co_quan", f"phu_luc:{kept}"}
    assert sign(cast) == (2, 2, 0)
    assert distribute(cast.clock).done == 1, "what is sent is complete"
    (sealed,) = files(cast, "sealed_appendix")
    assert sealed.startswith(letter())
    verdict = judged(cast, sealed)
    assert (verdict.state, verdict.signatures[0].reason) == ("good", "01/KH-UBND")
    assert text_top_right(sealed).split() == f"01/KH-UBND; {time_line(cast.now)}".split()
    file = tmp_path / "appendix.pdf"
    file.write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature is Valid.") == 1
    with cast.database.read() as connection:
        found = document_of_file(connection, verdict.sha256, [])
        (facts,) = document_files.files_of(connection, "plan", cast.plan_id, "sealed_appendix")
    assert found is not None
    assert (found[0].number, verdict.sha256 in found[0].appendices) == (1, True)
    assert facts.name == "01-KH-UBND Biểu 01.pdf"


def test_it_is_not_sent_before_every_appendix_is_signed(memory: Database, tmp_path: Path) -> None:
    cast = started(memory)
    set_up_signing(memory, tmp_path / "keys", PASSWORD, START.replace(month=1), START)
    kept = appendix(cast)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    sign(cast)
    cast.act("phat_hanh", {})
    with cast.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE signing_orders SET next_at = '2099-01-01' WHERE role = 'phu_luc:{kept}'")
    assert sign(cast) == (1, 1, 0)
    assert distribute(cast.clock).done == 0


def test_the_envelope_carries_it_as_the_agency_signed_it(memory: Database, tmp_path: Path) -> None:
    cast = started(memory)
    set_up_signing(memory, tmp_path / "keys", PASSWORD, START.replace(month=1), START)
    appendix(cast)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    sign(cast)
    cast.act("phat_hanh", {})
    sign(cast)
    distribute(cast.clock)
    with memory.write() as connection:
        directory.give_code(connection, cast.office.id, "000.12.30.H56")
        other = directory.add_body(connection, kind="office", name="UBND tỉnh khác")
        directory.give_code(connection, other, PEER)
    exchange_in_house(cast.clock)
    add_receiver(cast.desk("van_thu"), cast.plan_id, other, "Tỉnh khác đề nghị gửi")
    exchange_in_house(cast.clock)
    (row,) = stored(memory, envelopes, direction="in", peer="000.12.30.H56", message="moi")
    envelope = read_message(row.content)
    assert isinstance(envelope, Envelope)
    assert [each.content for each in envelope.attachments] == [*files(cast, "sealed"), *files(cast, "sealed_appendix")]


def test_adding_one_voids_what_was_approved(cast: Cast) -> None:
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    kept = appendix(cast)
    with cast.database.read() as connection:
        assert issuing.standing_approvals(connection, "plan", cast.plan_id) == []
    assert stored(cast.database, outbox, kind="approval_voided")
    withdraw_appendix(cast.drafter(), cast.plan_id, kept)
    with cast.database.read() as connection:
        assert document_files.file_facts(connection, kept).role == "withdrawn"


def test_after_the_signature_nothing_is_added_or_taken_away(cast: Cast) -> None:
    kept = appendix(cast)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    with refused(cast.database, "ALREADY_SIGNED"):
        appendix(cast, letter() + b"\n")
    with refused(cast.database, "ALREADY_SIGNED"):
        withdraw_appendix(cast.drafter(), cast.plan_id, kept)
    assert stored(cast.database, approvals, role="ky", voided_at=None)


def test_once_there_is_a_number_nothing_is_added_or_taken_away(cast: Cast) -> None:
    kept = appendix(cast)
    with cast.database.write() as connection:
        change_plan(connection, cast.plan_id, number=7)
    with refused(cast.database, "ALREADY_SIGNED"):
        appendix(cast, letter() + b"\n")
    with refused(cast.database, "ALREADY_SIGNED"):
        withdraw_appendix(cast.drafter(), cast.plan_id, kept)


def test_only_the_drafting_unit_may_and_no_file_twice(cast: Cast) -> None:
    appendix(cast)
    with refused(cast.database, "SAME_APPENDIX"):
        appendix(cast, name="Tên khác.pdf")
    with refused(cast.database, "NOT_YOURS"):
        keep_appendix(cast.desk("van_thu"), cast.plan_id, "a.pdf", letter())


def test_there_is_an_end_to_how_many(cast: Cast) -> None:
    with cast.database.write() as connection:
        for number in range(MOST_APPENDICES):
            document_files.keep_file(
                connection, "plan", cast.plan_id, "appendix", "a.pdf", "", f"{number}".encode(), cast.now, None
            )
    with refused(cast.database, "TOO_MANY_APPENDICES"):
        appendix(cast)


def hostile() -> Iterator[tuple[bytes, str]]:
    """What may not become an appendix, and why."""
    yield b"PK\x03\x04", "not_pdf"
    yield letter()[:300], "BYTES_AFTER_END"
    writer = IncrementalPdfFileWriter(BytesIO(letter()))
    add_script(writer)
    out = BytesIO()
    writer.write(out)
    yield out.getvalue(), "ACTIVE_CONTENT"


@pytest.mark.parametrize(("content", "unfit"), list(hostile()))
def test_what_hides_something_is_refused(cast: Cast, content: bytes, unfit: str) -> None:
    with refused(cast.database, "APPENDIX_UNFIT") as caught:
        appendix(cast, content)
    assert caught.value.facts["unfit"] == unfit


def test_a_signed_file_is_refused(cast: Cast, tmp_path: Path) -> None:
    house = signing_house(tmp_path)
    signed = sign_pdf(letter(), house.key("Nguyễn Văn An"), by_person(), house.trust, NOW)
    with refused(cast.database, "APPENDIX_UNFIT") as caught:
        appendix(cast, signed)
    assert caught.value.facts["unfit"] == "signed"
