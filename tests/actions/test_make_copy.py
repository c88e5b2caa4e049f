"""Sao y, sao lục, trích sao: numbered, frozen as pictures, signed by the agency in words, found by its code."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from notifications.channels.memory import MemoryChannel
from tests.actions.signing_office import sign, signing_office
from tests.actions.small_office import REASON, refused, started, stored
from tests.databases import SqliteTemplate
from tests.stories.cast import Cast
from workflows.actions.amend_document import recall_document
from workflows.actions.distribute import distribute
from workflows.actions.make_copy import INCOMING, PLAN, CopyWanted, act_of, copy_signers, make_copy, source_of
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.actions.step_up import keep_step_up
from workflows.papers.edxml_model import Attachment
from workflows.papers.signing.marks import time_line
from workflows.papers.signing.trust import Trust
from workflows.papers.signing.verify_pdf import verify_pdf
from workflows.store import copies, directory, document_files, issuing, signing
from workflows.store.copies import CopyLine
from workflows.store.database import Database
from workflows.store.screens.check import document_of_file
from workflows.store.tables.copies import copies as copy_rows


@pytest.fixture(scope="module")
def issued_office(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """The office with its keys and its plan issued with both signatures, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("copies")
    database = Database(sqlite_template.file(folder / "kehoach.sqlite"))
    cast = signing_office(database, folder)
    cast.act("cap_so", {})
    sign(cast)
    cast.act("phat_hanh", {})
    sign(cast)
    distribute(cast.clock)
    database.close()
    return folder, cast


@pytest.fixture
def cast(issued_office: tuple[Path, Cast], tmp_path: Path) -> Iterator[Cast]:
    folder, made = issued_office
    shutil.copy(folder / "kehoach.sqlite", tmp_path / "kehoach.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'kehoach.sqlite'}")
    yield replace(made, database=database, channel=MemoryChannel())
    database.close()


def signer(cast: Cast, capacity: str = "TM.") -> str:
    with cast.database.read() as connection:
        found = copy_signers(connection, cast.office.id, cast.now.date())
    return next(each.key for each in found if each.capacity == capacity)


def made(cast: Cast, source: str = PLAN, source_id: int = 0) -> list[CopyLine]:
    with cast.database.read() as connection:
        return copies.copies_of(connection, source, source_id or cast.plan_id)


def content_of(cast: Cast, line: CopyLine) -> bytes:
    assert line.signed is not None
    with cast.database.read() as connection:
        return document_files.file_content(connection, line.signed.id)


def make_confirmed(
    cast: Cast, wanted: CopyWanted, source: str = PLAN, source_id: int = 0, file_id: int | None = None
) -> int:
    """A copy that văn thư makes and confirms, for the agency's key signs it."""
    source_id = source_id or cast.plan_id
    with cast.desk("van_thu").open() as work:
        found = source_of(work.connection, source, source_id, file_id)
        keep_step_up(work, act_of(source, source_id, wanted, found), "app")
    return make_copy(cast.desk("van_thu"), source, source_id, wanted, file_id)


def arrived(cast: Cast, content: bytes, name: str = "van ban.pdf") -> tuple[int, int]:
    """A line of the incoming register with one file."""
    arrival = Arrival(
        "Sở Nội vụ", "12/CV-SNV", cast.now.date(), "Hướng dẫn", cast.now.date(), files=(Attachment(name, "", content),)
    )
    line = register_incoming(cast.desk("van_thu"), cast.office.id, arrival)
    with cast.database.read() as connection:
        return line, document_files.files_of(connection, INCOMING, line)[0].id


