"""The file of what changed: accepted it is the newer version, rejected the older, and office programs open it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.nightly import size
from workflows.papers.office_convert import converted_to_docx
from workflows.papers.read_file import read_file
from workflows.papers.tracked_changes import tracked_changes
from workflows.papers.write_changes import changes_docx
from workflows.plans.word_diff import compare

AT = datetime(2026, 11, 27, 3, 4, 5, tzinfo=UTC)
OLD = """KẾ HOẠCH
Tuyên truyền năm 2026
1. Mở chuyên mục trên đài.
2. Họp dân ở các thôn.
1 | Tập huấn | Nội vụ
2 | Kiểm tra | Thanh tra"""
NEW = """KẾ HOẠCH
Tuyên truyền năm 2027
1. Mở chuyên mục trên đài và trang tin.
1 | Tập huấn | Văn phòng
2 | Kiểm tra | Thanh tra
3 | Tổng kết | Văn phòng
Tổ chức thực hiện."""


def made(old: str, new: str) -> bytes:
    return changes_docx(compare(old, new), "Kế hoạch", "Nguyễn Thị An", AT)


def body_of(content: bytes) -> etree._Element:
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def words_of(content: bytes, *, accepted: bool) -> list[str]:
    """The words of each line, a row as one, after all revisions were accepted or rejected: by another way than ours."""
    body = body_of(content)
    gone = "del" if accepted else "ins"
    lines: list[str] = []
    for line in body.iter(qn("w:p"), qn("w:tr")):
        if line.tag == qn("w:p") and any(each.tag == qn("w:tc") for each in line.iterancestors()):
            continue
        if line.tag == qn("w:tr") and line.find(f"{qn('w:trPr')}/{qn(f'w:{gone}')}") is not None:
            continue
        texts = [
            each.text or ""
            for each in line.iter(qn("w:t"), qn("w:delText"))
            if not any(above.tag == qn(f"w:{gone}") for above in each.iterancestors())
        ]
        lines.append(" ".join(" ".join(texts).split()))
    return [line for line in lines if line]


def plain(text: str) -> list[str]:
    lines = (" ".join(line.replace("|", " ").split()) for line in text.splitlines())
    return [line for line in lines if line]


def test_accepted_it_is_the_newer_version_and_rejected_the_older() -> None:
    content = made(OLD, NEW)
    assert words_of(content, accepted=True) == plain(NEW)
    assert words_of(content, accepted=False) == plain(OLD)
    assert plain(read_file(content, "a.docx").replace("\t", " ")) == plain(NEW)
    assert len(docx.Document(BytesIO(content)).tables) == 1


def test_every_revision_says_who_and_when_and_has_a_number_of_its_own() -> None:
    body = body_of(made(OLD, NEW))
    found = list(body.iter(qn("w:ins"), qn("w:del")))
    assert {each.get(qn("w:author")) for each in found} == {"Nguyễn Thị An"}
    assert {each.get(qn("w:date")) for each in found} == {"2026-11-27T03:04:05Z"}
    numbers = [each.get(qn("w:id")) for each in found]
    assert len(set(numbers)) == len(numbers) > 5
    assert made(OLD, NEW) == made(OLD, NEW)
    assert tracked_changes(made(OLD, NEW), "a.docx") == len(found)
    assert tracked_changes(made(OLD, OLD), "a.docx") == 0


def test_libreoffice_takes_them_for_revisions_of_its_own() -> None:
    """It writes the file anew: what it had not understood as a revision would be gone or plain text."""
    again = converted_to_docx(made(OLD, NEW), "a.docx", "docx")
    body = body_of(again)
    came = " ".join("".join(each.itertext(qn("w:t"))) for each in body.iter(qn("w:ins")))
    went = " ".join("".join(each.itertext(qn("w:delText"))) for each in body.iter(qn("w:del")))
    assert "2027" in came and "và trang tin." in came and "Tổng kết" in came
    assert "2026" in went and "2. Họp dân ở các thôn." in went and "Nội vụ" in went
    assert {each.get(qn("w:author")) for each in body.iter(qn("w:ins"))} == {"Nguyễn Thị An"}


LINES = st.lists(
    st.sampled_from(["a b c", "a b d", "x", "1 | a | b", "1 | a | c", "1\ta\tc", "| 1 | a |", "a & <b>", "y z"]),
    max_size=6,
)


@settings(max_examples=size(15, 300))
@given(LINES, LINES)
def test_no_word_is_lost_on_either_side(old: list[str], new: list[str]) -> None:
    content = changes_docx(compare("\n".join(old), "\n".join(new)), "", "", AT)
    assert " ".join(words_of(content, accepted=True)) == " ".join(plain("\n".join(new)))
    assert " ".join(words_of(content, accepted=False)) == " ".join(plain("\n".join(old)))


def test_what_is_no_word_file_has_no_revisions() -> None:
    assert tracked_changes(b"", "a.docx") == tracked_changes(b"PK\x03\x04broken", "a.docx") == 0
    assert tracked_changes("Kế hoạch".encode(), "a.txt") == 0
