"""Files that are text, files that are not, and files that mean harm."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nightly import size
from workflows.errors import Refused
from workflows.papers.legacy_text import modernise
from workflows.papers.read_file import LARGEST_FILE, read_file
from workflows.plans.read_text import read_text

WORDS = "KẾ HOẠCH của Ủy ban nhân dân xã về việc thực hiện các nhiệm vụ và báo cáo kết quả được giao"


def package(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_in_any_dress(encoding: str) -> None:
    for words in (WORDS, f"Ủy ban: {WORDS}"):
        assert read_file(words.encode(encoding), "a.txt").strip("\ufeff") == words


def test_decomposed_letters_are_composed() -> None:
    assert read_file(unicodedata.normalize("NFD", WORDS).encode(), "a.md") == WORDS


def test_the_windows_code_page() -> None:
    assert read_file(unicodedata.normalize("NFD", "và của các").encode("cp1258", "ignore") + b" k\xea", "a.txt")


def test_fonts_from_before_unicode() -> None:
    tcvn3 = "KÕ ho¹ch cña ñy ban nh©n d©n x· vÒ viÖc thùc hiÖn c¸c nhiÖm vô vµ b¸o c¸o kÕt qu¶ ®­îc giao"
    modern = "Kế hoạch của ủy ban nhân dân xã về việc thực hiện các nhiệm vụ và báo cáo kết quả được giao"
    assert modernise(tcvn3) == modern
    vni = "Keá hoaïch cuûa uûy ban nhaân daân xaõ veà vieäc thöïc hieän caùc nhieäm vuï vaø baùo caùo "
    assert modernise(vni + "keát quaû ñöôïc giao") == modern
    assert read_file(tcvn3.encode("latin-1"), "cu.txt").startswith("Kế hoạch của")
    assert modernise(WORDS) == WORDS


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_full_of_letters_that_old_fonts_use_too_stays_as_it_is(form: Literal["NFC", "NFD"]) -> None:
    """A plan about "thủ tục công khai" came out as "cơng khai": its letters stand in VNI for others."""
    words = "Rà soát, công khai thủ tục; tôn giáo, nông thôn, đôn đốc hòa giải ở thôn, xóm không thường xuyên. " * 40
    assert modernise(unicodedata.normalize(form, words)) == unicodedata.normalize(form, words)


def test_a_web_page_with_a_table() -> None:
    page = (
        "<!DOCTYPE html><html><head><style>p{}</style><title>x</title></head>"
        "<body><p>KẾ HOẠCH</p><p>Tuyên truyền&nbsp;năm 2026</p>"
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Chủ trì</th><th>Thời gian</th></tr>"
        "<tr><td>1</td><td>Họp<br>dân</td><td><ul><li>Sở A</li><li>Sở B</li></ul></td><td>Quý I</td></tr></table>"
        "<script>alert(1)</script></body></html>"
    )
    document = read_text(read_file(page.encode(), "trang.html"))
    assert document.title == "Tuyên truyền năm 2026"
    (task,) = document.tasks
    assert (task.title, task.lead) == ("Họp dân", ("Sở A", "Sở B"))
    assert "alert" not in "\n".join(document.lines)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"),
        (b" \n\t ", "EMPTY"),
        ("\ufeff \n".encode(), "EMPTY"),
        (b"x" * (LARGEST_FILE + 1), "TOO_LARGE"),
        (b"\x89PNG\r\n\x1a\n000", "SCAN"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "SCAN"),
        (b"GIF89a\x01\x00", "NOT_A_DOCUMENT"),
        (b"MZ\x90\x00\x03", "NOT_A_DOCUMENT"),
        (bytes(range(256)) * 40, "NOT_A_DOCUMENT"),
        (b"PK\x03\x04 cut off", "NOT_A_DOCUMENT"),
        (package(word__document_xml=b"<not-word/>"), "NOT_A_DOCUMENT"),
        (package(anything_xml=b"<a/>"), "NOT_A_DOCUMENT"),
        (package(xl__workbook_xml=b"<a/>"), "UNSUPPORTED"),
        (package(word__document_xml=b"0" * 30_000_000), "TOO_LARGE"),
        (b"%PDF-1.7\n1 0 obj", "NOT_A_DOCUMENT"),
        (b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>", "ENCRYPTED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "UNSUPPORTED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "ENCRYPTED"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(data, "tep")
    assert refused.value.code == code
    assert refused.value.facts["filename"] == "tep"


def test_unsupported_files_come_with_advice() -> None:
    with pytest.raises(Refused) as refused:
        read_file(package(xl__workbook_xml=b"<a/>"), "bang.xlsx")
    assert refused.value.facts == {"filename": "bang.xlsx", "kind": "xlsx", "advice": "docx"}


@settings(max_examples=size(60, 1200), deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    try:
        read_text(read_file(start + data, "x"))
    except Refused as refused:
        assert refused.code in {"EMPTY", "NOT_A_DOCUMENT", "UNSUPPORTED", "ENCRYPTED", "TOO_LARGE", "SCAN"}