def text_top_right(pdf: bytes) -> str:
    """What is printed top right of the first page, signatures included."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    pypdfium2.raw.FPDFPage_Flatten(page, 0)
    page = document[0]
    width, height = page.get_size()
    return str(page.get_textpage().get_text_bounded(width / 3, height - 30, width, height))


def test_a_copy_of_the_plan_is_numbered_signed_in_words_and_valid(cast: Cast, tmp_path: Path) -> None:
    make_confirmed(cast, CopyWanted("SY", signer(cast), recipients="- Phòng Tư pháp;"))
    assert sign(cast) == (1, 1, 0)
    (line,) = made(cast)
    assert (line.line.number, line.line.symbol, line.line.series) == (1, "SY-UBND", "ban_sao")
    assert (line.line.signer, line.line.recipients) == ("Nguyễn Văn An", "Phòng Tư pháp")
    content = content_of(cast, line)
    with cast.database.read() as connection:
        trust = Trust.from_json(signing.trust_of(connection) or {})
        found = document_of_file(connection, line.signed.sha256 if line.signed else "", [])
        office = directory.body(connection, cast.office.id).name
    verdict = verify_pdf(content, trust, cast.now)
    assert (verdict.state, [each.field for each in verdict.signatures][:1]) == ("good", ["co_quan"])
    assert verdict.signatures[0].reason == f"Sao y; {office}"
    assert found is not None
    assert (found[0].copy_of, found[1], found[0].number) == ("01/KH-UBND", True, 1)
    told = text_top_right(content)
    assert told.split() == f"Sao y; {office}; {time_line(cast.now)}".split()
    file = tmp_path / "copy.pdf"
    file.write_bytes(content)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature is Valid.") == 1


def test_the_pages_are_pictures_at_200_dpi_and_the_last_one_makes_it_a_copy(cast: Cast) -> None:
    make_confirmed(cast, CopyWanted("SY", signer(cast, "KT.")))
    with cast.database.read() as connection:
        frozen = issuing.frozen(connection, copies.SUBJECT, made(cast)[0].copy.id)
    assert frozen is not None
    document = pypdfium2.PdfDocument(frozen.bytes)
    first, last = document[0], document[len(document) - 1]
    (image,) = first.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    assert first.get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    assert image.get_metadata().horizontal_dpi == pytest.approx(200, abs=1)
    assert not first.get_textpage().get_text_range().strip()
    words = last.get_textpage().get_text_range()
    for expected in ("SAO Y", "Số: 01/SY-UBND", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lưu: VT."):
        assert expected in words


def test_an_extract_has_the_pages_it_names_and_the_same_series(cast: Cast) -> None:
    wanted = CopyWanted("TrS", signer(cast), pages="1")
    for expected in (1, 2):
        make_confirmed(cast, wanted)
        assert made(cast)[-1].line.number == expected
    make_confirmed(cast, CopyWanted("SY", signer(cast)))
    assert [(each.line.number, each.line.symbol) for each in made(cast)] == [
        (1, "TrS-UBND"),
        (2, "TrS-UBND"),
        (3, "SY-UBND"),
    ]
    with cast.database.read() as connection:
        frozen = issuing.frozen(connection, copies.SUBJECT, made(cast)[0].copy.id)
    assert frozen is not None
    assert len(pypdfium2.PdfDocument(frozen.bytes)) == 2


def test_the_signature_of_the_agency_needs_a_proof_for_exactly_this_copy(cast: Cast) -> None:
    wanted = CopyWanted("SY", signer(cast))
    with cast.desk("van_thu").open() as work:
        found = source_of(work.connection, PLAN, cast.plan_id, None)
        keep_step_up(work, act_of(PLAN, cast.plan_id, wanted, found), "app")
    with refused(cast.database, "STEP_UP_NEEDED"):
        make_copy(cast.desk("van_thu"), PLAN, cast.plan_id, replace(wanted, copies=9))
    make_copy(cast.desk("van_thu"), PLAN, cast.plan_id, wanted)
    with refused(cast.database, "STEP_UP_NEEDED"):
        make_copy(cast.desk("van_thu"), PLAN, cast.plan_id, wanted)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"form": "SL"}, "BAD_FIELD"),
        ({"form": "TrS"}, "FIELD_REQUIRED"),
        ({"form": "TrS", "pages": "1-99"}, "BAD_PAGES"),
        ({"form": "TrS", "pages": "2-1"}, "BAD_PAGES"),
        ({"form": "TrS", "pages": "một"}, "BAD_PAGES"),
        ({"form": "SY", "copies": 0}, "BAD_FIELD"),
        ({"form": "SY", "signer": "chu_tich@1:999"}, "BAD_FIELD"),
    ],
)
def test_what_is_filled_in_badly_takes_no_number(cast: Cast, wanted: dict[str, str], code: str) -> None:
    facts = {"signer": signer(cast)} | wanted
    with refused(cast.database, code):
        make_copy(cast.desk("van_thu"), PLAN, cast.plan_id, CopyWanted(**facts))  # type: ignore[arg-type]


def test_only_the_clerk_of_the_office_copies_and_nothing_recalled(cast: Cast) -> None:
    wanted = CopyWanted("SY", signer(cast))
    with refused(cast.database, "NOT_YOURS"):
        make_copy(cast.desk("chu_tich"), PLAN, cast.plan_id, wanted)
    recall_document(cast.desk("chu_tich"), cast.plan_id, REASON)
    with refused(cast.database, "COPY_OF_RECALLED"):
        make_copy(cast.desk("van_thu"), PLAN, cast.plan_id, wanted)


def test_what_is_not_issued_yet_is_not_copied(memory: Database) -> None:
    cast = started(memory)
    with refused(memory, "NOT_NUMBERED"):
        make_copy(cast.desk("van_thu"), PLAN, cast.plan_id, CopyWanted("SY", "x"))


def test_a_document_that_came_in_is_copied_from_its_file(cast: Cast) -> None:
    with cast.database.read() as connection:
        signed = document_files.signed_file(connection, PLAN, cast.plan_id)
        assert signed is not None
        content = document_files.file_content(connection, signed.id)
    line, file_id = arrived(cast, content)
    make_confirmed(cast, CopyWanted("SL", signer(cast)), INCOMING, line, file_id)
    sign(cast)
    (copy,) = made(cast, INCOMING, line)
    assert (copy.line.symbol, copy.copy.source_cited) == ("SL-UBND", "12/CV-SNV")
    reader = PdfFileReader(BytesIO(content_of(cast, copy)))
    assert len([each for each in reader.embedded_signatures if str(each.sig_object_type) == "/Sig"]) == 1


@pytest.mark.parametrize(
    ("content", "code"), [(b"\x89PNG", "COPY_NEEDS_PDF"), (b"%PDF-1.7 " + b"\0" * 400, "NOT_A_DOCUMENT")]
)
def test_a_file_that_is_no_pdf_is_not_copied(cast: Cast, content: bytes, code: str) -> None:
    line, file_id = arrived(cast, content)
    with refused(cast.database, code):
        make_copy(cast.desk("van_thu"), INCOMING, line, CopyWanted("SY", signer(cast)), file_id)


def test_heads_of_units_sign_copies_only_where_the_head_of_the_office_said_so(cast: Cast) -> None:
    unit = cast.office.drafting_unit_id
    with cast.database.write() as connection:
        before = copy_signers(connection, cast.office.id, cast.now.date())
        copies.let_sign_by_order(connection, cast.office.id, [unit], now=cast.now, by="x")
        after = copy_signers(connection, cast.office.id, cast.now.date())
        head = directory.head_of(connection, unit, cast.now.date())
    assert {each.capacity for each in before} == {"TM.", "KT."}
    assert head is not None
    assert [each.name for each in after if each.capacity == "TL."] == [head.name]
    assert after[-1].block[0] == "TL. CHỦ TỊCH"


def test_without_a_key_the_copy_is_there_to_be_printed(memory: Database) -> None:
    cast = started(memory)
    cast.pass_to_force()
    make_confirmed(cast, CopyWanted("SY", signer(cast)))
    assert sign(cast) == (0, 0, 0)
    assert made(cast)[0].signed is None
    assert len(stored(memory, copy_rows)) == 1
