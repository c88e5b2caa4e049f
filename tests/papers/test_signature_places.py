"""The place of the signature is found in the bytes and lies between position and name."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from tests.papers.documents import ISSUED, WITH_APPENDIX
from tests.papers.measured import MM, lines_of
from workflows.errors import Refused
from workflows.papers.fonts import find_font
from workflows.papers.signature_places import SEAL_DIAMETER, signature_places
from workflows.papers.write_docx import docx_bytes
from workflows.papers.write_pdf import pdf_bytes


@pytest.mark.parametrize("document", [ISSUED, WITH_APPENDIX])
def test_it_lies_between_position_and_name(document: object) -> None:
    pdf = pdf_bytes(document, find_font())  # type: ignore[arg-type]
    places = signature_places(pdf)
    lines = lines_of(pdf)
    position = next(each for each in lines if each.words == "PHÓ CHỦ TỊCH")
    name = next(each for each in lines if each.words == "Trần Lê Vương Vũ")
    left, low, right, high = (each * MM for each in places.signer.box)
    assert places.signer.page == position.page == name.page
    assert 297 - high >= position.bottom - 0.3
    assert 297 - low <= name.top + 0.3
    assert (left + right) / 2 == pytest.approx((name.left + name.right) / 2, abs=0.3)


def test_the_seal_has_its_size_and_covers_a_third_on_the_left() -> None:
    places = signature_places(pdf_bytes(ISSUED, find_font()))
    left, low, right, high = places.agency.box
    signer_left, _, signer_right, _ = places.signer.box
    assert right - left == pytest.approx(SEAL_DIAMETER, abs=0.1)
    assert high - low == pytest.approx(SEAL_DIAMETER, abs=0.1)
    assert (right - signer_left) / (signer_right - signer_left) == pytest.approx(1 / 3, abs=0.01)
    assert left > 30 / MM


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", docx_bytes(ISSUED)])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        signature_places(data)
    assert refused.value.code == "NO_SIGNATURE_PLACE"


def test_a_paper_without_a_signature_has_no_place() -> None:
    with pytest.raises(Refused) as refused:
        signature_places(pdf_bytes(replace(ISSUED, signature=()), find_font()))
    assert refused.value.code == "NO_SIGNATURE_PLACE"
    assert BytesIO(pdf_bytes(ISSUED, find_font())).read(5) == b"%PDF-"
