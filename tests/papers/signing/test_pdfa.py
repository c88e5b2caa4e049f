"""Official papers are PDF/A-2 as far as it can be looked at here, and stay so under both signatures."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import typst
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.papers.documents import DRAFT, ISSUED, WITH_APPENDIX
from tests.papers.pdfa import claimed, faults_of
from workflows.papers.fonts import find_font
from workflows.papers.page_pictures import page_pictures
from workflows.papers.signing.check_code import qr_svg
from workflows.papers.signing.marks import picture_mark, read_picture, text_mark, words_and_time
from workflows.papers.signing.places import corner_for_text, seal_over, signer_place
from workflows.papers.signing.sign_pdf import Room, Wanted, sign_pdf
from workflows.papers.write_copy import copy_bytes
from workflows.papers.write_pdf import CheckMark, pdf_bytes
from workflows.plans.copies import CopySheet
from workflows.plans.official_document import OfficialDocument

from .house import NOW, SigningHouse, by_agency, by_person, ink, letter
from .test_sign_attacks import add_script

CHECK = CheckMark("http://kehoach.example/kiem-tra/ABCD", qr_svg("http://kehoach.example/kiem-tra/ABCD"))


def copied() -> bytes:
    sheet = CopySheet("SY", "Ủy ban nhân dân xã An Bình", 1, date(2026, 2, 5), "An Bình", ("CHỦ TỊCH", "", "A"), ())
    return copy_bytes(page_pictures(letter(), "a.pdf", ""), sheet, "16/KH-UBND", find_font(), CHECK)


@pytest.mark.parametrize("document", [ISSUED, DRAFT, WITH_APPENDIX])
def test_a_paper_is_pdf_a(document: OfficialDocument) -> None:
    made = pdf_bytes(document, find_font(), CHECK)
    assert claimed(made) == "2a"
    assert faults_of(made) == []


def test_a_copy_is_pdf_a() -> None:
    assert claimed(copied()) == "2b"
    assert faults_of(copied()) == []


def test_it_stays_so_under_the_signature_and_the_seal(house: SigningHouse) -> None:
    paper = pdf_bytes(ISSUED, find_font(), CHECK)
    place = signer_place(paper)
    picture = picture_mark(read_picture(ink("blue"), "blue"), place.width)
    own = by_person(place=place, mark=picture, room=(Room("co_quan", seal_over(place)),))
    signed = sign_pdf(paper, house.key("Nguyễn Văn An"), own, house.trust, NOW)
    sealed = sign_pdf(signed, house.key("Ủy ban nhân dân xã An Bình"), by_agency(), house.trust, NOW)
    for each in (signed, sealed):
        assert claimed(each) == "2a"
        assert faults_of(each) == []


def test_it_stays_so_under_a_mark_of_words(house: SigningHouse) -> None:
    mark = text_mark(words_and_time("Sao y; Ủy ban nhân dân xã An Bình", NOW))
    place = corner_for_text(copied(), mark.width, mark.height)
    wanted = Wanted("co_quan", "UBND", "Sao y", "An Bình", mark, place, first=True, last=True)
    signed = sign_pdf(copied(), house.key("Ủy ban nhân dân xã An Bình"), wanted, house.trust, NOW)
    assert (claimed(signed), faults_of(signed)) == ("2b", [])


def test_the_look_notices_what_is_forbidden() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(pdf_bytes(ISSUED, find_font())))
    add_script(writer)
    out = BytesIO()
    writer.write(out)
    assert faults_of(out.getvalue()) == ["6.5.1 action /JavaScript"]
    plain = bytes(typst.compile(b'#set text(font: "Tinos")\nx'))
    assert faults_of(plain) == ["6.2.3 no output intent with an ICC profile"]
