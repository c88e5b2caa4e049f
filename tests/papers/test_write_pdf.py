"""The PDF to the millimetre: NĐ 30/2020 Phụ lục I, measured on the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.nightly import size
from tests.papers.documents import DRAFT, ISSUED, WITH_APPENDIX
from tests.papers.measured import Line, lines_of, rules_of
from workflows.papers.fonts import find_font
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.official_document import Letterhead, OfficialDocument, Table, Text

LEFT, RIGHT, TOP, BOTTOM = 30.0, 195.0, 20.0, 277.0
TOLERANCE = 0.3


def made(document: OfficialDocument) -> bytes:
    return pdf_bytes(document, find_font())


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return lines_of(made(ISSUED))


def line(lines: list[Line], words: str) -> Line:
    return next(each for each in lines if words in each.words)


def middle(each: Line) -> float:
    return (each.left + each.right) / 2


def test_the_paper_is_a4_and_nothing_leaves_the_margins(lines: list[Line]) -> None:
    with pdfplumber.open(BytesIO(made(ISSUED))) as document:
        assert (round(document.pages[0].width), round(document.pages[0].height)) == (595, 842)
    body = [each for each in lines if not each.words.isdigit()]
    assert min(each.left for each in body) == pytest.approx(LEFT, abs=TOLERANCE)
    assert max(each.right for each in body) <= RIGHT + TOLERANCE
    assert min(each.top for each in body) >= TOP - 1
    assert max(each.bottom for each in body) <= BOTTOM + TOLERANCE


def test_the_head_has_two_columns(lines: list[Line]) -> None:
    agency, nation, motto = line(lines, "ỦY BAN NHÂN DÂN"), line(lines, "CỘNG HÒA"), line(lines, "Độc lập")
    assert (agency.font, agency.size) == ("Tinos-Bold", 13.0)
    assert (nation.font, nation.size, nation.words) == ("Tinos-Bold", 13.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert (motto.font, motto.size) == ("Tinos-Bold", 14.0)
    assert agency.top == pytest.approx(nation.top, abs=TOLERANCE)
    assert agency.right < nation.left
    assert middle(nation) == pytest.approx(middle(motto), abs=TOLERANCE)


def test_number_and_date_stand_on_one_line(lines: list[Line]) -> None:
    number, day = line(lines, "Số: 05/KH-UBND"), line(lines, "ngày 05 tháng 02 năm 2026")
    assert (number.font, number.size) == ("Tinos", 13.0)
    assert (day.font, day.size, day.words) == ("Tinos-Italic", 14.0, "Đức Tân, ngày 05 tháng 02 năm 2026")
    assert (number.top + number.bottom) / 2 == pytest.approx((day.top + day.bottom) / 2, abs=0.5)
    assert number.right < day.left


def test_the_rules_below_agency_motto_and_title() -> None:
    agency, motto, title = sorted(rules_of(made(ISSUED)), key=lambda rule: (rule[2] > 45, rule[0]))
    lines = lines_of(made(ISSUED))
    for rule, words, least, most in (
        (agency, "XÃ ĐỨC TÂN", 1 / 3, 1 / 2),
        (motto, "Độc lập", 1, 1),
        (title, "Tuyên truyền cải cách", 1 / 3, 1 / 2),
    ):
        above = line(lines, words)
        share = (rule[1] - rule[0]) / (above.right - above.left)
        assert least - 0.02 <= share <= most + 0.02, words
        assert (rule[0] + rule[1]) / 2 == pytest.approx(middle(above), abs=TOLERANCE)
        assert 0 < rule[2] - above.bottom < 5


def test_title_bases_and_paragraphs(lines: list[Line]) -> None:
    kind, title, basis = line(lines, "KẾ HOẠCH"), line(lines, "Tuyên truyền cải cách"), line(lines, "Căn cứ Luật")
    assert (kind.font, kind.size) == (title.font, title.size) == ("Tinos-Bold", 14.0)
    assert middle(kind) == pytest.approx((LEFT + RIGHT) / 2, abs=TOLERANCE)
    assert basis.font == "Tinos-Italic"
    assert basis.left == pytest.approx(LEFT + 12.7, abs=TOLERANCE)
    assert line(lines, "I. MỤC ĐÍCH").font == line(lines, "1. Mục đích").font == "Tinos-Bold"
    start = next(at for at, each in enumerate(lines) if each.words.startswith("Các cơ quan"))
    first, second, third = lines[start : start + 3]
    assert (first.font, first.size) == ("Tinos", 14.0)
    assert first.left == pytest.approx(LEFT + 12.7, abs=TOLERANCE)
    assert second.left == pytest.approx(LEFT, abs=TOLERANCE)
    assert second.right == pytest.approx(RIGHT, abs=TOLERANCE)
    assert 1.0 <= (third.top - second.top) * 72 / 25.4 / 14 / 1.107 <= 1.5


def test_the_signature_is_right_and_noi_nhan_left(lines: list[Line]) -> None:
    heading, name = line(lines, "Nơi nhận:"), line(lines, "Trần Lê Vương Vũ")
    assert (heading.font, heading.size) == ("Tinos-BoldItalic", 12.0)
    assert line(lines, "- Lưu: VT.").size == 11.0
    assert heading.left == pytest.approx(LEFT, abs=TOLERANCE)
    block = [line(lines, words) for words in ("TM. ỦY BAN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Lê Vương Vũ")]
    assert {each.font for each in block} == {"Tinos-Bold"}
    assert all(middle(each) == pytest.approx(middle(name), abs=TOLERANCE) for each in block)
    assert min(each.left for each in block) > 105
    assert 22 <= name.top - line(lines, "PHÓ CHỦ TỊCH").bottom <= 40
    assert heading.page == name.page == block[0].page


def test_pages_are_numbered_from_the_second(lines: list[Line]) -> None:
    numbers = [each for each in lines if each.words.isdigit()]
    assert [(each.page, each.words) for each in numbers] == [(1, "2")]
    assert numbers[0].size == 13.0
    assert middle(numbers[0]) == pytest.approx((LEFT + RIGHT) / 2, abs=TOLERANCE)
    assert numbers[0].bottom < TOP


def test_an_appendix_has_its_own_pages_numbers_and_headers() -> None:
    lines = lines_of(made(WITH_APPENDIX))
    opening = line(lines, "Phụ lục")
    later = [each for each in lines if each.page > opening.page]
    assert opening.page == 2
    assert not [each for each in lines if each.page == opening.page and each.words.isdigit() and each.top < TOP]
    assert line(later, "2").top < TOP
    heads = [each.page for each in lines if "Cơ quan chủ trì" in each.words]
    assert heads == list(range(opening.page, heads[-1] + 1)) and len(heads) > 1
    assert line(lines, "(Kèm theo Kế hoạch số 05/KH-UBND").font == "Tinos-Italic"
    with pdfplumber.open(BytesIO(made(WITH_APPENDIX))) as document:
        assert document.pages[opening.page].width > document.pages[opening.page].height


def test_a_draft_says_so_and_leaves_room() -> None:
    lines = lines_of(made(DRAFT))
    assert line(lines, "DỰ THẢO").font == "Tinos-Bold"
    assert line(lines, "Đức Tân, ngày").top == line(lines, "tháng 02 năm 2026").top
    assert not [each for each in lines_of(made(ISSUED)) if "DỰ THẢO" in each.words]


def test_the_same_document_gives_the_same_bytes_in_pdf_a() -> None:
    first = made(WITH_APPENDIX)
    assert first == made(WITH_APPENDIX)
    assert b"pdfaid" in first
    document = pypdfium2.PdfDocument(first)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["CreationDate"].startswith("D:20260205")
    assert facts["Title"] == "KẾ HOẠCH Tuyên truyền cải cách hành chính trên địa bàn xã năm 2026"
    assert made(replace(ISSUED, day=date(2026, 2, 6))) != made(ISSUED)


def test_words_are_never_markup() -> None:
    words = '#read("/etc/passwd") @ref $x^2$ *đậm* _nghiêng_ <nhãn> \\u{41} // chú thích'
    shown = " ".join(each.words for each in lines_of(made(replace(ISSUED, body=(Text(words),)))))
    assert words in shown


def test_long_names_and_words_stay_inside() -> None:
    agency = Letterhead(("BAN CHỈ ĐẠO THỰC HIỆN CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA 2026 - 2030",), ("UBND TỈNH",))
    url = "https://dichvucong.example.gov.vn/" + "a" * 160
    table = Table(("TT", "Địa chỉ trên mạng", "Ghi chú"), (("1", url, "x" * 90),))
    lines = lines_of(made(replace(ISSUED, letterhead=agency, body=(Text(url), table))))
    assert max(each.right for each in lines) <= RIGHT + TOLERANCE
    assert line(lines, "BAN CHỈ ĐẠO").right < line(lines, "CỘNG HÒA").left


def test_many_recipients_run_over_pages() -> None:
    many = tuple(f"Ủy ban nhân dân xã thứ {at};" for at in range(150))
    lines = lines_of(made(replace(ISSUED, recipients=many)))
    assert line(lines, "xã thứ 149")


@settings(max_examples=size(25, 500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_has_a_pdf(title: str, words: str, cells: list[str]) -> None:
    table = Table(("TT", "Nhiệm vụ", "Cơ quan"), tuple((str(at), each, each) for at, each in enumerate(cells)))
    pdf = made(replace(ISSUED, subject=title, signer=title, body=(Text(words), table)))
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) >= 1
    document.close()
