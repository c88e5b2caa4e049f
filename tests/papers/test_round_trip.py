"""A plan that came in and was printed reads the same again, from Word and from PDF, in every fact and word."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.nightly import size
from tests.papers.plan_texts import NAMES, plan_text
from tests.papers.same_plan import differences
from workflows.papers.fonts import find_font
from workflows.papers.pdf_text import pdf_text
from workflows.papers.read_file import read_file
from workflows.papers.write_docx import docx_bytes
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.document import PlanDocument
from workflows.plans.normalise import clean_line
from workflows.plans.official_document import Table
from workflows.plans.plan_paper import plan_paper
from workflows.plans.read_text import read_text

LETTERS = re.compile(r"[^\W_]+")


def letters_of(text: str) -> str:
    return "".join(LETTERS.findall(unicodedata.normalize("NFC", text))).lower()


@cache
def plan_of(name: str) -> PlanDocument:
    """The plan of this name as it is read."""
    return read_text(plan_text(name))


@cache
def pdf_of(name: str) -> bytes:
    """The same as its paper."""
    return pdf_bytes(plan_paper(plan_of(name)), find_font())


def pdf_words(pdf: bytes) -> str:
    """All letters of a PDF in the order of its content, without the page numbers."""
    document = pypdfium2.PdfDocument(pdf)
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    document.close()
    return letters_of("\n".join(line for line in lines if not re.fullmatch(r"\s*\d{1,3}\s*", line)))


# The goals of 166 lost their grid and are printed as lines; in 173 a remark in brackets stands right under a heading;
# the head of 176 names its province in the body above only.
NOT_ALIKE = ("166", "173", "176")
# From a PDF, quoted points of 168 are no points, and lines of 164 are parted at days with dots.
NOT_FROM_PDF = ("111", "164", "168", *NOT_ALIKE)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_ALIKE])
def test_a_plan_reads_the_same_from_its_word_file(name: str) -> None:
    plan = plan_of(name)
    again = read_text(read_file(docx_bytes(plan_paper(plan)), "ke-hoach.docx"))
    assert differences(plan, again) == {}


# The letterhead of 111 takes three lines, of which a reader takes the first for the body above.
@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_FROM_PDF])
def test_a_plan_reads_the_same_from_its_pdf(name: str) -> None:
    plan = plan_of(name)
    again = read_text(pdf_text(pdf_of(name), "ke-hoach.pdf"))
    assert differences(plan, again) == {}


# Of 163 and 177, which two bodies sign, the paper carries one signature; the reading says so.
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("163", "177")])
def test_no_word_of_the_body_is_missing_in_the_pdf(name: str) -> None:
    plan = plan_of(name)
    paper = plan_paper(plan)
    printed = pdf_words(pdf_of(name))
    first = plan.sections[0].line if plan.sections[0].found else 0
    last = plan.end_mark or (plan.signer.first_line or len(plan.lines)) - 1
    running = [line for line in plan.lines[first : min(last, len(plan.lines))] if "\t" not in line and "|" not in line]
    assert [line for line in running if letters_of(clean_line(line)) not in printed] == []
    cells = [cell for block in paper.body if isinstance(block, Table) for row in block.rows for cell in row]
    assert [cell for cell in cells if any(letters_of(line) not in printed for line in cell.split())] == []
    assert all(letters_of(each.raw) in printed for each in plan.recipients)


def test_the_second_print_is_the_first_one() -> None:
    plan = read_text(plan_text("105"))
    once = docx_bytes(plan_paper(plan))
    again = plan_paper(read_text(read_file(once, "ke-hoach.docx")))
    assert again.body == plan_paper(plan).body
    assert docx_bytes(again) == once


SYLLABLES = st.sampled_from(
    [
        "tổ",
        "chức",
        "thực",
        "hiện",
        "cải",
        "cách",
        "hành",
        "chính",
        "rà",
        "soát",
        "kiểm",
        "tra",
        "tuyên",
        "truyền",
        "số",
        "hóa",
        "hồ",
        "sơ",
    ]
)
PHRASES = st.lists(SYLLABLES, min_size=3, max_size=14).map(lambda words: " ".join(words).capitalize())
LEADS = st.sampled_from(["Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND", "Công an xã", "Trạm Y tế xã"])
TIMES = st.sampled_from(["Quý II/2026", "Thường xuyên", "30/11/2026", "Tháng 6/2026", "Hàng quý"])
ROWS = st.lists(st.tuples(PHRASES, LEADS, LEADS, TIMES), min_size=1, max_size=6)


def made_plan(title: str, aims: list[str], rows: list[tuple[str, str, str, str]], asked: list[str]) -> str:
    table = ["TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành"]
    table += ["\t".join((str(at), *row)) for at, row in enumerate(rows, start=1)]
    head = ["ỦY BAN NHÂN DÂN", "XÃ AN PHÚ", "Số: 12/KH-UBND", "An Phú, ngày 05 tháng 02 năm 2026", "", "KẾ HOẠCH"]
    body = [title, "", "Căn cứ Luật Tổ chức chính quyền địa phương;", "", "I. MỤC ĐÍCH, YÊU CẦU", ""]
    body += [f"- {aim}." for aim in aims]
    body += ["", "II. NHIỆM VỤ", "", *table, "", "III. TỔ CHỨC THỰC HIỆN", ""]
    body += [f"{at}. {words}." for at, words in enumerate(asked, start=1)]
    body += ["", "Trên đây là Kế hoạch của Ủy ban nhân dân xã An Phú./."]
    tail = ["Nơi nhận:", "- UBND tỉnh;", "- Các thôn;", "- Lưu: VT.", "", "CHỦ TỊCH", "", "Nguyễn Văn An"]
    return "\n".join([*head, *body, "", *tail])


@settings(max_examples=size(15, 300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PHRASES, st.lists(PHRASES, min_size=1, max_size=4), ROWS, st.lists(PHRASES, min_size=1, max_size=4))
def test_any_plan_reads_the_same_from_its_word_file(
    title: str, aims: list[str], rows: list[tuple[str, str, str, str]], asked: list[str]
) -> None:
    plan = read_text(made_plan(f"{title} năm 2026", aims, rows, asked))
    assert len(plan.tasks) >= len(rows)
    again = read_text(read_file(docx_bytes(plan_paper(plan)), "ke-hoach.docx"))
    assert differences(plan, again) == {}
